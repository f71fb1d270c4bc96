"""The days that the events of a filter reach over."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from timeline.filters import EventFilter
from timeline.index import DATES, LAST, NO_START, index_for
from timeline.models import Briefing
from timeline.versions.data_version import cached

from .chart_view import Window

MARGIN = 0.02  # of the days, left free on either side


@dataclass(frozen=True, slots=True)
class Extent:
    window: Window  # all that there is to see, with a margin
    known_until: dt.date | None  # day of the last briefing; None: no briefing has a day


def full_extent(event_filter: EventFilter) -> Extent | None:
    """Return the extent of a filter, None where it finds nothing. Two queries, kept until something is written."""
    return cached("extent", event_filter, lambda: _full_extent(event_filter))


def _full_extent(event_filter: EventFilter) -> Extent | None:
    briefings = Briefing.objects.public().exclude(published_on=None)
    if day := event_filter.wanted.get("known_by"):
        briefings = briefings.filter(published_on__lte=day.last)
    known_until = briefings.order_by("-published_on").values_list("published_on", flat=True).first()
    if (span := _span(event_filter, known_until)) is None:
        return None
    first, last = _in_period(event_filter, *span)
    margin = max(1, round(MARGIN * ((last - first).days + 1)))
    ordinals = max(first.toordinal() - margin, 1), min(last.toordinal() + margin, LAST)
    return Extent(Window(*map(dt.date.fromordinal, ordinals)), known_until)


def _span(event_filter: EventFilter, known_until: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day that a date names; what has no known end reaches to the last briefing. An event
    without a known start begins at its limit."""
    index = index_for(event_filter)
    date_numbers = np.flatnonzero(np.bincount(index.dates(index.matching(event_filter))))
    if not len(date_numbers):
        return None
    start, begun, end = (DATES.column(name)[date_numbers] for name in ("start_earliest", "start_latest", "end_latest"))
    first = np.where(start == NO_START, end, start).min()
    reached = np.where(end < LAST, end, known_until.toordinal() if known_until else first)
    last = max(first, begun[begun < LAST].max(initial=first), reached.max())
    return dt.date.fromordinal(int(first)), dt.date.fromordinal(int(last))


def _in_period(event_filter: EventFilter, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days within the filter's period; where none of them is, those next to it."""
    begin, end = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    if begin:
        first, last = max(first, begin.first), max(last, begin.first)
    if end:
        first, last = min(first, end.last), min(last, end.last)
    return first, last
