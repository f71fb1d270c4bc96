"""What the template draws: x and width in per cent of the plot, y and height in em."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from timeline.charts.axis import Tick
from timeline.charts.marks import Mark, Marks
from timeline.charts.marks.lane_plan import Lane
from timeline.charts.marks.reporting_delay import Reported

from .chart_links import Links


@dataclass(frozen=True, slots=True)
class Rect:
    kind: str  # its class: m-hit, m-solid, m-hatch
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol of fixed size at a day: a category's shape, a limit, an arrow, a torn edge."""

    symbol: str
    x: str
    y: str
    box: tuple[str, str, str, str]  # em: x and y from there, width, height


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

    href: str  # of a closer look, or of the list of its day
    words: str
    kind: str  # its class
    x: str
    width: str
    y: str
    height: str


COLUMN = (
    '<a class="mark" tabindex="-1" href="{}" aria-label="{}">'
    '<rect class="{}" x="{}%" width="{}%" y="{}em" height="{}em"/></a>'
)


def write_svg(columns: Iterable[DrawnColumn]) -> SafeString:
    """Return the columns as SVG: there are hundreds, and a template would take as long for them as for all the rest."""
    links = [COLUMN.format(escape(href), escape(words), *place) for href, words, *place in columns]
    return mark_safe("\n".join(links))  # noqa: S308 (escaped above; the rest are our own names and numbers)


@dataclass(frozen=True, slots=True)
class DrawnLane:
    number: int
    lane: Lane
    height: str
    marks: list[DrawnMark]
    columns: list[DrawnColumn]
    certain: str = ""  # path of the certain part of all columns: days across, hundredths of em down
    texts: tuple[Text, ...] = ()

    @property
    def columns_as_svg(self) -> SafeString:
        return write_svg(self.columns)


@dataclass(frozen=True, slots=True)
class Chart:
    marks: Marks
    links: Links
    lanes: list[DrawnLane]
    empty: list[Lane]  # without any event
    ticks: list[Tick]
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
