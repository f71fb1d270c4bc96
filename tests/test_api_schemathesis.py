"""schemathesis asks the API, as it describes itself, for whatever it can think of, and finds no fault."""

import io

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture
def one_connection():
    """Keep the connection, and the transaction of the test in it, over all requests: as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.long
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_answers_are_what_the_schema_says(db, settings, one_connection, mode):
    """One test for all endpoints: loading the demo takes longer than asking one of them."""
    from .api_fuzzing import ask_all

    settings.API_REQUESTS_PER_MINUTE = 0
    call_command("load_demo", stdout=io.StringIO())
    ask_all(mode)
