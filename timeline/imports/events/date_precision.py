"""Dates of other schemes as EDTF: a range of possible days stays one, and no day is made up."""

import calendar
import datetime as dt

YEARS = range(1000, 9999)


def day_range(first: dt.date, last: dt.date) -> str:
    """Return "some day from first to last": a month or a year where the range is just that, else a set."""
    if first == last:
        return first.isoformat()
    if (first.year, first.day, last.year) == (last.year, 1, first.year):
        if (first.month, last.month, last.day) == (1, 12, 31):
            return f"{first.year:04d}"
        if first.month == last.month and last.day == days_in(last):
            return f"{first:%Y-%m}"
    return f"[{first}..{last}]"


def unit_around(day: dt.date, unit: str) -> str:
    """Return the week (Monday to Sunday), month or year in which the day lies."""
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return day_range(monday, monday + dt.timedelta(days=6))
    return f"{day:%Y-%m}" if unit == "month" else f"{day.year:04d}"


def days_in(day: dt.date) -> int:
    """Return how many days the month has."""
    return calendar.monthrange(day.year, day.month)[1]
