"""Citations of the events of a filter, in the order of the events."""

from typing import Any

from django.core.exceptions import ValidationError

from timeline.database.keyset_paging import further
from timeline.facets.counting import count_exported
from timeline.filters import EventFilter
from timeline.models import Event

from . import pagination
from .api_request import ApiRequest, ApiResponse
from .endpoint import Endpoint
from .events import filter_header, serialize_events
from .pagination import EVENT_ORDERS, cursor_scope, next_address, read_cursor, row_position
from .query_fields import PAGED
from .record_schemas import Schema, array_schema, object_schema, schema_reference

EVENT_FIELDS = ("public_id", "url", "title", "date", "edtf")


def list_citations(api_request: ApiRequest) -> ApiResponse:
    event_filter = api_request.event_filter(Event.objects.public())
    body = pagination.filter_envelope(filter_header(event_filter)) | {"total": count_exported(event_filter)[0]}
    rows, following = paginate_citations(event_filter, api_request)
    return ApiResponse(body | {"next": following or None, "citations": rows}, following)


def paginate_citations(event_filter: EventFilter, api_request: ApiRequest) -> tuple[list[dict[str, Any]], str]:
    """Return one page, and the address of the next; empty: there is none.

    It begins after a citation, in its event. As every event has a citation, so many events are enough for so many.
    Four queries; two more with a cursor. Raises ValidationError where the cursor is wrong.
    """
    order = EVENT_ORDERS[event_filter.order]
    scope = cursor_scope(api_request, event_filter.parameters, order)
    rows, places, after = order.sorted(event_filter.events.redistributable()), {}, ""
    if api_request.cleaned_data["cursor"]:
        value, event, last = read_cursor(scope, api_request.cleaned_data["cursor"])
        if rows.named([event]).exists():
            places, after = {event: value}, last
        rows = further(rows, order.column, order.descends, row_position(Event, order, "public_id", value, event))
    places |= dict(rows.values_list("public_id", order.column)[: api_request.limit + 1])
    citations = citations_after(citations_of(serialize_events(event_filter, list(places))), after)
    page = citations[: api_request.limit]
    if len(citations) == len(page):
        return page, ""
    event, last = page[-1]["event"]["public_id"], page[-1]["public_id"]
    return page, next_address(api_request, event_filter.parameters, scope, places[event], event, last)


def citations_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the citations of events, each with what it mentions."""
    return [
        citation | {"event": {name: event[name] for name in EVENT_FIELDS}}
        for event in events
        for citation in event["citations"]
    ]


def citations_after(citations: list[dict[str, Any]], after: str) -> list[dict[str, Any]]:
    """Return those after the one with this public id; all where it is empty."""
    if not after:
        return citations
    names = [citation["public_id"] for citation in citations]
    if after not in names:
        message = "The citation at which this page begins is gone. Start from the first page."
        raise ValidationError({"cursor": [message]})
    return citations[names.index(after) + 1 :]


def citations_schema() -> Schema:
    properties = pagination.filter_properties("Citations of the filter’s events on all pages.")
    return object_schema(
        properties
        | {"next": pagination.NEXT, "citations": array_schema(schema_reference("CitationOfEvent"), "This page.")}
    )


LIST = Endpoint(
    "citations",
    "citations/",
    "Citations of a filter’s events",
    list_citations,
    citations_schema,
    PAGED,
    takes_filter=True,
)
