"""The pages on which two events, or two actors, are merged, and what the public finds at the old address."""

import pytest
from django.urls import reverse

from tests import make
from timeline.models import Actor, Event

from .desk_client import editor, fields, reviewer, rows, said, send

pytestmark = pytest.mark.django_db


def page(row, other=None, keep=None) -> str:
    address = reverse(f"admin:timeline_{row._meta.model_name}_merge", args=[row.pk])
    return address + (f"?with={other.pk}&keep={(keep or row).pk}" if other else "")


def status(event: Event) -> str:
    return Event.objects.get(pk=event.pk).status


def test_events_that_may_be_the_same_are_offered():
    actor = make.actor()
    event, same, later, other_type = (
        make.event(title, edtf=edtf, type=kind)
        for title, edtf, kind in [
            ("A call", "2022-03-24", "statement"),
            ("The call", "2022-03", "statement"),
            ("Later", "2022-04-02", "statement"),
            ("Talks", "2022-03-24", "negotiation"),
        ]
    )
    for candidate in (event, same, later, other_type):
        make.participation(candidate, actor)
    make.event("Nobody shared")

    answer = editor().get(page(event))

    assert answer.context["offers"] == [same]


def test_search_finds_any_other_event_but_itself_and_merged_ones():
    event, other, merged = make.event("A call"), make.event("Another call"), make.event("Old call")
    merged.merge_into(make.event("Kept"))

    assert editor().get(page(event), {"q": "call"}).context["offers"] == [other]


def test_pages_before_the_last_write_nothing_and_say_what_moves():
    event, other = make.event("A call"), make.event("The call", summary="Known")
    make.citation(other)
    client, before = editor(), rows()

    client.get(page(event))
    answer = client.get(page(event, other))

    html = answer.content.decode()
    assert "“A call” is kept. “The call” becomes part of it" in html
    assert '<input type="checkbox" name="take" value="summary" checked>' in html
    assert '<input type="checkbox" name="take" value="title">' in html
    assert [(group.name, group.count, list(map(str, group.moves))) for group in answer.context["groups"]] == [
        ("Citations", 1, ["“The ceasefire holds.”"])
    ]
    assert rows() == before


def test_the_side_that_can_be_kept_is_kept_unless_another_is_named():
    draft, public = make.event("A draft"), make.published("A published one")
    client = reviewer()

    answer = client.get(page(draft), {"with": public.pk})
    turned = client.get(page(draft, public))

    assert (answer.context["merge"].target, answer.context["refusals"]) == (public, [])
    assert (turned.context["merge"].target, len(turned.context["refusals"])) == (draft, 1)
    assert client.get(page(public), {"with": draft.pk}).context["merge"].target == public


def test_what_readers_would_see_is_not_taken_over_unless_it_is_ticked():
    remaining, ended = make.published("A call"), make.published("The call", place=make.place("Lachin"), summary="Known")

    html = reviewer().get(page(remaining, ended)).content.decode()

    assert '<input type="checkbox" name="take" value="summary">' in html
    assert "checked" not in html.split("<tbody>")[1].split("</tbody>")[0]


