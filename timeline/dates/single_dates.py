"""A date on its own."""

from . import english, refused_dates
from .points import EventDate, Point, parse_point


def read(text: str) -> EventDate:
    point = read_point(text)
    bounds = (point.earliest, point.latest) * 2
    return EventDate(text, *bounds, qualifier=point.qualifier, display=english.alone(point))


def read_point(text: str) -> Point:
    point = parse_point(text)
    if point is None:
        raise ValueError(refused_dates.of_date(text))
    return point
