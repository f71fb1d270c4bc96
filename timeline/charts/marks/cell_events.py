"""The events of one cell of one lane."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count

from timeline.filters import EventFilter

from .build_marks import read_facts
from .cell_counts import in_window
from .chart_view import View
from .lane_plan import Lane, split_by_lane
from .mark_types import Fact

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Cell:
    lane: Lane
    total: int  # events that possibly go on in it, as its column counts them
    events: list[Fact]  # the first of them


def events_of_cell(event_filter: EventFilter, view: View, lane: str) -> Cell:
    """Return the events of lane number `lane` on the days of the view. Raises ValidationError where one is missing."""
    split_events = split_by_lane(event_filter, view.lanes)
    if not (lane.isascii() and lane.isdigit() and int(lane) < len(split_events.lanes)):
        raise ValidationError({"lane": f"There is no lane “{lane[:40]}”. Lanes have numbers from 0."})
    if view.window is None:
        raise ValidationError({"first": "Give the days of the cell, “first” and “last”."})
    number = int(lane)
    rows = in_window(split_events.only([number]), view.window)
    total = rows.rows.aggregate(n=Count(f"{split_events.event}pk", distinct=True))["n"]
    facts = read_facts(event_filter, split_events, [number], view.window, known_first=True, most=MOST_LISTED)
    return Cell(split_events.lanes[number], total, facts[number])