@pytest.mark.parametrize("event_count", [1, 3])
def test_of_a_busy_actor_the_first_rows_are_named_and_all_counted(
    event_count, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("timeline.admin.merge_pages.MOST_SHOWN", 1)
    target, gone = make.actor("Armenia"), make.actor("ARMENIA")
    for number in range(event_count):
        event = make.event(f"Event {number}")
        make.participation(event, gone)
        make.participation(event, target)
    client = reviewer()
    client.get(page(target, gone))

    with django_assert_max_num_queries(26):
        answer = client.get(page(target, gone))

    assert [(group.name, group.count, list(map(str, group.moves))) for group in answer.context["groups"]] == [
        ("Participations", event_count, ["Event 0 (participant)"])
    ]
    assert "already there: the two become one" in answer.content.decode()


def test_two_drafts_are_merged_with_a_reason():
    event, other = make.event("A call"), make.event("The call")
    citation = make.citation(other)
    client = editor()

    silent = send(client, page(event, other), reason=" ")
    assert silent.context["form"].errors == {"reason": ["Say why they are the same; the history of both shows it."]}
    assert status(other) == "draft"
    answer = send(client, page(event, other), reason="Entered twice", take="title")

    citation.refresh_from_db()
    event.refresh_from_db()
    assert (status(other), citation.event, event.title) == ("merged", event, "The call")
    assert said(answer) == ["“The call” is part of “The call” now, and its address leads there."]
    entry = client.get(reverse("admin:timeline_event_history", args=[event.pk])).context["page"].entries[0]
    assert (entry.heading, entry.why, entry.who) == ("Took over from “The call”", "Entered twice", "editor")
    gone = client.get(reverse("admin:timeline_event_history", args=[other.pk])).context["page"].entries[0]
    assert (gone.heading, gone.why) == ("Merged into another", "Entered twice")


def test_the_other_can_be_kept_instead():
    event, other = make.event("A call"), make.event("The call")

    send(editor(), page(event, other, keep=other), reason="Entered twice")

    assert (status(event), status(other)) == ("merged", "draft")


def test_merging_what_readers_see_needs_the_permission_to_publish():
    event, other = make.published("A call"), make.event("The call")
    client, before = editor(), rows()

    answer = client.get(page(event, other))
    refused = client.post(page(event), fields(answer) | {"with": other.pk, "keep": event.pk, "reason": "Twice"})

    assert answer.context["refusals"] == [
        "Readers would see the change at once, so merging these needs the permission to publish."
    ]
    assert refused.status_code == 403
    assert rows() == before
    send(reviewer(), page(event, other), reason="Entered twice")
    assert status(other) == "merged"


def test_a_published_event_is_not_merged_into_a_draft():
    event, other = make.event("A draft"), make.published("Public")
    client, before = reviewer(), rows()

    answer = client.get(page(event, other))
    client.post(page(event), fields(answer) | {"reason": "Twice"})

    assert answer.context["refusals"] == [
        "“Public” is published and “A draft” is not: keep the published one, or publish the other first."
    ]
    assert rows() == before


def test_what_changed_after_the_page_was_shown_is_shown_first():
    event, other = make.event("A call"), make.event("The call")
    slow, quick = editor("slow"), editor("quick")
    opened = fields(slow.get(page(event, other)))
    send(quick, reverse("admin:timeline_event_change", args=[other.pk]), title="Another thing")
    before = rows()

    answer = slow.post(page(event), opened | {"reason": "Entered twice"})

    [since] = answer.context["since"]
    assert since.message.startswith("Nothing was done: quick changed this event on ")
    assert [(change.before, change.after) for change in since.records[0].changes] == [("The call", "Another thing")]
    assert fields(answer)["reason"] == "Entered twice"
    assert rows() == before
    slow.post(page(event), fields(answer))
    assert status(other) == "merged"


def test_a_merged_event_is_read_and_not_changed_or_deleted():
    event = make.event("Old")
    event.merge_into(make.event("Kept"))
    client, before = reviewer(), rows()
    address = reverse("admin:timeline_event_change", args=[event.pk])

    assert client.get(address).context["notices"][0].startswith("This event became part of “Kept”")
    assert client.post(address, {"title": "Other"}).status_code == 403
    assert client.post(reverse("admin:timeline_event_delete", args=[event.pk]), {"post": "yes"}).status_code == 403
    assert rows() == before


def test_old_address_of_an_event_leads_to_the_public_one(client):
    gone, target, draft, hidden = make.published("Gone"), make.published("Kept"), make.event(), make.event()
    old, cite = gone.get_absolute_url(), reverse("event-cite", args=[gone.public_id])
    embedded = reverse("embed-event", args=[gone.public_id])
    hidden.merge_into(draft)
    send(reviewer(), page(target, gone), reason="Entered twice")

    assert [(answer.status_code, answer.url) for answer in map(client.get, (old, cite, embedded))] == [
        (301, target.get_absolute_url()),
        (301, reverse("event-cite", args=[target.public_id])),
        (301, reverse("embed-event", args=[target.public_id])),
    ]
    assert client.get(hidden.get_absolute_url()).status_code == 404
    description = client.get(reverse("oembed"), {"url": f"http://testserver{old}"})
    assert target.public_id in description.json()["html"]


def test_a_merged_event_stands_in_no_list_and_no_export(client):
    gone, target = make.published("Gone"), make.published("Kept")
    send(reviewer(), page(target, gone), reason="Entered twice")

    for extension in ("csv", "json", "geojson"):
        answer = client.get(reverse("event-export", args=[extension]))
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (gone.public_id.encode() in text, target.public_id.encode() in text) == (False, True)


def test_corrections_tell_of_what_a_merge_brought(client):
    gone, target = make.event("A draft nobody sees"), make.published("Kept")
    make.citation(gone, quote="Troops moved.")
    send(reviewer(), page(target, gone), reason="Entered twice")

    html = client.get(target.get_absolute_url()).content.decode()

    assert "Entered twice" in html.partition('id="corrections')[2]
    assert "Troops moved." in html
    assert "A draft nobody sees" not in html


def test_actors_are_merged_and_old_addresses_and_filters_lead_on(client):
    gone, target = make.actor("Old name", slug="old-name"), make.actor("New name", slug="new-name")
    event, other = make.published("By the old one"), make.published("By the new one")
    make.participation(event, gone)
    make.participation(other, target)
    chief = reviewer()

    assert chief.get(page(target), {"q": "old"}).context["offers"] == [gone]
    answer = send(chief, page(target, gone), reason="One body")

    assert said(answer) == ["“Old name” is part of “New name” now, and its address leads there."]
    old = client.get("/actors/old-name/")
    assert (old.status_code, old.url) == (301, "/actors/new-name/")
    export = client.get("/events.csv", {"actor": "old-name"})
    text = export.getvalue().decode()
    assert (export.status_code, event.public_id in text, other.public_id in text) == (200, True, True)
    assert client.get("/", {"actor": "old-name"}).context["event_filter"].query == "actor=new-name"
    assert client.get("/", {"actor": "older-name"}).status_code == 400
    named = chief.get(
        "/admin/autocomplete/",
        {"app_label": "timeline", "model_name": "participation", "field_name": "actor", "term": "name"},
    )
    assert [actor_row["text"] for actor_row in named.json()["results"]] == ["New name"]


def test_an_actor_merged_into_one_that_no_reader_knows_leads_nowhere(client):
    gone, target = make.actor(slug="old-name"), make.actor(slug="new-name")
    send(editor(), page(target, gone), reason="One body")

    assert Actor.objects.get(slug="old-name").merged_into == target
    assert client.get("/actors/old-name/").status_code == 404
    assert client.get("/", {"actor": "old-name"}).status_code == 400


def test_public_actors_are_merged_by_those_who_may_publish():
    gone, target = make.actor(), make.actor()
    make.participation(make.published(), gone)
    client, before = editor(), rows()

    answer = client.post(page(target), fields(client.get(page(target, gone))) | {"with": gone.pk, "reason": "One"})

    assert answer.status_code == 403
    assert rows() == before


def test_a_form_opened_before_a_merge_does_not_name_the_old_actor():
    gone, target, event = make.actor("Old name"), make.actor("New name"), make.event()
    client = editor()
    change = reverse("admin:timeline_event_change", args=[event.pk])
    opened = fields(client.get(change))
    send(client, page(target, gone), reason="One body")
    typed = {"participations-TOTAL_FORMS": "1", "participations-0-actor": gone.pk, "participations-0-role": "initiator"}

    answer = client.post(change, opened | typed | {"participations-0-position": "0", "_save": "1"})

    assert "It became part of another, or was deleted: choose again." in answer.content.decode()
    assert event.participations.count() == 0
