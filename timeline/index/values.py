"""Values and dates as small numbers, so that arrays can hold and count them.

A span is the days on which an event may have begun, with whether its date can be certain: it happened, and no
qualifier is by its date. Years are those in which it may have gone on, and those in which it certainly did.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from threading import RLock
from typing import cast

import numpy as np

NONE = 0  # the number of no value
PIECE = 1 << 16  # numbers that are counted at once
EPOCH, MICROSECOND = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.timedelta(microseconds=1)


def microseconds(moment: dt.datetime) -> int:
    """Return a moment as microseconds since 1970 in UTC."""
    return (moment - EPOCH) // MICROSECOND


class Values:
    """The numbers of one column's values. They only grow: an array never changes its meaning."""

    def __init__(self, values: Iterable = ()) -> None:
        """`values`: those that have a number already, in its order, from 1."""
        self.values: list = [None, *values]
        self.lock = RLock()
        self._numbers: dict[object, int] = {}

    @property
    def numbers(self) -> dict[object, int]:
        """Return the number of each value; read off the values when first needed, which takes a while for many."""
        with self.lock:
            if not self._numbers:
                self._numbers = {value: number for number, value in enumerate(self.values)} | {"": NONE}
            return self._numbers

    def __len__(self) -> int:
        return len(self.values)

    def encode(self, values: Iterable) -> np.ndarray:
        """Return the number of each value; new values have a new one."""
        values = list(values)
        with self.lock:
            numbers = self.numbers
            for value in dict.fromkeys(values):
                if value not in numbers:
                    numbers[value] = len(self.values)
                    self.values.append(value)
            return np.fromiter(map(numbers.__getitem__, values), np.int32, len(values))

    def known(self, values: Iterable) -> list[int]:
        """Return the numbers of those values that were ever met."""
        numbers = self.numbers
        return [numbers[value] for value in values if value in numbers]

    def named(self, counts: np.ndarray) -> dict[object, int]:
        """Return counts by number as counts by value; without NONE, and without zeros."""
        return {
            self.values[number]: int(counts[number]) for number in np.flatnonzero(counts).tolist() if number != NONE
        }


UNDATED = 0  # the span of an event without a known start, or which may have begun on any day from some day on
NO_START, LAST = dt.date.min.toordinal(), dt.date.max.toordinal()  # bounds of what is open
_DAY = 22  # bits of a proleptic ordinal
_YEAR = 14  # bits of a year


@dataclass(frozen=True, slots=True)
class Spans:
    """How many events have each span."""

    first: np.ndarray  # proleptic ordinals of its days
    last: np.ndarray  # included
    is_exact: np.ndarray  # they happened, and their date is without a qualifier
    counts: np.ndarray
    undated: int  # events without a known start

    @classmethod
    def of(cls, codes: np.ndarray, counts: np.ndarray) -> "Spans":
        dated = codes != UNDATED
        spans, undated = codes[dated], int(counts[~dated].sum())
        return cls(spans >> (_DAY + 1), spans >> 1 & (1 << _DAY) - 1, spans & 1 == 1, counts[dated], undated)

    @property
    def extent(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day of all; None where no start is known."""
        if not len(self.counts):
            return None
        return dt.date.fromordinal(int(self.first.min())), dt.date.fromordinal(int(self.last.max()))


@dataclass(frozen=True, slots=True)
class Years:
    """How many events have the same years, from the first to the last, both included; of open ends 1 and 9999."""

    possible: tuple[np.ndarray, np.ndarray]
    certain: tuple[np.ndarray, np.ndarray]  # the first after the last: there is none
    counts: np.ndarray

    @classmethod
    def of(cls, codes: np.ndarray, counts: np.ndarray) -> "Years":
        begun, ended, begins, ends = (codes >> _YEAR * shift & (1 << _YEAR) - 1 for shift in (3, 2, 1, 0))
        return cls((begun, ended), (begins, ends), counts)


class Dates(Values):
    """The dates of all events: their four bounds as ISO text, and what keeps them from being certain. Each is once in a table."""

    def __init__(self, values: Iterable = (), columns: np.ndarray | None = None) -> None:
        """`columns`: DATE_COLUMNS of the values, a row for each, where they are known; number 0 is no date."""
        super().__init__(values)
        self.columns = np.zeros((len(DATE_COLUMNS), 1), np.int64) if columns is None else columns
        self._distinct: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def column(self, name: str) -> np.ndarray:
        """Return one of DATE_COLUMNS by the number of the date."""
        return self.all_columns()[DATE_COLUMNS.index(name)]

    def all_columns(self) -> np.ndarray:
        """Return DATE_COLUMNS, a row for each."""
        with self.lock:
            if (known := self.columns.shape[1]) < len(self):
                new = np.array([_row(*date) for date in self.values[known:]], np.int64).T
                self.columns = np.concatenate([self.columns, new], axis=1)
                self._distinct.clear()
            return self.columns

    def distinct(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the numbers that a column of DATE_COLUMNS has, ascending, and for each date the place of its own among them."""
        with self.lock:
            column = self.column(name)
            if name not in self._distinct:
                self._distinct[name] = np.unique(column, return_inverse=True)
            return self._distinct[name]


BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
DATE_COLUMNS = (*BOUNDS, "is_exact", "days", "months", "years")  # bounds are proleptic ordinals


def _row(*bounds_and_doubt: str) -> tuple[int, ...]:
    """Return a date's DATE_COLUMNS: `days` is its span, `months` that widened to a whole month where it lies within one."""
    *texts, doubt = bounds_and_doubt
    first, last, ends, ended = bounds = [dt.date.fromisoformat(text) for text in texts]
    exact = not doubt
    certain = (last.year, ends.year) if exact else (1, 0)
    years = _packed(_YEAR, first.year, ended.year, *certain)
    return (*(day.toordinal() for day in bounds), exact, *_spans(first, last, exact), years)


def _spans(first: dt.date, last: dt.date, exact: bool) -> tuple[int, int]:
    if first == dt.date.min or last == dt.date.max:
        return UNDATED, UNDATED
    days = _span(first, last, exact)
    if (first.year, first.month) != (last.year, last.month):
        return days, days
    end = calendar.monthrange(first.year, first.month)[1]
    return days, _span(first.replace(day=1), first.replace(day=end), exact)


def _span(first: dt.date, last: dt.date, exact: bool) -> int:
    return _packed(_DAY, first.toordinal(), last.toordinal()) << 1 | exact


def _packed(size: int, *numbers: int) -> int:
    code = 0
    for number in numbers:
        code = code << size | number
    return code


class Vocabulary(dict[str, Values]):
    """The values of every column of an index, by its name."""

    @property
    def dates(self) -> Dates:
        return cast(Dates, self["date"])


def replaced(counts: np.ndarray, before: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Return counts by number in which a part that was counted as `before` is counted as `now`."""
    total = np.zeros(max(map(len, (counts, before, now))), np.int64)
    for sign, part in ((1, counts), (-1, before), (1, now)):
        total[: len(part)] += sign * part
    return total


def tally(numbers: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return how often each number is in these places. In pieces, since numpy makes eight bytes of each number that it counts."""
    counts = np.zeros(0, np.int64)
    for start in range(0, len(places), PIECE):
        longer, shorter = np.bincount(numbers.take(places[start : start + PIECE])), counts
        if len(longer) < len(shorter):
            longer, shorter = shorter, longer
        longer[: len(shorter)] += shorter
        counts = longer
    return counts
