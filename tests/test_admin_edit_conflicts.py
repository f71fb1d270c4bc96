"""A form sent in after somebody else has changed the row: both changes side by side, nothing written, nothing lost."""

import pytest
from django.db import connection
from django.urls import reverse

from tests import make
from tests.database_errors import database_error
from timeline.database.faults import BROKEN, BUSY, FULL
from timeline.evidence.axes import Basis
from timeline.models import Actor, Event

from .desk_client import desk, editor, errors, fields, lines, reviewer, rows, said, send

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. Troops moved. Nobody fired."
ADD = "/admin/timeline/event/add/"


def change(row) -> str:
    return reverse(f"admin:timeline_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row) -> dict[str, str]:
    return fields(client.get(change(row)))


def theirs(answer) -> list[tuple]:
    """Return (kind of row, what others did, what I did, [(field, before, now, typed)]) as the page shows it."""
    return [
        (row.what, row.theirs, row.mine, [(one.field, one.before, one.now, one.typed) for one in row.their_lines])
        for row in answer.context["conflict"].theirs
    ]


def cited(briefing, quote: str) -> dict:
    typed = {
        "briefing": briefing.pk,
        "quote": quote,
        "act": "confirms",
        "speaker": "",
        "date_as_stated": "",
        "edtf": "",
    }
    return typed | {"reliability": "F", "credibility": "6", "note": "", "position": "0"}


def part(actor, role: str = "initiator") -> dict:
    return {"actor": actor.pk, "role": role, "office": "", "position": "0"}


def test_both_changes_stand_side_by_side_and_what_only_the_other_changed_is_taken_over():
    event, mine, quick = make.event("As it was", edtf="2022-03-24"), editor("mine"), editor("quick")
    form = opened(mine, event)
    send(
        quick,
        change(event),
        title="As quick says",
        edtf="March 2022",
        change_class="correction",
        change_reason="Better source",
    )
    before = rows()

    answer = mine.post(change(event), form | {"title": "As I say", "summary": "Typed for an hour", "_save": "1"})

    assert rows() == before
    assert errors(answer)[0].startswith("Nothing was saved: quick changed this event on ")
    [told] = answer.context["conflict"].edits
    assert (told.who, told.why) == ("quick", "Better source")
    assert theirs(answer) == [
        (
            *("", "changed", "changed"),
            [("Title", "As it was", "As quick says", "As I say"), ("Date", "24 March 2022", "March 2022", "")],
        )
    ]
    again = fields(answer)
    assert (again["title"], again["edtf"], again["summary"]) == ("As I say", "2022-03", "Typed for an hour")


def test_what_an_event_claims_and_what_its_source_says_are_weighed_too():
    event, mine, quick = make.event(type="meeting"), editor("mine"), editor("quick")
    make.citation(event, make.briefing())
    form, place = opened(mine, event), make.place("Yerevan")
    typed = {"citations-0-basis": "hearsay", "citations-0-place": str(place.pk), "citations-0-deaths_low": "0"}
    send(quick, change(event), actuality="announced", **typed)

    answer = mine.post(change(event), form | {"actuality": "unclear", "citations-0-basis": "first_hand", "_save": "1"})

    [(_, _, _, event_lines), (_, _, _, citation_lines)] = theirs(answer)
    assert event_lines == [("Actuality", "Happened", "Announced", "Unclear whether it happened")]
    hearsay, first_hand = Basis.HEARSAY.label, Basis.FIRST_HAND.label
    assert citation_lines == [
        ("How the speaker knows", "", hearsay, first_hand),
        ("Place by this source", "", "Yerevan", ""),
        ("Deaths by this source, at least", "", "0", ""),
    ]
    again = fields(answer)
    assert (again["actuality"], again["citations-0-basis"]) == ("unclear", "first_hand")
    assert (again["citations-0-place"], again["citations-0-deaths_low"]) == (str(place.pk), "0")


def test_who_has_seen_the_other_change_saves_again_deliberately():
    event, mine = make.event("As it was"), editor("mine")
    form = opened(mine, event)
    send(editor("quick"), change(event), title="As quick says", edtf="2022")

    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})
    saved = mine.post(change(event), fields(answer) | {"_save": "1"})

    event.refresh_from_db()
    assert (saved.status_code, event.title, event.edtf) == (302, "As I say", "2022")


def test_a_third_change_is_shown_before_that():
    event, mine, quick = make.event("As it was"), editor("mine"), editor("quick")
    form = opened(mine, event)
    send(quick, change(event), title="Second")
    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})
    send(quick, change(event), title="Third")

    again = mine.post(change(event), fields(answer) | {"_save": "1"})

    assert theirs(again)[0][3] == [("Title", "Second", "Third", "As I say")]


