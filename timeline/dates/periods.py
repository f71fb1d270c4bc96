"""Periods as they appear in an address: a year, a month or a day."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1000, 9999


@dataclass(frozen=True, slots=True)
class Period:
    text: str  # canonical: YYYY, YYYY-MM or YYYY-MM-DD
    first: dt.date
    last: dt.date

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def in_words(self) -> str:
        """Return "2022", "March 2022" or "25 March 2022"."""
        parts = self.text.split("-")
        words = [f"{self.first:%B}"] if len(parts) > 1 else []
        if len(parts) > 2:
            words.insert(0, str(self.first.day))
        return " ".join([*words, parts[0]])


def parse(text: str) -> Period:
    """Return the period. Raises ValueError that says what would be right."""
    match = PATTERN.fullmatch(text)
    if not match:
        raise ValueError(f"“{text[:40]}” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25.")
    year, (month, day) = int(match[1]), (int(part) if part else None for part in match.group(2, 3))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"The year {match[1]} is out of range. Years go from {FIRST_YEAR} to {LAST_YEAR}.")
    first_month = 1 if month is None else month
    try:
        first = dt.date(year, first_month, 1 if day is None else day)
    except ValueError:
        raise ValueError(_no_such_day(text, year, first_month)) from None
    return Period(text, first, _last_day(first, month, day))


def _last_day(first: dt.date, month: int | None, day: int | None) -> dt.date:
    if day:
        return first
    last_month = month or 12
    return dt.date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def _no_such_day(text: str, year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return f"“{text}” has no such month. Months go from 01 to 12."
    days = calendar.monthrange(year, month)[1]
    return f"“{text}” does not exist: {calendar.month_name[month]} {year} has {days} days."
