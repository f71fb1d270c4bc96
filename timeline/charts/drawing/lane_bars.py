"""Marks of lanes in which each event, or each small group, is drawn.

Lanes with more events than can be drawn one by one: a column for each cell, its certain part solid.
"""

from collections.abc import Iterator

from timeline.charts.axis import Scale, svg_number
from timeline.charts.marks import Column, LaneMarks, Mark
from timeline.charts.marks.cell_counts import Step
from timeline.charts.marks.uncertainty_shape import Shape

from .drawn_chart import DrawnColumn, DrawnLane, DrawnMark, Links, Rect, Sign, Text
from .row_stacking import NARROW, Placed

ROW, ROW_ABOVE = 2.3, 3.2  # em: a row of marks, and one with names above them
NAME = 0.95  # em that a name above its mark takes
BAR_Y, BAR = 0.74, 0.82  # em within its row
BLOCK_Y, BLOCK = 0.35, 1.6
BASELINE = 1.52
TEXT = 12  # CSS pixels of an em
FITS = 9  # the largest number that is sure to fit into a cell


def row_height(scale: Scale) -> float:
    return ROW_ABOVE if scale.width < NARROW else ROW


def draw_in_row(placed: Placed, lane: int, scale: Scale, step: Step, links: Links) -> DrawnMark:
    """Return a mark in its row of a lane."""
    height = row_height(scale)
    above = NAME if height == ROW_ABOVE else 0
    return draw_mark(placed, placed.row * height + above, height - above, f"{lane}", scale, step, links)


def draw_mark(
    placed: Placed, top: float, height: float, place: str, scale: Scale, step: Step, links: Links
) -> DrawnMark:
    """Return a mark whose row begins `top` em down; `place` tells its group from those of other rows."""
    mark = placed.mark
    lists = mark.is_group and (mark.is_one_instant or step.is_day)
    rects = list(_rects(mark, scale, top, step))
    hit = (
        rects[0] if mark.is_block else Rect("", svg_number(placed.start), svg_number(placed.end - placed.start), "", "")
    )
    return DrawnMark(
        mark=mark,
        key=f"{place}-{mark.cells[0]}-{mark.cells[1]}{mark.shape.arrow}{'claim' if mark.shape.is_claim else ''}"
        if mark.is_group
        else mark.events[0].public_id,
        href=_href(mark, lists, links),
        hit=Rect("m-hit", hit.x, hit.width, svg_number(top), svg_number(height)),
        rects=rects,
        signs=list(_signs(mark, scale, top + BAR_Y)),
        texts=[*_name(placed, top, scale), *_count(mark, top, scale, step)],
        lists=lists,
    )


def _href(mark: Mark, lists: bool, links: Links) -> str:
    if not mark.is_group:
        return links.event(mark.events[0].public_id)
    address_of = links.on_days if lists else links.closer
    return address_of(mark.shape.first, mark.shape.last)


def _rects(mark: Mark, scale: Scale, top: float, step: Step) -> Iterator[Rect]:
    if mark.is_block:
        cell = step.first(mark.cells[0]), step.last(mark.cells[1])
        kind = "m-open" if mark.shape.is_claim else "m-solid"
        yield Rect(kind, *scale.span(*cell), svg_number(top + BLOCK_Y), svg_number(BLOCK))
        return
    y, height = svg_number(top + BAR_Y), svg_number(BAR)
    if mark.shape.is_claim:
        spans = sorted(filter(None, [*mark.shape.hatched, mark.shape.solid]))
        if spans:
            yield Rect("m-open", *scale.span(spans[0][0], spans[-1][1]), y, height)
        return
    for span in mark.shape.hatched:
        yield Rect("m-hatch", *scale.span(*span), y, height)
    if mark.shape.solid:
        yield Rect("m-solid", *scale.span(*mark.shape.solid), y, height)


SIGNS = {  # x and y from where it stands, width, height, in em
    "m-before": ("-4", "0", "4", ".82"),
    "m-after": ("0", "0", "4", ".82"),
    "m-limit": ("-.17", "-.2", ".34", "1.22"),
    "m-torn": ("0", "0", ".7", ".82"),
}
SHAPE = ("-.7", "-.7", "1.4", "1.4")


def _signs(mark: Mark, scale: Scale, y: float) -> Iterator[Sign]:
    shape = mark.shape
    if shape.is_one_day and not mark.is_block:
        middle = (scale.start_of(shape.first) + scale.end_of(shape.last)) / 2
        yield Sign(f"g-{mark.category}", svg_number(middle), svg_number(y + BAR / 2), SHAPE)
    for symbol, x in _open_ends(shape, scale):
        yield Sign(symbol, svg_number(x), svg_number(y), SIGNS[symbol])


def _open_ends(shape: Shape, scale: Scale) -> Iterator[tuple[str, float]]:
    if shape.arrow == "start":
        limit = scale.end_of(shape.stop[1])
        yield "m-before", scale.start_of(shape.first) if shape.is_bounded else limit
        yield "m-limit", limit
    if shape.arrow == "end":
        limit = scale.start_of(shape.stop[0])
        yield "m-after", scale.end_of(shape.last) if shape.is_bounded else limit
        yield "m-limit", limit
    if shape.is_torn:
        yield "m-torn", scale.end_of(shape.last)


def _name(placed: Placed, top: float, scale: Scale) -> Iterator[Text]:
    start, end = svg_number(max(placed.start, 0)), svg_number(min(placed.end, 100))
    beside, away = svg_number(top + BASELINE), _overhang(placed.mark, placed.side, scale) / TEXT + 0.6
    if placed.side == "end":
        yield Text(placed.label, "m-label", end, beside, svg_number(away))
    elif placed.side == "start":
        yield Text(placed.label, "m-label t-end", start, beside, svg_number(-away))
    elif placed.side == "inside":
        yield Text(placed.label, "m-label m-inside", start, beside, "1.2")
    elif placed.label:
        yield Text(placed.label, "m-label", placed.side, svg_number(top + 0.2))


def _overhang(mark: Mark, side: str, scale: Scale) -> float:
    """Return by how many pixels a sign stands out beyond the span of its mark."""
    shape = mark.shape
    if shape.arrow == side:
        return 50
    if shape.is_torn and side == "end":
        return 7
    if shape.is_one_day:
        wide = scale.pixels(scale.end_of(shape.last) - scale.start_of(shape.first))
        return max(0, 9 - wide / 2)
    return 0


def _count(mark: Mark, top: float, scale: Scale, step: Step) -> Iterator[Text]:
    count = len(mark.events)
    if count == 1:
        return
    start, end = scale.start_of(mark.shape.first), scale.end_of(mark.shape.last)
    if not mark.is_block:
        yield Text(str(count), "m-beside", svg_number(min(end, 100)), svg_number(top + BASELINE), "0.4")
        return
    start, end = scale.start_of(step.first(mark.cells[0])), scale.end_of(step.last(mark.cells[1]))
    if count <= FITS or scale.pixels(end - start) >= 20:
        yield Text(str(count), "m-num", svg_number((start + end) / 2), svg_number(top + BASELINE))
    else:
        yield Text(str(count), "m-beside", svg_number(end), svg_number(top + BASELINE), "0.3")


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
