"""Two filters on one axis: A above it in solid ink, B below it in outline, over the days in which either has events."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from urllib.parse import urlencode

from timeline.charts.axis import Tick, TimeScale, svg_number, ticks
from timeline.charts.bars import Count, Heights, Mark, bar_mark, plot_width, room_for
from timeline.charts.time_steps import NAMED
from timeline.charts.window import Window
from timeline.filters import EventFilter
from timeline.filters.sentence import AsKnown, as_known, sentence
from timeline.index import index_for

from .histogram import Bar, Extent, Histogram, histogram

TALLEST = 6.0  # em: the tallest bar
HEAD = 1.4  # em: room for the number beyond it
MIDDLE = 1.9  # em: the band between the two sides, with the labels of the axis
ABOVE, BELOW = HEAD + TALLEST, HEAD + TALLEST + MIDDLE  # em: where the bars of A and of B begin


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two filters, and what it finds."""

    letter: str  # "A" or "B"
    event_filter: EventFilter
    total: int
    certain: int
    undated: int  # of the events, without a known start: in no bar
    as_known: AsKnown | None

    @property
    def only_possible(self) -> int:
        return self.total - self.certain

    @property
    def sentence(self) -> str:
        return sentence(self.event_filter, self.total, self.only_possible, with_order=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A bucket of one side: its link, and what is drawn of it."""

    bar: Bar
    title: str
    x: str
    width: str
    y: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Chart:
    unit: str
    width: str  # of the drawing, as an SVG length
    columns: list[Column]
    counts: list[Count]
    ticks: list[Tick]
    rows: list[tuple[Bar, Bar]]  # the buckets in which either has events, for the table
    empty: list[str]  # the letter of a side without a bar
    height: str = svg_number(BELOW + TALLEST + HEAD)
    slot_height: str = svg_number(HEAD + TALLEST)
    lines: tuple[str, str] = (svg_number(ABOVE), svg_number(BELOW))
    labels: str = svg_number(ABOVE + MIDDLE * 0.68)


def sides(
    a: EventFilter, b: EventFilter, drawings: list[Histogram], count_today: Callable[[EventFilter], tuple[int, int]]
) -> list[Side]:
    """Return what two valid filters find; `drawings` are their histograms, `count_today` what sentence.as_known takes of each
    filter. A few counts each."""
    return [
        _side(letter, event_filter, histogram, partial(count_today, event_filter))
        for letter, event_filter, histogram in zip("AB", (a, b), drawings, strict=True)
    ]


def _side(
    letter: str, event_filter: EventFilter, histogram: Histogram, count_today: Callable[[], tuple[int, int]]
) -> Side:
    index = index_for(event_filter)
    certain = index.total(index.matching(event_filter.with_values(when="certain")))
    known = as_known(event_filter, "", count_today)
    return Side(letter, event_filter, histogram.total, certain, histogram.undated, known)


def count_common(a: EventFilter, b: EventFilter) -> int:
    """Return how many events both filters find."""
    index = index_for(a)
    return index.total(index.matching(a) & index.matching(b))


def pair_query(a: str, b: str, **more: str) -> str:
    """Return the query string of the comparison of two canonical queries."""
    return urlencode({"a": a, "b": b} | more)


def histograms(a: EventFilter, b: EventFilter) -> list[Histogram]:
    """Return both over the days on which either has events, in the same buckets; without bars where neither has a dated
    one. Kept until something is written."""
    extent = _extent(a, b)
    if extent is None:
        return [histogram(event_filter) for event_filter in (a, b)]
    drawn = [histogram(event_filter, extent=extent) for event_filter in (a, b)]
    # days say too much of what is known to the month
    step = max((drawing.step for drawing in drawn), key=NAMED.index)
    both = zip((a, b), drawn, strict=True)
    return [
        drawing if drawing.step == step else histogram(event_filter, extent=extent, step=step)
        for event_filter, drawing in both
    ]


def _extent(*event_filters: EventFilter) -> Extent | None:
    """Return the first and the last day on which an event of these filters may begin; None where no start is known."""
    indexes = [index_for(event_filter) for event_filter in event_filters]
    spans = [
        index.spans(index.matching(event_filter), "days")
        for index, event_filter in zip(indexes, event_filters, strict=True)
    ]
    days = [day for of_filter in spans for day in of_filter.extent or ()]
    return (min(days), max(days)) if days else None


def chart(histograms: list[Histogram], *, own_scale: bool = False) -> Chart | None:
    """Return the drawing; None where there is nothing to draw. `own_scale`: each side fills its half."""
    bars = [histogram.bars for histogram in histograms]
    highest = [max((bar.weight for bar in side), default=0) for side in bars]
    if not any(highest):
        return None
    first, last = bars[0][0].first, bars[0][-1].last
    scales = highest if own_scale else [max(highest)] * 2
    days = TimeScale(Window(first, last))
    halves = [_Half(letter, days, Heights(scale, TALLEST)) for letter, scale in zip("AB", scales, strict=True)]
    return Chart(
        unit=histograms[0].unit,
        width=plot_width(len(bars[0])),
        columns=[half.column(bar) for half, side in zip(halves, bars, strict=True) for bar in side if bar.events],
        counts=[count for half, side in zip(halves, bars, strict=True) for count in half.counts(side)],
        ticks=ticks(days),
        rows=[row for row in zip(*bars, strict=True) if any(bar.events for bar in row)],
        empty=[letter for letter, height in zip("AB", highest, strict=True) if not height],
    )


def describe_count(bar: Bar) -> str:
    """Return "3 events", "3 events, 1 of them only possibly" or "1 event, only possibly"."""
    events = f"{bar.events:,} event{'' if bar.events == 1 else 's'}"
    part = f"{bar.only_possibly:,} of them " if bar.only_possibly < bar.events else ""
    return f"{events}, {part}only possibly" if bar.only_possibly else events


class _Half:
    """Where the bars of one side are: those of A grow upwards from the axis, those of B downwards."""

    def __init__(self, letter: str, days: TimeScale, heights: Heights):
        self.letter, self.days, self.heights = letter, days, heights

    def column(self, bar: Bar) -> Column:
        x, width = self.days.slot(bar.first, bar.last)
        top = svg_number(0 if self.letter == "A" else BELOW)
        title = f"{self.letter}, {bar.label}: {describe_count(bar)}"
        return Column(bar, title, svg_number(x), svg_number(width), top, list(self.marks(bar, x, width)))

    def marks(self, bar: Bar, x: float, width: float) -> Iterator[Mark]:
        """Yield what is certain, next to the axis, then what is possible beyond it."""
        certain, possible = self.heights(bar.certain), self.heights.above(bar.certain, bar.possible)
        for kind, foot, height in [("certain", 0, certain), ("possible", certain, possible)]:
            if height:
                y = ABOVE - foot - height if self.letter == "A" else BELOW + foot
                yield bar_mark(f"{self.letter.lower()}-{kind}", x, width, y, height)

    def counts(self, bars: tuple[Bar, ...]) -> Iterator[Count]:
        """Yield the number of every bar that has room for it, and of the tallest in any case."""
        numbered = [bar for bar in bars if bar.is_numbered]
        tallest = max(numbered, key=attrgetter("weight"), default=None)
        for bar in numbered:
            x, width = self.days.slot(bar.first, bar.last)
            room = room_for(bar.events, width, len(bars))
            if room is not None or bar is tallest:
                height = self.heights(bar.certain) + self.heights.above(bar.certain, bar.possible)
                y = ABOVE - height - 0.35 if self.letter == "A" else BELOW + height + 1
                middle = min(max(x + width / 2, 1.5), 98.5)
                yield Count(svg_number(middle), svg_number(y), f"{bar.events:,}", "" if bar is tallest else room or "")
