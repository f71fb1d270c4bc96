"""Places where public events happened."""

from collections.abc import Iterable
from typing import Any

from timeline.filters.filter_fields import CountriesField
from timeline.http.absolute_urls import address_of
from timeline.models import Place
from timeline.querysets import PlaceQuerySet

from .api_parameters import Parameter
from .json_schema import Schema, number, object_of, of_table, url
from .query_fields import WordsField, make
from .resource import Resource

OWN = (
    Parameter("q", "Words, each in the name.", make(WordsField), "contact"),
    Parameter("country", "ISO 3166-1.", make(CountriesField), "AM"),
)
OF_TABLE = ("slug", "name", "country", "precision", "description")
POINT = ("latitude", "longitude")


def narrowed(places: PlaceQuerySet, own: dict[str, Any]) -> PlaceQuerySet:
    found = places.found_by(own["q"]) if own["q"] else places
    return found.in_countries(own["country"]) if own["country"] else found


def records(places: Iterable[Place]) -> list[dict[str, Any]]:
    return [record(place) for place in places]


def record(place: Place) -> dict[str, Any]:
    return {
        **{name: getattr(place, name) for name in OF_TABLE},
        **{name: None if (degrees := getattr(place, name)) is None else float(degrees) for name in POINT},
        "url": address_of("place-detail", place.slug),
        "event_count": place.event_count or 0,
    }


def schema() -> Schema:
    return object_of(
        {
            **of_table(Place, "places", *OF_TABLE, *POINT),
            "url": url("Address of its page."),
            "event_count": number("Public events that happened there."),
        },
        "A named location, and how precisely it is known.",
    )


PLACES = Resource(
    "place", "places", "Places", Place, narrowed, PlaceQuerySet.with_event_count, records, OWN
).endpoints()
