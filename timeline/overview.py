"""The histogram as the overview draws it: per cent of the width across, em downwards, so that no script is needed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from timeline import axis
from timeline.filters import EventFilter, periods
from timeline.filters.periods import Period
from timeline.histogram import Bar, Histogram

TOP, BASE = 2.4, 8.6  # em: between which a bucket lies
TALLEST = BASE - 3.4  # em: of the tallest bar, so that its number stays clear of the window's edge
LEAST = 0.15  # em: the lowest bar that is still seen
LEAST_COUNTED = 0.5  # events: a bar of less has no number above it
GAP = 0.12  # of a bucket's width, kept free on either side of its bar
WIDEST_GAP = 0.3  # per cent
FEW = 12  # so many bars, or fewer, are not stretched over the whole width
EM_OF_ONE = 6  # em: the width of a bar where there are few
WIDE, NARROW = 54, 24  # em: the least width of a wide drawing, and of any
EM_PER_CHARACTER = 0.62


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle: x and width in per cent, y and height in em."""

    kind: str  # its class: b-ghost, b-solid, b-hatch, b-out
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Column:
    """One bucket: the whole slot is its link, the marks stand in it."""

    bar: Bar
    x: str
    width: str
    title: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Count:
    """A number above a bar."""

    x: str
    y: str
    text: str
    place: str  # its classes: where it is held, and whether only a wide drawing has room for it


@dataclass(frozen=True, slots=True)
class Window:
    """The period in force, or the whole extent: two edges, and what they are called."""

    x: str
    width: str
    end: str
    first: str  # "November 2020"
    last: str

    @property
    def words(self) -> str:
        return self.first if self.first == self.last else f"{self.first} to {self.last}"

    @property
    def is_left(self) -> bool:
        """Return whether its words stand at its left edge, else at its right one, so that they end inside."""
        return float(self.x) < 50


@dataclass(frozen=True, slots=True)
class Overview:
    histogram: Histogram
    width: str  # of the drawing, as an SVG length
    columns: list[Column]
    counts: list[Count]
    ticks: list[axis.Tick]
    window: Window
    notes: list[str]
    hidden: str  # what the pale parts are, in words; empty: there are none
    has_period: bool
    query_without_period: str


def overview(histogram: Histogram, chosen: EventFilter) -> Overview | None:
    """Return the drawing; None where there is no bar to draw."""
    if not histogram.bars:
        return None
    scale = _Scale(histogram)
    first, last = _period(chosen)
    outside = _outside(chosen)
    columns = [_column(bar, scale, first, last, outside) for bar in histogram.bars]
    return Overview(
        histogram=histogram,
        width="100%" if len(columns) > FEW else f"{len(columns) * EM_OF_ONE}em",
        columns=columns,
        counts=list(_counts(histogram, scale)),
        ticks=axis.ticks(histogram.bars[0].first, histogram.bars[-1].last, histogram.unit),
        window=_window(histogram, scale, first, last),
        notes=list(_notes(histogram, first, last)),
        hidden=outside if any(_hidden(bar) for bar in histogram.bars) else "",
        has_period=chosen.has_period,
        query_without_period=chosen.query_without("from", "to"),
    )


def _period(chosen: EventFilter) -> tuple[Period | None, Period | None]:
    return chosen.wanted.get("from"), chosen.wanted.get("to")


def _outside(chosen: EventFilter) -> str:
    """Return what the events are that only the period, or the wish for certainty, keeps from the list."""
    if not chosen.certainly:
        return "outside the period"
    return "not certainly in the period" if chosen.has_period else "of no certain date"


class _Scale:
    """Where days and numbers stand."""

    def __init__(self, histogram: Histogram):
        self.across = axis.Across(histogram.bars[0].first, histogram.bars[-1].last)
        self.tallest = max(bar.all_certain + bar.all_possible for bar in histogram.bars) or 1

    def height(self, number: float) -> float:
        return max(LEAST, TALLEST * number / self.tallest) if number > 0 else 0

    def slot(self, bar: Bar) -> tuple[float, float]:
        """Return (x, width) of the bucket."""
        start, end = self.across.start_of(bar.first), self.across.end_of(bar.last)
        return start, end - start


def _column(bar: Bar, scale: _Scale, first: Period | None, last: Period | None, outside: str) -> Column:
    x, width = scale.slot(bar)
    marks = [*_stack(bar, scale, x, width), *_veils(bar, scale, first, last)]
    return Column(bar, axis.number(x), axis.number(width), title(bar, outside), marks)


def _stack(bar: Bar, scale: _Scale, x: float, width: float) -> Iterator[Mark]:
    """Yield what the period hides, then what is certain, then what is possible on top of it."""
    gap = min(WIDEST_GAP, GAP * width)
    certain, possible = scale.height(bar.certain), scale.height(bar.possible)
    ghost = scale.height(bar.all_certain + bar.all_possible) if _hidden(bar) else 0
    stacked = [("b-ghost", 0, ghost), ("b-solid", 0, certain), ("b-hatch", certain, possible)]
    for kind, foot, height in stacked:
        if height:
            y = BASE - foot - height
            yield Mark(kind, *map(axis.number, (x + gap, width - 2 * gap, y, height)))


