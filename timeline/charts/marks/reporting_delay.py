"""When it happened against when a briefing first spoke of it: who learnt of what how late."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from django.db.models import Q, Value

from timeline.charts.axis import USUAL_PX
from timeline.charts.time_steps import LADDER, Step, step_for
from timeline.charts.window import Extent, Window, full_extent
from timeline.filters import EventFilter
from timeline.index import NO_START, Dates, index_for

from .build_marks import MOST_EVENTS, Fact, Mark, group_facts, read_facts
from .cell_counts import cell_indexes, place_dates
from .lane_plan import Plan, Split
from .uncertainty_shape import Span

MOST_DOTS = 600  # with two nodes each the chart stays below 1,500
HEIGHT = 288  # CSS pixels of the plot
CELL = 22  # bits of a cell's index


@dataclass(frozen=True, slots=True)
class Dot:
    """So many events that began in the same cells and were first reported in the same one."""

    cells: tuple[int, int]  # the first and the last in which they may have begun
    row: int  # the cell of the day of report
    count: int
    certain: bool  # they began in one cell, for sure


@dataclass(frozen=True, slots=True)
class Reported:
    window: Window
    whole: Window
    days: Window  # of what is shown and of its reports: the upright axis
    known_until: dt.date | None
    step: Step  # across
    row_step: Step  # upwards
    width: int
    marks: tuple[tuple[Mark, dt.date], ...]  # each with the day of its report; none where there are too many
    dots: tuple[Dot, ...]  # in their place
    unreported: int  # events of the filter of which no briefing with a known day speaks


def reported(event_filter: EventFilter, width: int = USUAL_PX) -> Reported | None:
    """Return the events that may begin in the window, by day and day of report; None where the filter finds none at all.
    At most ten queries."""
    extent = full_extent(event_filter)
    if extent is None:
        return None
    window = extent.window
    step = step_for(window.days, width)
    reported_events = ReportedEvents(event_filter, widen_to_cells(window, step))
    days = reported_events.days(window)
    steps = step, step_for(days.days, HEIGHT)
    marks, dots = (), ()
    if len(reported_events.dates) <= MOST_EVENTS:
        marks = _marks(
            read_facts(
                event_filter, _split_beginning(event_filter, reported_events.window), [0], reported_events.window
            )[0],
            *steps,
        )
    else:
        dots, steps = _dots(event_filter, window, extent, steps)
    return Reported(
        window, extent.window, days, extent.known_until, *steps, width, marks, dots, reported_events.unreported
    )


class ReportedEvents:
    """The events that may begin on these days; those without a known start, if they end on them. No query beside those
    of the index."""

    def __init__(self, event_filter: EventFilter, window: Window):
        index = index_for(event_filter)
        matching = index.matching(event_filter)
        dates, reports = index.dates(matching), index.columns.column("reported")[matching]
        visible = (reports > 0) & dates_beginning(index.values.dates, window)[dates]
        self.window, self.known_dates = window, index.values.dates
        self.dates, self.reports = dates[visible], reports[visible]  # numbers of dates; proleptic ordinals
        self.unreported = int((reports == 0).sum())

    def days(self, window: Window) -> Window:
        """Return the days of the upright axis: those shown and those of the reports."""
        if not len(self.reports):
            return window
        first, last = (dt.date.fromordinal(int(day)) for day in (self.reports.min(), self.reports.max()))
        return Window(min(window.first, first), max(window.last, last))


def dates_beginning(known_dates: Dates, window: Window) -> np.ndarray:
    """Return whether a date may begin in the window, by its number."""
    first, last = window.first.toordinal(), window.last.toordinal()
    start, end = known_dates.column("start_earliest"), known_dates.column("end_latest")
    begin = np.where(start == NO_START, end, start)
    return (first <= begin) & (begin <= last)


def widen_to_cells(window: Window, step: Step) -> Window:
    """Return the window widened to the cells at its edges, which are counted whole, wherever it begins."""
    return Window(step.first(step.index(window.first)), step.last(step.index(window.last)))


def _split_beginning(event_filter: EventFilter, window: Window) -> Split:
    """Return the same events, to be read."""
    days = (window.first, window.last)
    begins = Q(sort_on__range=days) | Q(sort_on=dt.date.max, end_latest__range=days)
    rows = event_filter.events.order_by().exclude(first_reported_on=None).filter(begins).annotate(key=Value(0))
    return Split(Plan((), {0: 0}), rows, "")


def _marks(facts: list[Fact], step: Step, row_step: Step) -> tuple[tuple[Mark, dt.date], ...]:
    rows = defaultdict(list)
    for fact in facts:
        rows[row_step.index(fact.reported_on)].append(fact)

    def cell(day: dt.date) -> Span:
        index = step.index(day)
        return step.first(index), step.last(index)

    marks = [mark for _, facts_of_row in sorted(rows.items()) for mark in group_facts(facts_of_row, cell)]
    return tuple(sorted(((mark, max(fact.reported_on for fact in mark.events)) for mark in marks), key=itemgetter(1)))


def _dots(
    event_filter: EventFilter, window: Window, extent: Extent, steps: tuple[Step, Step]
) -> tuple[tuple[Dot, ...], tuple[Step, Step]]:
    """Return the dots, and the steps at which there are few enough of them: coarser than asked for, if need be."""
    step, row_step = steps
    while True:
        counts = _count_dots(event_filter, window, extent, step, row_step)
        if len(counts) <= MOST_DOTS or step == LADDER[-1]:
            dots = [Dot(cells, row, count, certain) for (cells, row, certain), count in counts.items()]
            return tuple(sorted(dots, key=lambda dot: (dot.certain, dot.cells, dot.row))), (step, row_step)
        step, row_step = coarser(step), coarser(row_step)


def coarser(step: Step) -> Step:
    return LADDER[min(LADDER.index(step) + 1, len(LADDER) - 1)]


def _count_dots(event_filter: EventFilter, window: Window, extent: Extent, step: Step, row_step: Step) -> Counter:
    """Return the number of events by cells, row, and whether they are certain to have been in one cell."""
    reported_events = ReportedEvents(event_filter, widen_to_cells(window, step))
    known_dates = reported_events.known_dates
    date_cells = place_dates(known_dates, np.arange(len(known_dates)), step, extent.known_until)  # of each date once
    begun = np.maximum(date_cells.start, date_cells.begun)
    kinds = (date_cells.start << CELL | begun) << 1 | (date_cells.is_exact & (date_cells.start == begun))
    kinds, kind_of = np.unique(kinds, return_inverse=True)
    rows = cell_indexes(row_step, reported_events.reports.astype(np.int64))
    groups, numbers = np.unique(kind_of[reported_events.dates] << CELL | rows, return_counts=True)
    counts: Counter = Counter()
    for group, number in zip(groups.tolist(), numbers.tolist(), strict=True):
        kind, row = int(kinds[group >> CELL]), group & (1 << CELL) - 1
        counts[(kind >> CELL + 1, kind >> 1 & (1 << CELL) - 1), row, bool(kind & 1)] += number
    return counts
