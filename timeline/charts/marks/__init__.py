"""The events of a filter as the chart shows them: in lanes, each event a mark, or many in a cell one mark."""

from timeline.charts.axis import USUAL_PX
from timeline.charts.window import Extent, full_extent
from timeline.filters import EventFilter

from .build_marks import Column, Fact, LaneMarks, Mark, Marks, build
from .chart_view import View, read_view
from .lane_plan import differing_kind

__all__ = ["Column", "Fact", "LaneMarks", "Mark", "Marks", "View", "marks", "read_view"]


def marks(
    event_filter: EventFilter,
    lanes: str = "",
    lane: tuple[str, ...] = (),
    width: int = USUAL_PX,
    extent: Extent | None = None,
) -> Marks | None:
    """Return the marks of the filter's window, for a plot `width` CSS pixels wide; None where there is no event.
    `lanes`: the kind, empty for the first in which the events differ. At most 17 queries."""
    extent = extent or full_extent(event_filter)
    if extent is None:
        return None
    return build(event_filter, lanes or differing_kind(event_filter), lane, extent, width)
