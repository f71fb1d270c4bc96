"""When it happened, across, against when it was first reported, upwards."""

from collections.abc import Iterator
from itertools import groupby
from math import log

from timeline.charts.axis import TimeScale, svg_number, ticks
from timeline.charts.bars import EM
from timeline.charts.marks.reporting_delay import HEIGHT, Dot, Reported

from .chart_links import Links
from .drawn_chart import DrawnColumn, DrawnMark, ReportedChart
from .lane_bars import draw_mark
from .row_stacking import stack

TALL = HEIGHT / EM  # em
ROW = 2.3  # em that a mark takes
LOWER = 1.1  # em
LEVELS = 5  # of ink, for the number of events in a cell


def reported_chart(reported: Reported, links: Links) -> ReportedChart:
    scale = TimeScale(reported.window, reported.width)
    upright = TimeScale(reported.days, HEIGHT)
    most = max((dot.count for dot in reported.dots), default=1)
    days = [
        (svg_number(TALL * (100 - float(tick.x)) / 100), tick.text) for tick in ticks(upright) if tick.only != "narrow"
    ]
    return ReportedChart(
        marks=reported,
        links=links,
        height=svg_number(TALL),
        drawn=list(_marks(scale, upright, reported, links)),
        dots=[_dot(cell, scale, upright, reported, links, most) for cell in reported.dots],
        ticks=ticks(scale),
        days=days,
        same_day=_same_day(scale, upright, reported),
        known=scale.inside(reported.known_until),
    )


def _height(per_cent: float) -> float:
    """Return the em from the top at which a day of report is drawn."""
    return TALL * (100 - per_cent) / 100


def _same_day(scale: TimeScale, upright: TimeScale, reported: Reported) -> tuple[str, str, str, str]:
    """Return the ends of the line on which what happened and its report fall on one day."""
    first, last = reported.window.first, reported.window.last
    rise = [_height(upright.start_of(first)), _height(upright.end_of(last))]
    return svg_number(scale.start_of(first)), svg_number(rise[0]), svg_number(scale.end_of(last)), svg_number(rise[1])


def _marks(scale: TimeScale, upright: TimeScale, reported: Reported, links: Links) -> Iterator[DrawnMark]:
    """Yield the marks at the height of their report; those of one day that would hide each other a little lower."""
    for number_of_day, (day, dated_marks) in enumerate(groupby(reported.marks, key=lambda dated: dated[1])):
        middle = _height((upright.start_of(day) + upright.end_of(day)) / 2)
        placed, rows = stack([mark for mark, _ in dated_marks], scale)
        top = min(max(middle - ROW / 2, 0), TALL - ROW - rows * LOWER)
        for placed_mark in placed:
            yield draw_mark(placed_mark, top + placed_mark.row * LOWER, ROW, f"{number_of_day}", scale, links)


def _dot(dot: Dot, scale: TimeScale, upright: TimeScale, reported: Reported, links: Links, most: int) -> DrawnColumn:
    first, last = reported.step.first(dot.cells[0]), reported.step.last(dot.cells[1])
    row = reported.row_step.first(dot.row), reported.row_step.last(dot.row)
    top, foot = _height(upright.end_of(row[1])), _height(upright.start_of(row[0]))
    level = 1 + round((LEVELS - 1) * log(dot.count) / log(most)) if most > 1 else LEVELS
    href = links.on(max(first, scale.window.first), min(last, scale.window.last))
    kind = f"d-{'solid' if dot.certain else 'hatch'} d-{level}"
    return DrawnColumn(
        href, _words(dot, reported), kind, *scale.span(first, last), svg_number(top), svg_number(foot - top)
    )


def _words(dot: Dot, reported: Reported) -> str:
    events = f"{dot.count:,} event{'' if dot.count == 1 else 's'}"
    start, end = (reported.step.label(index) for index in dot.cells)
    when = start if start == end else f"some time between {start} and {end}"
    return f"{events}, {when}, first reported: {reported.row_step.label(dot.row)}"
