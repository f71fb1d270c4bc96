"""How the chart is looked at: which lanes, which days, how wide. It is part of the address and never of the filter."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import numpy as np
from django.core.exceptions import ValidationError

from timeline.charts.marks.lane_plan import KINDS
from timeline.filters import EventFilter
from timeline.index import DATES, LAST, NO_START, index_for
from timeline.models import Briefing
from timeline.versions.data_version import cached

PARAMETERS = frozenset({"axis", "event", "first", "lanes", "last"})  # of the page; /marks takes px besides
AXES = {"lanes": "Lanes", "reported": "Day reported"}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
SHORTEST = 3  # days: no closer look than this
LEAST_PX, MOST_PX, USUAL_PX = 200, 4000, 960


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def moved(self, first: float, last: float, within: "Window") -> "Window":
        """Return the window whose edges are moved by these shares of its length; as long as asked for, if it can be,
        and inside `within`."""
        start = self.first.toordinal() + round(first * self.days)
        end = self.last.toordinal() + round(last * self.days)
        if end - start + 1 < SHORTEST:
            start = (self.first.toordinal() + self.last.toordinal() - SHORTEST + 1) // 2
            end = start + SHORTEST - 1
        least, most = within.first.toordinal(), within.last.toordinal()
        shift = max(least - start, 0) or min(most - end, 0)
        return Window(_day(max(start + shift, least)), _day(min(end + shift, most)))

    def holds(self, other: "Window") -> bool:
        return self.first <= other.first and other.last <= self.last


def _day(ordinal: int) -> dt.date:
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))


@dataclass(frozen=True, slots=True)
class View:
    lanes: str = "category"
    axis: str = "lanes"
    window: Window | None = None  # None: all of it
    px: int = USUAL_PX  # width of the plot in CSS pixels
    event: str = ""  # public id of the one whose card is open

    @property
    def query(self) -> str:
        """Return the view as a query string, without "?", without what holds anyway, and without `px`."""
        parameters = {"axis": self.axis if self.axis != "lanes" else "", "event": self.event}
        parameters["lanes"] = self.lanes if self.lanes != "category" else ""
        if self.window:
            parameters |= {"first": self.window.first.isoformat(), "last": self.window.last.isoformat()}
        return urlencode([(name, parameters[name]) for name in sorted(parameters) if parameters[name]])

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Return the first and the last day; empty where all is wanted."""
        return (self.window.first, self.window.last) if self.window else ()

    def but(self, **changes) -> "View":
        return replace(self, **changes)


def read_view(data: Mapping[str, str]) -> View:
    """Return the view that an address asks for. Raises ValidationError with the messages by parameter."""
    reader = _Reader(data)
    chart_view = View(
        lanes=reader.one_of("lanes", KINDS, "category"),
        axis=reader.one_of("axis", AXES, "lanes"),
        window=reader.window(),
        px=reader.pixels(),
        event=reader.text("event")[:20].replace("\0", ""),
    )
    if reader.wrong:
        raise ValidationError(reader.wrong)
    return chart_view


class _Reader:
    def __init__(self, data: Mapping[str, str]):
        self.data = data
        self.wrong: dict[str, str] = {}

    def text(self, name: str) -> str:
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data.get(name, "")]
        if len(values) > 1:
            self.wrong[name] = f"“{name}” is given more than once. Keep one."
        return values[0] if values else ""

    def one_of(self, name: str, known: Mapping, default: str) -> str:
        value = self.text(name) or default
        if value not in known:
            self.wrong[name] = f"“{value[:40]}”: not known here. Choose from: {', '.join(known)}."
        return value

    def day(self, name: str) -> dt.date | None:
        if not (text := self.text(name)):
            return None
        try:
            if DAY.fullmatch(text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        self.wrong[name] = f"“{text[:40]}” is not a day. Write it like 2022-03-25."
        return None

    def window(self) -> Window | None:
        first, last = self.day("first"), self.day("last")
        if self.wrong.keys() & {"first", "last"} or not (first or last):
            return None
        if not (first and last):
            missing = "first" if last else "last"
            self.wrong[missing] = "“first” and “last” go together: give both days, or neither."
            return None
        if first > last:
            self.wrong["last"] = f"The view ends ({last}) before it begins ({first}). Swap the two."
            return None
        return Window(first, last)

    def pixels(self) -> int:
        text = self.text("px")
        if text and not re.fullmatch("[0-9]{1,4}", text, re.ASCII):
            self.wrong["px"] = f"“{text[:40]}” is not a number of pixels. Write it like {USUAL_PX}."
            return USUAL_PX
        return min(max(int(text or USUAL_PX), LEAST_PX), MOST_PX)


# The days that the events of a filter reach over.

MARGIN = 0.02  # of the days, left free on either side


@dataclass(frozen=True, slots=True)
class Extent:
    window: Window  # all that there is to see, with a margin
    known_until: dt.date | None  # day of the last briefing; None: no briefing has a day


def full_extent(event_filter: EventFilter) -> Extent | None:
    """Return the extent of a filter, None where it finds nothing. Two queries, kept until something is written."""
    return cached("extent", event_filter, lambda: _full_extent(event_filter))


def _full_extent(event_filter: EventFilter) -> Extent | None:
    briefings = Briefing.objects.public().exclude(published_on=None)
    if day := event_filter.wanted.get("known_by"):
        briefings = briefings.filter(published_on__lte=day.last)
    known_until = briefings.order_by("-published_on").values_list("published_on", flat=True).first()
    if (span := _span(event_filter, known_until)) is None:
        return None
    first, last = _in_period(event_filter, *span)
    margin = max(1, round(MARGIN * ((last - first).days + 1)))
    ordinals = max(first.toordinal() - margin, 1), min(last.toordinal() + margin, LAST)
    return Extent(Window(*map(dt.date.fromordinal, ordinals)), known_until)


def _span(event_filter: EventFilter, known_until: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day that a date names; what has no known end reaches to the last briefing. An event
    without a known start begins at its limit."""
    index = index_for(event_filter)
    date_numbers = np.flatnonzero(np.bincount(index.dates(index.matching(event_filter))))
    if not len(date_numbers):
        return None
    start, begun, end = (DATES.column(name)[date_numbers] for name in ("start_earliest", "start_latest", "end_latest"))
    first = np.where(start == NO_START, end, start).min()
    reached = np.where(end < LAST, end, known_until.toordinal() if known_until else first)
    last = max(first, begun[begun < LAST].max(initial=first), reached.max())
    return dt.date.fromordinal(int(first)), dt.date.fromordinal(int(last))


def _in_period(event_filter: EventFilter, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days within the filter's period; where none of them is, those next to it."""
    begin, end = event_filter.wanted.get("from"), event_filter.wanted.get("to")
    if begin:
        first, last = max(first, begin.first), max(last, begin.first)
    if end:
        first, last = min(first, end.last), min(last, end.last)
    return first, last
