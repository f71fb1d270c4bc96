"""How the chart is looked at: which lanes, how high, how wide. It is part of the address and never of the filter: which
days are shown is the filter's period."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.exceptions import ValidationError

from timeline.charts.axis import USUAL_PX
from timeline.charts.marks.lane_plan import KINDS, MOST_LANES
from timeline.charts.window import Window

# Parameters of the page; it and /marks.html take px besides, which no link carries on.
PARAMETERS = frozenset({"axis", "event", "lane", "lanes", "measure", "scale"})
LAYOUT = ("axis", "lane", "lanes", "measure", "scale")  # those that every link of the page carries on
AXES = {"lanes": "Lanes", "reported": "Day reported"}
MEASURES = {"events": "Events", "deaths": "Deaths"}
SCALES = {"linear": "Linear", "root": "Square root"}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LEAST_PX, MOST_PX = 200, 4000


@dataclass(frozen=True, slots=True)
class View:
    lanes: str = ""  # kind of lanes; empty: the first kind in which the events differ
    lane: tuple[str, ...] = ()  # the values that have a lane of their own; empty: those with most events
    axis: str = "lanes"
    scale: str = "linear"
    measure: str = "events"  # "deaths": their counts too
    px: int = USUAL_PX  # width of the plot in CSS pixels
    event: str = ""  # public id of the one whose card is open

    @property
    def query(self) -> str:
        """Return the view as a query string, without "?", without what holds anyway, and without `px`."""
        pairs = [("axis", self.axis if self.axis != "lanes" else ""), ("event", self.event)]
        pairs += [*(("lane", slug) for slug in self.lane), ("lanes", self.lanes)]
        pairs += [("measure", self.measure if self.measure != "events" else "")]
        pairs += [("scale", self.scale if self.scale != "linear" else "")]
        return urlencode([(name, text) for name, text in pairs if text])

    @property
    def is_by_root(self) -> bool:
        return self.scale == "root"

    def but(self, **changes) -> "View":
        return replace(self, **changes)


def read_view(query: Mapping[str, str]) -> View:
    """Return the view that an address asks for. Raises ValidationError with the messages by parameter."""
    reader = _Reader(query)
    chart_view = View(
        lanes=reader.one_of("lanes", KINDS, ""),
        lane=reader.lanes(),
        axis=reader.one_of("axis", AXES, "lanes"),
        scale=reader.one_of("scale", SCALES, "linear"),
        measure=reader.one_of("measure", MEASURES, "events"),
        px=reader.pixels(),
        event=reader.text("event")[:20].replace("\0", ""),
    )
    if reader.wrong:
        raise ValidationError(reader.wrong)
    return chart_view


def read_days(query: Mapping[str, str]) -> Window:
    """Return the days of a cell, from `first` to `last`. Raises ValidationError with the messages by parameter."""
    reader = _Reader(query)
    first, last = reader.day("first"), reader.day("last")
    if not reader.wrong and not (first and last):
        reader.wrong["first"] = "Give the days of the cell, “first” and “last”."
    if first and last and first > last:
        reader.wrong["last"] = f"The cell ends ({last}) before it begins ({first}). Swap the two."
    if reader.wrong:
        raise ValidationError(reader.wrong)
    return Window(first, last)


class _Reader:
    def __init__(self, query: Mapping[str, str]):
        self.query = query
        self.wrong: dict[str, str] = {}

    def texts(self, name: str) -> list[str]:
        return self.query.getlist(name) if hasattr(self.query, "getlist") else [self.query.get(name, "")]

    def text(self, name: str) -> str:
        texts = self.texts(name)
        if len(texts) > 1:
            self.wrong[name] = f"“{name}” is given more than once. Keep one."
        return texts[0] if texts else ""

    def one_of(self, name: str, known: Mapping, default: str) -> str:
        text = self.text(name) or default
        if text and text not in known:
            self.wrong[name] = f"“{text[:40]}”: not known here. Choose from: {', '.join(known)}."
        return text

    def lanes(self) -> tuple[str, ...]:
        slugs = tuple(sorted({slug for slug in self.texts("lane") if slug}))
        if len(slugs) >= MOST_LANES:
            self.wrong["lane"] = f"{len(slugs)} lanes are too many. Choose up to {MOST_LANES - 1}."
        return slugs

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

    def pixels(self) -> int:
        text = self.text("px")
        if text and not re.fullmatch("[0-9]{1,4}", text, re.ASCII):
            self.wrong["px"] = f"“{text[:40]}” is not a number of pixels. Write it like {USUAL_PX}."
            return USUAL_PX
        return min(max(int(text or USUAL_PX), LEAST_PX), MOST_PX)
