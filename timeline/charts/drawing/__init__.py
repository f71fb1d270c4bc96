"""The marks as a drawing that needs no script: per cent of the width across, em downwards."""

from timeline.charts.axis import Scale, svg_number, ticks
from timeline.charts.marks import LaneMarks, Marks

from . import lane_bars
from .delay_chart import reported_chart
from .drawn_chart import Chart, DrawnLane, Links
from .row_stacking import place

__all__ = ["Chart", "Links", "chart", "reported_chart"]


def chart(marks: Marks, links: Links) -> Chart:
    scale = Scale(marks.window, marks.width)
    lanes = [
        _lane(lane_marks, n, scale, marks, links) for n, lane_marks in enumerate(marks.lanes) if lane_marks.lane.count
    ]
    return Chart(
        marks=marks,
        links=links,
        lanes=lanes,
        empty=[lane_marks.lane for lane_marks in marks.lanes if not lane_marks.lane.count and lane_marks.lane.value],
        ticks=ticks(marks.window.first, marks.window.last),
        known=scale.inside(marks.known_until),
    )


def _lane(lane_marks: LaneMarks, lane: int, scale: Scale, marks: Marks, links: Links) -> DrawnLane:
    placed = place(lane_marks.marks, scale) if lane_marks.marks is not None else None
    if placed is None:
        return lane_bars.draw_columns(lane_marks, lane, scale, marks.step, links)
    rows = max((placed_mark.row for placed_mark in placed), default=0) + 1
    drawn = [lane_bars.draw_in_row(placed_mark, lane, scale, marks.step, links) for placed_mark in placed]
    return DrawnLane(lane, lane_marks.lane, svg_number(rows * lane_bars.row_height(scale)), drawn, [])
