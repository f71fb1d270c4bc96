"""What a change of an event's type or actuality does to its support, told when it is saved."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest

from timeline.evidence.axes import COUNTED
from timeline.evidence.support import Actuality, Support
from timeline.models import Event


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
