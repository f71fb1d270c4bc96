"""Facets and histogram of a filter: the counts that stand beside the list."""

from dataclasses import asdict
from typing import Any

from timeline.charts import buckets
from timeline.charts.histogram import histogram
from timeline.exports.redistribution import redistributable
from timeline.facets import facets
from timeline.facets.facet import KINDS
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.models.taxonomy import Category

from . import envelope
from .api_request import Asked, Refused
from .endpoint import Endpoint, Key
from .events import about_of
from .json_schema import Schema, list_of, named, nullable, number, object_of, text
from .responses import Answer

NAMES = tuple(kind.name for kind in KINDS)
NAME = Key("name", "Which facet.", "|".join(NAMES), NAMES)


def head_of(chosen: EventFilter) -> dict[str, Any]:
    return envelope.of_filter(about_of(chosen))


def all_facets(asked: Asked) -> Answer:
    chosen = asked.filtered(Event.objects.public())
    return Answer(head_of(chosen) | {"facets": [asdict(one) for one in facets(redistributable(chosen)[0])]})


def one_facet(asked: Asked) -> Answer:
    if asked.key not in NAMES:
        raise Refused(404, {"name": [f"There is no such facet. Facets: {', '.join(NAMES)}."]})
    chosen = asked.filtered(Event.objects.public())
    found = facets(redistributable(chosen)[0], everything=asked.key)
    return Answer(head_of(chosen) | {"facet": asdict(found[0])})


def bars(asked: Asked) -> Answer:
    chosen = asked.filtered(Event.objects.public())
    found = histogram(redistributable(chosen)[0])
    drawn = [asdict(bar) | {"first": bar.first.isoformat(), "last": bar.last.isoformat()} for bar in found.bars]
    days = {name: day.isoformat() if day else None for name, day in (("first", found.first), ("last", found.last))}
    return Answer(head_of(chosen) | {"unit": found.unit, "undated": found.undated, **days, "bars": drawn})


def facet_schema() -> Schema:
    value = object_of(
        {
            "value": text("As the parameter takes it."),
            "label": text("What it is called."),
            "count": number("Events of the filter with this value alone chosen in this facet."),
            "selected": {"type": "boolean", "description": "Whether the filter has it."},
            "query": text("The filter with it chosen, or no longer."),
            "category": text("Of a type: its category; else empty.", enum=["", *Category.values]),
            "level": number("Of an actor: to how many of those listed it belongs."),
        }
    )
    return object_of(
        {
            "name": text("The parameter; “year” stands for `from` and `to`.", enum=list(NAMES)),
            "label": text("What it is called."),
            "values": list_of(value, "The most frequent, and all that are selected; of one facet alone, all."),
            "more": number("Values that are not listed."),
        },
        "What the events of a filter are about.",
    )


def bar_schema() -> Schema:
    def weight(meaning: str) -> Schema:
        return {"type": "number", "minimum": 0, "description": meaning}

    return object_of(
        {
            "first": text("First day.", format="date"),
            "last": text("Last day, included.", format="date"),
            "label": text("In words."),
            "certain": number("Events of the filter that surely begin here."),
            "possible": weight("Weight of the others that may, spread over the days on which they may begin."),
            "all_certain": number("The same without the filter’s period."),
            "all_possible": weight("The same without the filter’s period."),
            "events": number("Events of the filter that begin or may begin here."),
            "partial": text("Which of its edges the period cuts.", enum=["", "start", "end", "both"]),
            "query": text("The filter narrowed to these days."),
        },
        "Events that begin in a piece of time.",
    )


def counts_schema(**own: Schema) -> Schema:
    return object_of(envelope.filter_schema("Events of the filter that the site shows.") | own)


def histogram_schema() -> Schema:
    return counts_schema(
        unit=text("Length of each bar.", enum=list(buckets.UNITS)),
        undated=number("Events in no bar: without a known start, or one that may be any day from some day on."),
        first=nullable(text("First day of the extent; null: no event has a known start.", format="date")),
        last=nullable(text("Last day of the extent.", format="date")),
        bars=list_of(named("Bar"), "In the order of time, without a gap."),
    )


FACETS = Endpoint(
    "facets",
    "facets/",
    "Facets of a filter, with exact counts",
    all_facets,
    lambda: counts_schema(facets=list_of(named("Facet"), "All facets.")),
    takes_filter=True,
)
FACET = Endpoint(
    "facet",
    "facets/{name}/",
    "One facet with all its values",
    one_facet,
    lambda: counts_schema(facet=named("Facet")),
    takes_filter=True,
    key=NAME,
    refusals=(404,),
)
HISTOGRAM = Endpoint(
    "histogram", "histogram/", "Events of a filter over time", bars, histogram_schema, takes_filter=True
)
