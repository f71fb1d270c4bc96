"""Sets: [2022-03-21,2022-03-24] is one of the dates, {2022-03-21,2022-03-24} each; 2020..2022 is a range.

The ends of a range in [] may differ in precision: [2020-11..2022-03-25] is a day not before November 2020 and not after
25 March 2022. In {} they may not: "every day" and "every month" are not the same.
"""

from datetime import date

from . import english, refusals
from .points import EventDate, Point, Range, combined
from .single_dates import read_point

MARKS = frozenset("[]{},")


def read(text: str) -> EventDate:
    if reason := refusals.of_set_shape(text):
        raise ValueError(reason)
    one_of = text[0] == "["
    members = [_member(written, one_of=one_of) for written in text[1:-1].split(",")]
    return EventDate(
        text,
        *(_one_of(members) if one_of else _each_of(members)),
        qualifier=combined(point.qualifier for point in _points(members)),
        display=english.one_of(members) if one_of else english.each_of(members),
    )


def _member(text: str, *, one_of: bool) -> Point | Range:
    if ".." not in text:
        return read_point(text)
    first, _, last = text.partition("..")
    ends = Range(first and read_point(first) or None, last and read_point(last) or None)
    if reason := refusals.of_range(text, *ends, one_of=one_of):
        raise ValueError(reason)
    return ends


def _points(members: list[Point | Range]) -> list[Point]:
    ends = [(member,) if isinstance(member, Point) else member for member in members]
    return [point for pair in ends for point in pair if point]


def _spans(members: list[Point | Range]) -> list[tuple[date, date]]:
    spans = [(point.earliest, point.latest) for point in _points(members)]
    for member in members:
        if isinstance(member, Range) and member.first is None:
            spans.append((date.min, date.min))
        if isinstance(member, Range) and member.last is None:
            spans.append((date.max, date.max))
    return spans


def _one_of(members: list[Point | Range]) -> tuple[date, date, date, date]:
    lowers, uppers = zip(*_spans(members), strict=True)
    return (min(lowers), max(uppers)) * 2


def _each_of(members: list[Point | Range]) -> tuple[date, date, date, date]:
    # Every member happens, so the start is no later than any member's last day, the end no earlier than any first.
    lowers, uppers = zip(*_spans(members), strict=True)
    return min(lowers), min(uppers), max(lowers), max(uppers)
