"""A form sent in after somebody else has changed the row: both changes side by side, nothing written, nothing lost."""

import pytest
from django.db import connection
from django.urls import reverse

from tests import make
from timeline.evidence.axes import Basis
from timeline.models import Event

from .desk_client import change, editor, errors, fields, lines, opened, reviewer, rows, said, send
from .event_form import citation_line, participation_line

pytestmark = pytest.mark.django_db


TEXT = "MS PORTER: The ceasefire holds. Troops moved. Nobody fired."


def theirs(answer) -> list[tuple]:
    """Return (kind of row, what others did, what I did, [(field, before, now, typed)]) as the page shows it."""
    return [
        (row.what, row.theirs, row.mine, [(line.field, line.before, line.now, line.typed) for line in row.their_lines])
        for row in answer.context["conflict"].theirs
    ]


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
    [edit] = answer.context["conflict"].edits
    assert (edit.who, edit.why) == ("quick", "Better source")
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
    others |= lines("participations", participation_line(cara), start=2)
    send(editor("quick"), change(event), **others)
    before = rows()

    typed = {
        "citations-0-note": "As I read it",
        "participations-0-office": "Envoy",
        "participations-1-role": "mediator",
    }
    answer = mine.post(
        change(event), form | typed | lines("citations", citation_line(briefing, "Nobody fired."), start=1)
    )

    assert rows() == before
    assert theirs(answer) == [
        ("participation", "added", "", [("Actor", "", "Cara", ""), ("Role", "", "initiator", "")]),
        ("participation", "deleted", "changed", [("Actor", "Ada", "", ""), ("Role", "participant", "", "")]),
        ("citation", "changed", "changed", [("Note", "As said", "As quick reads it", "As I read it")]),
    ]
    again = fields(answer)
    assert [again[f"participations-{n}-actor"] for n in range(3)] == [str(actor.pk) for actor in (bela, cara, ada)]
    assert (again["participations-0-role"], again["participations-2-office"]) == ("mediator", "Envoy")
    assert (again["citations-0-note"], again["citations-1-quote"]) == ("As I read it", "Nobody fired.")
    assert mine.post(change(event), again | {"_save": "1"}).status_code == 302
    assert sorted((participation.actor.name, participation.role) for participation in event.participations.all()) == [
        ("Ada", "participant"),
        ("Bela", "mediator"),
        ("Cara", "initiator"),
    ]
    assert sorted(citation.quote for citation in event.citations.all()) == ["Nobody fired.", "Troops moved."]


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


def test_a_row_loaded_without_a_history_is_weighed_all_the_same():
    event, mine = make.event("As it was"), editor("mine")
    Event.history.all().delete()
    form = opened(mine, event)
    send(editor("quick"), change(event), title="As quick says")

    answer = mine.post(change(event), form | {"title": "As I say", "_save": "1"})

    assert theirs(answer)[0][3][0][2:] == ("As quick says", "As I say")
    assert fields(answer)["title"] == "As I say"


def test_withdrawing_means_the_event_as_it_was_seen():
    event, slow, quick = make.published("As it was"), reviewer("slow"), reviewer("quick")
    address = reverse("admin:timeline_event_withdraw", args=[event.pk])
    form = fields(slow.get(address))
    send(quick, change(event), title="As quick says", change_class="correction", change_reason="Better source")
    before = rows()

    answer = slow.post(address, form | {"reason": "A mistake"})

    since = answer.context["since"]
    assert since.message.startswith("Nothing was done: quick changed this event on ")
    assert [(difference.before, difference.after) for difference in since.records[0].changes] == [
        ("As it was", "As quick says")
    ]
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
    selection = {"action": "submit_selected", "_selected_action": [event.pk, other.pk]}
    form = fields(slow.post("/admin/timeline/event/", selection))
    send(editor("quick"), change(event), title="As quick says")

    answer = slow.post("/admin/timeline/event/", form | selection | {"post": "yes"})

    first, second = said(answer)
    assert first.startswith("“As quick says” was not submitted for review: quick changed this event on ")
    assert first.endswith(", after you saw it. It is about: title. Check it, then select it again.")
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
    with django_assert_max_num_queries(53 + turns):
        mine.post(change(event), form | typed)
