"""The marks as a drawing that needs no script: per cent of the width across, em downwards."""

import datetime as dt
from collections.abc import Iterator, Sequence

from timeline.charts.axis import TimeScale, svg_number, ticks
from timeline.charts.coverage import ReadSource, between, count_words, coverage_rows
from timeline.charts.marks import LaneMarks, Marks
from timeline.charts.marks.build_marks import MOST_MARKS
from timeline.pages.event_groups import Gap

from . import lane_bars
from .chart_links import Links
from .delay_chart import reported_chart
from .drawn_chart import Chart, DrawnLane, Fold
from .row_stacking import CHARACTER, MOST_ROWS, place, place_with_names

__all__ = ["Chart", "Links", "chart", "drawn_folds", "reported_chart"]
SHORT_LIST = 30  # events: of so few each has its name
ROWS_OF_FEW = 8


def chart(marks: Marks, links: Links, sources: Sequence[ReadSource] = ()) -> Chart:
    """Return the drawing; `sources` are those that were read in full."""
    is_short = sum(len(lane.singles) or MOST_MARKS for lane in marks.lanes if lane.lane.count) <= SHORT_LIST
    rows = ROWS_OF_FEW if is_short else MOST_ROWS
    return Chart(
        marks=marks,
        links=links,
        lanes=[_lane(lane, number, marks, links, rows) for number, lane in enumerate(marks.lanes) if lane.lane.count],
        empty=[(lane.lane, links.lane(lane.lane)) for lane in marks.lanes if not lane.lane.count and lane.lane.value],
        ticks=ticks(marks.scale),
        folds=drawn_folds(marks.scale, sources),
        coverage=coverage_rows(sources, marks.scale),
        read=count_words(between(sources, marks.window.first, marks.window.last)),
        known=marks.scale.inside(marks.known_until),
    )


def _lane(lane_marks: LaneMarks, lane: int, marks: Marks, links: Links, rows: int) -> DrawnLane:
    scale, href = marks.scale, links.lane(lane_marks.lane)
    placed = place_with_names(lane_marks.singles, scale, rows)
    if placed is None and lane_marks.marks is not None:
        placed = place(lane_marks.marks, scale)
    if placed is None:
        return lane_bars.draw_columns(lane_marks, lane, scale, links, href)
    needed = max((placed_mark.row for placed_mark in placed), default=0) + 1
    drawn = [lane_bars.draw_in_row(placed_mark, lane, scale, links) for placed_mark in placed]
    return DrawnLane(lane, lane_marks.lane, href, svg_number(needed * lane_bars.row_height(scale)), drawn, [])


def drawn_folds(scale: TimeScale, sources: Sequence[ReadSource] = ()) -> list[Fold]:
    return list(_folds(scale, sources))


def _folds(scale: TimeScale, sources: Sequence[ReadSource]) -> Iterator[Fold]:
    folds = scale.folds
    for number, piece in enumerate(folds):
        middle = (piece.x + piece.end) / 2
        gap = Gap(piece.window.first, piece.window.last)
        beside = [(other.x + other.end) / 2 for other in folds[max(number - 1, 0) : number + 2] if other is not piece]
        read = count_words(between(sources, gap.first, gap.last))
        room = scale.pixels(min(abs(middle - x) for x in [*beside, 2 * middle, 200 - 2 * middle]))
        short = " ".join(word if word.isdigit() else word[0] for word in gap.length.split()).replace(" y", "y")
        yield Fold(
            svg_number(piece.x),
            svg_number(piece.end - piece.x),
            svg_number(middle),
            gap.length if room >= len(gap.length) * CHARACTER else short.replace(" m", "m"),
            f"{gap.length}, {_day(gap.first)} to {_day(gap.last)}: no event recorded; {read}",
        )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
