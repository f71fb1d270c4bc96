"""When events happened, each distinct date once in memory: they are compared and counted by identity."""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Days on which an event may have begun, both included, as proleptic ordinals."""

    first: int
    last: int
    exact: bool  # without a qualifier


@dataclass(frozen=True, slots=True, eq=False)
class Years:
    """Years of the four bounds of a date."""

    start_earliest: int
    start_latest: int
    end_earliest: int
    end_latest: int
    exact: bool  # without a qualifier


@dataclass(frozen=True, slots=True, eq=False)
class When:
    """A date as the histogram and the years need it."""

    days: Span | None  # None: the start is not known, or may be any day from some day on
    months: Span | None  # `days`, where they lie in one month widened to the whole of it
    years: Years


@lru_cache(maxsize=None)
def when(*bounds_and_qualifier: str) -> When:
    """Return the date with these bounds, as ISO text, and this qualifier."""
    *texts, qualifier = bounds_and_qualifier
    first, last, *_ = bounds = [dt.date.fromisoformat(text) for text in texts]
    years = _years(*(day.year for day in bounds), not qualifier)
    if first == dt.date.min or last == dt.date.max:
        return When(None, None, years)
    days = months = _span(first, last, not qualifier)
    if (first.year, first.month) == (last.year, last.month):
        end = calendar.monthrange(first.year, first.month)[1]
        months = _span(first.replace(day=1), first.replace(day=end), not qualifier)
    return When(days, months, years)


@lru_cache(maxsize=None)
def _span(first: dt.date, last: dt.date, exact: bool) -> Span:
    return Span(first.toordinal(), last.toordinal(), exact)


_years = lru_cache(maxsize=None)(Years)
