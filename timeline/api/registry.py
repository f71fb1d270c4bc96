"""Every address of the API, and the schemas that have a name."""

from collections.abc import Callable

from django.urls import reverse

import tracker
from timeline.absolute_urls import absolute_url

from . import actors, briefings, citations, conflicts, counts, events, pagination, places, record_schemas
from .api_request import ApiRequest, ApiResponse
from .endpoint import Endpoint
from .record_schemas import Schema, object_schema, text_schema, url_schema


def get_index(api_request: ApiRequest) -> ApiResponse:
    lists = {
        endpoint.name: absolute_url(reverse(f"api-{endpoint.name}"))
        for endpoint in ENDPOINTS
        if not endpoint.key and endpoint is not INDEX
    }
    body = pagination.site_envelope() | {
        "version": tracker.__version__,
        "schema": absolute_url(reverse("api-schema")),
        "documentation": absolute_url(reverse("api-docs")),
        "resources": lists,
    }
    return ApiResponse(body)


def index_schema() -> Schema:
    names = [endpoint.name for endpoint in ENDPOINTS if not endpoint.key and endpoint is not INDEX]
    return object_schema(
        pagination.REVISION
        | {
            "version": text_schema("Of the software."),
            "schema": url_schema("Description of the API for programs, OpenAPI 3.1."),
            "documentation": url_schema("Documentation of the API."),
            "resources": object_schema({name: url_schema("Its address.") for name in names}, "What there is."),
        }
    )


INDEX = Endpoint("index", "", "What there is", get_index, index_schema)
ENDPOINTS: tuple[Endpoint, ...] = (
    INDEX,
    events.LIST,
    events.DETAIL,
    events.REMOVED,
    citations.LIST,
    briefings.LIST,
    briefings.DETAIL,
    *actors.ACTORS,
    *places.PLACES,
    *conflicts.CONFLICTS,
    counts.FACETS,
    counts.FACET,
    counts.HISTOGRAM,
)
SCHEMAS: dict[str, Callable[[], Schema]] = {
    "Event": record_schemas.event_schema,
    "Citation": record_schemas.citation_schema,
    "CitationOfEvent": record_schemas.citation_with_event_schema,
    "Removed": events.tombstone_schema,
    "Briefing": briefings.briefing_schema,
    "Actor": actors.actor_schema,
    "Place": places.place_schema,
    "Conflict": conflicts.conflict_schema,
    "Facet": counts.facet_schema,
    "Bar": counts.bar_schema,
    "LeftOut": record_schemas.left_out_schema,
    "Licence": record_schemas.licence_schema,
}
