"""One filter, every output: the API's pages show the events of the screen and of the file, in their order."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.test_parity import queries, world  # noqa: F401

from .api_client import BASE, keys, rows
from .clients import json_file, page_ids
from .hypothesis_examples import examples

pytestmark = pytest.mark.database

OFTEN = settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def unbounded(settings):
    settings.API_REQUESTS_PER_MINUTE, settings.EVENTS_PER_PAGE = 0, 7
    settings.FIRST_PAGE_ORDER = "date"  # as that of exports and the API of no query


@OFTEN
@given(queries(), st.integers(1, 9))
def test_api_shows_the_events_of_the_page_and_the_file(world, unbounded, settings, query, limit):  # noqa: F811
    settings.FIRST_PAGE_ORDER = "date"  # as files without a query go
    client = Client()
    if client.get(f"/events.json?{query}").status_code == 400:
        assert client.get(f"{BASE}events/?{query}").status_code == 400
        return

    exported = json_file(client, query)["events"]

    assert rows(client, f"events/?limit={limit}&{query}", "events") == exported
    assert page_ids(client, query) == [event["public_id"] for event in exported]
    assert keys(client, f"citations/?limit={limit}&{query}", "citations") == [
        citation["public_id"] for event in exported for citation in event["citations"]
    ]


@OFTEN
@given(queries())
def test_changes_since_ever_are_the_same_events(world, unbounded, query):  # noqa: F811
    client = Client()
    path = f"events/?{query}&updated_since=2000-01-01"
    if client.get(f"{BASE}{path}").status_code == 400:
        return

    assert sorted(keys(client, path, "events")) == sorted(
        event["public_id"] for event in json_file(client, query)["events"]
    )
