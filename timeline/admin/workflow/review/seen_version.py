"""Which state of an event a reviewer has looked at: what is published is what was seen."""

from django.db.models import Max

from timeline.history import EVENT_PARTS, Part
from timeline.models import Event


def event_version(event: Event) -> str:
    """Return what changes with every save of the event or of a row that belongs to it. Four queries."""
    tables = [Part(Event, "id", ()), *EVENT_PARTS]
    last = [part.rows(event.pk).order_by().aggregate(last=Max("history_id"))["last"] or 0 for part in tables]
    return "-".join(map(str, last))
