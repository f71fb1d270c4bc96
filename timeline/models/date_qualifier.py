"""What is said of an event's date and clock time beside the date itself."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models


class Qualifier(models.TextChoices):
    """How sure the source is of the date as a whole. Source: EDTF level 1."""

    UNCERTAIN = "?", "uncertain"
    APPROXIMATE = "~", "approximate"
    BOTH = "%", "approximate and uncertain"


def time_zone_name(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(f"“{value}” is not a time zone. Use an IANA name, like Asia/Yerevan or Europe/Moscow.")
