"""On which days sources were read in full: what tells a day without events from a day that nobody has read."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from timeline.charts.axis import TimeScale
from timeline.filters import EventFilter
from timeline.versions.data_version import cached

MOST_ROWS = 5  # publishers with a row of their own
OTHERS = "Other publishers"
TALL = 100  # units of the path, from top to foot
LEAST = 12  # of these: the lowest share of days that is still seen

ReadSource = tuple[str, dt.date]  # publisher, day it was published


@dataclass(frozen=True, slots=True)
class CoverageRow:
    publisher: str
    words: str  # "12 sources, 10 days read"
    path: str  # of its cells, each as high as the share of its days that were read: hundredths of a per cent across


def read_sources(event_filter: EventFilter) -> tuple[ReadSource, ...]:
    """Return the sources with a known day that an editor has marked as read in full and the reader may see, in order of
    time. One query, kept until something is written."""
    rows = event_filter.briefings.filter(read_in_full=True).exclude(published_on=None).order_by("published_on", "pk")
    return cached("read sources", event_filter, lambda: tuple(rows.values_list("publisher__name", "published_on")))


def between(sources: Sequence[ReadSource], first: dt.date, last: dt.date) -> list[ReadSource]:
    return [source for source in sources if first <= source[1] <= last]


def count_words(sources: Sequence[ReadSource]) -> str:
    """Return "12 sources, 10 days read" or "no source read in full"."""
    if not sources:
        return "no source read in full"
    days = len({day for _, day in sources})
    return f"{len(sources):,} source{'' if len(sources) == 1 else 's'}, {days:,} day{'' if days == 1 else 's'} read"


def coverage_rows(sources: Sequence[ReadSource], scale: TimeScale) -> list[CoverageRow]:
    """Return a row for each of the publishers with most sources in the window, and one for the others."""
    shown = between(sources, scale.window.first, scale.window.last)
    ranked = [name for name, _ in Counter(publisher for publisher, _ in shown).most_common()]
    alone = set(ranked if len(ranked) <= MOST_ROWS else ranked[: MOST_ROWS - 1])
    by_row = defaultdict(list)
    for publisher, day in shown:
        by_row[publisher if publisher in alone else OTHERS].append((publisher, day))
    rows = [name for name in [*ranked, OTHERS] if name in by_row]
    return [CoverageRow(name, count_words(by_row[name]), _path(by_row[name], scale)) for name in rows]


def _path(sources: Sequence[ReadSource], scale: TimeScale) -> str:
    cells = Counter(scale.cell(day) for day in {day for _, day in sources})
    pieces = []
    for (first, last), days in sorted(cells.items()):
        start = round(100 * scale.start_of(first))
        width = max(round(100 * scale.end_of(last)) - start, 1)
        height = max(round(TALL * days / ((last - first).days + 1)), LEAST)
        pieces.append(f"M{start} {TALL}v-{height}h{width}v{height}z")
    return "".join(pieces)
