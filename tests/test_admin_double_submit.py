"""A form for a new row that is sent in twice makes one row, and other words in it are not lost."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from timeline.models import Event, EventType, Submission

from .desk_client import editor, fields, lines, reviewer, rows, said
from .event_form import citation_line

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. Troops moved. Nobody fired."
ADD = "/admin/timeline/event/add/"


def change(event: Event) -> str:
    return reverse("admin:timeline_event_change", args=[event.pk])


def new_event(client, **changes) -> dict[str, str]:
    kind = EventType.objects.get(slug="statement").pk
    return (
        fields(client.get(ADD))
        | {"title": "Once", "event_type": kind, "actuality": "occurred", "edtf": "2022-03-24"}
        | changes
    )


def test_a_form_sent_twice_makes_one_event():
    client = editor()
    form = new_event(client)

    first, second = (client.post(ADD, form | {button: "1"}) for button in ("_save", "_addanother"))

    event = Event.objects.get()
    assert [first.url, second.url] == [change(event)] * 2
    assert said(second)[-1:] == ["“Once” was saved already; it is not entered twice."]
    assert Submission.objects.get().row == event.pk


def test_forms_older_than_a_week_are_forgotten_when_another_is_sent():
    client = editor()
    for days in (8, 6):
        client.post(ADD, new_event(client) | {"_save": "1"})
        sent = Submission.objects.latest("sent_at")
        Submission.objects.filter(pk=sent.pk).update(sent_at=timezone.now() - dt.timedelta(days=days))

    client.post(ADD, new_event(client) | {"_save": "1"})

    assert [(timezone.now() - form.sent_at).days for form in Submission.objects.order_by("sent_at")] == [6, 0]


def test_two_forms_make_two_events():
    client = editor()

    for _ in range(2):
        client.post(ADD, new_event(client) | {"_save": "1"})

    assert Event.objects.count() == 2


def test_other_words_sent_by_the_back_button_are_shown_and_not_lost():
    client, briefing = editor(), make.briefing(TEXT)
    form = new_event(client)
    client.post(ADD, form | {"_save": "1"})
    before = rows()

    answer = client.post(
        ADD, form | {"title": "Other words"} | lines("citations", citation_line(briefing, "Nobody fired."))
    )

    assert answer.status_code == 409
    typed_lines = [line.typed for row in answer.context["rows"] for line in row.my_lines]
    assert {"Other words", "Nobody fired."} <= set(typed_lines)
    assert rows() == before


def test_a_form_whose_event_was_deleted_since_says_so():
    client = editor()
    form = new_event(client)
    client.post(ADD, form | {"_save": "1"})
    Event.objects.get().delete()

    answer = client.post(ADD, form | {"_save": "1"})

    assert said(answer)[-1:] == ["This form was saved before, and what it made has been deleted since."]
    assert Event.objects.count() == 0


@pytest.mark.parametrize("key", ["", "abc", "\x00"])
def test_a_form_without_a_key_is_saved_as_often_as_it_is_sent(key):
    client = editor()
    form = new_event(client, submission=key)

    answers = [client.post(ADD, form | {"_save": "1"}).status_code for _ in range(2)]

    assert (answers, Event.objects.count()) in (([302, 302], 2), ([200, 200], 0))


def test_every_table_draws_a_key_for_a_new_row():
    client = reviewer()

    for table in ("actor", "briefing", "conflict", "event", "eventtype", "place"):
        assert len(fields(client.get(f"/admin/timeline/{table}/add/"))["submission"]) == 36
