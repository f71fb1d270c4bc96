"""An earlier state is restored from the history: shown field by field first, then written as one new change."""

import pytest
from django.urls import reverse

from tests import make
from timeline.merging import EventMerge
from timeline.models import ActorAlias, EventRelation

from .desk_client import change, editor, entries, fields, restore, rows, said, send

pytestmark = [pytest.mark.django_db, pytest.mark.database]


TEXT = "MS PORTER: The ceasefire holds. Troops moved."


def shown(page) -> list[tuple[str, str, str]]:
    return [(record.what, record.kind, record.name) for record in page.context["records"]]


def test_history_offers_each_earlier_state_to_those_who_may_change_the_event():
    event, client = make.event("First"), editor()
    send(client, change(event), title="Second")

    html = client.get(reverse("admin:timeline_event_history", args=[event.pk])).content.decode()

    assert html.count("Restore this state…") == 1
    assert restore(client, event).partition("?")[0] in html


def test_all_that_was_changed_comes_back_in_one_entry():
    briefing, actor, other = make.briefing(TEXT), make.actor("Ada"), make.event("Before")
    event = make.event("First", edtf="2022-03-24", summary="Known")
    words = make.citation(event, briefing, note="As said", quote="Troops moved.")
    make.participation(event, actor, "initiator")
    EventRelation.objects.create(from_event=event, kind="follows", to_event=other, citation=words)
    client = editor()
    send(client, change(event))  # the last save of the state that is to come back
    typed = {"citations-0-DELETE": "on", "participations-0-role": "mediator", "relations-0-DELETE": "on"}
    send(client, change(event), title="Second", edtf="2022", summary="", change_reason="A mistake", **typed)

    page = client.get(restore(client, event, 1))
    assert shown(page) == [
        ("event", "changed", ""),
        ("citation", "added", "Troops moved."),
        ("participation", "changed", "Ada, initiator"),
        ("event relation", "added", "follows, Before"),
    ]
    event_changes = page.context["records"][0].changes
    assert [(change.field, change.before, change.after) for change in event_changes] == [
        ("Title", "Second", "First"),
        ("Summary", "", "Known"),
        ("Date", "2022", "24 March 2022"),
    ]
    answer = client.post(restore(client, event, 1), fields(page) | {"reason": "That was right"})

    event.refresh_from_db()
    assert answer.url == reverse("admin:timeline_event_history", args=[event.pk])
    assert said(answer)[0].startswith("“First” is restored as it was on ")
    assert (event.title, event.edtf, event.summary) == ("First", "2022-03-24", "Known")
    [back] = event.citations.all()
    assert (back.pk, back.public_id, back.note, back.state) == (words.pk, words.public_id, "As said", "verified")
    assert [participation.role for participation in event.participations.all()] == ["initiator"]
    assert [(relation.to_event, relation.citation) for relation in event.relations.all()] == [(other, back)]
    newest = entries(client, event)[0]
    assert newest.why.startswith("Restored the state of ")
    assert newest.why.endswith(": That was right")
    assert len(newest.records) == 4


def test_what_an_event_claims_comes_back_with_what_its_sources_say():
    event, place = make.event(type="meeting", actuality="announced", value_note="By the agency."), make.place("Yerevan")
    make.citation(event, make.briefing(TEXT), act="announces", basis="first_hand", place=place, deaths_low=0)
    client = editor()
    send(client, change(event))  # the last save of the state that is to come back
    typed = {"basis": "hearsay", "place": "", "deaths_low": "2"}
    typed = {f"citations-0-{name}": value for name, value in typed.items()}
    send(client, change(event), actuality="occurred", value_note="", change_reason="A mistake", **typed)

    page = client.get(restore(client, event, 1))
    changes = {
        change.field: (change.before, change.after) for record in page.context["records"] for change in record.changes
    }
    assert changes == {
        "Actuality": ("Happened", "Announced"),
        "Which values it takes": ("", "By the agency."),
        "How the speaker knows": (
            "hearsay: passes on what another said or did",
            "first-hand: the speaker or the institution did or saw it",
        ),
        "Place by this source": ("", "Yerevan"),
        "Deaths by this source, at least": ("2", "0"),
    }
    send(client, restore(client, event, 1), reason="")

    event.refresh_from_db()
    cited = event.citations.get()
    assert (event.actuality, event.value_note, event.support) == ("announced", "By the agency.", "supports")
    assert (cited.basis, cited.place, cited.deaths_low, cited.support) == ("first_hand", place, 0, "supports")


def test_what_is_shown_before_writes_nothing():
    event, client = make.event("First"), editor()
    send(client, change(event), title="Second")
    before = rows()

    page = client.get(restore(client, event))

    assert page.context["records"][0].changes[0].field == "Title"
    assert "Restore this state" in page.content.decode()
    assert rows() == before


def test_what_a_merge_brought_stays():
    event, gone, client = make.event("Kept"), make.event("Gone"), editor()
    citation = make.citation(event)
    send(client, change(event), title="Second")
    brought = make.citation(gone, quote="Troops moved.")
    EventMerge(gone, event).apply("Twice")

    page = client.get(restore(client, event))
    send(client, restore(client, event), reason="As it was")

    assert "1 line that came from a merged event stays" in page.content.decode()
    assert set(event.citations.all()) == {citation, brought}
    assert client.get(restore(client, gone)).status_code == 403  # merged: nobody changes it


def test_a_participant_that_was_merged_comes_back_as_the_one_it_became():
    event, client, gone, target = make.event(), editor(), make.actor(), make.actor()
    make.participation(event, gone)
    send(client, change(event))
    send(client, change(event), **{"participations-0-DELETE": "on"})
    gone.merged_into = target
    gone.save()

    send(client, restore(client, event, 1), reason="")

    assert [participation.actor for participation in event.participations.all()] == [target]


def test_an_actor_comes_back_with_its_other_names():
    actor, client = make.actor("Ada"), editor()
    ActorAlias.objects.create(actor=actor, name="A.")
    send(client, change(actor))
    send(client, change(actor), name="Bela", **{"aliases-0-DELETE": "on"})

    send(client, restore(client, actor, 1))

    actor.refresh_from_db()
    assert (actor.name, [alias.name for alias in actor.aliases.all()]) == ("Ada", ["A."])
    assert actor.search_text == " ada § a "


def test_a_briefing_comes_back_but_not_under_another_text():
    briefing, client = make.briefing(TEXT, title="First"), editor()
    send(client, change(briefing), title="Second")
    send(client, restore(client, briefing))
    briefing.refresh_from_db()
    assert briefing.title == "First"
    briefing.text = f"{TEXT} More."
    briefing.save()

    page = client.get(restore(client, briefing))

    assert page.context["refusals"] == [
        "Its text was different then. Paste that text in the source’s form, which shows what moves."
    ]
    assert not page.context["may_restore"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_three_rows_as_for_one(count, django_assert_max_num_queries):
    event, client = make.event("First"), editor()
    for _ in range(count):
        make.citation(event, speaker=make.actor())
        make.participation(event)
    send(client, change(event), title="Second", **{f"citations-{n}-DELETE": "on" for n in range(count)})
    address = restore(client, event)
    client.get(address)

    with django_assert_max_num_queries(23):
        assert client.get(address).status_code == 200
