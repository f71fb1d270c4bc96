"""An earlier state is restored from the history: shown field by field first, then written as one new change."""

import pytest
from django.urls import reverse

from tests import make
from timeline.admin.history_pages import MOMENT
from timeline.history.corrections import corrections
from timeline.merging import EventMerge
from timeline.models import ActorAlias, EventRelation, EventType

from .desk_client import editor, fields, lines, reviewer, rows, said, send

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "MS PORTER: The ceasefire holds. Troops moved."


def change(row) -> str:
    return reverse(f"admin:timeline_{row._meta.model_name}_change", args=[row.pk])


def entries(client, row) -> list:
    address = reverse(f"admin:timeline_{row._meta.model_name}_history", args=[row.pk])
    return client.get(address).context["page"].entries


def restore(client, row, entry: int = -1) -> str:
    """Return the address that the history offers for one of its entries; the first that was written, where none is named."""
    at = entries(client, row)[entry].at
    return f"{reverse(f'admin:timeline_{row._meta.model_name}_restore', args=[row.pk])}?at={at.strftime(MOMENT)}"


def told(page) -> list[tuple[str, str, str]]:
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
    assert told(page) == [
        ("event", "changed", ""),
        ("citation", "added", "Troops moved."),
        ("participation", "changed", "Ada, initiator"),
        ("event relation", "added", "follows, Before"),
    ]
    own = page.context["records"][0].changes
    assert [(one.field, one.before, one.after) for one in own] == [
        ("Title", "Second", "First"),
        ("Summary", "", "Known"),
        ("Date", "2022", "24 March 2022"),
    ]
    answer = client.post(restore(client, event, 1), fields(page) | {"reason": "That was right"})

    event.refresh_from_db()
    assert answer.url == reverse("admin:timeline_event_history", args=[event.pk])
    assert said(answer)[0].startswith("“First” stands again as it stood on ")
    assert (event.title, event.edtf, event.summary) == ("First", "2022-03-24", "Known")
    [back] = event.citations.all()
    assert (back.pk, back.public_id, back.note, back.state) == (words.pk, words.public_id, "As said", "verified")
    assert [one.role for one in event.participations.all()] == ["initiator"]
    assert [(one.to_event, one.citation) for one in event.relations.all()] == [(other, back)]
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


def test_restoring_what_has_been_public_needs_a_reason_and_a_reviewer():
    event, chief = make.published("First"), reviewer()
    send(chief, change(event), title="Second", change_class="correction", change_reason="A slip")
    address, before = restore(chief, event), rows()

    silent = send(chief, address, reason=" ")
    assert silent.context["form"].errors["reason"] == [
        "Say why. This has been public, and readers see the reason of each correction."
    ]
    assert editor().get(address).status_code == 403
    assert editor("other").post(address, {"reason": "Because"}).status_code == 403
    assert {name: table for name, table in rows().items() if "auth" not in name} == before
    send(chief, address, reason="It was right")

    newest = corrections(event)[0]
    assert (newest.what, newest.before, newest.after) == ("Title", "Second", "First")
    assert newest.reason.endswith(": It was right")


def test_a_published_event_is_not_restored_to_a_state_without_evidence():
    event, client = make.event("First"), reviewer()
    address = restore(client, event)
    send(client, change(event))
    make.citation(event)
    event.publish()
    before = rows()

    answer = send(client, address, reason="As it was")

    assert answer.context["refusals"] == ["A published event needs at least one citation that supports it."]
    assert fields(answer)["reason"] == "As it was"
    assert rows() == before


def test_a_published_event_is_not_restored_to_a_claim_that_its_citations_do_not_support():
    event, client = make.event("First", type="ceasefire"), reviewer()
    make.citation(event, act="calls_for")
    address = restore(client, event)
    event.event_type = EventType.objects.get(slug="appeal")
    event.save()
    event.publish()
    before = rows()

    answer = send(client, address, reason="As it was")

    assert answer.context["refusals"] == [
        "As it stood then, the event could not be published.",
        "No citation of a published briefing supports it by the codebook: a denial, a dispute, a question or a mere "
        "appeal does not count.",
    ]
    assert rows() == before


