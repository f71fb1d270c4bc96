"""The histogram as it is drawn, so that a template need not reckon."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from timeline.charts import axis
from timeline.charts.histogram import Bar, Histogram
from timeline.charts.overview import bar_labels
from timeline.dates import periods
from timeline.dates.periods import Period
from timeline.filters import EventFilter

# Where days and numbers stand: per cent of the width across, em downwards.

TOP, BASE = 2.4, 8.6  # em: between which a bucket lies
TALLEST = BASE - 3.4  # em: of the tallest bar, so that its number stays clear of the window's edge
LEAST = 0.15  # em: the lowest bar that is still seen
GAP = 0.12  # of a bucket's width, kept free on either side of its bar
WIDEST_GAP = 0.3  # per cent
FEW = 12  # so many bars, or fewer, are not stretched over the whole width


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle: x and width in per cent, y and height in em."""

    kind: str  # its class: b-ghost, b-solid, b-hatch, b-out
    x: str
    width: str
    y: str
    height: str


def bar_mark(kind: str, x: float, width: float, y: float, height: float) -> Mark:
    """Return a bar in the bucket from `x` on, with a gap on either side."""
    gap = min(WIDEST_GAP, GAP * width)
    return Mark(kind, *map(axis.svg_number, (x + gap, width - 2 * gap, y, height)))


def bar_height(number: float, highest: float, tallest: float) -> float:
    """Return the em of a bar where that of `highest` is `tallest` em."""
    return max(LEAST, tallest * number / highest) if number > 0 else 0


class Scale:
    def __init__(self, histogram: Histogram):
        self.across = axis.DayScale(histogram.bars[0].first, histogram.bars[-1].last)
        self.tallest = max(bar.all_certain + bar.all_possible for bar in histogram.bars) or 1

    def height(self, number: float) -> float:
        return bar_height(number, self.tallest, TALLEST)

    def slot(self, bar: Bar) -> tuple[float, float]:
        """Return (x, width) of the bucket."""
        start, end = self.across.start_of(bar.first), self.across.end_of(bar.last)
        return start, end - start


# The numbers above the bars.

LEAST_COUNTED = 0.5  # events: a bar of less has no number above it
WIDE, NARROW = 54, 24  # em: the least width of a wide drawing, and of any
EM_PER_CHARACTER = 0.62


@dataclass(frozen=True, slots=True)
class Count:
    """A number above a bar."""

    x: str
    y: str
    text: str
    only_wide: bool  # a narrow drawing has no room for it
    anchor: str = ""  # "t-start" or "t-end": at an edge of its bar, because it is wider; empty: over its middle


def bar_counts(histogram: Histogram, scale: Scale) -> Iterator[Count]:
    """Yield the number of each bar where there is room for all of them, else of the greatest alone. A bar that holds
    but small parts of events has none: the same event would be counted in every bar that it may belong to."""
    counted = [bar for bar in histogram.bars if bar.certain + bar.possible >= LEAST_COUNTED]
    peak = max(counted, key=lambda bar: (bar.certain + bar.possible, bar.events), default=None)
    wide, narrow = (_have_room(counted, len(histogram.bars), width) for width in (WIDE, NARROW))
    for bar in counted if wide else filter(None, [peak]):
        x, width = scale.slot(bar)
        y = BASE - scale.height(bar.certain) - scale.height(bar.possible) - 0.35
        position, anchor = _anchor(x, width) if bar is peak and not narrow else (x + width / 2, "")
        yield Count(
            axis.svg_number(position), axis.svg_number(y), f"{bar.events:,}", not narrow and bar is not peak, anchor
        )


def number_width(number: int) -> float:
    """Return the em that a number takes above its bar."""
    return len(f"{number:,}") * EM_PER_CHARACTER + 0.3


def _have_room(counted: list[Bar], bars: int, width: int) -> bool:
    """Return whether the longest number is no wider than a bar in a drawing of this width in em."""
    widest = max((number_width(bar.events) for bar in counted), default=0)
    return bars <= FEW or width / bars >= widest


