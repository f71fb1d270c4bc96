"""Where the chart's links lead: to another view of the same filter, or to another filter."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.urls import reverse

from timeline.charts.marks import View, Window
from timeline.charts.marks.lane_plan import KINDS
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
