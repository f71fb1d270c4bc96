"""When it happened, across, against when it was first reported, upwards."""

from collections.abc import Iterator
from itertools import groupby
from math import log

from timeline.charts.axis import number, ticks
from timeline.charts.marks.reporting_delay import HEIGHT, Dot, Reported

from .chart_links import Links
from .lane_bars import TEXT, drawn
from .plot_scale import Scale
from .row_stacking import stacked
from .svg_types import DrawnColumn, DrawnMark, ReportedChart

TALL = HEIGHT / TEXT  # em
ROW = 2.3  # em that a mark takes
LOWER = 1.1  # em
LEVELS = 5  # of ink, for the number of events in a cell


def reported_chart(found: Reported, links: Links) -> ReportedChart:
    scale = Scale(found.window, found.width)
    upright = Scale(found.days, HEIGHT)
    most = max((dot.count for dot in found.dots), default=1)
    days = [(number(TALL * (100 - float(tick.x)) / 100), tick.text) for tick in _ticks(found)]
    return ReportedChart(
        marks=found,
        links=links,
        height=number(TALL),
        drawn=list(_marks(scale, upright, found, links)),
        dots=[_dot(one, scale, upright, found, links, most) for one in found.dots],
        ticks=ticks(found.window.first, found.window.last),
        days=days,
        same_day=_same_day(scale, upright, found),
        known=scale.inside(found.known_until),
    )


def _ticks(found: Reported) -> list:
    return [tick for tick in ticks(found.days.first, found.days.last) if tick.only != "narrow"]


def _height(per_cent: float) -> float:
    """Return the em from the top at which a day of report stands."""
    return TALL * (100 - per_cent) / 100


def _same_day(scale: Scale, upright: Scale, found: Reported) -> tuple[str, str, str, str]:
    """Return the ends of the line on which what happened and its report fall on one day."""
    first, last = found.window.first, found.window.last
    rise = [_height(upright.start_of(first)), _height(upright.end_of(last))]
    return number(scale.start_of(first)), number(rise[0]), number(scale.end_of(last)), number(rise[1])


def _marks(scale: Scale, upright: Scale, found: Reported, links: Links) -> Iterator[DrawnMark]:
    """Yield the marks at the height of their report; those of one day that would hide each other a little lower."""
    for number_of_day, (day, marks) in enumerate(groupby(found.marks, key=lambda one: one[1])):
        middle = _height((upright.start_of(day) + upright.end_of(day)) / 2)
        placed, rows = stacked([mark for mark, _ in marks], scale)
        top = min(max(middle - ROW / 2, 0), TALL - ROW - rows * LOWER)
        for one in placed:
            yield drawn(one, top + one.row * LOWER, ROW, f"{number_of_day}", scale, found.step, links)


def _dot(one: Dot, scale: Scale, upright: Scale, found: Reported, links: Links, most: int) -> DrawnColumn:
    first, last = found.step.first(one.cells[0]), found.step.last(one.cells[1])
    row = found.row_step.first(one.row), found.row_step.last(one.row)
    top, foot = _height(upright.end_of(row[1])), _height(upright.start_of(row[0]))
    level = 1 + round((LEVELS - 1) * log(one.count) / log(most)) if most > 1 else LEVELS
    href = links.on_days(first, last) if found.step.is_day else links.closer(first, last)
    kind = f"d-{'solid' if one.certain else 'hatch'} d-{level}"
    return DrawnColumn(href, _words(one, found), kind, *scale.span(first, last), number(top), number(foot - top))


def _words(one: Dot, found: Reported) -> str:
    events = f"{one.count:,} event{'' if one.count == 1 else 's'}"
    start, end = (found.step.label(index) for index in one.cells)
    when = start if start == end else f"some time between {start} and {end}"
    return f"{events}, {when}, first reported: {found.row_step.label(one.row)}"
