"""How many events begin when: bars over the whole extent of a filter, those outside its period behind."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from timeline.charts.time_steps import NAMED, Step, divide, edges_of, period, words
from timeline.filters import EventFilter
from timeline.index import PERIOD, EventIndex, Matching, Spans, index_for
from timeline.versions.data_version import cached

MOST_BARS = 60  # of at most 80 that can be told apart: with fewer, a roughly dated event still shows in its bar
MANY_DAYS = 7 * MOST_BARS + 62  # above these no bar is shorter than a month, whatever the day of the month
LEAST_NUMBERED = 0.5  # events

Extent = tuple[dt.date, dt.date]  # both included


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

    @property
    def weight(self) -> float:
        return self.certain + self.possible

    @property
    def all_weight(self) -> float:
        """Return the same without the filter's period."""
        return self.all_certain + self.all_possible

    @property
    def is_numbered(self) -> bool:
        """Return whether its number may be beside it: a bar that holds but small parts of events has none, since the same event would be
        counted in every bar that it may belong to."""
        return self.weight >= LEAST_NUMBERED


@dataclass(frozen=True, slots=True)
class Histogram:
    step: Step
    bars: tuple[Bar, ...]
    total: int  # events of the filter
    undated: int  # of these, in no bar: no known start, or one that may be any day from some day on
    outside: int  # of these, in no bar: they begin before the first bar, or after the last
    # The days over which it is drawn, to the month where there are many; None: no known start among the events that
    # match the filter without its period.
    first: dt.date | None
    last: dt.date | None

    @property
    def unit(self) -> str:
        return self.step.name


def histogram(
    event_filter: EventFilter, *, extent: Extent | None = None, step: Step | None = None, is_cut: bool = False
) -> Histogram:
    """Return the histogram of a valid filter, kept until something is written.

    `extent` draws it over other days than its own: what begins outside is in no bar. `step` is that of the bars; None:
    the smallest that says no more than is known. `is_cut`: the first and the last bar are cut to the extent.
    """
    name = "histogram " + " ".join(map(str, [*(extent or ()), step or "", is_cut]))
    return cached(name, event_filter, lambda: _histogram(event_filter, extent, step, is_cut))


def window_histogram(event_filter: EventFilter) -> Histogram:
    """Return the histogram of the filter's period, of all its days where it has none."""
    if not event_filter.has_period:
        return histogram(event_filter)
    index = index_for(event_filter)
    extent = index.spans(index.matching(event_filter.without("from", "to")), "days").extent
    if not extent:
        return histogram(event_filter)
    begin, end = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    first, last = begin.first if begin else extent[0], end.last if end else extent[1]
    shown = first if begin else min(first, last), last if end else max(first, last)
    return histogram(event_filter, extent=shown, is_cut=True)


def _histogram(event_filter: EventFilter, extent: Extent | None, step: Step | None, is_cut: bool) -> Histogram:
    index = index_for(event_filter)
    matching, everything = index.matching(event_filter), index.matching(event_filter, PERIOD)
    extent = extent or _extent(index, everything)
    column = "days" if extent and (extent[1] - extent[0]).days <= MANY_DAYS else "months"
    shown = index.spans(matching, column)
    total, undated = index.total(matching), shown.undated
    if not extent:
        return Histogram(NAMED[0], (), total, undated, 0, None, None)
    behind = index.spans(everything, column) if matching is not everything else shown
    step, ordinals = (step, edges_of(step, *extent)) if step else divide(*extent, MOST_BARS, _serving(behind, extent))
    if is_cut:
        ordinals = [extent[0].toordinal(), *ordinals[1:-1], extent[1].toordinal() + 1]
    tally = Tally(ordinals, shown)
    tallies = tally, tally if behind is shown else Tally(ordinals, behind)
    bars = tuple(_bar(event_filter, step, ordinals, number, *tallies) for number in range(len(ordinals) - 1))
    return Histogram(step, bars, total, undated, tally.outside, *extent)


def _extent(index: EventIndex, everything: Matching) -> Extent | None:
    """Return the days from the first to the last on which an event may begin; where they are many, whole months."""
    for column in ("months", "days"):
        extent = index.spans(everything, column).extent
        if not extent or (extent[1] - extent[0]).days > MANY_DAYS:
            break
    return extent


def _serving(spans: Spans, extent: Extent) -> Callable[[Sequence[int]], bool]:
    """Return whether bars say no more than is known: of events known to the month alone, days would."""
    shown = (spans.last >= extent[0].toordinal()) & (spans.first <= extent[1].toordinal())
    bounds = spans.first[shown], spans.last[shown]

    def serves(edges: Sequence[int]) -> bool:
        first, last = (np.searchsorted(edges, bound, "right") for bound in bounds)
        return not len(first) or bool((first == last).any())

    return serves


class Tally:
    """What falls into each bucket."""

    def __init__(self, edges: list[int], spans: Spans):
        """`edges`: the ordinals of the days on which the buckets begin, the day after the last one at the end."""
        size = len(edges) - 1
        first, last = (np.searchsorted(edges, bound, "right") - 1 for bound in (spans.first, spans.last))
        is_outside = (last < 0) | (first >= size)
        is_certain = spans.is_exact & (first == last) & ~is_outside
        self.outside = int(spans.counts[is_outside].sum())
        certain = np.bincount(first[is_certain], spans.counts[is_certain], size)
        # each of the other spans with each bucket that it meets
        others = np.flatnonzero(~(is_certain | is_outside))
        begin = np.maximum(first[others], 0)
        met = np.minimum(last[others], size - 1) - begin + 1
        others = np.repeat(others, met)
        buckets = np.repeat(begin - np.cumsum(met) + met, met) + np.arange(len(others))
        counts, begins, ends = (of_span[others] for of_span in (spans.counts, spans.first, spans.last))
        starts = np.array(edges)
        days = np.minimum(ends + 1, starts[buckets + 1]) - np.maximum(begins, starts[buckets])
        self.certain = certain.astype(int).tolist()
        possible = np.bincount(buckets, counts / (ends - begins + 1) * days, size)
        self.possible = possible.astype(float).tolist()  # of nothing at all they are whole numbers
        self.events = (certain + np.bincount(buckets, counts, size)).astype(int).tolist()


def _bar(event_filter: EventFilter, step: Step, edges: list[int], number: int, shown: Tally, behind: Tally) -> Bar:
    first, last = dt.date.fromordinal(edges[number]), dt.date.fromordinal(edges[number + 1] - 1)
    return Bar(
        first=first,
        last=last,
        label=_capitalised(words(step, first, last)),
        certain=shown.certain[number],
        possible=shown.possible[number],
        all_certain=behind.certain[number],
        all_possible=behind.possible[number],
        events=shown.events[number],
        partial=_partial(event_filter, first, last),
        query=event_filter.query_with(**period(first, last)),
    )


def _partial(event_filter: EventFilter, first: dt.date, last: dt.date) -> str:
    begin, end = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    cut_start = bool(begin and first < begin.first <= last)
    cut_end = bool(end and first <= end.last < last)
    return {(False, False): "", (True, False): "start", (False, True): "end", (True, True): "both"}[cut_start, cut_end]


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]
