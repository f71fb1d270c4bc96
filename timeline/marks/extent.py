"""The days that the events of a filter reach over."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, DateField, Max, Min, Value, When

from timeline.filters import EventFilter
from timeline.models import Briefing
from timeline.revision import remember

from .view import Window

MAX = dt.date.max
MARGIN = 0.02  # of the days, left free on either side


@dataclass(frozen=True, slots=True)
class Extent:
    window: Window  # all that there is to see, with a margin
    known_until: dt.date | None  # day of the last briefing; None: no briefing has a day


def whole(chosen: EventFilter) -> Extent | None:
    """Return the extent of a filter, None where it finds nothing. Two queries, kept until something is written."""
    return remember("extent", chosen, lambda: _whole(chosen))


def _whole(chosen: EventFilter) -> Extent | None:
    briefings = Briefing.objects.public().exclude(published_on=None)
    if day := chosen.wanted.get("known_by"):
        briefings = briefings.filter(published_on__lte=day.last)
    known_until = briefings.order_by("-published_on").values_list("published_on", flat=True).first()
    if (span := _span(chosen, known_until)) is None:
        return None
    first, last = _in_period(chosen, *span)
    margin = max(1, round(MARGIN * ((last - first).days + 1)))
    ordinals = max(first.toordinal() - margin, 1), min(last.toordinal() + margin, MAX.toordinal())
    return Extent(Window(*map(dt.date.fromordinal, ordinals)), known_until)


def _span(chosen: EventFilter, known_until: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day that a date names; what has no known end reaches to the last briefing.

    Known days are read off the two ends of an index; of the other dates each is looked at.
    """
    days = chosen.events.exclude(known_on=None).values_list("known_on", flat=True)
    reached = Case(When(end_latest__lt=MAX, then="end_latest"), default=Value(known_until, DateField()))
    begun = Case(When(start_latest__lt=MAX, then="start_latest"))
    others = chosen.events.order_by().filter(known_on=None)
    spans = others.aggregate(start=Min("sort_on"), limit=Min("end_latest"), begun=Max(begun), end=Max(reached))
    firsts = [day for day in (days.order_by("known_on").first(), spans["start"], spans["limit"]) if day]
    lasts = [day for day in (days.order_by("-known_on").first(), spans["begun"], spans["end"]) if day]
    return (min(firsts), max(min(firsts), *lasts)) if firsts else None


def _in_period(chosen: EventFilter, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days within the filter's period; where none of them is, those next to it."""
    begin, end = chosen.wanted.get("from"), chosen.wanted.get("to")
    if begin:
        first, last = max(first, begin.first), max(last, begin.first)
    if end:
        first, last = min(first, end.last), min(last, end.last)
    return first, last
