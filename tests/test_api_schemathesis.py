"""schemathesis asks the API, as it describes itself, for whatever it can think of, and finds no fault."""

import io

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from timeline.api.openapi import endpoint_address
from timeline.api.registry import ENDPOINTS
from tracker.wsgi import application

from .hypothesis_examples import examples

# Not `positive_data_acceptance`: a slug that nothing has is of the right form and refused all the same.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
FEW = bounded(
    max_examples=examples(15), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@pytest.fixture
def one_connection():
    """Keep the connection, and the transaction of the test in it, over all requests: as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def described(db, settings, one_connection):
    settings.API_REQUESTS_PER_MINUTE = 0
    call_command("load_demo", stdout=io.StringIO())
    return schemathesis.openapi.from_wsgi("/api/schema/", application)


PLAIN = {"Accept-Encoding": "identity"}  # schemathesis does not unpack what a WSGI program has packed


def ask(case) -> None:
    case.call_and_validate(checks=CHECKS, headers=PLAIN)


@pytest.mark.long
@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_are_what_the_schema_says(described, mode):
    """One test for all endpoints: loading the demo takes longer than asking one of them."""
    for endpoint in ENDPOINTS:
        if endpoint.parameters or endpoint.key or mode is GenerationMode.POSITIVE:  # else nothing can be wrong
            FEW(given(described[endpoint_address(endpoint)]["GET"].as_strategy(generation_mode=mode))(ask))()