def test_rows_inside_the_form_are_weighed_one_by_one():
    briefing, (ada, bela, cara) = make.briefing(TEXT), [make.actor(name) for name in ("Ada", "Bela", "Cara")]
    event, mine = make.event(), editor("mine")
    make.citation(event, briefing, quote="Troops moved.", note="As said")
    for actor in (ada, bela):
        make.participation(event, actor)
    form = opened(mine, event)
    others = {"citations-0-note": "As quick reads it", "participations-0-DELETE": "on"}
    others |= lines("participations", part(cara), start=2)
    send(editor("quick"), change(event), **others)
    before = rows()

    typed = {
        "citations-0-note": "As I read it",
        "participations-0-office": "Envoy",
        "participations-1-role": "mediator",
    }
    answer = mine.post(change(event), form | typed | lines("citations", cited(briefing, "Nobody fired."), start=1))

    assert rows() == before
    assert theirs(answer) == [
        ("participation", "added", "", [("Actor", "", "Cara", ""), ("Role", "", "initiator", "")]),
        ("participation", "deleted", "changed", [("Actor", "Ada", "", ""), ("Role", "participant", "", "")]),
        ("citation", "changed", "changed", [("Note", "As said", "As quick reads it", "As I read it")]),
    ]
    again = fields(answer)
    assert [again[f"participations-{n}-actor"] for n in range(3)] == [str(one.pk) for one in (bela, cara, ada)]
    assert (again["participations-0-role"], again["participations-2-office"]) == ("mediator", "Envoy")
    assert (again["citations-0-note"], again["citations-1-quote"]) == ("As I read it", "Nobody fired.")
    assert mine.post(change(event), again | {"_save": "1"}).status_code == 302
    assert sorted((one.actor.name, one.role) for one in event.participations.all()) == [
        ("Ada", "participant"),
        ("Bela", "mediator"),
        ("Cara", "initiator"),
    ]
    assert sorted(one.quote for one in event.citations.all()) == ["Nobody fired.", "Troops moved."]


def test_a_citation_added_from_the_briefing_meanwhile_is_seen():
    event, mine, briefing = make.event(), editor("mine"), make.briefing(TEXT)
    form = opened(mine, event)
    make.citation(event, briefing)

    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})

    assert [row[:3] for row in theirs(answer)] == [("citation", "added", "")]
    assert fields(answer)["citations-0-quote"] == "The ceasefire holds."


def test_a_change_of_state_is_told():
    event, mine = make.event(), editor("mine")
    form = opened(mine, event)
    event.submit()

    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})

    assert ("Status", "Draft", "In review", "") in theirs(answer)[0][3]


def test_text_typed_for_an_event_that_was_published_meanwhile_is_shown_and_not_saved():
    event, mine = make.event("As it was"), editor("mine")
    make.citation(event)
    form = opened(mine, event)
    event.publish()
    before = rows()

    typed = {"title": "As I say", "citations-0-note": "My note", "_save": "1"}
    answer = mine.post(change(event), form | typed)

    assert answer.status_code == 403
    told = [(one.field, one.now, one.typed) for row in answer.context["rows"] for one in row.my_lines]
    assert told == [("Title", "As it was", "As I say"), ("Note", "", "My note")]
    assert "tell a reviewer what should be different" in answer.content.decode()
    assert rows() == before


def test_text_typed_for_an_event_that_was_merged_meanwhile_is_shown_with_the_way_on():
    event, kept, mine = make.event("As it was"), make.event("Kept"), editor("mine")
    form = opened(mine, event)
    event.merge_into(kept)

    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})

    html = answer.content.decode()
    assert answer.status_code == 403
    assert f'It became part of <a href="{change(kept)}">“Kept”</a>' in html
    assert "As I say" in html


def test_text_typed_for_a_deleted_event_can_be_entered_anew():
    event, mine, briefing = make.event("As it was"), editor("mine"), make.briefing(TEXT)
    make.citation(event, briefing)
    form, address = opened(mine, event), change(event)
    editor("quick").post(reverse("admin:timeline_event_delete", args=[event.pk]), {"post": "yes"})
    before = rows()

    answer = mine.post(address, form | {"title": "As I say", "_save": "1"})

    assert errors(answer)[0].startswith("Nothing was saved: quick deleted this event on ")
    assert f'action="{ADD}"' in answer.content.decode()
    assert rows() == before
    assert mine.post(ADD, fields(answer) | {"_save": "1"}).status_code == 302
    again = Event.objects.get()
    assert (again.title, [one.quote for one in again.citations.all()]) == ("As I say", ["The ceasefire holds."])


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


