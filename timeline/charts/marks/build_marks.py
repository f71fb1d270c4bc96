"""From rows to marks: what is few is drawn one by one, what is many by the cell."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max, QuerySet

from timeline import dates
from timeline.filters import EventFilter

from .cell_counts import Tally, in_window, tallies
from .chart_view import Window
from .extent import Extent
from .lane_plan import Split, split, standing
from .mark_types import Column, Fact, LaneMarks, Mark, Marks
from .time_steps import Step, step_for
from .uncertainty_shape import Bounds, Shape, shape

MOST_EVENTS = 60  # in the window, for a lane whose events are read one by one
MOST_MARKS = 18  # of one lane, drawn one by one; with MOST_CELLS it keeps the chart below 1,500 nodes
READ = ("pk", "public_id", "title", "edtf", "event_type__category", "first_reported_on", "date_qualifier")
READ += ("start_earliest", "start_latest", "end_earliest", "end_latest")


def build(chosen: EventFilter, kind: str, window: Window, extent: Extent, width: int) -> Marks:
    parted = split(chosen, kind)
    step = step_for(window.first, window.last, width)
    cells = whole_cells(window, step)
    tallied = tallies(standing(chosen, kind, parted.plan), step, cells, extent.known_until)
    few = [number for number, tally in enumerate(tallied) if tally.total <= MOST_EVENTS]
    facts = read(chosen, parted, few, cells)
    lanes = []
    for number, (lane, tally) in enumerate(zip(parted.lanes, tallied, strict=True)):
        marks = grouped(facts[number], step) if number in few else None
        drawn = marks if marks is not None and len(marks) <= MOST_MARKS else None
        lanes.append(LaneMarks(lane, columns(tally, step), drawn))
    return Marks(kind, window, extent.window, extent.known_until, step, width, tuple(lanes))


def whole_cells(window: Window, step: Step) -> Window:
    """Return the window widened to the cells at its edges, which are counted whole, wherever it begins."""
    return Window(step.first(step.index(window.first)), step.last(step.index(window.last)))


def columns(tally: Tally, step: Step) -> tuple[Column, ...]:
    found = []
    for number, (certain, possible) in enumerate(zip(tally.certain, tally.possible, strict=True)):
        if possible:
            index = tally.first + number
            found.append(Column(step.first(index), step.last(index), step.label(index), certain, possible))
    return tuple(found)


def read(chosen: EventFilter, parted: Split, lanes: Iterable[int], window: Window, **how) -> dict[int, list[Fact]]:
    """Return what the marks of these lanes say, by lane; `how` as Split.values has it. One query, and one more where an
    event goes on."""
    found: dict[int, dict[int, dict]] = defaultdict(dict)
    if not (wanted := list(lanes)):
        return {}
    for row in in_window(parted.only(wanted), window).values(*READ, **how):
        found[parted.lane_of[row["key"]]][row["pk"]] = row
    going_on = {pk for rows in found.values() for pk, row in rows.items() if row["end_earliest"] == dt.date.max}
    spoken_of = last_spoken_of(chosen.citations, going_on)
    return defaultdict(
        list, {lane: [fact(row, spoken_of.get(pk)) for pk, row in rows.items()] for lane, rows in found.items()}
    )


def last_spoken_of(citations: QuerySet, events: Iterable[int]) -> dict[int, dt.date]:
    """Return the last day on which a briefing that the reader may see speaks of each of these events."""
    if not (wanted := list(events)):
        return {}
    rows = citations.order_by().filter(event__in=wanted).values_list("event")
    return dict(rows.annotate(day=Max("briefing__published_on")))


def fact(row: dict, spoken_of: dt.date | None) -> Fact:
    bounds = Bounds(*(row[name] for name in READ[-4:]), row["date_qualifier"])
    return Fact(
        public_id=row["public_id"],
        title=row["title"],
        date=dates.parse(row["edtf"]).display,
        category=row["event_type__category"],
        shape=shape(bounds, spoken_of),
        reported_on=row["first_reported_on"],
    )


def grouped(facts: Iterable[Fact], step: Step) -> list[Mark]:
    """Return the marks in order of time. Events are one mark where their first days lie in one cell, and their last."""
    cells: dict[tuple, list[Fact]] = defaultdict(list)
    for one in facts:
        first, last = step.index(one.shape.first), step.index(one.shape.last)
        alone = one.public_id if one.shape.is_torn else ""
        cells[first, last, one.shape.arrow, alone].append(one)
    marks = [mark(tuple(found), key[:2]) for key, found in cells.items()]
    return sorted(marks, key=lambda one: (one.shape.first, one.shape.last, one.events[0].public_id))


def mark(facts: tuple[Fact, ...], cells: tuple[int, int]) -> Mark:
    if len(facts) == 1:
        return Mark(facts, facts[0].shape, None)
    if len({fact.shape for fact in facts}) == 1 and cells[0] != cells[1]:
        return Mark(facts, facts[0].shape, cells)
    return Mark(facts, united([fact.shape for fact in facts]), cells)


def united(shapes: list[Shape]) -> Shape:
    """Return the shape that covers several: hatched, for no one day of it is sure."""
    span = (min(one.first for one in shapes), max(one.last for one in shapes))
    if arrow := shapes[0].arrow:
        limit = span[1] if arrow == "start" else span[0]
        return Shape(stop=(limit, limit), arrow=arrow)
    return Shape(hatched=(span,))
