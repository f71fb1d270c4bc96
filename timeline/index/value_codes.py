"""Values and dates as small numbers, so that arrays can hold and count them.

A span is the days on which an event may have begun, with whether its date can be certain: it happened, and no
qualifier stands by its date. Years are those in which
it may have gone on, and those in which it certainly did.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from threading import RLock
from typing import NamedTuple

import numpy as np

NONE = 0  # the number of no value


class Values:
    """The numbers of one column's values, in this process. They only grow: an array never changes its meaning."""

    def __init__(self) -> None:
        self.values: list = [None]
        self.numbers: dict[object, int] = {None: NONE, "": NONE}
        self.lock = RLock()

    def __len__(self) -> int:
        return len(self.values)

    def encode(self, values: Iterable) -> np.ndarray:
        """Return the number of each value; new values have a new one."""
        values = list(values)
        with self.lock:
            for value in dict.fromkeys(values):
                if value not in self.numbers:
                    self.numbers[value] = len(self.values)
                    self.values.append(value)
            return np.fromiter(map(self.numbers.__getitem__, values), np.int32, len(values))

    def known(self, values: Iterable) -> list[int]:
        """Return the numbers of those values that were ever met."""
        return [self.numbers[value] for value in values if value in self.numbers]

    def counted(self, numbers: np.ndarray) -> dict[object, int]:
        """Return how often each value stands in an array of numbers; without those of none."""
        counts = np.bincount(numbers)
        counts[NONE:1] = 0
        return {self.values[number]: int(counts[number]) for number in np.flatnonzero(counts)}


UNDATED = 0  # the span of an event without a known start, or which may have begun on any day from some day on
NO_START, LAST = dt.date.min.toordinal(), dt.date.max.toordinal()  # bounds of what is open
_DAY = 22  # bits of a proleptic ordinal
_YEAR = 14  # bits of a year


class Span(NamedTuple):
    """Days on which an event may have begun, both included, as proleptic ordinals."""

    first: int
    last: int
    exact: bool  # it happened, and its date is without a qualifier

    @classmethod
    def of(cls, code: int) -> "Span":
        return cls(code >> (_DAY + 1), code >> 1 & (1 << _DAY) - 1, bool(code & 1))


span_of = lru_cache(maxsize=50_000)(Span.of)  # a world has some thousand, and each page asks for all of them


class Years(NamedTuple):
    """Years from the first to the last, both included; of open ends 1 and 9999."""

    possible: tuple[int, int]
    certain: tuple[int, int]  # the first after the last: there is none

    @classmethod
    def of(cls, code: int) -> "Years":
        begun, ended, begins, ends = (code >> _YEAR * shift & (1 << _YEAR) - 1 for shift in (3, 2, 1, 0))
        return cls((begun, ended), (begins, ends))


class Dates(Values):
    """The dates of all events: their four bounds as ISO text, and what keeps them from being certain. Each stands once in a table."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = np.zeros((len(COLUMNS), 1), np.int64)  # number 0 is no date

    def column(self, name: str) -> np.ndarray:
        """Return one of COLUMNS by the number of the date."""
        with self.lock:
            if (known := self.columns.shape[1]) < len(self):
                new = np.array([_row(*date) for date in self.values[known:]], np.int64).T
                self.columns = np.concatenate([self.columns, new], axis=1)
            return self.columns[COLUMNS.index(name)]


BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
COLUMNS = (*BOUNDS, "is_exact", "days", "months", "years")  # bounds are proleptic ordinals


def _row(*bounds_and_doubt: str) -> tuple[int, ...]:
    """Return a date's COLUMNS: `days` is its span, `months` that widened to a whole month where it lies within one."""
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
