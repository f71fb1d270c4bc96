"""Deaths by bar of the overview, a drawing for each data set: sources count by different rules, so nothing is summed over
two of them."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from timeline.charts.axis import TimeScale, svg_number
from timeline.charts.bars import Count as Number
from timeline.charts.bars import Heights, Mark, bar_mark, room_for
from timeline.charts.histogram import Bar, Histogram
from timeline.filters import EventFilter
from timeline.index import index_for
from timeline.querysets.event import DEATHS_ARE_COUNTED
from timeline.versions.data_version import cached

BASE, TALLEST = 5.6, 4.2  # em: where bars end, and the tallest
HERE = "Entered here"  # events without a data set


@dataclass(slots=True)
class Deaths:
    """Sums over events, of the lowest, the best and the highest count; where a source gives no bound, its best."""

    low: int = 0
    best: int = 0
    high: int = 0
    events: int = 0

    def add(self, low: int, best: int, high: int, events: int) -> None:
        self.low += low
        self.best += best
        self.high += high
        self.events += events

    @property
    def words(self) -> str:
        """Return "12 deaths, 8 to 20, in 3 events"."""
        deaths = f"{self.best:,} death{'' if self.best == 1 else 's'}"
        bounds = f", {self.low:,} to {self.high:,}" if self.low != self.high else ""
        return f"{deaths}{bounds}, in {self.events:,} event{'' if self.events == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class DeathColumn:
    bar: Bar
    title: str
    x: str
    width: str
    marks: list[Mark]


@dataclass(slots=True)
class _Sums:
    by_bar: dict[int, Deaths] = field(default_factory=lambda: defaultdict(Deaths))
    total: Deaths = field(default_factory=Deaths)
    not_counted: int = 0


@dataclass(frozen=True, slots=True)
class DeathChart:
    data_set: str
    words: str  # of all that is counted
    not_counted: int  # events
    columns: list[DeathColumn]
    numbers: list[Number]


def has_deaths(event_filter: EventFilter) -> bool:
    """Return whether some event of the filter has a best estimate of deaths. No query beside those of the index."""
    index = index_for(event_filter)
    return bool(index.columns.column("deaths")[index.matching(event_filter)].any())


def death_charts(event_filter: EventFilter, drawn: Histogram, scale: TimeScale, *, by_root: bool) -> list[DeathChart]:
    """Return a drawing for each data set of the filter's events, on the bars of the overview."""
    rows = cached("deaths", event_filter, lambda: list(_rows(event_filter.events)))
    sums: dict[str, _Sums] = defaultdict(_Sums)
    edges = [bar.first.toordinal() for bar in drawn.bars] + [drawn.bars[-1].last.toordinal() + 1]
    for data_set, first, last, events, counted, low, best, high in rows:
        of_set = sums[data_set or HERE]
        of_set.not_counted += events - counted
        number = bisect_right(edges, first.toordinal()) - 1
        if not counted:
            continue
        if 0 <= number < len(drawn.bars) and number == bisect_right(edges, last.toordinal()) - 1:
            of_set.by_bar[number].add(low, best, high, counted)
            of_set.total.add(low, best, high, counted)
        else:
            of_set.not_counted += counted
    return [_chart(name, of_set, drawn, scale, by_root) for name, of_set in sorted(sums.items()) if of_set.by_bar]


def _rows(events: QuerySet):
    """Return data set, first and last day of the start, number of events, how many of them are counted, and their sums."""
    sums = {
        "low": Sum(Coalesce("deaths_low", "deaths_best"), filter=DEATHS_ARE_COUNTED, default=0),
        "best": Sum("deaths_best", filter=DEATHS_ARE_COUNTED, default=0),
        "high": Sum(Coalesce("deaths_high", "deaths_best"), filter=DEATHS_ARE_COUNTED, default=0),
    }
    grouped = events.order_by().values("start_earliest", "start_latest", set_name=F("data_set__name"))
    counted = grouped.annotate(events=Count("pk"), counted=Count("pk", filter=DEATHS_ARE_COUNTED), **sums)
    return counted.values_list("set_name", "start_earliest", "start_latest", "events", "counted", "low", "best", "high")


def _chart(name: str, sums: _Sums, drawn: Histogram, scale: TimeScale, by_root: bool) -> DeathChart:
    heights = Heights(max(deaths.high for deaths in sums.by_bar.values()), TALLEST, by_root=by_root)
    peak = max(sums.by_bar, key=lambda number: sums.by_bar[number].best)
    columns, numbers = [], []
    for number, deaths in sorted(sums.by_bar.items()):
        bar = drawn.bars[number]
        x, width = scale.slot(bar.first, bar.last)
        title, marks = f"{bar.label}: {deaths.words}", _marks(deaths, heights, x, width)
        columns.append(DeathColumn(bar, title, svg_number(x), svg_number(width), marks))
        room = room_for(deaths.best, width, len(drawn.bars))
        if room is not None or number == peak:
            y = svg_number(BASE - heights(deaths.high) - 0.35)
            middle = svg_number(min(max(x + width / 2, 2), 98))
            numbers.append(Number(middle, y, f"{deaths.best:,}", "" if number == peak else room or ""))
    return DeathChart(name, sums.total.words, sums.not_counted, columns, numbers)


def _marks(deaths: Deaths, heights: Heights, x: float, width: float) -> list[Mark]:
    """Return what is sure by the lowest count, what may be by the highest, and the best estimate as a line."""
    low, best, high = heights(deaths.low), heights(deaths.best), heights(deaths.high)
    marks = [bar_mark("b-solid", x, width, BASE - low, low)] if low else []
    if high > low:
        marks.append(bar_mark("b-hatch", x, width, BASE - high, high - low))
    return [*marks, bar_mark("b-best", x, width, BASE - best - 0.06, 0.12)] if low < best < high else marks
