"""The marks as plain values, days as YYYY-MM-DD."""

import datetime as dt

from .facts import Column, LaneMarks, Mark, Marks
from .shape import Span


def as_json(marks: Marks | None) -> dict:
    """Return what /marks.json says; without any event there are no lanes."""
    if marks is None:
        return {"lanes": []}
    return {
        "first": _day(marks.window.first),
        "last": _day(marks.window.last),
        "extent": _days((marks.whole.first, marks.whole.last)),
        "known_until": _day(marks.known_until),
        "cell": str(marks.step),
        "lanes": [_lane(lane) for lane in marks.lanes],
    }


def _lane(found: LaneMarks) -> dict:
    lane = {"value": found.lane.value, "label": found.lane.label, "count": found.lane.count}
    if found.marks is None:
        return lane | {"cells": [_cell(column) for column in found.columns]}
    return lane | {"marks": [_mark(mark) for mark in found.marks]}


def _cell(column: Column) -> dict:
    days = {"first": _day(column.first), "last": _day(column.last), "label": column.label}
    return days | {"n": column.possible, "certain": column.certain}


def _mark(mark: Mark) -> dict:
    shape = mark.shape
    return {
        "n": len(mark.events),
        "label": mark.words,
        "solid": _days(shape.solid),
        "hatched": [_days(span) for span in shape.hatched],
        "limit": _day(shape.stop[0]) if shape.stop else None,
        "open": shape.arrow,
        "ongoing": shape.is_torn,
        "day_known": shape.is_one_day,
        "events": [
            {"id": fact.public_id, "title": fact.title, "date": fact.date, "category": fact.category}
            for fact in mark.events
        ],
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _days(span: Span | None) -> list[str] | None:
    return [day.isoformat() for day in span] if span else None