def _veils(bar: Bar, scale: _Scale, first: Period | None, last: Period | None) -> Iterator[Mark]:
    """Yield a veil over the part of an edge bucket that lies outside the period."""
    start, end = scale.across.start_of(bar.first), scale.across.end_of(bar.last)
    y, height = axis.number(TOP), axis.number(BASE - TOP)
    if bar.partial in ("start", "both"):
        edge = scale.across.start_of(first.first)
        yield Mark("b-out", axis.number(start), axis.number(edge - start), y, height)
    if bar.partial in ("end", "both"):
        edge = scale.across.end_of(last.last)
        yield Mark("b-out", axis.number(edge), axis.number(end - edge), y, height)


def _hidden(bar: Bar) -> float:
    """Return the weight of the events that the period hides; below half a millionth it is rounding."""
    weight = bar.all_certain + bar.all_possible - bar.certain - bar.possible
    return weight if weight > 5e-7 else 0


def title(bar: Bar, outside: str = "outside the period") -> str:
    """Return "November 2020: 2 events, 1 of them only possibly; 3 more outside the period"."""
    parts = []
    if bar.events:
        parts.append(f"{_events(bar.events)}{_only_possibly(bar)}")
    if hidden := round(_hidden(bar)):
        about = "" if abs(_hidden(bar) - hidden) < 1e-6 else "about "
        what = f"{hidden:,} more" if bar.events else _events(hidden)
        parts.append(f"{about}{what} {outside}")
    return f"{bar.label}: {'; '.join(parts) or 'no events'}"


def _only_possibly(bar: Bar) -> str:
    if not bar.only_possibly:
        return ""
    if bar.only_possibly == bar.events:
        return ", only possibly" if bar.events == 1 else ", all of them only possibly"
    return f", {bar.only_possibly:,} of them only possibly"


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"


def _counts(histogram: Histogram, scale: _Scale) -> Iterator[Count]:
    """Yield the numbers that fit above their bars, and in any case that of the greatest. Where only a small part of
    some event falls there is none: the same event would be counted in every bar that it may belong to."""
    counted = [bar for bar in histogram.bars if bar.certain + bar.possible >= LEAST_COUNTED]
    peak = max(counted, key=lambda bar: (bar.certain + bar.possible, bar.events), default=None)
    stretched = len(histogram.bars) > FEW
    for bar in counted:
        x, width = scale.slot(bar)
        text = f"{bar.events:,}"
        needed = len(text) * EM_PER_CHARACTER + 0.3
        wide, narrow = (not stretched or width / 100 * least >= needed for least in (WIDE, NARROW))
        if wide or bar is peak:
            y = BASE - scale.height(bar.certain) - scale.height(bar.possible) - 0.35
            at, held = _held(x, width) if bar is peak and not narrow else (x + width / 2, "")
            yield Count(axis.number(at), axis.number(y), text, held if narrow or bar is peak else "axis-wide")


def _held(x: float, width: float) -> tuple[float, str]:
    """Return where a number wider than its bar is held, so that it ends inside the drawing."""
    if x < 10:
        return x, "t-start"
    return (x + width, "t-end") if x + width > 90 else (x + width / 2, "")


def _window(histogram: Histogram, scale: _Scale, first: Period | None, last: Period | None) -> Window:
    start = scale.across.start_of(first.first) if first else 0
    end = scale.across.end_of(last.last) if last else 100
    return Window(
        axis.number(start),
        axis.number(max(end - start, 0)),
        axis.number(max(end, start)),
        (first or _bound(histogram.bars[0], "from")).in_words,
        (last or _bound(histogram.bars[-1], "to")).in_words,
    )


def _bound(bar: Bar, name: str) -> Period:
    """Return the period as which a bucket begins ("from") or ends ("to")."""
    return periods.parse(QueryDict(bar.query)[name])


def _notes(histogram: Histogram, first: Period | None, last: Period | None) -> Iterator[str]:
    for bar in histogram.bars:
        if bar.partial:
            yield f"{bar.label} is partial: the period {_edges(bar, first, last)}."
    if first and first.first > histogram.bars[-1].last or last and last.last < histogram.bars[0].first:
        yield "The period lies outside this drawing."
    yield "An event that lasts, or still goes on, stands where it begins."
    if histogram.undated:
        are = "is" if histogram.undated == 1 else "are"
        yield f"{_events(histogram.undated)} without a known start {are} in no bar."


def _edges(bar: Bar, first: Period | None, last: Period | None) -> str:
    begins = f"begins on {_day(first.first)}" if bar.partial in ("start", "both") else ""
    ends = f"ends on {_day(last.last)}" if bar.partial in ("end", "both") else ""
    return " and ".join(filter(None, [begins, ends]))


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
