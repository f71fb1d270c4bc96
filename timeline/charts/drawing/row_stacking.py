"""Marks beside and beneath each other: which row each takes, and on which side its name is."""

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.charts.axis import TimeScale
from timeline.charts.marks import Mark

MOST_ROWS = 5
LABELS = (90, 44, 30)  # characters of a name: all of it if there is room, else so many
CHARACTER = 6.3  # CSS pixels, on average, at the size of the chart's text
GLYPH = 18  # CSS pixels
ARROW = 50
SPACE = 8
NARROW = 560  # CSS pixels of the plot; below, names are above their marks


@dataclass(frozen=True, slots=True)
class Placed:
    mark: Mark
    start: float  # of what is drawn in per cent, arrows and shapes left out
    end: float
    row: int = 0
    label: str = ""
    side: str = ""  # of the label: "start", "end", "inside"; above the mark: its x in per cent


def place(marks: Iterable[Mark], scale: TimeScale) -> list[Placed] | None:
    """Return the marks in rows, with their names if there is room; None where there is not even for the marks."""
    measured = [_measured(mark, scale) for mark in marks]
    for make in (_labelled, _bare):
        placed = _in_rows([make(candidate, scale) for candidate in measured])
        if all(candidate.row < MOST_ROWS for candidate in placed):
            return placed
    return None


def place_with_names(marks: tuple[Mark, ...], scale: TimeScale, rows: int) -> list[Placed] | None:
    """Return the marks of single events in at most so many rows, each with its name; None where not all have room."""
    placed = _in_rows([_labelled(_measured(mark, scale), scale) for mark in marks])
    return placed if placed and all(single.label and single.row < rows for single in placed) else None


def stack(marks: Iterable[Mark], scale: TimeScale) -> tuple[list[Placed], int]:
    """Return the marks, without names, in as many rows as they need, and the number of the last."""
    placed = _in_rows([_bare(_measured(mark, scale), scale) for mark in marks])
    return placed, max((candidate.row for candidate in placed), default=0)


def _measured(mark: Mark, scale: TimeScale) -> Placed:
    shape = mark.shape
    start, end = scale.start_of(shape.first), scale.end_of(shape.last)
    if shape.stop and not (shape.hatched or shape.solid):
        start = end = end if shape.arrow == "start" else start
    return Placed(mark, start, end)


def _extent(placed: Placed, scale: TimeScale) -> tuple[float, float]:
    """Return the pixels from which and to which a mark reaches, as far as they are in the plot."""
    start, end = scale.pixels(placed.start), scale.pixels(placed.end)
    start -= ARROW if placed.mark.shape.arrow == "start" else 0
    end += ARROW if placed.mark.shape.arrow == "end" else 0
    if placed.mark.shape.is_one_day or placed.mark.is_block:
        middle = (start + end) / 2
        start, end = min(start, middle - GLYPH / 2), max(end, middle + GLYPH / 2)
    return max(start, 0), min(end, scale.width)


def _bare(placed: Placed, scale: TimeScale) -> tuple[Placed, float, float]:
    return (placed, *_extent(placed, scale))


def _labelled(placed: Placed, scale: TimeScale) -> tuple[Placed, float, float]:
    """Return a mark with its name, as much of it as there is room for, and the pixels that both take."""
    start, end = _extent(placed, scale)
    if placed.mark.is_group:
        return placed, start, end
    for longest in LABELS:
        label = shorten(placed.mark.events[0].title, longest)
        wide = len(label) * CHARACTER + SPACE
        sides = _above(start, end, wide, scale) if scale.width < NARROW else _beside(start, end, wide, scale)
        if sides:
            return _named(placed, label, *sides)
    return placed, start, end


Side = tuple[str, float, float]


def _above(start: float, end: float, wide: float, scale: TimeScale) -> Side | None:
    if wide > scale.width:
        return None
    left = min(start, scale.width - wide)
    return f"{100 * left / scale.width:.2f}", left, max(end, left + wide)


def _beside(start: float, end: float, wide: float, scale: TimeScale) -> Side | None:
    if end + wide <= scale.width:
        return "end", start, end + wide
    if start - wide >= 0:
        return "start", start - wide, end
    return ("inside", start, end) if end - start >= wide + 3 * SPACE else None


def _named(placed: Placed, label: str, side: str, start: float, end: float) -> tuple[Placed, float, float]:
    return Placed(placed.mark, placed.start, placed.end, 0, label, side), start, end


def _in_rows(extents: Iterable[tuple[Placed, float, float]]) -> list[Placed]:
    """Return each in the first row where it has room."""
    rows: list[list[tuple[float, float]]] = []
    in_rows = []
    for placed, start, end in extents:
        taken = next((n for n, row in enumerate(rows) if _is_free(row, start, end)), len(rows))
        if taken == len(rows):
            rows.append([])
        rows[taken].append((start, end))
        in_rows.append(Placed(placed.mark, placed.start, placed.end, taken, placed.label, placed.side))
    return in_rows


def _is_free(row: list[tuple[float, float]], start: float, end: float) -> bool:
    return all(end + SPACE <= other or start >= other_end + SPACE for other, other_end in row)


def shorten(title: str, longest: int) -> str:
    if len(title) <= longest:
        return title
    return f"{title[:longest].rsplit(' ', 1)[0].rstrip(',;:–-')} …"
