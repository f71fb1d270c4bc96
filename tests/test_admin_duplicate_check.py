"""While an event is entered: those that may be the same are named, and nothing typed is lost."""

import pytest

from tests import make
from timeline.admin.duplicate_check import similar_events
from timeline.models import Event, EventType

from .desk_client import desk, editor, errors, fields, lines, rows, send

pytestmark = pytest.mark.django_db

ADD = "/admin/timeline/event/add/"
ALIKE = "/admin/timeline/event/alike/"


def kind(slug: str = "statement") -> int:
    return EventType.objects.get(slug=slug).pk


def entered(title: str = "A call", actor=None, **changes) -> Event:
    event = make.event(title, **changes)
    make.participation(event, actor)
    return event


def typed(actor, **changes) -> dict:
    line = {"actor": actor.pk, "role": "initiator", "office": "", "position": "0"}
    return (
        {"title": "The call", "event_type": kind(), "edtf": "24 March 2022"} | changes | lines("participations", line)
    )


@pytest.mark.parametrize(
    ("changes", "is_alike"),
    [
        ({}, True),
        ({"edtf": "2022-03"}, True),
        ({"edtf": "2022-03-23/2022-03-24"}, True),
        ({"edtf": "2022-03-23"}, False),
        ({"edtf": "2022-03-25/.."}, False),
        ({"type": "negotiation"}, False),
    ],
)
def test_same_type_possible_date_and_shared_actor_make_it_alike(changes, is_alike):
    actor = make.actor()
    event = entered(actor=actor, **changes)

    assert similar_events(str(kind()), "24 March 2022", [str(actor.pk)]) == ([event] if is_alike else [])


def test_another_actor_and_a_merged_event_are_not_alike():
    actor = make.actor()
    entered(actor=make.actor())
    entered(actor=actor).merge_into(make.event())

    assert similar_events(str(kind()), "2022-03-24", [str(actor.pk)]) == []


def test_an_actor_within_the_one_named_is_shared():
    state = make.actor()
    event = entered(actor=make.actor(parent=state))

    assert similar_events(str(kind()), "2022-03-24", [str(state.pk)]) == [event]


@pytest.mark.parametrize(
    "parameters",
    [{}, {"event_type": "x"}, {"edtf": "soon"}, {"actor": "9" * 30}, {"actor": "1\x00"}, {"edtf": "9" * 5000}],
)
def test_what_is_not_understood_finds_nothing(parameters):
    actor = make.actor()
    entered(actor=actor)
    answer = editor().get(ALIKE, {"event_type": kind(), "edtf": "2022-03-24"} | parameters)

    assert (answer.status_code, answer.content.decode().strip()) == (200, "")


def test_the_page_is_told_with_date_link_and_quote_while_somebody_types():
    actor = make.actor()
    event = entered(actor=actor)
    make.citation(event)

    html = editor().get(ALIKE, {"event_type": kind(), "edtf": "2022-03-24", "actor": actor.pk}).content.decode()

    assert f'<a href="/admin/timeline/event/{event.pk}/change/"' in html
    assert "24 March 2022, draft" in html
    assert "The ceasefire holds.</q>" in html


def test_only_those_who_enter_events_are_told():
    assert desk("guest", "view_event").get(ALIKE).status_code == 403
    assert desk("writer", "add_event").get(ALIKE).status_code == 403


def test_saving_without_a_script_names_the_event_first_and_keeps_what_was_typed():
    actor = make.actor()
    event, client = entered(actor=actor), editor()
    before = rows()

    warning = send(client, ADD, **typed(actor))

    assert errors(warning)[0].startswith("Nothing is saved yet: a similar event already exists")
    assert warning.context["adminform"].form.similar_events == [event]
    assert (fields(warning)["title"], fields(warning)["participations-0-actor"]) == ("The call", str(actor.pk))
    assert rows() == before
    assert client.post(ADD, fields(warning) | {"_save": "1"}).status_code == 302
    assert Event.objects.filter(title="The call").count() == 1


def test_who_has_seen_it_while_typing_is_not_asked_again():
    actor = make.actor()
    event = entered(actor=actor)

    assert send(editor(), ADD, **typed(actor), alike=str(event.pk)).status_code == 302


def test_an_event_that_came_since_is_named():
    actor = make.actor()
    seen = entered(actor=actor)
    entered("Another", actor=actor)

    answer = send(editor(), ADD, **typed(actor), alike=str(seen.pk))

    assert errors(answer)[0].startswith("Nothing is saved yet")


def test_a_change_of_an_event_is_not_held_up():
    actor = make.actor()
    event, client = entered(actor=actor), editor()
    entered("Another", actor=actor)

    assert send(client, f"/admin/timeline/event/{event.pk}/change/", title="New").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_asking_takes_the_same_queries_for_any_number(count, django_assert_num_queries):
    actor = make.actor()
    for _ in range(count):
        make.citation(entered(actor=actor))

    statement = str(kind())

    with django_assert_num_queries(2):
        similar_events(statement, "2022-03-24", [str(actor.pk)])
