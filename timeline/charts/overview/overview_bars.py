"""The histogram as it is drawn, so that a template need not reckon; the whole record beneath it as a strip."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from timeline.charts.axis import Tick, TimeScale, svg_number, ticks
from timeline.charts.bars import Count, Heights, Mark, bar_mark, plot_width, room_for
from timeline.charts.histogram import Bar, Histogram, histogram, window_histogram
from timeline.charts.overview import bar_labels
from timeline.charts.overview.death_bars import DeathChart, death_charts, has_deaths
from timeline.charts.time_steps import period
from timeline.charts.window import Window
from timeline.dates import periods
from timeline.filters import EventFilter

# Where days and numbers are drawn: per cent of the width across, em downwards.

TOP, BASE = 2.4, 8.6  # em: between which a bucket lies
TALLEST = BASE - 3.4  # em: of the tallest bar, so that its number stays clear of the window's edge
STRIP, STRIP_TALLEST = 1.9, 1.6  # em: the strip, and its tallest bar


@dataclass(frozen=True, slots=True)
class Column:
    """One bucket: the whole slot is its link, the marks are drawn in it."""

    bar: Bar
    x: str
    width: str
    title: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole record of the filter, in any period, and where the period lies in it."""

    columns: list[Column]
    x: str
    width: str
    end: str
    first: str  # "November 2020"
    last: str


@dataclass(frozen=True, slots=True)
class Overview:
    histogram: Histogram
    width: str  # of the drawing, as an SVG length
    columns: list[Column]
    counts: list[Count]
    ticks: list[Tick]
    words: str  # the days that are drawn
    first: str
    last: str
    notes: list[str]
    hidden: str  # what the pale parts are, in words; empty: there are none
    deaths: list[DeathChart]  # by data set; none where they are not asked for
    has_deaths: bool  # whether some event has a count of deaths
    strip: Strip | None  # None: the bars show the whole record
    query_without_period: str


def overview(event_filter: EventFilter, *, by_root: bool = False, with_deaths: bool = False) -> Overview | None:
    """Return the drawing; None where there is no bar to draw. `by_root`: bars are as high as the square root of their
    number."""
    drawn = window_histogram(event_filter)
    if not drawn.bars:
        return None
    scale = _scale(drawn)
    heights = Heights(max(bar.all_weight for bar in drawn.bars), TALLEST, by_root=by_root)
    outside = bar_labels.outside(event_filter)
    columns = [_column(bar, scale, heights, outside) for bar in drawn.bars]
    first, last = _ends(drawn, event_filter)
    return Overview(
        histogram=drawn,
        width="100%" if event_filter.has_period else plot_width(len(columns)),
        columns=columns,
        counts=list(bar_counts(drawn, scale, heights)),
        ticks=ticks(scale, drawn.unit),
        words=first if first == last else f"{first} to {last}",
        first=first,
        last=last,
        notes=list(bar_labels.notes(drawn)),
        hidden=outside if any(bar_labels.hidden(bar) for bar in drawn.bars) else "",
        deaths=death_charts(event_filter, drawn, scale, by_root=by_root) if with_deaths else [],
        has_deaths=has_deaths(event_filter),
        strip=_strip(event_filter, first, last) if event_filter.has_period else None,
        query_without_period=event_filter.query_without("from", "to"),
    )


def _scale(drawn: Histogram) -> TimeScale:
    return TimeScale(Window(drawn.bars[0].first, drawn.bars[-1].last))


def _column(bar: Bar, scale: TimeScale, heights: Heights, outside: str) -> Column:
    x, width = scale.slot(bar.first, bar.last)
    marks = list(_stack(bar, heights, x, width))
    return Column(bar, svg_number(x), svg_number(width), bar_labels.title(bar, outside), marks)


def _stack(bar: Bar, heights: Heights, x: float, width: float) -> Iterator[Mark]:
    """Yield what the filter hides, then what is certain, then what is possible on top of it."""
    ghost = heights(bar.all_weight) if bar_labels.hidden(bar) else 0
    certain, possible = heights(bar.certain), heights.above(bar.certain, bar.possible)
    for kind, foot, height in [("b-ghost", 0, ghost), ("b-solid", 0, certain), ("b-hatch", certain, possible)]:
        if height:
            yield bar_mark(kind, x, width, BASE - foot - height, height)


def bar_counts(drawn: Histogram, scale: TimeScale, heights: Heights) -> Iterator[Count]:
    """Yield the number of each bar that has room for it, and of the greatest in any case."""
    numbered = [bar for bar in drawn.bars if bar.is_numbered]
    peak = max(numbered, key=lambda bar: (bar.weight, bar.events), default=None)
    for bar in numbered:
        x, width = scale.slot(bar.first, bar.last)
        room = room_for(bar.events, width, len(drawn.bars))
        if room is not None or bar is peak:
            y = BASE - heights(bar.certain) - heights.above(bar.certain, bar.possible) - 0.35
            position, anchor = (x + width / 2, "") if room == "" or bar is not peak else _anchor(x, width)
            only = "" if bar is peak else room
            yield Count(svg_number(position), svg_number(y), f"{bar.events:,}", only, anchor)


def _anchor(x: float, width: float) -> tuple[float, str]:
    """Return where a number wider than its bar is anchored, so that it ends inside the drawing."""
    if x < 10:
        return x, "t-start"
    return (x + width, "t-end") if x + width > 90 else (x + width / 2, "")


def _ends(drawn: Histogram, event_filter: EventFilter) -> tuple[str, str]:
    """Return the first and the last of the days that are drawn, as the period or the bars name them."""
    begin, end = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    first, last = (_bound(bar, name) for bar, name in ((drawn.bars[0], "from"), (drawn.bars[-1], "to")))
    return begin.in_words if begin else first, end.in_words if end else last


def _bound(bar: Bar, name: str) -> str:
    """Return in words the period as which a bucket begins ("from") or ends ("to")."""
    return periods.parse(period(bar.first, bar.last)[name]).in_words


def _strip(event_filter: EventFilter, first: str, last: str) -> Strip | None:
    """Return the whole record; None where no event of it has a known start. `first` and `last`: the period in words."""
    record = histogram(event_filter.without("from", "to", "when"))
    if not record.bars:
        return None
    scale = _scale(record)
    heights = Heights(max(bar.certain + bar.possible for bar in record.bars), STRIP_TALLEST)
    begin, end = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    start = min(max(scale.start_of(begin.first), 0), 100) if begin else 0
    stop = max(min(scale.end_of(end.last), 100), start) if end else 100
    return Strip(
        [_strip_column(event_filter, bar, scale, heights) for bar in record.bars],
        svg_number(start),
        svg_number(stop - start),
        svg_number(stop),
        first,
        last,
    )


def _strip_column(event_filter: EventFilter, bar: Bar, scale: TimeScale, heights: Heights) -> Column:
    x, width = scale.slot(bar.first, bar.last)
    height = heights(bar.certain + bar.possible)
    narrowed = replace(bar, query=event_filter.query_with(**period(bar.first, bar.last)))
    marks = [bar_mark("b-strip", x, width, STRIP - height, height)] if height else []
    return Column(narrowed, svg_number(x), svg_number(width), bar_labels.title(bar), marks)
