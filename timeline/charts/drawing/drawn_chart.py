"""What the template draws: x and width in per cent of the plot, y and height in em."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from timeline.charts.axis import Tick
from timeline.charts.coverage import CoverageRow
from timeline.charts.marks import Mark, Marks
from timeline.charts.marks.lane_plan import Lane
from timeline.charts.marks.reporting_delay import Reported
from timeline.text.written_html import written_html

from .chart_links import Links


@dataclass(frozen=True, slots=True)
class Rect:
    kind: str  # its class: m-hit, m-solid, m-hatch
    x: str
    width: str
    y: str
    height: str


class Box(NamedTuple):
    """From a place, in em."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol of fixed size at a day: a category's shape, a limit, an arrow, a torn edge."""

    symbol: str
    x: str
    y: str
    box: Box


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    kind: str  # its class
    x: str
    y: str
    dx: str = "0"  # em


@dataclass(frozen=True, slots=True)
class DrawnMark:
    mark: Mark
    key: str  # tells it from all others, whatever the view
    href: str
    hit: Rect
    rects: list[Rect]
    signs: list[Sign]
    texts: list[Text]
    lists: bool  # no closer look would part its events: they are listed


class DrawnColumn(NamedTuple):
    """A column of a lane, or a cell of the reported days."""

    href: str  # of its days
    words: str
    kind: str  # its class; empty: nothing is drawn of it beside what is certain
    x: str
    width: str
    y: str
    height: str
    day: str = ""  # "2022-03-24": it is of this day alone, and has a card; empty: of more days


COLUMN = '<a class="mark" tabindex="-1" href="{}"{}><title>{}</title>{}</a>'
RECT = '<rect class="{}" x="{}%" width="{}%" y="{}em" height="{}em"/>'
TARGET = '<rect class="m-hit" x="{}%" width="{}%" y="0" height="100%"/>'  # as high as the lane


def write_svg(columns: Iterable[DrawnColumn], *, is_tall: bool = False) -> SafeString:
    """Return the columns as SVG: there are hundreds, and a template would take as long for them as for all the rest.
    `is_tall`: each can be reached at any height of the lane; what is certain of it is drawn once for all of them."""
    links = []
    for href, words, kind, x, width, y, height, day in columns:
        cell = f' data-day="{day}"' if day else ""
        drawn = TARGET.format(x, width) if is_tall else ""
        drawn += RECT.format(kind, x, width, y, height) if kind else ""
        links.append(COLUMN.format(escape(href), cell, escape(words), drawn))
    return written_html("\n".join(links))


@dataclass(frozen=True, slots=True)
class DrawnLane:
    number: int
    lane: Lane
    href: str  # takes its value into the filter, or out of it; empty: of the others
    height: str
    marks: list[DrawnMark]
    columns: list[DrawnColumn]
    certain: str = ""  # path of the certain part of all columns: days across, hundredths of em down
    texts: tuple[Text, ...] = ()

    @property
    def columns_as_svg(self) -> SafeString:
        return write_svg(self.columns, is_tall=True)


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch without events, narrower than its days would be."""

    x: str
    width: str
    middle: str
    length: str  # "1 year 4 months", or "1y 4m" where there is little room
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    marks: Marks
    links: Links
    lanes: list[DrawnLane]
    empty: list[tuple[Lane, str]]  # those without any event, and their addresses
    ticks: list[Tick]
    folds: list[Fold]
    coverage: list[CoverageRow]  # the days on which sources were read in full, by publisher
    read: str  # "1 source, 1 day read"
    known: str  # where the day of the last briefing ends; empty: outside

    @property
    def has_columns(self) -> bool:
        return any(lane.columns for lane in self.lanes)


@dataclass(frozen=True, slots=True)
class ReportedChart:
    marks: Reported
    links: Links
    height: str
    drawn: list[DrawnMark]
    dots: list[DrawnColumn]
    ticks: list[Tick]
    days: list[tuple[str, str]]  # of the upright axis: y, text
    same_day: tuple[str, str, str, str]  # line from x, y to x, y
    known: str

    @property
    def dots_as_svg(self) -> SafeString:
        return write_svg(self.dots)