@pytest.mark.parametrize(
    ("then", "now"),
    [(("did_not_occur", "denies"), ("occurred", "confirms")), (("occurred", "confirms"), ("did_not_occur", "denies"))],
)
@pytest.mark.parametrize("same_line", [True, False])
def test_claim_and_what_supports_it_come_back_together(then, now, same_line):
    (actuality_then, act_then), (actuality_now, act_now) = then, now
    briefing, client = make.briefing(TEXT), reviewer()
    event = make.published(type="meeting", actuality=actuality_then, briefing=briefing, cited={"act": act_then})
    send(client, change(event), change_class="typo")  # the last save of the state that is to come back
    typed = {"actuality": actuality_now, "change_class": "correction", "change_reason": "It is known now."}
    if same_line:
        typed["citations-0-act"] = act_now
    else:
        new_line = {"briefing": briefing.pk, "quote": "Troops moved.", "act": act_now, "position": 0}
        typed |= {"citations-0-DELETE": "on"} | lines("citations", new_line, start=1)
    send(client, change(event), **typed)
    assert list(event.citations.values_list("act", "support")) == [(act_now, "supports")]

    answer = send(client, restore(client, event, 1), reason="It was not")

    event.refresh_from_db()
    assert said(answer)[-1].startswith(f"“{event}” stands again as it stood on ")
    assert (event.actuality, event.status, event.supporting_count) == (actuality_then, "published", 1)
    assert list(event.citations.values_list("act", "support")) == [(act_then, "supports")]


def test_what_changed_after_the_page_was_shown_is_shown_first():
    event, slow, quick = make.event("First"), editor("slow"), editor("quick")
    send(quick, change(event), title="Second")
    address = restore(slow, event)
    opened = fields(slow.get(address))
    send(quick, change(event), title="Third")
    before = rows()

    answer = slow.post(address, opened | {"reason": "It was right"})

    assert answer.context["since"].message.startswith("Nothing was done: quick changed this event on ")
    assert fields(answer)["reason"] == "It was right"
    assert rows() == before
    slow.post(address, fields(answer))
    event.refresh_from_db()
    assert event.title == "First"


def test_what_a_merge_brought_stays():
    event, gone, client = make.event("Kept"), make.event("Gone"), editor()
    own = make.citation(event)
    send(client, change(event), title="Second")
    brought = make.citation(gone, quote="Troops moved.")
    EventMerge(gone, event).apply("Twice")

    page = client.get(restore(client, event))
    send(client, restore(client, event), reason="As it was")

    assert "1 line that came from a merged event stays" in page.content.decode()
    assert set(event.citations.all()) == {own, brought}
    assert client.get(restore(client, gone)).status_code == 403  # merged: nobody changes it


def test_a_participant_that_was_merged_comes_back_as_the_one_it_became():
    event, client, gone, kept = make.event(), editor(), make.actor(), make.actor()
    make.participation(event, gone)
    send(client, change(event))
    send(client, change(event), **{"participations-0-DELETE": "on"})
    gone.merged_into = kept
    gone.save()

    send(client, restore(client, event, 1), reason="")

    assert [one.actor for one in event.participations.all()] == [kept]


def test_an_actor_comes_back_with_its_other_names():
    actor, client = make.actor("Ada"), editor()
    ActorAlias.objects.create(actor=actor, name="A.")
    send(client, change(actor))
    send(client, change(actor), name="Bela", **{"aliases-0-DELETE": "on"})

    send(client, restore(client, actor, 1))

    actor.refresh_from_db()
    assert (actor.name, [one.name for one in actor.aliases.all()]) == ("Ada", ["A."])
    assert actor.search_text == " ada a "


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
        "Its text was another then. Paste that text in the briefing’s form, where it is seen what moves."
    ]
    assert not page.context["may_restore"]


@pytest.mark.parametrize("at", ["", "yesterday", "1999-01-01T00:00:00.000000Z"])
def test_no_moment_of_the_history_restores_nothing(at):
    event, client = make.event(), editor()
    address = reverse("admin:timeline_event_restore", args=[event.pk])

    answer = client.get(address, {"at": at})

    assert answer.status_code == (200 if at.startswith("1999") else 404)
    if at.startswith("1999"):
        assert answer.context["refusals"] == ["It did not exist at that moment."]


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
