"""The events of a filter as the chart shows them: in lanes, each event a mark, or many in a cell one mark."""

import datetime as dt

from timeline.filters import EventFilter

from .build_marks import build
from .chart_view import USUAL_PX, View, Window, view
from .extent import whole
from .mark_types import Column, Fact, LaneMarks, Mark, Marks

__all__ = ["Column", "Fact", "LaneMarks", "Mark", "Marks", "View", "Window", "marks", "view", "whole"]


def marks(
    chosen: EventFilter,
    lanes: str = "category",
    first: dt.date | None = None,
    last: dt.date | None = None,
    width: int = USUAL_PX,
) -> Marks | None:
    """Return the marks between two days, or of the whole extent, for a plot `width` CSS pixels wide; None where there
    is no event. At most 14 queries."""
    extent = whole(chosen)
    if extent is None:
        return None
    window = Window(first, last) if first and last else extent.window
    return build(chosen, lanes, window, extent, width)
