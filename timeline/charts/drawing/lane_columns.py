"""Lanes with more events than can be drawn one by one: a column for each cell, its certain part solid."""

from collections.abc import Iterator

from timeline.charts.axis import number
from timeline.charts.marks import Column, LaneMarks
from timeline.charts.marks.time_steps import Step

from .chart_links import Links
from .plot_scale import Scale
from .svg_types import DrawnColumn, DrawnLane, Text

TOP, BASE, FOOT = 1.5, 4.4, 4.7  # em: where the tallest column ends, where all stand, where the lane ends
LEAST = 0.2  # em: the lowest column that is still seen
GAP = 0.05  # of a cell, kept free on either side of its column
DIGIT, SPACE = 6.9, 4  # CSS pixels
MOST_COUNTS = 40  # of one lane


def drawn(found: LaneMarks, lane: int, scale: Scale, step: Step, links: Links) -> DrawnLane:
    tallest = max((column.possible for column in found.columns), default=1)
    return DrawnLane(
        number=lane,
        lane=found.lane,
        height=number(FOOT),
        marks=[],
        columns=[_column(one, scale, step, links, tallest) for one in found.columns],
        certain="".join(_certain(one, scale, tallest) for one in found.columns if one.certain),
        texts=tuple(_counts(found.columns, scale, tallest)),
    )


def _height(count: int, tallest: int) -> float:
    return max(LEAST, (BASE - TOP) * count / tallest) if count else 0


def _column(one: Column, scale: Scale, step: Step, links: Links, tallest: int) -> DrawnColumn:
    start, end = scale.start_of(one.first), scale.end_of(one.last)
    gap = GAP * (end - start)
    height = _height(one.possible, tallest)
    kind = "c-hatch" if one.possible > one.certain else "c-plain"
    href = links.on_days(one.first, one.last) if step.is_day else links.closer(one.first, one.last)
    span = number(start + gap), number(end - start - 2 * gap)
    return DrawnColumn(href, one.words, kind, *span, number(BASE - height), number(height))


def _certain(one: Column, scale: Scale, tallest: int) -> str:
    start, end = one.first.toordinal() - scale.start, one.last.toordinal() + 1 - scale.start
    gap = GAP * (end - start)
    top = round(100 * (BASE - _height(one.certain, tallest)))
    return f"M{number(start + gap)} {100 * BASE:.0f}V{top}H{number(end - gap)}V{100 * BASE:.0f}Z"


def _counts(columns: tuple[Column, ...], scale: Scale, tallest: int) -> Iterator[Text]:
    """Yield the number above each column if all of them fit, else that of a tallest one."""
    peak = next((one for one in columns if one.possible == tallest), None)
    fit = len(columns) <= MOST_COUNTS and all(_wide(one, scale) >= _needed(one) for one in columns)
    for one in columns if fit else filter(None, [peak]):
        x = (scale.start_of(one.first) + scale.end_of(one.last)) / 2
        kind = "n-cell n-peak" if one is peak else "n-cell"
        y = BASE - _height(one.possible, tallest) - 0.35
        edge = 50 * _needed(one) / scale.pixels(100)  # per cent: half its text
        yield Text(f"{one.possible:,}", kind, number(min(max(x, edge), 100 - edge)), number(y))


def _needed(one: Column) -> float:
    return len(f"{one.possible:,}") * DIGIT + SPACE


def _wide(one: Column, scale: Scale) -> float:
    return scale.pixels(scale.end_of(one.last) - scale.start_of(one.first))
