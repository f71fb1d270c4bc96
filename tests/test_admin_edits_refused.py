"""What was typed comes back where it cannot be saved: the row is closed or gone, or the database takes nothing."""

import pytest
from django.urls import reverse

from tests import make
from tests.database_errors import database_error
from timeline.database.faults import BROKEN, BUSY, FULL
from timeline.models import Actor, Event

from .desk_client import change, desk, editor, errors, fields, opened, rows, send
from .event_form import ADD

pytestmark = pytest.mark.django_db


def test_text_typed_for_an_event_that_was_published_meanwhile_is_shown_and_not_saved():
    event, mine = make.event("As it was"), editor("mine")
    make.citation(event)
    form = opened(mine, event)
    event.publish()
    before = rows()

    typed = {"title": "As I say", "citations-0-note": "My note", "_save": "1"}
    answer = mine.post(change(event), form | typed)

    assert answer.status_code == 403
    shown = [(line.field, line.now, line.typed) for row in answer.context["rows"] for line in row.my_lines]
    assert shown == [("Title", "As it was", "As I say"), ("Note", "", "My note")]
    assert "Propose a correction" in answer.content.decode()
    assert rows() == before


def test_text_typed_for_an_event_that_was_merged_meanwhile_is_shown_with_the_way_on():
    event, target, mine = make.event("As it was"), make.event("Kept"), editor("mine")
    form = opened(mine, event)
    event.merge_into(target)

    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})

    html = answer.content.decode()
    assert answer.status_code == 403
    assert f'It became part of <a href="{change(target)}">“Kept”</a>' in html
    assert "As I say" in html


def test_text_typed_for_a_deleted_event_can_be_entered_anew():
    event, mine = make.event("As it was"), editor("mine")
    make.citation(event)
    form, address = opened(mine, event), change(event)
    editor("quick").post(reverse("admin:timeline_event_delete", args=[event.pk]), {"post": "yes"})
    before = rows()

    answer = mine.post(address, form | {"title": "As I say", "_save": "1"})

    assert errors(answer)[0].startswith("Nothing was saved: quick deleted this event on ")
    assert f'action="{ADD}"' in answer.content.decode()
    assert rows() == before
    assert mine.post(ADD, fields(answer) | {"_save": "1"}).status_code == 302
    again = Event.objects.get()
    assert (again.title, [citation.quote for citation in again.citations.all()]) == (
        "As I say",
        ["The ceasefire holds."],
    )


def test_who_may_not_add_reads_what_was_typed_for_a_deleted_actor():
    actor, mine = make.actor("As it was"), desk("mine", "view_actor", "change_actor")
    form, address = opened(mine, actor), change(actor)
    actor.delete()

    answer = mine.post(address, form | {"name": "As I say"})

    assert answer.status_code == 409
    assert "As I say" in answer.content.decode()
    assert Actor.objects.count() == 0


def test_a_row_that_never_was_is_not_found():
    answer = editor().post("/admin/timeline/event/999/change/", {"title": "As I say"})

    assert (answer.status_code, answer.url) == (302, "/admin/")


@pytest.mark.parametrize("version", ["", "abc", "9" * 400, "1.1", "1.1-1.1-1.1-1.1-1.1", "1\x00.1-0.0-0.0-0.0"])
def test_a_form_that_does_not_say_what_was_seen_is_not_saved(version):
    event, client = make.event(), editor()
    before = rows()

    answer = send(client, change(event), title="As I say", version=version)

    assert answer.status_code == 200
    assert fields(answer)["title"] == "As I say"
    assert rows() == before


@pytest.mark.parametrize(("code", "fault"), [("55P03", BUSY), ("53100", FULL)])
def test_a_database_that_takes_nothing_gives_the_text_back_and_says_why(monkeypatch, caplog, code, fault):
    event, client = make.event(), editor()

    def refuse(*args, **kwargs):
        raise database_error(code, "words of the database")

    monkeypatch.setattr(Event, "save", refuse)
    answer = send(client, change(event), title="As I say")

    assert errors(answer) == [fault.words]
    assert fields(answer)["title"] == "As I say"
    assert any(f"{change(event)}: " in message for message in caplog.messages)


def test_a_database_that_cannot_be_read_gives_no_form_back(monkeypatch):
    event, client = make.event(), editor()

    def refuse(*args, **kwargs):
        raise database_error("XX001")

    monkeypatch.setattr(Event, "save", refuse)
    answer = send(client, change(event), title="As I say")

    assert (answer.status_code, BROKEN.words in answer.content.decode()) == (500, True)
