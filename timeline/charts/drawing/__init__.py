"""The marks as a drawing that needs no script: per cent of the width across, em downwards."""

from timeline.charts.axis import number, ticks
from timeline.charts.marks import LaneMarks, Marks

from . import lane_bars, lane_columns
from .chart_links import Links
from .delay_chart import reported_chart
from .plot_scale import Scale
from .row_stacking import place
from .svg_types import Chart, DrawnLane

__all__ = ["Chart", "Links", "chart", "reported_chart"]


def chart(marks: Marks, links: Links) -> Chart:
    scale = Scale(marks.window, marks.width)
    lanes = [_lane(found, n, scale, marks, links) for n, found in enumerate(marks.lanes) if found.lane.count]
    return Chart(
        marks=marks,
        links=links,
        lanes=lanes,
        empty=[found.lane for found in marks.lanes if not found.lane.count and found.lane.value],
        ticks=ticks(marks.window.first, marks.window.last),
        known=scale.inside(marks.known_until),
    )


def _lane(found: LaneMarks, lane: int, scale: Scale, marks: Marks, links: Links) -> DrawnLane:
    placed = place(found.marks, scale) if found.marks is not None else None
    if placed is None:
        return lane_columns.drawn(found, lane, scale, marks.step, links)
    rows = max((one.row for one in placed), default=0) + 1
    drawn = [lane_bars.in_row(one, lane, scale, marks.step, links) for one in placed]
    return DrawnLane(lane, found.lane, number(rows * lane_bars.row_height(scale)), drawn, [])
