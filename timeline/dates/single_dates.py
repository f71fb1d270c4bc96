"""A date on its own, or a day with a clock time: 1985-04-12T23:20:30, with Z, +04:30 or -04."""

import re

from . import english, points, refused_dates
from .points import EventDate, Point, parse_point

_CLOCK = re.compile(
    r"((?:[01][0-9]|2[0-3]):[0-5][0-9]):([0-5][0-9])"
    r"(?:(Z)|([+-](?:[01][0-9]|2[0-3]))(?::([0-5][0-9]))?)?"  # zone
)


def read(text: str) -> EventDate:
    point = read_point(text)
    bounds = (point.earliest, point.latest) * 2
    return EventDate(text, *bounds, qualifier=point.qualifier, display=english.alone(point))


def read_point(text: str) -> Point:
    point = parse_point(text)
    if point is None:
        raise ValueError(refused_dates.of_date(text))
    return point


def read_timestamp(text: str) -> EventDate:
    """Return the local day as the bounds; the clock time is in the display only."""
    written, _, time = text.partition("T")
    day, clock = points.parse_point(written), _CLOCK.fullmatch(time)
    if not (day and clock and day.day) or day.qualifier:
        raise ValueError(refused_dates.of_moment(written, day))
    bounds = (day.lower,) * 4
    return EventDate(text, *bounds, qualifier="", display=f"{english.alone(day)}, {_words(*clock.groups())}")


def _words(minutes: str, seconds: str, utc: str | None, hours: str | None, rest: str | None) -> str:
    # EDTF demands seconds, so ":00" is often no more than the form; it is not printed as if it were known.
    clock = minutes if seconds == "00" else f"{minutes}:{seconds}"
    zone = "UTC" if utc else f"UTC{hours}:{rest or '00'}" if hours else "local time"
    return f"{clock} {zone}"
