"""Every address of the API, and the schemas that have a name."""

from collections.abc import Callable

from django.urls import reverse

import tracker
from timeline.http.absolute_urls import absolute

from . import actors, briefings, citations, conflicts, counts, envelope, events, places, record_schemas
from .api_request import Asked
from .endpoint import Endpoint
from .json_schema import Schema, object_of, text, url
from .responses import Answer


def index(asked: Asked) -> Answer:
    lists = {one.name: absolute(reverse(f"api-{one.name}")) for one in ENDPOINTS if not one.key and one is not INDEX}
    body = envelope.of_site() | {
        "version": tracker.__version__,
        "schema": absolute(reverse("api-schema")),
        "documentation": absolute(reverse("api-docs")),
        "resources": lists,
    }
    return Answer(body)


def index_schema() -> Schema:
    names = [one.name for one in ENDPOINTS if not one.key and one is not INDEX]
    return object_of(
        envelope.REVISION
        | {
            "version": text("Of the software."),
            "schema": url("What describes the API to programs, OpenAPI 3.1."),
            "documentation": url("What describes it to people."),
            "resources": object_of({name: url("Its address.") for name in names}, "What there is."),
        }
    )


INDEX = Endpoint("index", "", "What there is", index, index_schema)
ENDPOINTS: tuple[Endpoint, ...] = (
    INDEX,
    events.LIST,
    events.ONE,
    events.GONE,
    citations.LIST,
    briefings.LIST,
    briefings.ONE,
    *actors.ACTORS,
    *places.PLACES,
    *conflicts.CONFLICTS,
    counts.FACETS,
    counts.FACET,
    counts.HISTOGRAM,
)
SCHEMAS: dict[str, Callable[[], Schema]] = {
    "Event": record_schemas.event,
    "Citation": record_schemas.citation,
    "CitationOfEvent": record_schemas.citation_with_event,
    "Removed": events.tombstone_schema,
    "Briefing": briefings.schema_of_record,
    "Actor": actors.schema,
    "Place": places.schema,
    "Conflict": conflicts.schema,
    "Facet": counts.facet_schema,
    "Bar": counts.bar_schema,
    "LeftOut": record_schemas.left_out,
    "Licence": record_schemas.licence,
}
