"""What the chart knows of lanes, cells and events: days and words, nothing of how it is drawn.

From rows to marks: what is few is drawn one by one, what is many by the cell.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db.models import Count, Max, QuerySet

from timeline import dates
from timeline.charts.axis import Piece, TimeScale
from timeline.charts.time_steps import Step, words
from timeline.charts.window import Extent, Window
from timeline.evidence.axes import dated_claim
from timeline.evidence.support import Actuality
from timeline.filters import EventFilter

from .cell_counts import LaneCounts, count_by_cell, dates_showing, in_window
from .chart_view import View
from .lane_plan import Lane, Split, differing_kind, split_by_lane, stand_in_lanes
from .uncertainty_shape import Bounds, Shape, Span, shape


@dataclass(frozen=True, slots=True)
class Fact:
    """What a mark says of one event."""

    public_id: str
    title: str
    date: str  # in words, never more precise than known
    category: str
    shape: Shape
    reported_on: dt.date | None = None  # first reported; NULL: no dated briefing mentions it


@dataclass(frozen=True, slots=True)
class Mark:
    """One event, or several that are in the same cell, or that may be in the same cells."""

    events: tuple[Fact, ...]
    shape: Shape  # of the one event; of several: all that theirs cover
    cells: tuple[Span, Span] | None  # the first and the last cell of several; None: a single event

    @property
    def is_group(self) -> bool:
        return len(self.events) > 1

    @property
    def is_block(self) -> bool:
        """Return whether several events surely are in one cell: their mark is the cell with their number."""
        return self.cells is not None and self.cells[0] == self.cells[1] and not self.shape.arrow

    @property
    def is_one_day(self) -> bool:
        """Return whether all of several are in a cell that is one day."""
        return self.is_block and self.cells[0][0] == self.cells[0][1]

    @property
    def is_one_instant(self) -> bool:
        """Return whether no closer look would part the events."""
        return len({fact.shape for fact in self.events}) == 1

    @property
    def category(self) -> str:
        """Return the category of all its events; empty where they differ."""
        categories = {fact.category for fact in self.events}
        return categories.pop() if len(categories) == 1 else ""

    @property
    def words(self) -> str:
        """Return its name: title and date, or number and dates as they are known."""
        if len(self.events) == 1:
            return f"{self.events[0].title}, {self.events[0].date}"
        when = list(dict.fromkeys(fact.date for fact in self.events))
        if len(when) > 3:
            when = [*when[:2], f"and {len(when) - 2} more dates"]
        return f"{len(self.events)} events: {'; '.join(when)}"


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of a lane that has too many events to draw each."""

    first: dt.date
    last: dt.date
    label: str  # "November 2020"
    certain: int  # events that certainly go on in it
    possible: int  # events that possibly do, the certain ones among them

    @property
    def words(self) -> str:
        maybe = self.possible - self.certain
        unsure = f", {maybe:,} of them only possibly" if maybe and self.certain else ", only possibly" if maybe else ""
        return f"{self.possible:,} event{'' if self.possible == 1 else 's'}{unsure}, {self.label}"


@dataclass(frozen=True, slots=True)
class LaneMarks:
    lane: Lane
    columns: tuple[Column, ...]  # every cell that has an event
    marks: tuple[Mark, ...] | None  # None: too many to draw each
    singles: tuple[Mark, ...] = ()  # a mark for each event; none where there are too many


@dataclass(frozen=True, slots=True)
class Marks:
    kind: str  # one of lanes.KINDS
    scale: TimeScale
    whole: Window  # all there is to see
    known_until: dt.date | None  # day of the last briefing; nothing is said yet of what comes after
    lanes: tuple[LaneMarks, ...]

    @property
    def window(self) -> Window:
        return self.scale.window

    @property
    def width(self) -> int:
        """Return the CSS pixels of the plot."""
        return self.scale.width

    @property
    def steps(self) -> str:
        """Return how long cells are: "a month", or "a month or a day" where stretches differ."""
        return " or ".join(dict.fromkeys(str(piece.step) for piece in self.scale.open_pieces))


