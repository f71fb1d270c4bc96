"""What lasted: 2020-09-27/2020-11-10, 2020-11-10/.. (ongoing), 2020-11-10/ (end not known)."""

from datetime import date

from . import english, refusals
from .points import EventDate, Point, combined, parse_point

_NO_DATE = {"", ".."}


def read(text: str) -> EventDate:
    first, _, last = text.partition("/")
    start, end = parse_point(first), parse_point(last)
    if "X" in text or not (start or end):
        raise ValueError(refusals.of_interval(text))
    if start and end:
        return _closed(text, start, end)
    if start and last in _NO_DATE:
        return _without_end(text, start, last)
    if end and first in _NO_DATE:
        return _without_start(text, end, first)
    raise ValueError(refusals.of_interval(text))


def _closed(text: str, first: Point, last: Point) -> EventDate:
    if last.lower < first.lower:
        raise ValueError(refusals.of_order(text, first, last))
    return EventDate(
        text,
        first.earliest,
        min(first.latest, last.latest),
        max(last.earliest, first.earliest),
        last.latest,
        qualifier=combined((first.qualifier, last.qualifier)),
        display=english.lasting(first, last),
    )


def _without_end(text: str, first: Point, end: str) -> EventDate:
    # Neither mark says more than that it had begun: the day on which a source spoke of it is not in the date.
    words = "ongoing" if end == ".." else "end not known"
    return EventDate(
        text,
        first.earliest,
        first.latest,
        first.latest,
        date.max,
        qualifier=first.qualifier,
        display=english.without_end(first, words),
    )


def _without_start(text: str, last: Point, start: str) -> EventDate:
    # Neither mark says since when, so it may have started as late as the last day it may have ended.
    words = "start open" if start == ".." else "start not known"
    return EventDate(
        text,
        date.min,
        last.latest,
        last.earliest,
        last.latest,
        qualifier=last.qualifier,
        display=english.without_start(last, words),
    )
