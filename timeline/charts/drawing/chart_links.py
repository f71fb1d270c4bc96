"""Where the chart's links lead: to another period or value of the filter, or to another view of it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from urllib.parse import parse_qsl

from django.urls import reverse

from timeline.charts.marks import View
from timeline.charts.marks.chart_view import SCALES
from timeline.charts.marks.lane_plan import KINDS, Lane
from timeline.charts.time_steps import period
from timeline.charts.window import Window
from timeline.filters import EventFilter
from timeline.filters.first_page import address_query, query_text, with_query

MARGIN = 0.1  # of a group that is looked at more closely, on either side
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
    """The links of one chart: to another period or value of the filter, or to another view of the same."""

    def __init__(self, event_filter: EventFilter, view: View, window: Window, whole: Window, kind: str = "category"):
        """`whole`: all days of the events in any period; `kind`: of the lanes."""
        self.event_filter, self.view, self.window, self.kind = event_filter, view, window, kind
        self.whole = whole.with_day(window.first).with_day(window.last)
        self.path = reverse("event-list")
        self._layout = view.but(event="").query

    def to(self, **changes) -> str:
        """Return the address of another view of the same filter."""
        return self._address(self.event_filter.query, self.view.but(**changes).query)

    def _address(self, query: str, view_query: str) -> str:
        return with_query(self.path, "&".join(filter(None, [query, view_query])))

    def event(self, public_id: str) -> str:
        """Return the address of an event's page, which keeps the filter: it leads on in the same list, and back to it."""
        query = address_query(self.event_filter.query)
        return f"{reverse('event-detail', args=[public_id])}{'?' if query else ''}{query}"

    def on(self, first: dt.date, last: dt.date, lane: Lane | None = None) -> str:
        """Return the address of these days, of what is in a lane if one is given: hundreds of links are made of it."""
        days = query_text(period(first, last).items())
        value = self._of_lane(lane) if lane else ""
        return f"{self._in_any_period}{'&'.join(filter(None, [value, days, self._layout]))}"

    def closer(self, first: dt.date, last: dt.date) -> str:
        """Return the address of these days and a little on either side."""
        days = Window(first, last)
        margin = ceil(MARGIN * days.days) / days.days
        window = days.moved(-margin, margin, self.whole)
        return self.on(window.first, window.last)

    def _of_lane(self, lane: Lane) -> str:
        """Return the parameter that asks for a lane's events; empty for the lane of the others, and where it is asked for."""
        pair = (self.kind, lane.value)
        return query_text([pair]) if lane.value and not self.event_filter.wanted[self.kind] else ""

    @cached_property
    def _in_any_period(self) -> str:
        query = self.event_filter.query_without("from", "to")
        return f"{self.path}?{query}{'&' if query else ''}"

    def lane(self, lane: Lane) -> str:
        """Return the address that takes a lane's value into the filter, or out of it; empty for the lane of the others."""
        if not lane.value:
            return ""
        pair = (self.kind, lane.value)
        pairs = [other for other in self.event_filter.parameters if other != pair]
        pairs += [] if pair in self.event_filter.parameters else [pair]
        return self._address(query_text(sorted(pairs)), self._layout)

    def only(self, name: str, text: str) -> str:
        """Return the address of the filter with this value of a parameter."""
        pairs = [pair for pair in self.event_filter.parameters if pair[0] != name]
        return self._address(query_text(sorted([*pairs, (name, text)])), self._layout)

    def claims(self) -> str:
        """Return the address of those events alone that are not known to have happened."""
        return self.only("actuality__not", "occurred")

    def certain(self) -> str:
        return self.only("when", "certain")

    def tools(self) -> list[Tool]:
        buttons = []
        for name, (words, first, last) in MOVES.items():
            moved = self.window.moved(first, last, self.whole)
            buttons.append(Tool(name, words, "" if moved == self.window else self._period(moved)))
        fit = Tool("fit", "Show all", self._period(self.whole) if self.event_filter.has_period else "")
        return [*buttons[:2], fit, *buttons[2:]]

    def _period(self, window: Window) -> str:
        """Return the address of this period; without one where it leaves nothing out."""
        if window.holds(self.whole):
            return self._address(self.event_filter.query_without("from", "to"), self._layout)
        return self.on(window.first, window.last)

    def kinds(self) -> list[tuple[str, str, str]]:
        """Return name, label and address of each way to draw the events: in one kind of lanes, or by day of report."""
        view = self.view.but(event="", axis="lanes", lane=())
        links = [
            (name, kind.label, self._address(self.event_filter.query, view.but(lanes=name).query))
            for name, kind in KINDS.items()
        ]
        reported = view.but(lanes="", axis="reported")
        return [*links, ("reported", "Day reported", self._address(self.event_filter.query, reported.query))]

    @property
    def current(self) -> str:
        return "reported" if self.view.axis == "reported" else self.kind

    def scales(self) -> list[tuple[str, str, str]]:
        """Return name, label and address of each scale of the bars."""
        return [(name, label, self.to(scale=name, event="")) for name, label in SCALES.items()]

    def choices(self) -> list[tuple[str, str, bool]]:
        """Return value, label, and whether it is chosen, of each that can have a lane of its own."""
        return [(slug, label, slug in self.view.lane) for slug, label in KINDS[self.kind].names(self.event_filter)]

    def carried(self) -> list[tuple[str, str]]:
        """Return name and value of what the form that chooses lanes carries along."""
        layout = [pair for pair in parse_qsl(self._layout) if pair[0] not in ("lane", "lanes")]
        return [*self.event_filter.parameters, *layout, ("lanes", self.kind)]
