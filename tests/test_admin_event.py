"""The form of an event: its own fields, its participants and relations."""

import pytest
from django.test import Client

from tests import make
from timeline.models import Event, EventRelation

from .desk_client import change, editor, errors, fields, lines, rows, said, send
from .event_form import ADD, TEXT, citation_line, entry, participation_line
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


def test_event_is_entered_with_all_its_rows():
    actor, briefing = make.actor(), make.briefing(TEXT)
    typed = entry() | lines("citations", citation_line(briefing)) | lines("participations", participation_line(actor))

    answer = send(editor(), ADD, **typed)

    event = Event.objects.get()
    assert (answer.status_code, answer.url) == (302, change(event))
    assert (event.title, event.edtf, event.status, event.supporting_count) == (
        "The ceasefire holds",
        "2022-03-24",
        "draft",
        1,
    )
    assert [(participation.actor, participation.role) for participation in event.participations.all()] == [
        (actor, "initiator")
    ]
    assert [(citation.quote, citation.state, citation.turn_kind) for citation in event.citations.all()] == [
        ("Nobody has moved.", "verified", "answer")
    ]
    assert said(answer) == [
        "“The ceasefire holds” is saved. Draft: only editors see it.",
        "Understood as: 24 March 2022. One known day. Stored as 2022-03-24.",
    ]


def test_date_not_understood_comes_back_with_the_reason_and_the_words():
    client, before = editor(), rows()

    answer = send(client, ADD, **entry(edtf="yesterday"))

    [message] = errors(answer)
    assert "depends on the day it was said" in message
    assert fields(answer)["edtf"] == "yesterday"
    assert rows() == before


def test_form_with_another_mistake_still_says_how_the_date_is_understood():
    answer = send(editor(), ADD, **entry(title="", edtf="21 or 22 March 2022"))

    assert errors(answer) == ["This field is required."]
    assert (
        "Understood as: 21 or 22 March 2022. Earliest start 21 March 2022, latest end 22 March 2022. "
        "Stored as [2022-03-21,2022-03-22].</output>"
    ) in answer.content.decode()


def test_clock_time_without_a_known_day_is_refused():
    answer = send(editor(), ADD, **entry(edtf="March 2022", time_of_day="18:30", time_zone="Asia/Yerevan"))

    assert errors(answer) == ["A clock time needs a day that is known. The date: March 2022."]


def test_clock_time_stands_beside_a_day_that_was_a_month_before():
    event = make.event(edtf="2022-03")

    answer = send(editor(), change(event), edtf="24 March 2022", time_of_day="18:30", time_zone="Asia/Yerevan")

    event.refresh_from_db()
    assert answer.status_code == 302
    assert (event.edtf, event.time_of_day.isoformat(), event.time_zone) == ("2022-03-24", "18:30:00", "Asia/Yerevan")


def test_actor_twice_in_one_role_is_refused_at_the_role():
    actor = make.actor()
    client, before = editor(), rows()

    answer = send(
        client, ADD, **entry() | lines("participations", participation_line(actor), participation_line(actor))
    )

    assert answer.context["inline_admin_formsets"][0].formset.errors == [
        {},
        {"role": ["This actor has this role already. Choose another role, or delete one of the two lines."]},
    ]
    assert rows() == before


def test_actor_may_be_deleted_and_named_anew_in_one_save():
    event, actor = make.event(), make.actor()
    old = make.participation(event, actor, "initiator")
    typed = {"participations-0-DELETE": "on"} | lines("participations", participation_line(actor), start=1)

    answer = send(editor(), change(event), **typed)

    assert answer.status_code == 302
    assert [(participation.actor, participation.role) for participation in event.participations.exclude(pk=old.pk)] == [
        (actor, "initiator")
    ]


def test_relation_to_another_event_is_entered():
    event, other = make.event(), make.event()
    typed = {"kind": "follows", "to_event": other.pk, "citation": "", "note": ""}

    answer = send(editor(), change(event), **lines("relations", typed))

    assert answer.status_code == 302
    assert [(relation.from_event, relation.kind, relation.to_event) for relation in EventRelation.objects.all()] == [
        (event, "follows", other)
    ]


@made_once
def opened() -> tuple[Event, Client, dict[str, str]]:
    """Return a draft, an editor, and the form that they opened."""
    make.citation(event := make.event())
    client = editor()
    return event, client, fields(client.get(change(event)))


@pytest.mark.long
@pytest.mark.parametrize(
    "typed",
    [
        {"event_type": "abc"},
        {"event_type": "9" * 30},
        {"title": "a\x00b"},
        {"title": "a\u202eb"},
        {"edtf": "9" * 5000},
        {"time_of_day": "25:99", "time_zone": "../../etc/passwd"},
        {"version": "abc"},
        {"change_reason": "a" * 301},
        {"participations-TOTAL_FORMS": "abc"},
        {"relations-TOTAL_FORMS": "99999"},
        {"citations-0-position": "9" * 30},
        {"citations-0-quote": "…"},
        {"citations-0-quote": "a" * 5001},
        {"citations-0-act": "shouts"},
        {"citations-0-reliability": "Z"},
        {"citations-0-id": "9" * 30},
        {"citations-0-briefing": "0"},
    ],
)
def test_nothing_typed_breaks_the_form_or_is_half_written(opened, typed):
    event, client, form = opened
    before = rows()

    answer = client.post(change(event), form | typed | {"_save": "1"})

    assert answer.status_code == 200
    assert rows() == before
