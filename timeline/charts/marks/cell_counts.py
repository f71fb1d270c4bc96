"""How many events stand in each cell of each lane, counted in the index of the events."""

import datetime as dt
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from django.db.models import Q

from timeline.charts.marks.chart_view import Window
from timeline.charts.marks.lane_plan import Split, Standing
from timeline.index import DATES, LAST, NO_START

# The cells of the chart: a fixed ladder of steps, each anchored in absolute time, so that panning never regroups.

LEAST_CELL = 12  # pixels a cell is wide, or more
MOST_CELLS = 80  # in one lane, however wide the chart
DAYS_IN_MONTH = 30.4369  # on average


@dataclass(frozen=True, slots=True)
class Step:
    """So many days or months. A cell's index is the number of its day, or month, divided by the size.

    Days are numbered from Monday 1 January 0001, months from January of year 0.
    """

    size: int
    unit: str  # "day" or "month"

    @property
    def is_day(self) -> bool:
        return self.unit == "day" and self.size == 1

    @property
    def days(self) -> float:
        return self.size * (1 if self.unit == "day" else DAYS_IN_MONTH)

    def index(self, day: dt.date) -> int:
        number = day.toordinal() - 1 if self.unit == "day" else day.year * 12 + day.month - 1
        return number // self.size

    def first(self, index: int) -> dt.date:
        """Return the first day of a cell; date.min, date.max where it lies beyond them."""
        number = index * self.size
        if self.unit == "day":
            return dt.date.fromordinal(min(max(number + 1, 1), dt.date.max.toordinal()))
        year, month = divmod(number, 12)
        if year > dt.date.max.year:
            return dt.date.max
        return dt.date(year, month + 1, 1) if year else dt.date.min

    def last(self, index: int) -> dt.date:
        following = self.first(index + 1)
        return following if following == dt.date.max else following - dt.timedelta(days=1)

    def label(self, index: int) -> str:
        """Return a cell in words: "24 March 2022", "week of 21 March 2022", "November 2020", "2010s"."""
        first, last = self.first(index), self.last(index)
        if self.unit == "month":
            return _months(first, last)
        if self.size == 1:
            return _day(first)
        return f"week of {_day(first)}" if self.size == 7 else _days(first, last)

    def __str__(self) -> str:
        """Return "a day", "7 days", "a month", "10 years"."""
        years, months = divmod(self.size, 12)
        count, unit = (years, "year") if self.unit == "month" and not months else (self.size, self.unit)
        return f"a {unit}" if count == 1 else f"{count} {unit}s"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _days(first: dt.date, last: dt.date) -> str:
    shared = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if shared else _day(first)} to {_day(last)}"


def _months(first: dt.date, last: dt.date) -> str:
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.month == last.month:
        return f"{first:%B} {first.year}"
    return f"{first:%B} to {last:%B} {last.year}"


LADDER = tuple(Step(size, "day") for size in (1, 2, 4, 7, 14))
LADDER += tuple(Step(size, "month") for size in (1, 3, 6, 12, 60, 120, 600, 1200))


