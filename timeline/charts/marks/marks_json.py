"""The marks as plain values, days as YYYY-MM-DD."""

import datetime as dt

from .mark_types import Column, LaneMarks, Mark, Marks
from .reporting_delay import Dot, Reported
from .uncertainty_shape import Span


def as_json(marks: Marks | None) -> dict:
    """Return what /marks.json says; without any event there are no lanes."""
    return _view(marks) | {"lanes": [_lane(lane) for lane in marks.lanes]} if marks else {"lanes": []}


def reported_as_json(found: Reported | None) -> dict:
    """Return what /marks.json?axis=reported says: marks, or cells where there are too many."""
    if found is None:
        return {"marks": []}
    shown = _view(found) | {"row": str(found.row_step), "unreported": found.unreported}
    if found.dots:
        return shown | {"cells": [_dot(dot, found) for dot in found.dots]}
    return shown | {"marks": [_mark(mark) | {"reported": _day(day)} for mark, day in found.marks]}


def _view(marks: Marks | Reported) -> dict:
    return {
        "first": _day(marks.window.first),
        "last": _day(marks.window.last),
        "extent": _days((marks.whole.first, marks.whole.last)),
        "known_until": _day(marks.known_until),
        "cell": str(marks.step),
    }


def _dot(dot: Dot, found: Reported) -> dict:
    days = _days((found.step.first(dot.cells[0]), found.step.last(dot.cells[1])))
    reported = _days((found.row_step.first(dot.row), found.row_step.last(dot.row)))
    return {"days": days, "reported": reported, "n": dot.count, "certain": dot.certain}


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
