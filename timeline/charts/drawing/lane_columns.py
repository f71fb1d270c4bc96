"""Lanes with more events than can be drawn one by one: a column for each cell, its certain part solid."""

from collections.abc import Iterator

from timeline.charts.axis import Scale, svg_number
from timeline.charts.marks import Column, LaneMarks
from timeline.charts.marks.cell_counts import Step

from .chart_links import Links
from .svg_types import DrawnColumn, DrawnLane, Text

TOP, BASE, FOOT = 1.5, 4.4, 4.7  # em: where the tallest column ends, where all stand, where the lane ends
LEAST = 0.2  # em: the lowest column that is still seen
GAP = 0.05  # of a cell, kept free on either side of its column
DIGIT, SPACE = 6.9, 4  # CSS pixels
MOST_COUNTS = 40  # of one lane


def draw_columns(lane_marks: LaneMarks, lane: int, scale: Scale, step: Step, links: Links) -> DrawnLane:
    tallest = max((cell.possible for cell in lane_marks.columns), default=1)
    return DrawnLane(
        number=lane,
        lane=lane_marks.lane,
        height=svg_number(FOOT),
        marks=[],
        columns=[_column(column, scale, step, links, tallest) for column in lane_marks.columns],
        certain="".join(_certain(column, scale, tallest) for column in lane_marks.columns if column.certain),
        texts=tuple(_counts(lane_marks.columns, scale, tallest)),
    )


def _height(count: int, tallest: int) -> float:
    return max(LEAST, (BASE - TOP) * count / tallest) if count else 0


def _column(column: Column, scale: Scale, step: Step, links: Links, tallest: int) -> DrawnColumn:
    start, end = scale.start_of(column.first), scale.end_of(column.last)
    gap = GAP * (end - start)
    height = _height(column.possible, tallest)
    kind = "c-hatch" if column.possible > column.certain else "c-plain"
    href = links.on_days(column.first, column.last) if step.is_day else links.closer(column.first, column.last)
    span = svg_number(start + gap), svg_number(end - start - 2 * gap)
    return DrawnColumn(href, column.words, kind, *span, svg_number(BASE - height), svg_number(height))


def _certain(column: Column, scale: Scale, tallest: int) -> str:
    start, end = column.first.toordinal() - scale.start, column.last.toordinal() + 1 - scale.start
    gap = GAP * (end - start)
    top = round(100 * (BASE - _height(column.certain, tallest)))
    return f"M{svg_number(start + gap)} {100 * BASE:.0f}V{top}H{svg_number(end - gap)}V{100 * BASE:.0f}Z"


def _counts(columns: tuple[Column, ...], scale: Scale, tallest: int) -> Iterator[Text]:
    """Yield the number above each column if all of them fit, else that of a tallest one."""
    peak = next((column for column in columns if column.possible == tallest), None)
    fit = len(columns) <= MOST_COUNTS and all(_wide(column, scale) >= _needed(column) for column in columns)
    for column in columns if fit else filter(None, [peak]):
        x = (scale.start_of(column.first) + scale.end_of(column.last)) / 2
        kind = "n-cell n-peak" if column is peak else "n-cell"
        y = BASE - _height(column.possible, tallest) - 0.35
        edge = 50 * _needed(column) / scale.pixels(100)  # per cent: half its text
        yield Text(f"{column.possible:,}", kind, svg_number(min(max(x, edge), 100 - edge)), svg_number(y))


def _needed(column: Column) -> float:
    return len(f"{column.possible:,}") * DIGIT + SPACE


def _wide(column: Column, scale: Scale) -> float:
    return scale.pixels(scale.end_of(column.last) - scale.start_of(column.first))
