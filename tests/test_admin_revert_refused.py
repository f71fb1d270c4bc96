"""Restoring an earlier state asks for what publishing and changing ask for: a reason, evidence, and the newest state seen."""

import pytest
from django.urls import reverse

from tests import make
from timeline.history.corrections import corrections
from timeline.models import EventType

from .desk_client import change, editor, fields, lines, restore, reviewer, rows, said, send

pytestmark = pytest.mark.django_db


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
        "As it was then, the event could not be published.",
        "No citation of a published source supports it by the codebook: a denial, a dispute, a question or a mere "
        "appeal does not count. What only a question asserts is “Unclear whether it happened”: choose that under “Did it "
        "happen”.",
    ]
    assert rows() == before


@pytest.mark.parametrize(
    ("then", "now"),
    [(("did_not_occur", "denies"), ("occurred", "confirms")), (("occurred", "confirms"), ("did_not_occur", "denies"))],
)
@pytest.mark.parametrize("same_line", [True, False])
def test_claim_and_what_supports_it_come_back_together(then, now, same_line):
    (actuality_then, act_then), (actuality_now, act_now) = then, now
    briefing, client = make.briefing(), reviewer()
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
    assert said(answer)[-1].startswith(f"“{event}” is restored as it was on ")
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


@pytest.mark.parametrize("at", ["", "yesterday", "1999-01-01T00:00:00.000000Z"])
def test_no_moment_of_the_history_restores_nothing(at):
    event, client = make.event(), editor()
    address = reverse("admin:timeline_event_restore", args=[event.pk])

    answer = client.get(address, {"at": at})

    assert answer.status_code == (200 if at.startswith("1999") else 404)
    if at.startswith("1999"):
        assert answer.context["refusals"] == ["It did not exist at that moment."]
