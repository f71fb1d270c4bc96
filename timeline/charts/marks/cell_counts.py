"""How many events are in each cell of each lane, counted in the index of the events."""

import datetime as dt
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from django.db.models import Q

from timeline.charts.marks.lane_plan import Split, Standing
from timeline.charts.time_steps import Step
from timeline.charts.window import Window
from timeline.index import LAST, NO_START, Dates

MAX = dt.date.max
MONTHS_TO_1970, DAYS_TO_1970 = 1970 * 12, dt.date(1970, 1, 1).toordinal()


def in_window(split: Split, window: Window) -> Split:
    """Return the rows whose mark may show: what begins no later than its end and ends no earlier than its beginning.
    An event without a known start shows at its limit only."""
    at = split.event
    with_start = Q(**{f"{at}sort_on__lte": window.last})
    without = Q(**{f"{at}sort_on": MAX, f"{at}end_latest__lte": window.last})
    return split.where(with_start | without, end_latest__gte=window.first)


def dates_showing(known_dates: Dates, window: Window) -> np.ndarray:
    """Return the same of each date, by its number."""
    first, last = window.first.toordinal(), window.last.toordinal()
    start, end = known_dates.column("start_earliest"), known_dates.column("end_latest")
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

    An open end lies in the cell of the last briefing. A date without a known start is drawn at its limit.
    """

    start: np.ndarray
    begun: np.ndarray
    ended: np.ndarray
    end: np.ndarray
    is_exact: np.ndarray  # without a qualifier


def place_dates(known_dates: Dates, dates: np.ndarray, step: Step, known_until: dt.date | None) -> DateCells:
    """Return the cells of these dates, given by their numbers."""
    all_dates = _place_all_dates(known_dates, step, known_until, len(known_dates))
    return DateCells(*(getattr(all_dates, field.name)[dates] for field in fields(DateCells)))


@lru_cache(maxsize=8)
def _place_all_dates(known_dates: Dates, step: Step, known_until: dt.date | None, size: int) -> DateCells:
    """Return the cells of all dates that are known, `size` of them: none of them ever changes."""
    open_end = step.index(known_until or MAX)

    def cell(bound: str) -> np.ndarray:
        days = known_dates.column(bound)[:size]
        return np.where(days == LAST, open_end, cell_indexes(step, days))

    end = cell("end_latest")
    start = np.where(known_dates.column("start_earliest")[:size] == NO_START, end, cell("start_earliest"))
    exact = known_dates.column("is_exact")[:size] == 1
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
    visible = dates_showing(standing.known_dates, window)[standing.dates]
    size = len(standing.known_dates)
    counts = np.bincount(standing.lanes[visible] * size + standing.dates[visible])
    pairs = np.flatnonzero(counts)
    numbers = counts[pairs]
    lanes, at = pairs // size, place_dates(standing.known_dates, pairs % size, step, known_until)
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
        """Return how many are in each cell, where so many are in all from one to another; none if that is before it."""
        size = self.last - self.first + 1
        start = np.maximum(first - self.first, 0)
        end = np.minimum(last - self.first + 1, size)
        met = start < end
        steps = np.zeros((self.lanes, size + 1), np.int64)
        np.add.at(steps, (lanes[met], start[met]), numbers[met])
        np.add.at(steps, (lanes[met], end[met]), -numbers[met])
        return np.cumsum(steps, axis=1)[:, :-1]