def step_for(first: dt.date, last: dt.date, px: int) -> Step:
    """Return the smallest step whose cells are wide enough in a chart of `px` pixels that shows these days."""
    days = (last - first).days + 1
    cells = max(1, min(MOST_CELLS, px // LEAST_CELL))
    return next((step for step in LADDER if days / step.days <= cells), LADDER[-1])


MAX = dt.date.max
MONTHS_TO_1970, DAYS_TO_1970 = 1970 * 12, dt.date(1970, 1, 1).toordinal()


def in_window(split: Split, window: Window) -> Split:
    """Return the rows whose mark may show: what begins no later than its end and ends no earlier than its beginning.
    An event without a known start shows at its limit only."""
    at = split.event
    with_start = Q(**{f"{at}sort_on__lte": window.last})
    without = Q(**{f"{at}sort_on": MAX, f"{at}end_latest__lte": window.last})
    return split.where(with_start | without, end_latest__gte=window.first)


def dates_showing(window: Window) -> np.ndarray:
    """Return the same of each date, by its number."""
    first, last = window.first.toordinal(), window.last.toordinal()
    start, end = DATES.column("start_earliest"), DATES.column("end_latest")
    return (np.where(start == NO_START, end, start) <= last) & (end >= first)


def cell_indexes(step: Step, days: np.ndarray) -> np.ndarray:
    """Return the index of the cell in which each day lies, of proleptic ordinals; see Step.index."""
    if step.unit == "day":
        return (days - 1) // step.size
    months = (days - DAYS_TO_1970).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months + MONTHS_TO_1970) // step.size


@dataclass(frozen=True, slots=True)
class DateCells:
    """Dates in cells: those of the first and last possible start, and of the first and last possible end.

    An open end lies in the cell of the last briefing. A date without a known start stands at its limit.
    """

    start: np.ndarray
    begun: np.ndarray
    ended: np.ndarray
    end: np.ndarray
    is_exact: np.ndarray  # without a qualifier


def place_dates(dates: np.ndarray, step: Step, known_until: dt.date | None) -> DateCells:
    """Return the cells of these dates, given by their numbers."""
    all_dates = _place_all_dates(step, known_until, len(DATES))
    return DateCells(*(getattr(all_dates, field.name)[dates] for field in fields(DateCells)))


@lru_cache(maxsize=8)
def _place_all_dates(step: Step, known_until: dt.date | None, size: int) -> DateCells:
    """Return the cells of all dates that are known, `size` of them: none of them ever changes."""
    open_end = step.index(known_until or MAX)

    def cell(bound: str) -> np.ndarray:
        days = DATES.column(bound)[:size]
        return np.where(days == LAST, open_end, cell_indexes(step, days))

    end = cell("end_latest")
    start = np.where(DATES.column("start_earliest")[:size] == NO_START, end, cell("start_earliest"))
    exact = DATES.column("is_exact")[:size] == 1
    return DateCells(start, cell("start_latest"), cell("end_earliest"), np.maximum(start, end), exact)


@dataclass(frozen=True, slots=True)
class LaneCounts:
    """The events of one lane, by cell from `first` on: those that certainly, or possibly, go on in it."""

    first: int
    certain: list[int]
    possible: list[int]
    total: int  # events in the window, each once


def count_by_cell(standing: Standing, step: Step, window: Window, known_until: dt.date | None) -> list[LaneCounts]:
    """Return the tally of each lane. What has no known end reaches to the last briefing, `known_until`. No query."""
    first, last = step.index(window.first), step.index(window.last)
    visible = dates_showing(window)[standing.dates]
    size = len(DATES)
    counts = np.bincount(standing.lanes[visible] * size + standing.dates[visible])
    pairs = np.flatnonzero(counts)
    numbers = counts[pairs]
    lanes, at = pairs // size, place_dates(pairs % size, step, known_until)
    exact = at.is_exact
    grid = Grid(standing.count, first, last)
    possible = grid.spread(lanes, at.start, at.end, numbers)
    certain = grid.spread(lanes[exact], at.begun[exact], at.ended[exact], numbers[exact])
    totals = np.bincount(lanes, numbers, standing.count).astype(int)
    rows = zip(certain.tolist(), possible.tolist(), totals.tolist(), strict=True)
    return [LaneCounts(first, *row) for row in rows]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells from `first` to `last`, in each of so many lanes."""

    lanes: int
    first: int
    last: int

    def spread(self, lanes: np.ndarray, first: np.ndarray, last: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        """Return how many stand in each cell, where so many stand in all from one to another; none if that is before it."""
        size = self.last - self.first + 1
        start = np.maximum(first - self.first, 0)
        end = np.minimum(last - self.first + 1, size)
        met = start < end
        steps = np.zeros((self.lanes, size + 1), np.int64)
        np.add.at(steps, (lanes[met], start[met]), numbers[met])
        np.add.at(steps, (lanes[met], end[met]), -numbers[met])
        return np.cumsum(steps, axis=1)[:, :-1]
