"""The one ladder of steps that bars, columns and marks are drawn by, each anchored in absolute time."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LAST_DAY = dt.date.max.toordinal()
FIRST_YEAR = 1000  # that a period can name
DAYS_IN_MONTH = 30.4369  # on average
LEAST_CELL = 12  # CSS pixels a cell is wide, or more
MOST_CELLS = 58  # in one lane, however wide the chart
ORDINALS = ("1st", "2nd", "3rd", "4th")
NAMES = {(1, "day"): "day", (7, "day"): "week", (1, "month"): "month", (3, "month"): "quarter", (12, "month"): "year"}
NAMES |= {(120, "month"): "decade", (1200, "month"): "century", (12_000, "month"): "millennium"}


@dataclass(frozen=True, slots=True)
class Step:
    """So many days or months. A cell's index is the number of its day, or month, divided by the size.

    Days are numbered from Monday 1 January 0001, months from January of year 0.
    """

    size: int
    unit: str  # "day" or "month"

    @property
    def name(self) -> str:
        """Return "day", "week" ... "millennium"; empty for a step without a name of its own."""
        return NAMES.get((self.size, self.unit), "")

    @property
    def days(self) -> float:
        return self.size * (1 if self.unit == "day" else DAYS_IN_MONTH)

    def index(self, day: dt.date) -> int:
        number = day.toordinal() - 1 if self.unit == "day" else day.year * 12 + day.month - 1
        return number // self.size

    def start(self, index: int) -> int:
        """Return the ordinal of the first day of a cell, the day after the last of all days where it lies beyond them."""
        number = index * self.size
        if self.unit == "day":
            return min(max(number + 1, 1), LAST_DAY + 1)
        year, month = divmod(number, 12)
        return dt.date(max(year, 1), month + 1, 1).toordinal() if year <= dt.date.max.year else LAST_DAY + 1

    def first(self, index: int) -> dt.date:
        return dt.date.fromordinal(min(self.start(index), LAST_DAY))

    def last(self, index: int) -> dt.date:
        return dt.date.fromordinal(max(self.start(index + 1) - 1, 1))

    def label(self, index: int) -> str:
        """Return a cell in words, see `words`."""
        return words(self, self.first(index), self.last(index))

    def __str__(self) -> str:
        """Return "a day", "7 days", "a month", "10 years"."""
        years, months = divmod(self.size, 12)
        count, unit = (years, "year") if self.unit == "month" and not months else (self.size, self.unit)
        return f"a {unit}" if count == 1 else f"{count} {unit}s"


LADDER = tuple(Step(size, "day") for size in (1, 2, 4, 7, 14))
LADDER += tuple(Step(size, "month") for size in (1, 3, 6, 12, 60, 120, 600, 1200, 12_000))
NAMED = tuple(step for step in LADDER if step.name)  # those that the bars of the overview and of the API have
BY_NAME = {step.name: step for step in NAMED}


def step_for(days: int, px: float) -> Step:
    """Return the smallest step whose cells are wide enough where so many days take `px` pixels."""
    cells = max(1, min(MOST_CELLS, px // LEAST_CELL))
    return next((step for step in LADDER if days / step.days <= cells), LADDER[-1])


def divide(
    first: dt.date, last: dt.date, most: int, serves: Callable[[Sequence[int]], bool] = lambda edges: True
) -> tuple[Step, list[int]]:
    """Return the smallest named step that needs at most `most` pieces and `serves`, else the largest; and the edges."""
    few = [step for step in NAMED if step.index(last) - step.index(first) < most]
    for step in few or NAMED[-1:]:
        ordinals = edges_of(step, first, last)
        if serves(ordinals):
            break
    return step, ordinals


def edges_of(step: Step, first: dt.date, last: dt.date) -> list[int]:
    """Return the ordinals of the days on which the cells begin, the day after the last one at the end."""
    return [step.start(index) for index in range(step.index(first), step.index(last) + 2)]


@lru_cache(maxsize=4096)  # a page has some hundred cells, most of which the page before had, too
def words(step: Step, first: dt.date, last: dt.date) -> str:
    """Return "24 March 2022", "week of 21 March 2022", "November 2020", "2nd quarter 2022", "2022", "2010s"; of part of a
    cell its days."""
    index = step.index(first)
    if (first, last) != (step.first(index), step.last(index)):
        return _day(first) if first == last else _days(first, last)
    names = {
        "day": _day(first),
        "week": f"week of {_day(first)}",
        "quarter": f"{ORDINALS[(first.month - 1) // 3]} quarter {first.year}",
        "decade": f"{first.year // 10 * 10}s",
    }
    return names.get(step.name) or (_days if step.unit == "day" else _months)(first, last)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _days(first: dt.date, last: dt.date) -> str:
    shared = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if shared else _day(first)} to {_day(last)}"


def _months(first: dt.date, last: dt.date) -> str:
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    return f"{first:%B} to {last:%B} {last.year}"


@lru_cache(maxsize=4096)
def period(first: dt.date, last: dt.date) -> dict[str, str]:
    """Return the parameters of the filter that mean these days, as short as they can be said. Do not change them."""
    ends_month = last == dt.date.max or (last + dt.timedelta(days=1)).day == 1
    length = 10
    if first.day == 1 and ends_month:
        length = 4 if (first.month, last.month) == (1, 12) else 7
    days = {"from": first, "to": last}
    return {name: max(day, dt.date(FIRST_YEAR, 1, 1)).isoformat()[:length] for name, day in days.items()}
