"""What the chart knows of lanes, cells and events: days and words, nothing of how it is drawn."""

import datetime as dt
from dataclasses import dataclass

from timeline.charts.marks.cell_counts import Step

from .chart_view import Window
from .lane_plan import Lane
from .uncertainty_shape import Shape


@dataclass(frozen=True, slots=True)
class Fact:
    """What a mark says of one event."""

    public_id: str
    title: str
    date: str  # in words, never more precise than known
    category: str
    shape: Shape
    reported_on: dt.date | None = None  # first reported; NULL: no dated briefing speaks of it


@dataclass(frozen=True, slots=True)
class Mark:
    """One event, or several that stand in the same cell, or that may stand in the same cells."""

    events: tuple[Fact, ...]
    shape: Shape  # of the one event; of several: all that theirs cover
    cells: tuple[int, int] | None  # the first and the last cell of several; None: a single event

    @property
    def is_group(self) -> bool:
        return len(self.events) > 1

    @property
    def is_block(self) -> bool:
        """Return whether several events surely stand in one cell: their mark is the cell with their number."""
        return self.cells is not None and self.cells[0] == self.cells[1] and not self.shape.arrow

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
        dates = list(dict.fromkeys(fact.date for fact in self.events))
        listed_dates = (
            "; ".join(dates) if len(dates) <= 3 else f"{dates[0]}; {dates[1]}; and {len(dates) - 2} more dates"
        )
        return f"{len(self.events)} events: {listed_dates}"


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


@dataclass(frozen=True, slots=True)
class Marks:
    kind: str  # one of lanes.KINDS
    window: Window
    whole: Window  # all there is to see
    known_until: dt.date | None  # day of the last briefing; nothing is said yet of what comes after
    step: Step
    width: int  # CSS pixels of the plot
    lanes: tuple[LaneMarks, ...]