def _anchor(x: float, width: float) -> tuple[float, str]:
    """Return where a number wider than its bar is held, so that it ends inside the drawing."""
    if x < 10:
        return x, "t-start"
    return (x + width, "t-end") if x + width > 90 else (x + width / 2, "")


EM_OF_ONE = 6.5  # em: the width of a bar where there are few


@dataclass(frozen=True, slots=True)
class Column:
    """One bucket: the whole slot is its link, the marks stand in it."""

    bar: Bar
    x: str
    width: str
    title: str
    marks: list[Mark]


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


def overview(histogram: Histogram, event_filter: EventFilter) -> Overview | None:
    """Return the drawing; None where there is no bar to draw."""
    if not histogram.bars:
        return None
    scale = Scale(histogram)
    first, last = _period(event_filter)
    outside = bar_labels.outside(event_filter)
    columns = [_column(bar, scale, first, last, outside) for bar in histogram.bars]
    return Overview(
        histogram=histogram,
        width="100%" if len(columns) > FEW else f"{len(columns) * EM_OF_ONE}em",
        columns=columns,
        counts=list(bar_counts(histogram, scale)),
        ticks=axis.ticks(histogram.bars[0].first, histogram.bars[-1].last, histogram.unit),
        window=_window(histogram, scale, first, last),
        notes=list(bar_labels.notes(histogram, first, last)),
        hidden=outside if any(bar_labels.hidden(bar) for bar in histogram.bars) else "",
        has_period=event_filter.has_period,
        query_without_period=event_filter.query_without("from", "to"),
    )


def _period(event_filter: EventFilter) -> tuple[Period | None, Period | None]:
    return event_filter.wanted.get("from"), event_filter.wanted.get("to")


def _column(bar: Bar, scale: Scale, first: Period | None, last: Period | None, outside: str) -> Column:
    x, width = scale.slot(bar)
    marks = [*_stack(bar, scale, x, width), *_veils(bar, scale, first, last)]
    return Column(bar, axis.svg_number(x), axis.svg_number(width), bar_labels.title(bar, outside), marks)


def _stack(bar: Bar, scale: Scale, x: float, width: float) -> Iterator[Mark]:
    """Yield what the period hides, then what is certain, then what is possible on top of it."""
    certain, possible = scale.height(bar.certain), scale.height(bar.possible)
    ghost = scale.height(bar.all_certain + bar.all_possible) if bar_labels.hidden(bar) else 0
    stacked = [("b-ghost", 0, ghost), ("b-solid", 0, certain), ("b-hatch", certain, possible)]
    for kind, foot, height in stacked:
        if height:
            yield bar_mark(kind, x, width, BASE - foot - height, height)


def _veils(bar: Bar, scale: Scale, first: Period | None, last: Period | None) -> Iterator[Mark]:
    """Yield a veil over the part of an edge bucket that lies outside the period."""
    start, end = scale.across.start_of(bar.first), scale.across.end_of(bar.last)
    y, height = axis.svg_number(TOP), axis.svg_number(BASE - TOP)
    if bar.partial in ("start", "both"):
        edge = scale.across.start_of(first.first)
        yield Mark("b-out", axis.svg_number(start), axis.svg_number(edge - start), y, height)
    if bar.partial in ("end", "both"):
        edge = scale.across.end_of(last.last)
        yield Mark("b-out", axis.svg_number(edge), axis.svg_number(end - edge), y, height)


def _window(histogram: Histogram, scale: Scale, first: Period | None, last: Period | None) -> Window:
    start = scale.across.start_of(first.first) if first else 0
    end = scale.across.end_of(last.last) if last else 100
    return Window(
        axis.svg_number(start),
        axis.svg_number(max(end - start, 0)),
        axis.svg_number(max(end, start)),
        (first or _bound(histogram.bars[0], "from")).in_words,
        (last or _bound(histogram.bars[-1], "to")).in_words,
    )


def _bound(bar: Bar, name: str) -> Period:
    """Return the period as which a bucket begins ("from") or ends ("to")."""
    return periods.parse(QueryDict(bar.query)[name])
