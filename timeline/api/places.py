"""Places where public events happened."""

from collections.abc import Iterable
from typing import Any

from timeline.absolute_urls import absolute_page_url
from timeline.filters.filter_fields import CountriesField
from timeline.models import Place
from timeline.models.external_id import GAZETTEERS
from timeline.querysets import PlaceQuerySet

from .query_fields import Parameter, WordsField, field_factory
from .record_schemas import (
    Schema,
    array_schema,
    count_schema,
    nullable,
    object_schema,
    table_schemas,
    text_schema,
    url_schema,
)
from .resource import Resource

PARAMETERS = (
    Parameter("q", "Words; each must occur in the name.", field_factory(WordsField), "contact"),
    Parameter("country", "ISO 3166-1.", field_factory(CountriesField), "AM"),
)
MODEL_FIELDS = ("slug", "name", "country", "description")
POINT = ("latitude", "longitude")


def filter_places(places: PlaceQuerySet, cleaned_data: dict[str, Any]) -> PlaceQuerySet:
    matches = places.search(cleaned_data["q"]) if cleaned_data["q"] else places
    return matches.in_countries(cleaned_data["country"]) if cleaned_data["country"] else matches


def with_names(places: PlaceQuerySet) -> PlaceQuerySet:
    return places.select_related("parent").prefetch_related("external_ids")


def serialize_places(places: Iterable[Place]) -> list[dict[str, Any]]:
    return [serialize_place(place) for place in places]


def serialize_place(place: Place) -> dict[str, Any]:
    return {
        **{name: getattr(place, name) for name in MODEL_FIELDS},
        **{name: None if (degrees := getattr(place, name)) is None else float(degrees) for name in POINT},
        "precision": None,
        "parent": place.parent.slug if place.parent else None,
        "external_ids": [
            {"scheme": known.scheme, "value": known.value} for known in place.external_ids.all() if known.gazetteer
        ],
        "url": absolute_page_url("place-detail", place.slug),
        "event_count": place.event_count,
    }


def place_schema() -> Schema:
    return object_schema(
        {
            **table_schemas(Place, "places", *MODEL_FIELDS, *POINT),
            "precision": {
                "type": "null",
                "description": "Always null: it is said with each event, as place_precision.",
            },
            "parent": nullable(text_schema("Slug of the place it lies within; null: none.")),
            "external_ids": array_schema(
                object_schema(
                    {
                        "scheme": text_schema("Of which list.", enum=list(GAZETTEERS)),
                        "value": text_schema("The id there."),
                    }
                ),
                "Its ids elsewhere.",
            ),
            "url": url_schema("Address of its page."),
            "event_count": count_schema("Public events that happened there, or in what lies within."),
        },
        "A named location.",
    )


PLACES = Resource(
    "place", "places", "Places", Place, filter_places, with_names, serialize_places, PARAMETERS
).endpoints()
