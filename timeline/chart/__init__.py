"""The marks as a drawing that needs no script: per cent of the width across, em downwards."""

import datetime as dt

from timeline.axis import number, ticks
from timeline.marks import LaneMarks, Marks

from . import bars, columns
from .figures import Chart, DrawnLane
from .links import Links
from .rows import place
from .scale import Scale

__all__ = ["Chart", "Links", "chart"]


def chart(marks: Marks, links: Links) -> Chart:
    scale = Scale(marks.window, marks.width)
    lanes = [_lane(found, n, scale, marks, links) for n, found in enumerate(marks.lanes) if found.lane.count]
    return Chart(
        marks=marks,
        links=links,
        lanes=lanes,
        empty=[found.lane for found in marks.lanes if not found.lane.count and found.lane.value],
        ticks=ticks(marks.window.first, marks.window.last),
        known=_known(marks.known_until, scale),
    )


def _known(day: dt.date | None, scale: Scale) -> str:
    x = scale.end_of(day) if day else -1
    return number(x) if 0 <= x <= 100 else ""


def _lane(found: LaneMarks, lane: int, scale: Scale, marks: Marks, links: Links) -> DrawnLane:
    placed = place(found.marks, scale) if found.marks is not None else None
    if placed is None:
        return columns.drawn(found, lane, scale, marks.step, links)
    rows = max((one.row for one in placed), default=0) + 1
    drawn = [bars.drawn(one, lane, scale, marks.step, links) for one in placed]
    return DrawnLane(lane, found.lane, number(rows * bars.row_height(scale)), drawn, [])
