"""Marks of lanes in which each event, or each small group, is drawn.

Lanes with more events than can be drawn one by one: a column for each cell, its certain part solid.
"""

from collections.abc import Iterator

from timeline.charts.axis import TimeScale, svg_number
from timeline.charts.bars import EM, Heights, has_room, number_width
from timeline.charts.marks import Column, LaneMarks, Mark
from timeline.charts.marks.lane_plan import Lane
from timeline.charts.marks.uncertainty_shape import Shape

from .chart_links import Links
from .drawn_chart import Box, DrawnColumn, DrawnLane, DrawnMark, Rect, Sign, Text
from .row_stacking import NARROW, Placed

ROW, ROW_ABOVE = 2.34, 3.2  # em: a row of marks, and one with names above them
NAME = 0.95  # em that a name above its mark takes
BAR_Y, BAR = 0.74, 0.82  # em within its row
BLOCK_Y, BLOCK = 0.35, 1.6
BASELINE = 1.52
FITS = 9  # the largest number that is sure to fit into a cell


def row_height(scale: TimeScale) -> float:
    return ROW_ABOVE if scale.width < NARROW else ROW


def draw_in_row(placed: Placed, lane: int, scale: TimeScale, links: Links) -> DrawnMark:
    """Return a mark in its row of a lane."""
    height = row_height(scale)
    above = NAME if height == ROW_ABOVE else 0
    return draw_mark(placed, placed.row * height + above, height - above, f"{lane}", scale, links)


def draw_mark(placed: Placed, top: float, height: float, place: str, scale: TimeScale, links: Links) -> DrawnMark:
    """Return a mark whose row begins `top` em down; `place` tells its group from those of other rows."""
    mark = placed.mark
    lists = mark.is_group and (mark.is_one_instant or mark.is_one_day)
    rects = list(_rects(mark, scale, top))
    hit = (
        rects[0] if mark.is_block else Rect("", svg_number(placed.start), svg_number(placed.end - placed.start), "", "")
    )
    return DrawnMark(
        mark=mark,
        key=_key(mark, place),
        href=_href(mark, lists, links),
        hit=Rect("m-hit", hit.x, hit.width, svg_number(top), svg_number(height)),
        rects=rects,
        signs=list(_signs(mark, scale, top + BAR_Y)),
        texts=[*_name(placed, top, scale), *_count(mark, top, scale)],
        lists=lists,
    )


def _key(mark: Mark, place: str) -> str:
    if not mark.is_group:
        return mark.events[0].public_id
    days = "-".join(f"{day:%Y%m%d}" for day in (mark.cells[0][0], mark.cells[1][1]))
    return f"{place}-{days}{mark.shape.arrow}{'claim' if mark.shape.is_claim else ''}"


def _href(mark: Mark, lists: bool, links: Links) -> str:
    if not mark.is_group:
        return links.event(mark.events[0].public_id)
    address_of = links.on if lists else links.closer
    return address_of(mark.shape.first, mark.shape.last)


def _rects(mark: Mark, scale: TimeScale, top: float) -> Iterator[Rect]:
    if mark.is_block:
        cell = mark.cells[0][0], mark.cells[1][1]
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


SIGNS = {
    "m-before": Box("-4", "0", "4", ".82"),
    "m-after": Box("0", "0", "4", ".82"),
    "m-limit": Box("-.17", "-.2", ".34", "1.22"),
    "m-torn": Box("0", "0", ".7", ".82"),
}
SHAPE = Box("-.7", "-.7", "1.4", "1.4")


def _signs(mark: Mark, scale: TimeScale, y: float) -> Iterator[Sign]:
    shape = mark.shape
    if shape.is_one_day and not mark.is_block:
        middle = (scale.start_of(shape.first) + scale.end_of(shape.last)) / 2
        yield Sign(f"g-{mark.category}", svg_number(middle), svg_number(y + BAR / 2), SHAPE)
    for symbol, x in _open_ends(shape, scale):
        yield Sign(symbol, svg_number(x), svg_number(y), SIGNS[symbol])


def _open_ends(shape: Shape, scale: TimeScale) -> Iterator[tuple[str, float]]:
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


