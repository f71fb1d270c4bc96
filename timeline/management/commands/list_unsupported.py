from collections import Counter

from django.core.management.base import BaseCommand
from django.urls import reverse

from timeline.evidence.support import what_is_needed
from timeline.models import Event


class Command(BaseCommand):
    help = (
        "List the events whose claim no citation supports by the codebook, those that readers see first: one line each with "
        "its address on the desk and what it needs. Changes nothing."
    )

    def handle(self, **options) -> None:
        public = Event.objects.public().lacking("support")
        waiting = Event.objects.not_yet_public().lacking("support")
        for events in (public, waiting):
            for event in events.select_related("event_type").prefetch_related("citations").order_by("pk").iterator(500):
                self.stdout.write(_line(event))
        self.stdout.write(f"Lacking support by the codebook: {public.count():,} public, {waiting.count():,} other.")


def _line(event: Event) -> str:
    address = reverse("admin:timeline_event_change", args=[event.pk])
    claim = event.event_type.get_claim_display()
    needed = what_is_needed(event.event_type.claim, event.actuality)
    return (
        f"{event.get_status_display().lower():<9}  {address}  {event}  {event.get_actuality_display()}, {claim}: "
        f"needs {needed}; has {_acts(event)}"
    )


def _acts(event: Event) -> str:
    """Return what its citations do: "announces, asks (2)"."""
    acts = Counter(
        f"{citation.get_act_display()}{' in a question' if citation.in_question else ''}"
        for citation in event.citations.all()
    )
    return ", ".join(act if count == 1 else f"{act} ({count})" for act, count in sorted(acts.items())) or "no citation"
