"""The events of a filter as the chart shows them: in lanes, each event a mark, or many in a cell one mark."""

import datetime as dt

from timeline.charts.marks.chart_view import full_extent
from timeline.filters import EventFilter

from .build_marks import Column, Fact, LaneMarks, Mark, Marks, build
from .chart_view import USUAL_PX, View, Window, read_view

__all__ = ["Column", "Fact", "LaneMarks", "Mark", "Marks", "View", "Window", "marks", "read_view", "full_extent"]


def marks(
    event_filter: EventFilter,
    lanes: str = "category",
    first: dt.date | None = None,
    last: dt.date | None = None,
    width: int = USUAL_PX,
) -> Marks | None:
    """Return the marks between two days, or of the whole extent, for a plot `width` CSS pixels wide; None where there
    is no event. At most 14 queries."""
    extent = full_extent(event_filter)
    if extent is None:
        return None
    window = Window(first, last) if first and last else extent.window
    return build(event_filter, lanes, window, extent, width)