def _name(placed: Placed, top: float, scale: TimeScale) -> Iterator[Text]:
    start, end = svg_number(max(placed.start, 0)), svg_number(min(placed.end, 100))
    beside, away = svg_number(top + BASELINE), _overhang(placed.mark, placed.side, scale) / EM + 0.6
    if placed.side == "end":
        yield Text(placed.label, "m-label", end, beside, svg_number(away))
    elif placed.side == "start":
        yield Text(placed.label, "m-label t-end", start, beside, svg_number(-away))
    elif placed.side == "inside":
        yield Text(placed.label, "m-label m-inside", start, beside, "1.2")
    elif placed.label:
        yield Text(placed.label, "m-label", placed.side, svg_number(top + 0.2))


def _overhang(mark: Mark, side: str, scale: TimeScale) -> float:
    """Return by how many pixels a sign reaches beyond the span of its mark."""
    shape = mark.shape
    if shape.arrow == side:
        return 50
    if shape.is_torn and side == "end":
        return 7
    if shape.is_one_day:
        wide = scale.pixels(scale.end_of(shape.last) - scale.start_of(shape.first))
        return max(0, 9 - wide / 2)
    return 0


def _count(mark: Mark, top: float, scale: TimeScale) -> Iterator[Text]:
    count = len(mark.events)
    if count == 1:
        return
    start, end = scale.start_of(mark.shape.first), scale.end_of(mark.shape.last)
    if not mark.is_block:
        yield Text(str(count), "m-beside", svg_number(min(end, 100)), svg_number(top + BASELINE), "0.4")
        return
    start, end = scale.start_of(mark.cells[0][0]), scale.end_of(mark.cells[1][1])
    if count <= FITS or scale.pixels(end - start) >= 20:
        yield Text(str(count), "m-num", svg_number((start + end) / 2), svg_number(top + BASELINE))
    else:
        yield Text(str(count), "m-beside", svg_number(end), svg_number(top + BASELINE), "0.3")


TOP, BASE, FOOT = 1.5, 4.4, 4.7  # em: where the tallest column ends, where all are, where the lane ends
LEAST = 0.2  # em: the lowest column that is still seen
GAP = 0.05  # of a cell, kept free on either side of its column
MOST_COUNTS = 40  # of one lane


def draw_columns(lane_marks: LaneMarks, lane: int, scale: TimeScale, links: Links, href: str) -> DrawnLane:
    columns = lane_marks.columns
    tallest = max((column.possible for column in columns), default=1)
    heights = Heights(tallest, BASE - TOP, LEAST, by_root=links.view.is_by_root)
    return DrawnLane(
        number=lane,
        lane=lane_marks.lane,
        href=href,
        height=svg_number(FOOT),
        marks=[],
        columns=[_column(column, scale, heights, links, lane_marks.lane) for column in columns],
        certain="".join(_certain(column, scale, heights) for column in columns if column.certain),
        texts=tuple(_counts(columns, scale, heights)),
    )


def _column(column: Column, scale: TimeScale, heights: Heights, links: Links, lane: Lane) -> DrawnColumn:
    x, width = scale.slot(column.first, column.last)
    gap, height = GAP * width, heights(column.possible)
    kind = "c-hatch" if column.possible > column.certain else ""
    return DrawnColumn(
        links.on(column.first, column.last, lane),
        f"{column.words}, {lane.label}",
        kind,
        svg_number(x + gap),
        svg_number(width - 2 * gap),
        svg_number(BASE - height),
        svg_number(height),
        column.first.isoformat() if column.first == column.last else "",
    )


def _certain(column: Column, scale: TimeScale, heights: Heights) -> str:
    """Return the path of the certain part: hundredths of a per cent across, hundredths of an em down."""
    x, width = scale.slot(column.first, column.last)
    gap, top = GAP * width, round(100 * (BASE - heights(column.certain)))
    left, right = round(100 * (x + gap)), round(100 * (x + width - gap))
    return f"M{left} {100 * BASE:.0f}V{top}H{right}V{100 * BASE:.0f}Z"


def _counts(columns: tuple[Column, ...], scale: TimeScale, heights: Heights) -> Iterator[Text]:
    """Yield the number above each column that has room for it, and above a tallest one in any case."""
    em = scale.width / EM
    peak = max(columns, key=lambda column: column.possible, default=None)
    for column in columns:
        x, width = scale.slot(column.first, column.last)
        if column is peak or len(columns) <= MOST_COUNTS and has_room(column.possible, width, em):
            kind = "n-cell n-peak" if column is peak else "n-cell"
            edge = 50 * number_width(column.possible) / em  # per cent: half its text
            middle = min(max(x + width / 2, edge), 100 - edge)
            y = BASE - heights(column.possible) - 0.35
            yield Text(f"{column.possible:,}", kind, svg_number(middle), svg_number(y))
