"""Which days, months and years can be those of a source."""

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone

FIRST = dt.date(1800, 1, 1)  # databases that must write some day where none is known write one before it: 1753-01-01
ONE_DAY = dt.timedelta(days=1)  # it may be tomorrow already where the source is


def is_source_day(day: dt.date) -> bool:
    return FIRST <= day <= timezone.now().date() + ONE_DAY


def source_day(day: dt.date) -> None:
    """Refuse days on which no source can have been published."""
    if not is_source_day(day):
        when = "before 1800" if day < FIRST else "in the future"
        raise ValidationError(
            f"{day.isoformat()} lies {when}: no source was published then. Write its day, or leave it empty where it is not known.",
            code="source_day",
        )


class SourceDate(NamedTuple):
    """When a source was published, as far as that is known: a day, or the month or year around it. Nothing where both are empty."""

    day: dt.date | None = None
    within: str = ""  # EDTF of a month or a year, where the day is not known

    @classmethod
    def of(cls, edtf: str) -> "SourceDate":
        """Return the date of an EDTF day, month or year, or of "". Raises ValueError for anything else."""
        if not edtf or _PERIOD.fullmatch(edtf):
            last_day_within(edtf)
            return cls(None, edtf)
        return cls(dt.date.fromisoformat(edtf))

    @property
    def edtf(self) -> str:
        return self.day.isoformat() if self.day else self.within

    @property
    def latest(self) -> dt.date | None:
        """Return the last day on which it can have been published; None: that is not known."""
        return self.day or last_day_within(self.within)

    def check(self) -> None:
        """Refuse what lies before 1800 or ahead; of a month or year, its days all."""
        if self.day:
            source_day(self.day)
        if self.within:
            source_period(self.within)


_PERIOD = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?")


@lru_cache(maxsize=1024)
def last_day_within(edtf: str) -> dt.date | None:
    """Return the last day of a month or year; None for "". Raises ValueError for anything else."""
    if not edtf:
        return None
    if not (match := _PERIOD.fullmatch(edtf)):
        raise ValueError(f"“{edtf[:60]}” is not a month or a year.")
    year, month = int(match["year"]), int(match["month"] or 12)
    return dt.date(year, month, monthrange(year, month)[1] if 1 <= month <= 12 and year else 1)


def source_period(edtf: str) -> None:
    """Refuse what is no month or year, or one in which no source can have been published."""
    try:
        last = last_day_within(edtf)
    except ValueError:
        raise ValidationError(
            f"“{edtf[:60]}” is not a month or a year. Write it as 2022-03 or 2022; a day has a field of its own.",
            code="source_period",
        ) from None
    if last:
        source_day(last.replace(day=1) if len(edtf) > len("2022") else dt.date(last.year, 1, 1))
