"""How many events begin when: bars over the whole extent of a filter, those outside its period behind."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Length

from timeline import buckets
from timeline.filters import EventFilter
from timeline.revision import remember

MOST_BARS = 80


@dataclass(frozen=True, slots=True)
class Bar:
    """The events that begin, or may begin, in one bucket of time."""

    first: dt.date
    last: dt.date  # included
    label: str  # "November 2020"
    certain: int  # events of the filter that surely begin here, their date without a qualifier
    possible: float  # weight of the others that may, each spread evenly over the days on which it may begin
    all_certain: int  # the same without the filter's period
    all_possible: float
    events: int  # events of the filter that begin or may begin here
    partial: str  # which of its edges the period cuts: "", "start", "end", "both"
    query: str  # of the filter narrowed to this bucket

    @property
    def only_possibly(self) -> int:
        return self.events - self.certain


@dataclass(frozen=True, slots=True)
class Histogram:
    unit: str  # one of buckets.UNITS
    bars: tuple[Bar, ...]
    total: int  # events of the filter
    undated: int  # of these, without a known start, or with one that may be any day from some day on: in no bar
    first: dt.date | None  # of all events that match the filter without its period; None: none has a known start
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Span:
    """Events that may begin on the same days."""

    first: int  # proleptic ordinal of the day
    last: int
    exact: bool  # without a qualifier
    count: int


def histogram(chosen: EventFilter, *, extent: tuple[dt.date, dt.date] | None = None) -> Histogram:
    """Return the histogram of a filter. Two queries at most, kept until something is written.

    `extent` draws it over other days than its own: what begins outside is in no bar.
    """
    name = f"histogram {extent[0]} {extent[1]}" if extent else "histogram"
    return remember(name, chosen, lambda: _histogram(chosen, extent))


def _histogram(chosen: EventFilter, extent: tuple[dt.date, dt.date] | None) -> Histogram:
    everything = spans(chosen.in_any_period)
    narrowed = chosen.has_period or chosen.certainly
    found = spans(chosen.events) if narrowed else everything
    total, dated = chosen.events.count(), sum(span.count for span in found)
    own = _extent(everything)
    if not (extent or own):
        return Histogram("day", (), total, total - dated, None, None)
    first, last = extent or own
    # Of events known to the month alone, days would say what nobody knows.
    serves = (lambda edges: True) if extent else (lambda edges: any(_is_in_one(span, edges) for span in everything))
    unit, edges = buckets.edges(first, last, MOST_BARS, serves)
    shown, behind = Tally(edges, found), Tally(edges, everything)
    bars = tuple(_bar(chosen, unit, edges, number, shown, behind) for number in range(len(edges) - 1))
    return Histogram(unit, bars, total, total - dated, first, last)


def spans(events: QuerySet) -> list[Span]:
    """Return on which days events may begin; those without a known start are left out. One query."""
    dated = events.order_by().exclude(start_earliest=dt.date.min).exclude(start_latest=dt.date.max)
    rows = dated.values_list("start_earliest", "start_latest", Length("date_qualifier")).annotate(n=Count("pk"))
    return [Span(first.toordinal(), last.toordinal(), not length, count) for first, last, length, count in rows]


def _extent(everything: list[Span]) -> tuple[dt.date, dt.date] | None:
    if not everything:
        return None
    first, last = min(span.first for span in everything), max(span.last for span in everything)
    return dt.date.fromordinal(first), dt.date.fromordinal(last)


def _is_in_one(span: Span, edges: Sequence[int]) -> bool:
    return bisect_right(edges, span.first) == bisect_right(edges, span.last)


class Tally:
    """What falls into each bucket."""

    def __init__(self, edges: list[int], found: Iterable[Span]):
        size = len(edges) - 1
        self.certain, self.possible, self.events = [0] * size, [0.0] * size, [0] * size
        for span in found:
            self._add(span, edges, bisect_right(edges, span.first) - 1, bisect_right(edges, span.last) - 1)

    def _add(self, span: Span, edges: list[int], first: int, last: int) -> None:
        if span.exact and first == last:
            if 0 <= first < len(self.certain):
                self.certain[first] += span.count
                self.events[first] += span.count
            return
        weight = span.count / (span.last - span.first + 1)
        for bucket in range(max(first, 0), min(last, len(self.events) - 1) + 1):
            self.events[bucket] += span.count
            days = min(span.last + 1, edges[bucket + 1]) - max(span.first, edges[bucket])
            self.possible[bucket] += weight * days


def _bar(chosen: EventFilter, unit: str, edges: list[int], number: int, shown: Tally, behind: Tally) -> Bar:
    first, last = dt.date.fromordinal(edges[number]), dt.date.fromordinal(edges[number + 1] - 1)
    return Bar(
        first=first,
        last=last,
        label=buckets.label(unit, first),
        certain=shown.certain[number],
        possible=shown.possible[number],
        all_certain=behind.certain[number],
        all_possible=behind.possible[number],
        events=shown.events[number],
        partial=_partial(chosen, first, last),
        query=chosen.query_with(**buckets.period(unit, first, last)),
    )


def _partial(chosen: EventFilter, first: dt.date, last: dt.date) -> str:
    begin, end = chosen.wanted.get("from"), chosen.wanted.get("to")
    cut_start = bool(begin and first < begin.first <= last)
    cut_end = bool(end and first <= end.last < last)
    return {(False, False): "", (True, False): "start", (False, True): "end", (True, True): "both"}[cut_start, cut_end]
