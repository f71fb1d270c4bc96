"""When a session ends."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests import make
from tests.database_errors import database_error
from timeline.models import Event

from .desk_client import editor, send

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TWELVE = dt.timedelta(hours=12)


def left(hours: float) -> None:
    """Let the one session end in so many hours."""
    Session.objects.update(expire_date=timezone.now() + dt.timedelta(hours=hours))


def hours_left() -> int:
    return round((Session.objects.get().expire_date - timezone.now()) / dt.timedelta(hours=1))


def change(event: Event) -> str:
    return f"/admin/timeline/event/{event.pk}/change/"


def test_a_form_that_is_sent_renews_the_session_and_its_cookie():
    event, client = make.event(), editor()
    left(1)

    answer = send(client, change(event), title="Another")

    assert (answer.status_code, hours_left(), answer.cookies["sessionid"]["max-age"]) == (
        302,
        12,
        TWELVE.total_seconds(),
    )


def test_reading_writes_nothing(django_assert_num_queries):
    client = editor()
    left(1)

    answer = client.get("/admin/")

    assert (answer.status_code, hours_left(), "sessionid" in answer.cookies) == (200, 1, False)


def test_a_form_sent_soon_after_another_writes_nothing_for_the_session():
    event, client = make.event(), editor()
    send(client, change(event), title="Another")
    left(1)

    send(client, change(event), title="A third")

    assert hours_left() == 1


def test_what_is_refused_renews_nothing():
    client = editor()
    left(1)

    answer = client.post("/admin/auth/user/add/", {})

    assert (answer.status_code, hours_left()) == (403, 1)


def test_after_its_end_one_signs_in_again_and_nothing_is_saved():
    event, client = make.event("As it was"), editor()
    left(-1)

    answer = client.post(change(event), {"title": "Another"})

    event.refresh_from_db()
    assert (answer.headers["Location"].partition("?")[0], event.title) == ("/admin/login/", "As it was")


def test_a_busy_database_keeps_no_answer_back(monkeypatch, caplog):
    event, client = make.event(), editor()

    def busy(self, must_create=False):
        raise database_error("55P03", "database is locked")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", busy)
    answer = client.post(change(event), {"title": "", "_save": "1"})

    assert answer.status_code == 200
    assert f"{change(event)}: database is locked" in caplog.messages
    assert "Please correct the error" in answer.content.decode() or answer.context["errors"]


def test_readers_have_no_session(client):
    client.post("/verify/", {})

    assert Session.objects.count() == 0
