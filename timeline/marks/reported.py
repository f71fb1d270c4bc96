"""When it happened against when a briefing first spoke of it: who learnt of what how late."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import Count, Max, Min, Q, QuerySet, Value

from timeline.filters import EventFilter

from .building import MOST_EVENTS, grouped, read, whole_cells
from .counting import Cells, cell, on_one_day, on_several_days
from .extent import Extent, whole
from .facts import Fact, Mark
from .lanes import Plan, Split
from .steps import LADDER, Step, step_for
from .view import USUAL_PX, Window

MOST_DOTS = 600  # with two nodes each the chart stays below 1,500
HEIGHT = 288  # CSS pixels of the plot


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


def reported(
    chosen: EventFilter, first: dt.date | None = None, last: dt.date | None = None, width: int = USUAL_PX
) -> Reported | None:
    """Return the events that may begin on these days, by day and day of report; None where the filter finds none at all.
    At most ten queries."""
    extent = whole(chosen)
    if extent is None:
        return None
    window = Window(first, last) if first and last else extent.window
    step = step_for(window.first, window.last, width)
    shown = _beginning(chosen, whole_cells(window, step), Value(0))
    count, days = _days(shown.rows, window)
    steps = step, step_for(days.first, days.last, HEIGHT)
    marks, dots = (), ()
    if count <= MOST_EVENTS:
        marks = _marks(read(chosen, shown, [0], whole_cells(window, step))[0], *steps)
    else:
        dots, steps = _dots(chosen, window, extent, steps)
    unreported = chosen.events.filter(first_reported_on=None).count()
    return Reported(window, extent.window, days, extent.known_until, *steps, width, marks, dots, unreported)


def _beginning(chosen: EventFilter, window: Window, key) -> Split:
    """Return the events that may begin in the window; those without a known start, if they end in it."""
    days = (window.first, window.last)
    begins = Q(sort_on__range=days) | Q(sort_on=dt.date.max, end_latest__range=days)
    rows = chosen.events.order_by().exclude(first_reported_on=None).filter(begins).annotate(key=key)
    return Split(Plan((), _Same()), rows, "", Count("*"))


class _Same(dict):
    """Each key as its own lane."""

    def __missing__(self, key: int) -> int:
        return key

    def items(self):
        return [(0, 0)]


def _days(rows: QuerySet, window: Window) -> tuple[int, Window]:
    """Return how many events are shown, and the days of the upright axis: those shown and those of the reports."""
    found = rows.aggregate(n=Count("pk"), first=Min("first_reported_on"), last=Max("first_reported_on"))
    if not found["n"]:
        return 0, window
    return found["n"], Window(min(window.first, found["first"]), max(window.last, found["last"]))


def _marks(facts: list[Fact], step: Step, row_step: Step) -> tuple[tuple[Mark, dt.date], ...]:
    rows = defaultdict(list)
    for fact in facts:
        rows[row_step.index(fact.reported_on)].append(fact)
    marks = [mark for _, found in sorted(rows.items()) for mark in grouped(found, step)]
    return tuple(sorted(((mark, max(fact.reported_on for fact in mark.events)) for mark in marks), key=itemgetter(1)))


def _dots(
    chosen: EventFilter, window: Window, extent: Extent, steps: tuple[Step, Step]
) -> tuple[tuple[Dot, ...], tuple[Step, Step]]:
    """Return the dots, and the steps at which there are few enough of them: coarser than asked for, if need be."""
    step, row_step = steps
    while True:
        counted = _counted(chosen, window, extent, step, row_step)
        if len(counted) <= MOST_DOTS or step == LADDER[-1]:
            dots = [Dot(cells, row, count, certain) for (cells, row, certain), count in counted.items()]
            return tuple(sorted(dots, key=lambda dot: (dot.certain, dot.cells, dot.row))), (step, row_step)
        step, row_step = coarser(step), coarser(row_step)


def coarser(step: Step) -> Step:
    return LADDER[min(LADDER.index(step) + 1, len(LADDER) - 1)]


def _counted(chosen: EventFilter, window: Window, extent: Extent, step: Step, row_step: Step) -> Counter:
    """Return the number of events by cells, row, and whether they are certain to have been in one cell."""
    cells = whole_cells(window, step)
    split = _beginning(chosen, cells, cell(row_step, "first_reported_on"))
    counted: Counter = Counter()
    for row, index, number in on_one_day(split, step, cells):
        counted[(index, index), row, True] += number
    for row, bounds, certain, number in on_several_days(split, Cells(step, extent.known_until), cells):
        start, begun = bounds[0], max(bounds[0], bounds[1])
        counted[(start, begun), row, certain and start == begun] += number
    return counted
