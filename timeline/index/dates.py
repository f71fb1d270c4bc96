"""When events happened, in plain numbers: quick to count, and no work for the garbage collector.

A span is the days on which an event may have begun, with whether its date carries a qualifier. Years are those in which
it may have gone on, and those in which it certainly did.
"""

import calendar
import datetime as dt
from functools import cache
from typing import NamedTuple

UNDATED = 0  # the span of an event without a known start, or which may have begun on any day from some day on
_DAY = 22  # bits of a proleptic ordinal
_YEAR = 14  # bits of a year


class Span(NamedTuple):
    """Days on which an event may have begun, both included, as proleptic ordinals."""

    first: int
    last: int
    exact: bool  # without a qualifier

    @classmethod
    def of(cls, code: int) -> "Span":
        return cls(code >> (_DAY + 1), code >> 1 & (1 << _DAY) - 1, bool(code & 1))


class Years(NamedTuple):
    """Years from the first to the last, both included; of open ends 1 and 9999."""

    possible: tuple[int, int]
    certain: tuple[int, int]  # the first after the last: there is none

    @classmethod
    def of(cls, code: int) -> "Years":
        begun, ended, begins, ends = (code >> _YEAR * shift & (1 << _YEAR) - 1 for shift in (3, 2, 1, 0))
        return cls((begun, ended), (begins, ends))


@cache
def codes(*bounds_and_qualifier: str) -> tuple[int, int, int]:
    """Return span, span widened to whole months where it lies within one, and years, of a date with these bounds (ISO
    text) and this qualifier."""
    *texts, qualifier = bounds_and_qualifier
    first, last, ends, ended = (dt.date.fromisoformat(text) for text in texts)
    exact = not qualifier
    certain = (last.year, ends.year) if exact else (1, 0)
    years = _packed(_YEAR, first.year, ended.year, *certain)
    if first == dt.date.min or last == dt.date.max:
        return UNDATED, UNDATED, years
    days = _span(first, last, exact)
    if (first.year, first.month) != (last.year, last.month):
        return days, days, years
    end = calendar.monthrange(first.year, first.month)[1]
    return days, _span(first.replace(day=1), first.replace(day=end), exact), years


def _span(first: dt.date, last: dt.date, exact: bool) -> int:
    return _packed(_DAY, first.toordinal(), last.toordinal()) << 1 | exact


def _packed(size: int, *numbers: int) -> int:
    code = 0
    for number in numbers:
        code = code << size | number
    return code