MOST_EVENTS = 60  # in the window, for a lane whose events are read one by one
MOST_MARKS = 18  # of one lane, drawn one by one; with MOST_CELLS it keeps the chart below 1,500 nodes
READ = ("pk", "public_id", "title", "edtf", "actuality", "event_type__category", "first_reported_on", "date_qualifier")
READ += ("start_earliest", "start_latest", "end_earliest", "end_latest")


def build(event_filter: EventFilter, kind: str, lane_values: tuple[str, ...], extent: Extent, width: int) -> Marks:
    split_events = split_by_lane(event_filter, kind, lane_values)
    scale = TimeScale(extent.window, width, extent.folds, extent.dates)
    standing = stand_in_lanes(event_filter, kind, split_events.plan)
    counts = [count_by_cell(standing, piece.step, piece.window, extent.known_until) for piece in scale.open_pieces]
    totals = standing.within(dates_showing(standing.known_dates, extent.window))
    few = [number for number, total in enumerate(totals) if total <= MOST_EVENTS]
    facts = read_facts(event_filter, split_events, few, extent.window)
    lanes = []
    for number, lane in enumerate(split_events.lanes):
        columns = tuple(
            column
            for piece, of_piece in zip(scale.open_pieces, counts, strict=True)
            for column in build_columns(of_piece[number], piece)
        )
        marks, singles = build_lane(facts[number], scale.cell) if number in few else (None, ())
        lanes.append(LaneMarks(lane, columns, marks, singles))
    return Marks(kind, scale, extent.whole, extent.known_until, tuple(lanes))


def build_lane(facts: list[Fact], cell: Callable[[dt.date], Span]) -> tuple[tuple[Mark, ...] | None, tuple[Mark, ...]]:
    """Return the marks of a lane, None where they are too many, and those of each event by itself, none where they are."""
    marks = group_facts(facts, cell)
    singles = in_order(Mark((fact,), fact.shape, None) for fact in facts)
    return tuple(marks) if len(marks) <= MOST_MARKS else None, tuple(singles) if len(singles) <= MOST_MARKS else ()


def build_columns(tally: LaneCounts, piece: Piece) -> tuple[Column, ...]:
    numbered = zip(cells_of(piece.step, piece.window), tally.certain, tally.possible, strict=True)
    return tuple(Column(*cell, certain, possible) for cell, certain, possible in numbered if possible)


@lru_cache(maxsize=64)
def cells_of(step: Step, window: Window) -> tuple[tuple[dt.date, dt.date, str], ...]:
    """Return the first and the last day of each cell of a window, as far as they lie in it, and the cell in words."""
    indexes = range(step.index(window.first), step.index(window.last) + 1)
    days = [(max(step.first(index), window.first), min(step.last(index), window.last)) for index in indexes]
    return tuple((first, last, words(step, first, last)) for first, last in days)


def read_facts(
    event_filter: EventFilter, split_events: Split, lanes: Iterable[int], window: Window, **how
) -> dict[int, list[Fact]]:
    """Return what the marks of these lanes say, by lane; `how` as Split.values has it. One query, and one more where an
    event goes on."""
    rows_by_lane: dict[int, dict[int, dict]] = defaultdict(dict)
    if not (lane_numbers := list(lanes)):
        return {}
    for row in in_window(split_events.only(lane_numbers), window).values(*READ, **how):
        rows_by_lane[split_events.lane_of[row["key"]]][row["pk"]] = row
    going_on = {pk for rows in rows_by_lane.values() for pk, row in rows.items() if dates.parse(row["edtf"]).is_ongoing}
    spoken_of = last_days_spoken_of(event_filter.citations, going_on)
    return defaultdict(
        list,
        {lane: [build_fact(row, spoken_of.get(pk)) for pk, row in rows.items()] for lane, rows in rows_by_lane.items()},
    )


