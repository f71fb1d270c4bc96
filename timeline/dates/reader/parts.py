"""Days, months and years as they are named, often with something left out, and how that is filled in."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from timeline.dates import parse

from .context import Context
from .names import NAMES

SOON = 31  # days


@dataclass(frozen=True, slots=True)
class Part:
    """One date of a phrase. 0: not stated."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    mark: str = ""
    written: str = ""  # of an EDTF decade, which nothing can be added to
    other: "Part | None" = None  # the other reading of 10/11/2020
    year_step: int | None = None  # -1: last year, 0: this year, 1: next year

    def on_weekday(self, weekday: int) -> "Part":
        return replace(self, weekday=weekday)

    def in_year(self, year: int) -> "Part":
        return replace(self, year=year)

    def in_year_step(self, step: int) -> "Part":
        return replace(self, year_step=step)

    def with_other(self, part: "Part") -> "Part":
        return replace(self, other=part)

    @property
    def edtf(self) -> str:
        if self.written:
            return self.written + self.mark
        numbers = (f"{self.year:04}", *(f"{number:02}" for number in (self.month, self.day) if number))
        return "-".join(numbers) + self.mark

    @property
    def is_empty(self) -> bool:
        return not (self.year or self.month or self.day or self.written)

    @property
    def is_year_alone(self) -> bool:
        return bool(self.year and not self.month and not self.day)

    @property
    def first(self) -> date:
        """Raises ValueError for a day that is not in the calendar."""
        return date(self.year or int(self.written[:3] + "0"), self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        if self.written:
            return date(int(self.written[:3] + "9"), 12, 31)
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def exists(self) -> bool:
        try:
            return bool(self.first)
        except ValueError:
            return False


def complete(parts: list[Part], context: Context) -> list[Part]:
    """Return the parts with month and year, each taken from a part beside it, else from the day of the source.

    Raises ValueError where the calendar has no such day, NeedsDay where nothing tells the year.
    """
    parts = _with_months([_in_said_year(part, context) for part in parts])
    if any(part.day and not part.month for part in parts) and not any(part.month or part.year for part in parts):
        return _days_of_month(parts, context)
    if any(part.day and not part.month and not part.written for part in parts):
        raise ValueError("A day is given without its month.")
    if not any(part.year or part.written for part in parts):
        parts[0] = _in_nearest_year(parts[0], context)
    return _with_years(parts, context)


def _in_said_year(part: Part, context: Context) -> Part:
    """Return "March of last year" with that year."""
    if part.year_step is None:
        return part
    return replace(part, year=context.day_needed().year + part.year_step, year_step=None)


def _with_months(parts: list[Part]) -> list[Part]:
    parts = list(parts)
    for number in range(len(parts) - 2, -1, -1):
        part, later = parts[number], parts[number + 1]
        if part.day and not part.month and later.day:
            parts[number] = replace(part, month=later.month)
    for number in range(1, len(parts)):
        part, earlier = parts[number], parts[number - 1]
        if part.day and not part.month and earlier.day:
            parts[number] = replace(part, month=earlier.month)
    return parts


def _with_years(parts: list[Part], context: Context) -> list[Part]:
    for number in range(len(parts) - 2, -1, -1):
        part, later = parts[number], parts[number + 1]
        if not part.year and not part.written and (later.year or later.written):
            parts[number] = _up_to(part, later, context)
    for number in range(1, len(parts)):
        part, earlier = parts[number], parts[number - 1]
        if not part.year and not part.written:
            parts[number] = in_year(part, earlier.first, ahead=True)
    for part in parts:
        if not part.exists:
            parse(part.edtf)  # says why
    return parts


def _up_to(part: Part, later: Part, context: Context) -> Part:
    """Return the part in the year of a later one, or the year before where it would follow it."""
    same_year = replace(part, year=later.year or later.first.year)
    if not same_year.exists or same_year.first <= later.first or part.month == later.month:
        return same_year
    context.is_backwards = True
    return replace(same_year, year=same_year.year - 1)


def _in_nearest_year(part: Part, context: Context) -> Part:
    context.lacks_year = True
    day = context.day_needed()
    ahead = context.leans_ahead
    kind = "day" if part.day else "month"
    if context.is_limit:
        ahead = ahead or _is_nearer_ahead(part, day)
    elif (
        context.is_text
        and _is_nearer_ahead(part, day)
        and (not ahead)
        and (ahead is None or context.has_plans or _is_soon(part, day))
    ):
        context.is_open = True
    completed = in_year(part, day, ahead=bool(ahead))
    which = "next after" if completed.first > day else "last on or before" if part.day else "last not after"
    context.note(f"The text gives the {kind} without a year; taken for the {which} {context.source}.")
    return completed


def _is_soon(part: Part, day: date) -> bool:
    """Return whether the next such day comes so soon that nobody would say it of the last: "the July 4th event" on 28 June."""
    return bool(part.day) and (in_year(part, day, ahead=True).first - day).days <= SOON


def _is_nearer_ahead(part: Part, day: date) -> bool:
    try:
        before, after = in_year(part, day, ahead=False), in_year(part, day, ahead=True)
    except ValueError:
        return False
    return after.first > day and (after.first - day) < (day - before.last)


@lru_cache(maxsize=4096)
def in_year(part: Part, day: date, *, ahead: bool) -> Part:
    """Return the part in the last year in which it is not after the day, or the first in which it is not before.

    A weekday that was said must agree where one of the nearest years agrees. Raises ValueError if there is none.
    """
    years = range(day.year, min(day.year + 9, 10_000)) if ahead else range(day.year, max(day.year - 9, 0), -1)
    near = list(islice((year for year in years if _is_in_year(part, year, day, ahead)), 2 if part.weekday >= 0 else 1))
    if not near:
        raise ValueError("No year near the day of the source has this day.")
    dated = [replace(part, year=year) for year in near]
    return next((part for part in dated if is_on_its_weekday(part)), dated[0])


def _is_in_year(part: Part, year: int, day: date, ahead: bool) -> bool:
    month = part.month or 12
    last = monthrange(year, month)[1]
    if part.day > last:
        return False
    if ahead:
        return date(year, month, part.day or last) >= day
    return date(year, part.month or 1, part.day or 1) <= day


def is_on_its_weekday(part: Part) -> bool:
    return part.weekday < 0 or not part.day or part.first.weekday() == part.weekday


def checked_weekday(part: Part, context: Context, is_alone: bool) -> Part:
    """Return the part, marked as uncertain where it is not the weekday that a text says. Raises ValueError if typed."""
    if is_on_its_weekday(part):
        return part
    context.note(f"The text says {NAMES[part.weekday]}, which this day is not.", first=True)
    if not context.is_text:
        raise WrongWeekday(replace(part, mark="").edtf, NAMES[part.first.weekday()], NAMES[part.weekday])
    return replace(part, mark="?") if is_alone else part


class WrongWeekday(ValueError):
    """Its arguments: the day, its weekday, the weekday that was said."""


def _days_of_month(parts: list[Part], context: Context) -> list[Part]:
    """Return "the 19th" as the last such day on or before the day of the source, or the next."""
    context.lacks_year = True
    day = context.day_needed()
    is_ahead = _is_numbered_ahead(parts[0], day, context)
    step = next_day_numbered if is_ahead else last_day_numbered
    days = [step(part.day, day) for part in parts]
    which = "next such day after" if is_ahead else "last such day on or before"
    context.note(f"The text gives the day without a month; the {which} {context.source}.")
    return [
        replace(part, year=dated.year, month=dated.month, day=dated.day)
        for part, dated in zip(parts, days, strict=True)
    ]


def _is_numbered_ahead(part: Part, day: date, context: Context) -> bool:
    """Return whether "the 15th" is to come: by its weekday, by the words around, or, as a limit, as the nearer one."""
    before, after = last_day_numbered(part.day, day), next_day_numbered(part.day, day)
    if part.weekday >= 0 and (before.weekday() == part.weekday) != (after.weekday() == part.weekday):
        return after.weekday() == part.weekday
    if context.is_limit:
        return bool(context.leans_ahead) or after - day < day - before
    return bool(context.leans_ahead)


def last_day_numbered(number: int, day: date) -> date:
    """Return the last day of this number on or before the day. Raises ValueError at the calendar's beginning."""
    month = day.replace(day=1)
    if number > day.day:
        month = (month - timedelta(days=1)).replace(day=1)
    while number > monthrange(month.year, month.month)[1]:
        month = (month - timedelta(days=1)).replace(day=1)
    return month.replace(day=number)


def next_day_numbered(number: int, day: date) -> date:
    month = day.replace(day=1)
    if number < day.day:
        month = (month + timedelta(days=32)).replace(day=1)
    while number > monthrange(month.year, month.month)[1]:
        month = (month + timedelta(days=32)).replace(day=1)
    return month.replace(day=number)
