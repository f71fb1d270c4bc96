"""What becomes of proposals beside the queue: their author, a merge, the discussion of an event."""

import pytest
from django.urls import reverse

from tests import make
from timeline import history
from timeline.merging import EventMerge
from timeline.models import Event, ReviewNote

from .desk_client import editor, member, reviewer, said
from .test_admin_pending_changes import QUEUE, differences, me, page_of, propose_page, proposed

pytestmark = pytest.mark.django_db


def test_author_sees_what_became_of_proposals():
    event, client = make.published("Two towns shelled"), editor()
    change = proposed(event, client, title="Three towns shelled")
    reviewer().post(page_of(change), {"_refuse": "1", "text": "The source says two."})

    text = client.get(QUEUE + "?whose=mine").content.decode()

    assert "Correction: Two towns shelled</a>: refused by reviewer" in text


def test_open_proposals_move_with_an_event_that_is_merged():
    event, remaining = make.published("Two towns shelled"), make.published("Shelling of two towns")
    change = proposed(event, title="Three towns shelled")

    EventMerge(event, remaining).apply("One")

    change.refresh_from_db()
    assert (change.event, [row[-1] for row in differences(reviewer(), change)]) == (remaining, [True])


def test_draft_is_changed_in_its_own_form():
    draft, client = make.event("A draft"), editor()

    assert client.get(propose_page(draft)).url == reverse("admin:timeline_event_change", args=[draft.pk])
    assert member("Viewer").get(propose_page(make.published())).status_code == 403


def test_discussion_is_answered_and_stays():
    event, author, client = make.event("Truce", author=None), editor("author"), reviewer()
    make.citation(event)
    event.submit(me("author"))
    event.return_to_draft("Name the village.", me("reviewer"))
    address = reverse("admin:timeline_event_discussion", args=[event.pk])

    empty = author.post(address, {"text": " "})
    author.post(address, {"text": "It is not named."})
    event.submit(me("author"))
    event.publish(me("reviewer"))

    assert empty.context["form"].errors == {"text": ["Write a comment."]}
    notes = [(str(note.author), note.kind, note.text) for note in client.get(address).context["notes"]]
    assert notes == [("reviewer", "returned", "Name the village."), ("author", "comment", "It is not named.")]
    assert "It is not named." in client.get(reverse("admin:timeline_event_preview", args=[event.pk])).content.decode()
    viewer = member("Viewer")
    assert [viewer.get(address).status_code, viewer.post(address, {"text": "Hm"}).status_code] == [200, 403]
    assert ReviewNote.objects.count() == 2


def test_only_who_may_publish_is_assigned_and_it_locks_nothing():
    event, client = make.published("Truce"), editor()
    reviewer()
    address, version = reverse("admin:timeline_event_assign", args=[event.pk]), history.version(event)

    refused = client.post(address, {"reviewer": me("editor").pk})
    client.post(address, {"reviewer": me("reviewer").pk})
    assert event.assignment.reviewer == me("reviewer")
    client.post(address, {"reviewer": ""})

    assert said(refused) == ["Choose somebody who may publish."]
    assert not Event.objects.assigned_to(me("reviewer")).exists()
    assert history.version(event) == version