def last_days_spoken_of(citations: QuerySet, events: Iterable[int]) -> dict[int, dt.date]:
    """Return the last day on which a briefing that the reader may see mentions each of these events; none for an event that
    only undated ones mention."""
    if not (event_ids := list(events)):
        return {}
    dated = citations.order_by().filter(event__in=event_ids, briefing__published_on__isnull=False)
    rows = dated.values_list("event")
    return dict(rows.annotate(day=Max("briefing__published_on")))


def build_fact(row: dict, spoken_of: dt.date | None) -> Fact:
    date = dates.parse(row["edtf"])
    bounds = Bounds(*(row[name] for name in READ[-4:]), row["date_qualifier"], date.is_ongoing)
    return Fact(
        public_id=row["public_id"],
        title=row["title"],
        date=dated_claim(row["actuality"], date.display),
        category=row["event_type__category"],
        shape=replace(shape(bounds, spoken_of), is_claim=row["actuality"] != Actuality.OCCURRED),
        reported_on=row["first_reported_on"],
    )


def group_facts(facts: Iterable[Fact], cell: Callable[[dt.date], Span]) -> list[Mark]:
    """Return the marks in order of time. Events are one mark where their first days lie in one cell, and their last;
    what is not known to have happened by itself. `cell` returns the days of the cell in which a day lies."""
    cells: dict[tuple, list[Fact]] = defaultdict(list)
    for fact in facts:
        first, last = cell(fact.shape.first), cell(fact.shape.last)
        alone = fact.public_id if fact.shape.is_torn else ""
        cells[first, last, fact.shape.arrow, fact.shape.is_claim, alone].append(fact)
    return in_order(build_mark(tuple(facts_of_cell), key[:2]) for key, facts_of_cell in cells.items())


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(
        marks, key=lambda mark: (mark.shape.first, mark.shape.last, mark.shape.is_claim, mark.events[0].public_id)
    )


def build_mark(facts: tuple[Fact, ...], cells: tuple[Span, Span]) -> Mark:
    if len(facts) == 1:
        return Mark(facts, facts[0].shape, None)
    if len({fact.shape for fact in facts}) == 1 and cells[0] != cells[1]:
        return Mark(facts, facts[0].shape, cells)
    return Mark(facts, unite_shapes([fact.shape for fact in facts]), cells)


def unite_shapes(shapes: list[Shape]) -> Shape:
    """Return the shape that covers several: hatched, for no one day of it is sure. All or none are claims."""
    span, is_claim = (min(shape.first for shape in shapes), max(shape.last for shape in shapes)), shapes[0].is_claim
    if arrow := shapes[0].arrow:
        limit = span[1] if arrow == "start" else span[0]
        return Shape(stop=(limit, limit), arrow=arrow, is_claim=is_claim)
    return Shape(hatched=(span,), is_claim=is_claim)


MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Cell:
    lane: Lane
    total: int  # events that possibly go on in it, as its column counts them
    events: list[Fact]  # the first of them


def events_of_cell(event_filter: EventFilter, view: View, text: str, days: Window) -> Cell:
    """Return the events of the lane of this number on these days. Raises ValidationError where there is no such lane."""
    split_events = split_by_lane(event_filter, view.lanes or differing_kind(event_filter), view.lane)
    if not (text.isascii() and text.isdigit() and int(text) < len(split_events.lanes)):
        raise ValidationError({"number": f"There is no lane “{text[:40]}”. Lanes have numbers from 0."})
    number = int(text)
    rows = in_window(split_events.only([number]), days)
    total = rows.rows.aggregate(n=Count(f"{split_events.event}pk", distinct=True))["n"]
    facts = read_facts(event_filter, split_events, [number], days, known_first=True, most=MOST_LISTED)
    return Cell(split_events.lanes[number], total, facts[number])
