"""What is answered where the database is busy, or not there."""

import pytest
from django.db import OperationalError

from tracker.busy import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(monkeypatch):
    def refuse(*arguments, **named):
        raise OperationalError("database is locked")

    monkeypatch.setattr("timeline.views.place.render", refuse)
    monkeypatch.setattr("timeline.views.export.wanted", refuse)


def test_page_says_to_try_again(client, busy):
    answer = client.get("/places/")

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert WORDS in answer.content.decode()


def test_program_is_told_in_json(client, busy):
    answer = client.get("/events.csv")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json() == {"errors": {"database": [WORDS]}, "status": 503}


def test_any_other_fault_is_none_of_the_databases(client, monkeypatch):
    def fail(*arguments, **named):
        raise ZeroDivisionError

    monkeypatch.setattr("timeline.views.place.render", fail)
    client.raise_request_exception = False

    assert client.get("/places/").status_code == 500
