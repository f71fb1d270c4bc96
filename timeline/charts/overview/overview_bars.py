"""The histogram as it is drawn, so that a template need not reckon."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from timeline.charts import axis
from timeline.charts.histogram import Bar, Histogram
from timeline.dates import periods
from timeline.dates.periods import Period
from timeline.filters import EventFilter

from . import bar_labels
from .bar_counts import Count, bar_counts
from .bar_scale import BASE, FEW, TOP, Mark, Scale, bar_mark

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
