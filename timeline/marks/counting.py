"""How many events stand in each cell of each lane, counted by the database."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import F, Func, IntegerField, Q, TextField, Value
from django.db.models.functions import Cast

from .lanes import Split
from .steps import Step
from .view import Window

BOUNDS = ("sort_on", "start_latest", "end_earliest", "end_latest")  # sort_on: date.max where the start is not known
MAX = dt.date.max
NO_START = MAX.isoformat()  # of sort_on


class DayNumber(Func):
    """The number of a day, counted from 1 January 0001 as 0."""

    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **context):
        template = "(CAST(julianday(%(expressions)s) AS INTEGER) - 1721425)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="(%(expressions)s - DATE '0001-01-01')", **context)


class MonthNumber(Func):
    """The number of a month, counted from January of year 0 as 0."""

    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **context):
        template = "(SUBSTR(%(expressions)s, 1, 4) * 12 + SUBSTR(%(expressions)s, 6, 2) - 1)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "CAST(EXTRACT(YEAR FROM %(expressions)s) * 12 + EXTRACT(MONTH FROM %(expressions)s) - 1 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


def cell(step: Step, column: str):
    """Return the index of the cell in which a day lies, as an expression; see steps.Step."""
    number = MonthNumber(F(column)) if step.unit == "month" else DayNumber(F(column))
    return number if step.size == 1 else number / Value(step.size)


def in_window(split: Split, window: Window) -> Split:
    """Return the rows whose mark may show: what begins no later than its end and ends no earlier than its beginning.
    An event without a known start shows at its limit only."""
    at = split.event
    with_start = Q(**{f"{at}sort_on__lte": window.last})
    without = Q(**{f"{at}sort_on": MAX, f"{at}end_latest__lte": window.last})
    return split.where(with_start | without, end_latest__gte=window.first)


@dataclass(slots=True)
class Tally:
    """The events of one lane, by cell from `first` on: those that certainly, or possibly, go on in it."""

    first: int
    certain: list[int]
    possible: list[int]
    total: int = 0  # events in the window, each once

    @classmethod
    def over(cls, first: int, last: int) -> "Tally":
        return cls(first, [0] * (last - first + 2), [0] * (last - first + 2))

    def add(self, counts: list[int], first: int, last: int, number: int) -> None:
        """Count events that stand in the cells from `first` to `last`. The counts are differences until `finish`."""
        size = len(counts) - 1
        start, end = max(first - self.first, 0), min(last - self.first + 1, size)
        if start < end:
            counts[start] += number
            counts[end] -= number

    def finish(self) -> None:
        self.certain = list(accumulate(self.certain[:-1]))
        self.possible = list(accumulate(self.possible[:-1]))


def tallies(split: Split, step: Step, window: Window, known_until: dt.date | None) -> list[Tally]:
    """Return the tally of each lane. What has no known end reaches to the last briefing, `known_until`. Two queries."""
    first, last = step.index(window.first), step.index(window.last)
    found = [Tally.over(first, last) for _ in split.lanes]
    for lane, index, number in on_one_day(split, step, window):
        found[lane].add(found[lane].possible, index, index, number)
        found[lane].add(found[lane].certain, index, index, number)
        found[lane].total += number
    for lane, bounds, certain, number in on_several_days(split, Cells(step, known_until), window):
        start, start_latest, end_earliest, end = bounds
        found[lane].add(found[lane].possible, start, end, number)
        if certain:
            found[lane].add(found[lane].certain, start_latest, end_earliest, number)
        found[lane].total += number
    for one in found:
        one.finish()
    return found


def on_one_day(split: Split, step: Step, window: Window) -> Iterator[tuple[int, int, int]]:
    """Yield (lane, cell, number) of events on one known day."""
    found = split.where(known_on__range=(window.first, window.last))
    counted = found.counts(cell(step, f"{split.event}known_on"))
    for key, index, number in counted:
        yield split.lane_of[key], index, number


def on_several_days(split: Split, cells: "Cells", window: Window) -> Iterator[tuple[int, tuple[int, ...], bool, int]]:
    """Yield (lane, cells of the four bounds, whether it can be certain, number) of all others."""
    found = in_window(split.where(known_on=None), window)
    texts = [Cast(f"{split.event}{name}", TextField()) for name in BOUNDS]  # a column of dates is slow to read
    lane_of, counted = split.lane_of, Counter()
    for key, start, begun, ended, end, qualifier, number in found.counts(*texts, f"{split.event}date_qualifier"):
        counted[lane_of[key], start == NO_START, cells[start], cells[begun], cells[ended], cells[end], qualifier] += (
            number
        )
    for (lane, no_start, start, begun, ended, end, qualifier), number in counted.items():
        start = end if no_start else start
        yield lane, (start, begun, ended, max(start, end)), not qualifier, number


class Cells(dict):
    """The cell of a day by its text; each is worked out once. An open end lies in the cell of the last briefing."""

    def __init__(self, step: Step, known_until: dt.date | None):
        self.step = step
        self[MAX.isoformat()] = step.index(known_until or MAX)

    def __missing__(self, text: str) -> int:
        self[text] = index = self.step.index(dt.date.fromisoformat(text))
        return index