def test_a_row_loaded_without_a_history_is_weighed_all_the_same():
    event, mine = make.event("As it was"), editor("mine")
    Event.history.all().delete()
    form = opened(mine, event)
    send(editor("quick"), change(event), title="As quick says")

    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})

    assert theirs(answer)[0][3][0][2:] == ("As quick says", "As I say")
    assert fields(answer)["title"] == "As I say"


@pytest.mark.parametrize(("code", "fault"), [("55P03", BUSY), ("53100", FULL)])
def test_a_database_that_takes_nothing_gives_the_text_back_and_says_why(monkeypatch, caplog, code, fault):
    event, client = make.event(), editor()

    def refuse(*args, **kwargs):
        raise database_error(code, "words of the database")

    monkeypatch.setattr(Event, "save", refuse)
    answer = send(client, change(event), title="As I say")

    assert errors(answer) == [fault.words]
    assert fields(answer)["title"] == "As I say"
    assert f"{change(event)}: " in caplog.messages[0]


def test_a_database_that_cannot_be_read_gives_no_form_back(monkeypatch):
    event, client = make.event(), editor()

    def refuse(*args, **kwargs):
        raise database_error("XX001")

    monkeypatch.setattr(Event, "save", refuse)
    answer = send(client, change(event), title="As I say")

    assert (answer.status_code, BROKEN.words in answer.content.decode()) == (500, True)


def test_withdrawing_means_the_event_as_it_was_seen():
    event, slow, quick = make.published("As it was"), reviewer("slow"), reviewer("quick")
    address = reverse("admin:timeline_event_withdraw", args=[event.pk])
    form = fields(slow.get(address))
    send(quick, change(event), title="As quick says", change_class="correction", change_reason="Better source")
    before = rows()

    answer = slow.post(address, form | {"reason": "A mistake"})

    since = answer.context["since"]
    assert since.message.startswith("Nothing was done: quick changed this event on ")
    assert [(one.before, one.after) for one in since.records[0].changes] == [("As it was", "As quick says")]
    assert fields(answer)["reason"] == "A mistake"
    assert rows() == before
    slow.post(address, fields(answer))
    assert Event.objects.get().status == "withdrawn"


def test_deleting_means_the_event_as_it_was_seen():
    event, slow = make.event("As it was"), editor("slow")
    address = reverse("admin:timeline_event_delete", args=[event.pk])
    form = fields(slow.get(address))
    send(editor("quick"), change(event), title="As quick says")
    before = rows()

    answer = slow.post(address, form)

    assert answer.context["since"].message.startswith("Nothing was done: quick changed this event on ")
    assert rows() == before
    slow.post(address, fields(answer))
    assert Event.objects.count() == 0


def test_events_changed_after_the_page_of_an_action_are_refused():
    event, other, slow = make.event("As it was"), make.event("Other"), editor("slow")
    chosen = {"action": "submit_selected", "_selected_action": [event.pk, other.pk]}
    form = fields(slow.post("/admin/timeline/event/", chosen))
    send(editor("quick"), change(event), title="As quick says")

    answer = slow.post("/admin/timeline/event/", form | chosen | {"post": "yes"})

    first, second = said(answer)
    assert first.startswith("“As quick says” was not submitted for review: quick changed this event on ")
    assert first.endswith(", after you saw it. It is about: title. Look at it, then choose it again.")
    assert second == "1 event is submitted for review."
    assert sorted(Event.objects.values_list("title", "status")) == [("As quick says", "draft"), ("Other", "review")]


@pytest.mark.parametrize("count", [1, 3])
def test_weighing_asks_no_more_for_three_rows_than_for_one(count, django_assert_max_num_queries):
    event, mine, briefing = make.event(), editor("mine"), make.briefing(TEXT)
    for _ in range(count):
        make.citation(event, briefing, speaker=make.actor())
        make.participation(event)
    form = opened(mine, event)
    notes = {f"citations-{number}-note": "As quick reads it" for number in range(count)}
    send(editor("quick"), change(event), title="As quick says", **notes)
    typed = {"title": "As I say", "summary": "Mine"}
    mine.post(change(event), form | typed)

    turns = 4 if connection.vendor == "postgresql" else 0  # SQLite gives a writer its turn without a query
    with django_assert_max_num_queries(47 + turns):
        mine.post(change(event), form | typed)
