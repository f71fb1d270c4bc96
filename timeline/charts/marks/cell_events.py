"""The events of one cell of one lane."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count

from timeline.filters import EventFilter

from .build_marks import read
from .cell_counts import in_window
from .chart_view import View
from .lane_plan import Lane, split
from .mark_types import Fact

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Cell:
    lane: Lane
    total: int  # events that possibly go on in it, as its column counts them
    events: list[Fact]  # the first of them


def events_of_cell(chosen: EventFilter, view: View, lane: str) -> Cell:
    """Return the events of lane number `lane` on the days of the view. Raises ValidationError where one is missing."""
    parted = split(chosen, view.lanes)
    if not (lane.isascii() and lane.isdigit() and int(lane) < len(parted.lanes)):
        raise ValidationError({"lane": f"There is no lane “{lane[:40]}”. Lanes have numbers from 0."})
    if view.window is None:
        raise ValidationError({"first": "Give the days of the cell, “first” and “last”."})
    number = int(lane)
    rows = in_window(parted.only([number]), view.window)
    total = rows.rows.aggregate(n=Count(f"{parted.event}pk", distinct=True))["n"]
    listed = read(chosen, parted, [number], view.window, known_first=True, most=MOST_LISTED)
    return Cell(parted.lanes[number], total, listed[number])
