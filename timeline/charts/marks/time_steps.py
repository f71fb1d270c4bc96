"""The cells of the chart: a fixed ladder of steps, each anchored in absolute time, so that panning never regroups."""

import datetime as dt
from dataclasses import dataclass

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
