"""Facets and histogram of a filter: the counts that are beside the list."""

from dataclasses import asdict
from typing import Any

from timeline.charts.histogram import histogram
from timeline.charts.time_steps import NAMED
from timeline.exports.export_header import redistributable
from timeline.facets import facets
from timeline.facets.facet import KINDS
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.models.taxonomy import Category

from . import pagination
from .api_request import ApiError, ApiRequest, ApiResponse
from .endpoint import Endpoint, PathKey
from .events import filter_header
from .record_schemas import Schema, array_schema, count_schema, nullable, object_schema, schema_reference, text_schema

FACET_NAMES = tuple(kind.name for kind in KINDS)
FACET_KEY = PathKey("name", "Which facet.", "|".join(FACET_NAMES), FACET_NAMES)


def filter_head(event_filter: EventFilter) -> dict[str, Any]:
    return pagination.filter_envelope(filter_header(event_filter))


def list_facets(api_request: ApiRequest) -> ApiResponse:
    event_filter = api_request.event_filter(Event.objects.public())
    return ApiResponse(
        filter_head(event_filter) | {"facets": [asdict(facet) for facet in facets(redistributable(event_filter)[0])]}
    )


def get_facet(api_request: ApiRequest) -> ApiResponse:
    if api_request.key not in FACET_NAMES:
        raise ApiError(404, {"name": [f"There is no such facet. Facets: {', '.join(FACET_NAMES)}."]})
    event_filter = api_request.event_filter(Event.objects.public())
    matches = facets(redistributable(event_filter)[0], everything=api_request.key)
    return ApiResponse(filter_head(event_filter) | {"facet": asdict(matches[0])})


def get_histogram(api_request: ApiRequest) -> ApiResponse:
    event_filter = api_request.event_filter(Event.objects.public())
    counts = histogram(redistributable(event_filter)[0])
    bars = [asdict(bar) | {"first": bar.first.isoformat(), "last": bar.last.isoformat()} for bar in counts.bars]
    days = {name: day.isoformat() if day else None for name, day in (("first", counts.first), ("last", counts.last))}
    return ApiResponse(
        filter_head(event_filter) | {"unit": counts.unit, "undated": counts.undated, **days, "bars": bars}
    )


def facet_schema() -> Schema:
    value = object_schema(
        {
            "value": text_schema("As the parameter takes it."),
            "label": text_schema("Its name."),
            "count": count_schema("Events of the filter with this value alone chosen in this facet."),
            "selected": {"type": "boolean", "description": "Whether the filter has it."},
            "query": text_schema("The filter with this value added, or removed if it is selected."),
            "category": text_schema("Of a type: its category; else empty.", enum=["", *Category.values]),
            "level": count_schema("Of an actor: how many of those listed it belongs to."),
        }
    )
    return object_schema(
        {
            "name": text_schema("The parameter; “year” stands for `from` and `to`.", enum=list(FACET_NAMES)),
            "label": text_schema("Its name."),
            "values": array_schema(value, "The most frequent, and all that are selected; of one facet alone, all."),
            "more": count_schema("Values that are not listed."),
        },
        "What the events of a filter are about.",
    )


def bar_schema() -> Schema:
    def weight(meaning: str) -> Schema:
        return {"type": "number", "minimum": 0, "description": meaning}

    return object_schema(
        {
            "first": text_schema("First day.", format="date"),
            "last": text_schema("Last day, included.", format="date"),
            "label": text_schema("In words."),
            "certain": count_schema("Events of the filter that definitely begin here."),
            "possible": weight("Weight of the others that may, spread over the days on which they may begin."),
            "all_certain": count_schema("The same without the filter’s period."),
            "all_possible": weight("The same without the filter’s period."),
            "events": count_schema("Events of the filter that begin or may begin here."),
            "partial": text_schema("Which of its edges the period cuts.", enum=["", "start", "end", "both"]),
            "query": text_schema("The filter narrowed to these days."),
        },
        "Events that begin in a piece of time.",
    )


def counts_schema(**properties: Schema) -> Schema:
    return object_schema(pagination.filter_properties("Events of the filter that the site shows.") | properties)


def histogram_schema() -> Schema:
    return counts_schema(
        unit=text_schema("Length of each bar.", enum=[step.name for step in NAMED]),
        undated=count_schema("Events in no bar: without a known start, or one that may be any day from some day on."),
        first=nullable(text_schema("First day of the extent; null: no event has a known start.", format="date")),
        last=nullable(text_schema("Last day of the extent.", format="date")),
        bars=array_schema(schema_reference("Bar"), "In the order of time, without a gap."),
    )


FACETS = Endpoint(
    "facets",
    "facets/",
    "Facets of a filter, with exact counts",
    list_facets,
    lambda: counts_schema(facets=array_schema(schema_reference("Facet"), "All facets.")),
    takes_filter=True,
)
FACET = Endpoint(
    "facet",
    "facets/{name}/",
    "One facet with all its values",
    get_facet,
    lambda: counts_schema(facet=schema_reference("Facet")),
    takes_filter=True,
    key=FACET_KEY,
    refusals=(404,),
)
HISTOGRAM = Endpoint(
    "histogram", "histogram/", "Events of a filter over time", get_histogram, histogram_schema, takes_filter=True
)
