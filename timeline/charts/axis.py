"""A time axis drawn in per cent: where a day is drawn, and which days carry a label."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from timeline.charts.time_steps import Step, step_for
from timeline.charts.window import Window

USUAL_PX = 960  # CSS pixels of a plot of which nothing better is known
WIDE_TICKS, NARROW_TICKS = 9, 4  # labels that fit a wide drawing, and a narrow one
LAST_LABEL = 94  # per cent: a label further to the right would be cut off
LABEL = 10  # per cent that a label takes, at most
FOLD = 4.6  # per cent of the width that a folded stretch takes
BEYOND = 0.6  # per cent beyond the edges to which a mark is drawn that reaches further, so that its end is not seen
# what lies between two labels: number of a unit, from the finest to the coarsest
STEPS = [(1, "day"), (2, "day"), (7, "day"), (1, "month"), (3, "month"), (6, "month")]
STEPS += [(years, "year") for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)]
FINEST = {"day": (1, "day"), "week": (7, "day"), "month": (1, "month"), "quarter": (3, "month"), "decade": (10, "year")}


@dataclass(frozen=True, slots=True)
class Tick:
    x: str  # "100": the label ends there, else it begins at x
    text: str
    is_strong: bool  # it names a year, or the first day shown
    only: str  # "wide" or "narrow": on which drawing it appears; empty: on both


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of days that are all equally wide."""

    window: Window
    x: float  # per cent of the width, where it begins
    end: float  # and where it ends
    is_fold: bool
    step: Step  # of its cells


