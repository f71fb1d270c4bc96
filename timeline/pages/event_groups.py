"""A page of events under its headings: year, month, the gaps between them, and those without a known start."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from .list_entry import ListEntry

SHORTEST_GAP = dt.timedelta(days=31)  # a longer silence is said
AFTER_PAGE = ""  # stands for the first event of the next page
DAYS_IN_MONTH = 30.4369  # on average


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, both included, into which no event is dated. One that is only loosely dated may fall here."""

    first: dt.date
    last: dt.date
    ongoing: bool = False  # an event that began before still goes on
    read: str = ""  # "1 source, 1 day read"; empty: not looked up

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def length(self) -> str:
        """Return "1 year 4 months", to the nearest month."""
        years, months = divmod(max(1, round(self.days / DAYS_IN_MONTH)), 12)
        return " ".join(part for part in (_count(years, "year"), _count(months, "month")) if part)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else ""


@dataclass(slots=True)
class Month:
    heading: str  # "November"; empty where the month is not known
    events: list[ListEntry]
    gap: Gap | None = None  # before it


@dataclass(slots=True)
class Year:
    heading: str  # "2020", or "2019 or 2020" where the year is not known
    number: int | None = None  # 2020 of both; None: not known
    months: list[Month] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(month.events) for month in self.months)


def by_start(events: Iterable[ListEntry], gaps: dict[str, Gap]) -> list[Year]:
    """Return events with a known start under year and month; `gaps` by public id of the event they precede."""
    return _nested(events, _start_year, _start_month, lambda event: event.start_earliest, gaps)


def by_day(events: Iterable[ListEntry], day: Callable[[ListEntry], dt.date | None]) -> list[Year]:
    """Return events under the year and month of another day of theirs: reported, or recorded."""

    def year(event: ListEntry) -> str:
        return str(day(event).year) if day(event) else "Day not known"

    def month(event: ListEntry) -> str:
        return calendar.month_name[day(event).month] if day(event) else ""

    return _nested(events, year, month, day, {})


def _nested(events, year, month, day, gaps) -> list[Year]:
    years: list[Year] = []
    for year_heading, in_year in groupby(events, year):
        months = []
        for month_heading, in_month in groupby(in_year, month):
            month_events = list(in_month)
            months.append(Month(month_heading, month_events, gaps.get(month_events[0].public_id)))
        first_day = day(months[0].events[0])
        years.append(Year(year_heading, first_day and first_day.year, months))
    return years


def _start_year(event: ListEntry) -> str:
    first, last = event.start_earliest.year, event.start_latest.year
    if event.start_latest == dt.date.max:
        return f"In or after {first}"
    if first == last:
        return str(first)
    return f"{first} or {last}" if last == first + 1 else f"Between {first} and {last}"


def _start_month(event: ListEntry) -> str:
    first, last = event.start_earliest, event.start_latest
    if first.year != last.year or last.month - first.month == 11:
        return ""
    names = calendar.month_name
    if first.month == last.month:
        return names[first.month]
    joined = "or" if last.month == first.month + 1 else "to"
    return f"{names[first.month]} {joined} {names[last.month]}"


def is_loose(event: ListEntry) -> bool:
    """Return whether the start is known to no better than a month: such an event may fall into a gap."""
    return event.start_latest - event.start_earliest > SHORTEST_GAP


def find_gaps(events: list[ListEntry], covered: dt.date | None, *, newest_first: bool) -> dict[str, Gap]:
    """Return the gaps of more than a month between events that are not loosely dated, by public id of the event that
    the gap is before in the list.

    `covered` is the last day that older events on other pages reach to, None where there are none.
    """
    oldest_first = events[::-1] if newest_first else events
    gaps, until, older, ongoing = {}, covered, None, False
    for event in oldest_first:
        if is_loose(event):
            continue
        if until and event.start_earliest - until > SHORTEST_GAP:
            gap = Gap(until + dt.timedelta(days=1), event.start_earliest - dt.timedelta(days=1), ongoing)
            before = older if newest_first else event
            gaps[before.public_id if before else AFTER_PAGE] = gap
        until, older = max(filter(None, [until, _reaches(event)])), event
        ongoing = ongoing or event.end_latest == dt.date.max
    return gaps


def _reaches(event: ListEntry) -> dt.date:
    """Return the last day the event may have gone on; for an ongoing one the last day it may have begun."""
    return event.start_latest if event.end_latest == dt.date.max else event.end_latest
