"""Which days can be the day of a source."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

FIRST = dt.date(1800, 1, 1)  # databases that must write some day where none is known write one before it: 1753-01-01
ONE_DAY = dt.timedelta(days=1)  # it may be tomorrow already where the source is


def is_source_day(day: dt.date) -> bool:
    return FIRST <= day <= timezone.now().date() + ONE_DAY


def source_day(day: dt.date) -> None:
    """Refuse days on which no source can have been put out."""
    if not is_source_day(day):
        when = "before 1800" if day < FIRST else "in the future"
        raise ValidationError(
            f"{day.isoformat()} lies {when}: no source was put out then. Write its day, or leave it empty where it is not known.",
            code="source_day",
        )
