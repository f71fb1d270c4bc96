"""What the buttons of the event's form do to its state: draft -> in review -> published -> withdrawn.

What a change of an event's type or actuality does to its support, shown when it is saved.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest

from timeline.evidence.axes import COUNTED
from timeline.evidence.support import Actuality, Support
from timeline.models import Event
from timeline.models.event import Status

PUBLISH_PERMISSION = "timeline.publish_event"


@dataclass(frozen=True, slots=True)
class Transition:
    button: str  # the name under which it is sent
    label: str
    apply: Callable[[Event, User], None]
    done: str  # what the message says
    starts: frozenset[Status]
    publishes: bool = False  # needs the permission to publish


SUBMIT = Transition(
    "_submit", "Save and submit for review", Event.submit, "submitted for review", frozenset({Status.DRAFT})
)
PUBLISH = Transition(
    "_publish",
    "Save and publish",
    Event.publish,
    "published",
    frozenset({Status.DRAFT, Status.REVIEW, Status.WITHDRAWN}),
    publishes=True,
)
RETURN = Transition(
    "_draft",
    "Save and return to draft",
    lambda event, by: event.return_to_draft(by=by),
    "returned to draft",
    frozenset({Status.REVIEW}),
)
TRANSITIONS = (SUBMIT, PUBLISH, RETURN)

STATE_WORDS = {
    Status.DRAFT: "Draft: only editors see it.",
    Status.REVIEW: "In review: it waits for a reviewer, and only editors see it.",
    Status.PUBLISHED: "Published: every change is public at once.",
    Status.WITHDRAWN: "Withdrawn: its page shows the reason and nothing else.",
    Status.MERGED: "Merged into another event: its address leads there.",
}


def requested_transition(post: Mapping[str, str]) -> Transition | None:
    return next((transition for transition in TRANSITIONS if transition.button in post), None)


def open_transitions(event: Event, *, may_publish: bool) -> list[Transition]:
    """Return the moves this editor can make from where the event is."""
    return [
        transition
        for transition in TRANSITIONS
        if event.status in transition.starts and (may_publish or not transition.publishes)
    ]


def why_not_published(event: Event, user: User, obstacles: list[str]) -> str:
    """Return in a sentence why this person is offered no button that publishes the event; empty: there is nothing against it.
    `obstacles` are those that the event has whoever publishes it."""
    if not user.has_perm(PUBLISH_PERMISSION):
        return "A reviewer has to publish this event."
    if obstacles:
        return "This event cannot be published yet: what is missing is named above."
    return event.why_not_publishable_by(user)


def count_support(event: Event) -> Counter:
    """Return how many of its citations do what for it (Support), as stored. One query."""
    return Counter(event.citations.values_list("support", flat=True))


def tell_support(request: HttpRequest, event: Event, before: Counter) -> None:
    """Say what its citations do for it now and did before, and where a public event is left without support. One query."""
    claim = f"“{event.get_actuality_display()}”, {event.event_type.get_claim_display()}"
    messages.info(request, f"Support for {claim}: {_listed(count_support(event))}. Before: {_listed(before)}.")
    if event.is_public and event.actuality != Actuality.UNCLEAR and event.support not in COUNTED:
        messages.warning(
            request,
            "No source that readers see supports it by the codebook now: readers are told that it is under review. "
            "Add a citation that does, or code it as what its sources say.",
        )


def _listed(counts: Counter) -> str:
    listed = [f"{counts[support]} {support.label}" for support in Support if counts[support]]
    return "; ".join(listed) or "no citation"