def svg_number(number: float) -> str:
    """Return a number for an attribute: three decimals, no idle zeros."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


class TimeScale:
    """The days of a window as per cent of the width. Folded stretches take little of it, the others the more, the more
    days and the more dates they have, and room for a label at least; every stretch is linear."""

    def __init__(
        self, window: Window, width: int = USUAL_PX, folds: tuple[Window, ...] = (), dates: tuple[int, ...] = ()
    ):
        """`dates`: of each stretch that is not folded, how many dates lie in it; without any, its days decide."""
        self.window = window
        self.width = width  # CSS pixels
        self.pieces = tuple(self._pieces(folds, dates))
        self._stops = [piece.window.first.toordinal() for piece in self.pieces] + [window.last.toordinal() + 1]
        self._places = [piece.x for piece in self.pieces] + [100.0]
        self._slots: dict[tuple[dt.date, dt.date], tuple[float, float]] = {}

    def _pieces(self, folds: tuple[Window, ...], dates: tuple[int, ...]) -> Iterator[Piece]:
        open_windows = self.window.without(folds)
        numbers = dates or (1,) * len(open_windows)
        weights = {window: sqrt(window.days * number) for window, number in zip(open_windows, numbers, strict=True)}
        free = (100 - FOLD * len(folds)) / (sum(weights.values()) or 1)
        shares = {window: max(weight * free, LABEL) for window, weight in weights.items()}
        fitting = (100 - FOLD * len(folds)) / (sum(shares.values()) or 1)
        x = 0.0
        for window in sorted([*open_windows, *folds], key=lambda window: window.first):
            wide = shares[window] * fitting if window in shares else FOLD
            yield Piece(window, x, x + wide, window not in shares, step_for(window.days, wide * self.width / 100))
            x += wide

    @property
    def open_pieces(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.is_fold]

    @property
    def folds(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.is_fold]

    def start_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal())

    def end_of(self, day: dt.date) -> float:
        return self._per_cent(day.toordinal() + 1)

    def _per_cent(self, ordinal: int) -> float:
        if ordinal < self._stops[0]:
            return -BEYOND
        if ordinal >= self._stops[-1]:
            return 100 if ordinal == self._stops[-1] else 100 + BEYOND
        number = bisect_right(self._stops, ordinal) - 1
        (first, end), (x, x_end) = self._stops[number : number + 2], self._places[number : number + 2]
        return x + (x_end - x) * (ordinal - first) / (end - first)

    def pixels(self, per_cent: float) -> float:
        return per_cent * self.width / 100

    def inside(self, day: dt.date | None) -> str:
        """Return where a day ends; empty where that is not in the plot."""
        x = self.end_of(day) if day else -1
        return svg_number(x) if 0 <= x <= 100 else ""

    def slot(self, first: dt.date, last: dt.date) -> tuple[float, float]:
        """Return x and width; found once for each cell, since lanes have them in common."""
        if (first, last) not in self._slots:
            start = self.start_of(first)
            self._slots[first, last] = start, self.end_of(last) - start
        return self._slots[first, last]

    def span(self, first: dt.date, last: dt.date) -> tuple[str, str]:
        """Return x and width as text."""
        x, width = self.slot(first, last)
        return svg_number(x), svg_number(width)

    def cell(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """Return the cell in which a day lies, as far as it is in one stretch; beyond the window one cell on either side."""
        if day < self.window.first:
            return dt.date.min, self.window.first - dt.timedelta(days=1)
        if day > self.window.last:
            return self.window.last + dt.timedelta(days=1), dt.date.max
        piece = self.pieces[bisect_right(self._stops, day.toordinal()) - 1]
        if piece.is_fold:
            return piece.window.first, piece.window.last
        index = piece.step.index(day)
        return max(piece.step.first(index), piece.window.first), min(piece.step.last(index), piece.window.last)


def ticks(scale: TimeScale, unit: str = "day") -> list[Tick]:
    """Return the labels of an axis, for wide and for narrow drawings; none is finer than `unit`. Every stretch between
    two folds has labels of its own unit."""
    steps = STEPS[STEPS.index(FINEST.get(unit, (1, "year"))) :]
    wide, narrow = (
        [label for piece in scale.open_pieces for label in _labelled(scale, piece, steps, most)]
        for most in (WIDE_TICKS, NARROW_TICKS)
    )
    both = set(wide) & set(narrow)
    labels = [(mark, "" if mark in both else "wide") for mark in wide]
    labels += [(mark, "narrow") for mark in narrow if mark not in both]
    return [Tick(*mark, only) for mark, only in labels]


def _labelled(scale: TimeScale, piece: Piece, steps: list, most: int) -> list[tuple[str, str, bool]]:
    """Return the labels of a stretch: as many of `most` as it has of the width, at least one where it is long enough."""
    room = max(1, int(most * (piece.end - piece.x) / 100))
    days, unit = _days(piece.window.first, piece.window.last, steps, room)
    farthest = LAST_LABEL if piece is scale.pieces[-1] else max(piece.end - LABEL, piece.x)
    places = [(scale.start_of(day), day) for day in days]
    drawn = [(x, day) for x, day in places if x <= farthest]
    if scale.folds and not drawn:
        is_cut_off = piece is scale.pieces[-1] and piece.x > farthest - LABEL
        drawn, unit = [(100.0 if is_cut_off else piece.x, piece.window.first)], "day"
    named_year = False
    labels = []
    for x, day in drawn:
        text, names_year = _label(day, unit, named_year)
        named_year = named_year or names_year
        labels.append((svg_number(x), text, names_year))
    return labels


def _days(first: dt.date, last: dt.date, steps: list, most: int) -> tuple[list[dt.date], str]:
    """Return the days of the finest step that needs no more than `most` labels, and its unit."""
    for count, unit in steps:
        days = list(_every(count, unit, first, last, most + 1))
        if len(days) <= most:
            break
    return days, unit


def _every(count: int, unit: str, first: dt.date, last: dt.date, most: int) -> Iterator[dt.date]:
    """Yield at most `most` days of this step; weeks begin on Monday, months and years on their first."""
    day = _at_or_after(first, count, unit)
    while day and day <= last and most:
        yield day
        day = _next(day, count, unit)
        most -= 1


def _at_or_after(day: dt.date, count: int, unit: str) -> dt.date | None:
    if unit == "day":
        return day + dt.timedelta(days=-day.weekday() % 7) if count == 7 else day
    months = (day.year * 12 + day.month - 1) + (day.day > 1)
    step = count * (12 if unit == "year" else 1)
    return _month(-(-months // step) * step)


def _next(day: dt.date, count: int, unit: str) -> dt.date | None:
    if unit == "day":
        return day + dt.timedelta(days=count) if day.toordinal() + count <= dt.date.max.toordinal() else None
    return _month(day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1))


def _month(months: int) -> dt.date | None:
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, 1) if year <= dt.date.max.year else None


def _label(day: dt.date, unit: str, named_year: bool) -> tuple[str, bool]:
    """Return the label, and whether it names the year: the first does, and every one that begins a year."""
    if unit == "year" or unit == "month" and day.month == 1:
        return str(day.year), True
    short = f"{day:%b}" if unit == "month" else f"{day.day} {day:%b}"
    begins = not named_year or (unit == "day" and (day.month, day.day) == (1, 1))
    return (f"{short} {day.year}", True) if begins else (short, False)
