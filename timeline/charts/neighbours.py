"""An event among those next to it in time: a strip of a few marks."""

import datetime as dt
from dataclasses import dataclass

from timeline.charts.axis import Tick, TimeScale, svg_number, ticks
from timeline.charts.drawing import Links, drawn_folds, lane_bars
from timeline.charts.drawing.drawn_chart import DrawnMark, Fold
from timeline.charts.drawing.row_stacking import place_with_names
from timeline.charts.marks import View
from timeline.charts.marks.build_marks import READ, Mark, build_fact, in_order, last_days_spoken_of
from timeline.charts.window import extent_of_dates
from timeline.filters import EventFilter
from timeline.index import index_for
from timeline.index.list_order import surroundings
from timeline.models import Event

ON_A_SIDE = 4
BOUNDS = READ[-4:]


@dataclass(frozen=True, slots=True)
class Neighbours:
    drawn: list[DrawnMark]
    ticks: list[Tick]
    folds: list[Fold]
    height: str  # em
    first: dt.date
    last: dt.date


def neighbours(event: Event, event_filter: EventFilter) -> Neighbours | None:
    """Return the event and up to four before and after it among those of the filter; None where no other has a known
    start, or it has none itself. At most four queries."""
    if not event.has_known_start:
        return None
    rows = _rows_beside(event, event_filter)
    if len(rows) < 2:
        return None
    spoken_of = last_days_spoken_of(event_filter.citations, [row["pk"] for row in rows])
    facts = [build_fact(row, spoken_of.get(row["pk"])) for row in rows]
    extent = extent_of_dates(
        [tuple(row[name] for name in BOUNDS) for row in rows], max(spoken_of.values(), default=None)
    )
    scale = TimeScale(extent.window, folds=extent.folds, dates=extent.dates)
    placed = place_with_names(tuple(in_order(Mark((fact,), fact.shape, None) for fact in facts)), scale, len(facts))
    links = Links(event_filter, View(), extent.window, extent.window)
    drawn = [lane_bars.draw_in_row(mark, 0, scale, links) for mark in placed or ()]
    height = (max((mark.row for mark in placed or ()), default=0) + 1) * lane_bars.row_height(scale)
    return Neighbours(
        drawn, ticks(scale), drawn_folds(scale), svg_number(height), extent.window.first, extent.window.last
    )


def _rows_beside(event: Event, event_filter: EventFilter) -> list[dict]:
    """Return what is drawn of the events beside one, and of itself, in order of time. One query."""
    index = index_for(event_filter)
    around = surroundings(index, index.matching(event_filter), "date", ON_A_SIDE, event.pk)
    if around is None:
        return []
    dated = Event.objects.public().exclude(start_earliest=dt.date.min).values(*READ)
    rows = {row["pk"]: row for row in dated.filter(pk__in=[*around.before, event.pk, *around.after])}
    return [rows[pk] for pk in (*around.before, event.pk, *around.after) if pk in rows]
