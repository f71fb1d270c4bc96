"""How new the list of a filter is: its last source, and the last change of its public data."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
from django.db.models import Count, Max, QuerySet

from timeline.database.shards import BATCH_SIZE, batches
from timeline.filters import EventFilter
from timeline.index import EventIndex, Matching, index_for
from timeline.index.values import NONE
from timeline.models import Briefing, Event
from timeline.versions.data_version import cached

FEW = 2_000  # events that are asked for by their keys; of more, some are among the first of the newest
LONGEST = 50_000  # of the newest that are looked through

Freshness = dict[str, dt.date | dt.datetime | None]


def freshness(event_filter: EventFilter) -> Freshness:
    """Return the last day of the public sources of the filter's events (`source`), and when their public data last changed (`change`,
    UTC); None: no event, or no day known. Cached; else a few queries, of which none reads all events."""
    return cached("freshness", event_filter, lambda: _freshness(event_filter))


def _freshness(event_filter: EventFilter) -> Freshness:
    index = index_for(event_filter)
    matching = index.matching(event_filter)
    return {"source": _last_source(index, matching), "change": _last_change(index, matching)}


def _last_source(index: EventIndex, matching: Matching) -> dt.date | None:
    counts = index.by_number(matching, "briefing")
    cited = set(np.flatnonzero(counts).tolist()) - {NONE}
    numbers = index.values["briefing"].numbers
    newest = Briefing.objects.public().exclude(published_latest=None).order_by("-published_latest", "-pk")
    listed = newest.values_list("pk", "published_latest").iterator()
    return next((day for pk, day in listed if numbers.get(pk, NONE) in cited), None)


def _last_change(index: EventIndex, matching: Matching) -> dt.datetime | None:
    """Return the last change: of few events by their keys, of many by going through all events from the one that changed last."""
    events = Event.objects.public()
    if index.total(matching) > FEW:
        newest = events.exclude(revised_at=None).order_by("-revised_at", "-pk").values_list("pk", "revised_at")
        for lines in _in_lots(newest[:LONGEST]):
            slots = index.columns.slots(np.array([pk for pk, _ in lines]))
            keys = set(index.columns.keys(slots[matching[slots]]).tolist())
            if keys:
                return next(moment for pk, moment in lines if pk in keys)
    moments = (_last_of(events.filter(pk__in=batch)) for batch in batches(index.keys(matching)))
    return max(filter(None, moments), default=None)


def _last_of(events: QuerySet) -> dt.datetime | None:
    """Return their last change. For a maximum alone, without the count, PostgreSQL goes through the changes of all events."""
    return events.aggregate(last=Max("revised_at"), read=Count("pk"))["last"]


def _in_lots(rows: QuerySet) -> Iterator[list[tuple]]:
    """Yield the rows, more each time: an iterator would have PostgreSQL read all of them before the first."""
    start, size = 0, BATCH_SIZE
    while lines := list(rows[start : start + size]):
        yield lines
        start, size = start + size, 4 * size
