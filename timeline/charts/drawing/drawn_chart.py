"""Where the chart's links lead: to another view of the same filter, or to another filter.

What the template draws: x and width in per cent of the plot, y and height in em.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import ceil
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from timeline.charts.axis import Tick
from timeline.charts.marks import Mark, Marks, View, Window
from timeline.charts.marks.lane_plan import KINDS, Lane
from timeline.charts.marks.reporting_delay import Reported
from timeline.filters import EventFilter

MARGIN = 0.1  # of a cell that is looked at more closely, on either side
MOVES = {  # name -> (words, how far the two edges move, as shares of what is shown)
    "earlier": ("Earlier", -0.5, -0.5),
    "out": ("Zoom out", -0.5, 0.5),
    "in": ("Zoom in", 0.25, -0.25),
    "later": ("Later", 0.5, 0.5),
}


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    words: str
    href: str  # empty: there is nothing further there


class Links:
    """The links of one chart. Views keep the filter, and no filter is changed by a view."""

    def __init__(self, event_filter: EventFilter, view: View, window: Window, whole: Window):
        self.event_filter, self.view, self.window, self.whole = event_filter, view, window, whole
        self.path = reverse("event-list")

    def to(self, **changes) -> str:
        """Return the address of another view."""
        return self._to(self.view.but(**changes))

    def _to(self, view: View) -> str:
        query = "&".join(filter(None, [self.event_filter.query, view.query]))
        return f"{self.path}?{query}" if query else self.path

    def event(self, public_id: str) -> str:
        return reverse("event-detail", args=[public_id])

    def closer(self, first: dt.date, last: dt.date) -> str:
        """Return the address of the view that shows these days and a little on either side."""
        days = Window(first, last)
        margin = ceil(MARGIN * days.days) / days.days
        window = days.moved(-margin, margin, self.whole)
        return f"{self._elsewhere}first={window.first}&last={window.last}"

    def on_days(self, first: dt.date, last: dt.date) -> str:
        """Return the address of the list narrowed to these days."""
        return f"{self._in_any_period}from={first}&to={last}#list"

    @cached_property
    def _elsewhere(self) -> str:
        """Return the address of this view up to its window: hundreds of links begin with it."""
        address = self.to(window=None, event="")
        return f"{address}{'&' if '?' in address else '?'}"

    @cached_property
    def _in_any_period(self) -> str:
        query = self.event_filter.query_without("from", "to")
        return f"{self.path}?{query}{'&' if query else ''}"

    def tools(self) -> list[Tool]:
        buttons = []
        for name, (words, first, last) in MOVES.items():
            moved = self.window.moved(first, last, self.whole)
            buttons.append(Tool(name, words, "" if moved == self.window else self.to(window=moved)))
        fit = Tool("fit", "Show all", "" if self.window == self.whole else self.to(window=None))
        return [*buttons[:2], fit, *buttons[2:]]

    def kinds(self) -> list[tuple[str, str, str]]:
        """Return name, label and address of each way to draw the events: in one kind of lanes, or by day of report."""
        view = self.view.but(event="", axis="lanes")
        links = [(name, kind.label, self._to(view.but(lanes=name))) for name, kind in KINDS.items()]
        return [*links, ("reported", "Day reported", self._to(view.but(lanes="category", axis="reported")))]

    @property
    def kind(self) -> str:
        return "reported" if self.view.axis == "reported" else self.view.lanes

    @property
    def is_narrow(self) -> bool:
        return not self.window.holds(self.whole)

    def narrowed(self) -> str:
        """Return the address of the filter narrowed to what is shown; empty where that would not narrow it."""
        if not self.is_narrow:
            return ""
        days = {"from": self.window.first.isoformat(), "to": self.window.last.isoformat()}
        view = self.view.but(window=None, event="").query
        return f"{self.path}?{'&'.join(filter(None, [self.event_filter.query_with(**days), view]))}"


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
