"""Events: the list of a filter, one by its id, and those that a copy has to drop."""

import datetime as dt
import re
from typing import Any

from django.http import QueryDict

from timeline.absolute_urls import absolute_page_url, absolute_url
from timeline.exports.columns import iso_utc
from timeline.exports.event_records import read_records
from timeline.exports.export_header import About, export_header
from timeline.exports.feed_pages import removed_record
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.models.event import Status
from timeline.querysets import EventQuerySet

from . import pagination
from .api_request import ApiError, ApiRedirect, ApiRequest, ApiResponse
from .endpoint import Endpoint, PathKey
from .pagination import BY_CHANGE, EVENT_ORDERS, paginate
from .query_fields import PAGED, SINCE
from .record_schemas import Schema, array_schema, nullable, object_schema, schema_reference, text_schema

ID = re.compile(r"[0-9a-z]{10}", re.ASCII)
PUBLIC_ID = PathKey("public_id", "Stable id of the event.", f"^{ID.pattern}$")


def list_events(api_request: ApiRequest) -> ApiResponse:
    """Return a page. What it says of the state of the data is read first: who goes on from there misses no change."""
    since = api_request.cleaned_data["updated_since"]
    event_filter = api_request.event_filter(changed_since(Event.objects.public(), since))
    body = pagination.filter_envelope(filter_header(event_filter, since)) | {"updated_since": iso_utc(since)}
    order = BY_CHANGE if since and not api_request.query.get("order") else EVENT_ORDERS[event_filter.order]
    page = paginate(
        event_filter.events.redistributable(),
        order,
        "public_id",
        api_request,
        [*event_filter.parameters, *api_request.list_parameters],
    )
    return ApiResponse(
        body | {"next": page.next or None, "events": serialize_events(event_filter, page.keys)}, page.next
    )


def changed_since(events: EventQuerySet, since: dt.datetime | None) -> EventQuerySet:
    return events.revised_since(since) if since else events


def filter_header(event_filter: EventFilter, since: dt.datetime | None = None) -> About:
    """Return what is said of a filter. What changed lately is few, and counted each time."""
    return export_header(event_filter, use_index=not since)


def serialize_events(event_filter: EventFilter, keys: list[str]) -> list[dict[str, Any]]:
    """Return the events with these public ids as the JSON export has them, in this order. Three queries."""
    if not keys:
        return []
    records = {
        record["public_id"]: record
        for record in read_records(event_filter.with_events(Event.objects.named(keys).in_order()))
    }
    return [records[key] for key in keys if key in records]


def get_event(api_request: ApiRequest) -> ApiResponse:
    event = Event.objects.ever_public().named([api_request.key]).first() if ID.fullmatch(api_request.key) else None
    if event is None:
        raise ApiError(404, {"public_id": ["There is no public event with this id."]})
    if event.status != Status.PUBLISHED:
        raise gone_response(event)
    event_filter = EventFilter(QueryDict(), Event.objects.public().named([api_request.key]))
    if not (records := serialize_events(event_filter, [api_request.key])):
        raise ApiError(403, {"public_id": [not_redistributable_message(event)]})
    return ApiResponse(pagination.site_envelope() | {"event": records[0]})


def not_redistributable_message(event: Event) -> str:
    address, data_set = absolute_url(event.get_absolute_url()), event.data_set
    return (
        f"The licence of {data_set.name} ({data_set.licence}) forbids redistribution. The event is shown at {address}"
    )


def gone_response(event: Event) -> ApiError | ApiRedirect:
    """Return the answer for an event that was public once: why it is gone, or where it went."""
    if event.status == Status.WITHDRAWN:
        return ApiError(410, {"public_id": [f"This event was withdrawn: {event.withdrawal_reason}"]})
    if successor := Event.objects.successor(event):
        return ApiRedirect(absolute_page_url("api-event", successor.public_id))
    return ApiError(410, {"public_id": ["This event became part of another that is not public."]})


def list_removed(api_request: ApiRequest) -> ApiResponse:
    since, state = api_request.cleaned_data["updated_since"], pagination.site_envelope()
    rows = changed_since(Event.objects.taken_back().redistributable(), since)
    page = paginate(rows, BY_CHANGE, "public_id", api_request, api_request.list_parameters)
    by_key = {event.public_id: removed_record(event) for event in Event.objects.named(page.keys).with_successor()}
    body = state | {"total": rows.count(), "updated_since": iso_utc(since), "next": page.next or None}
    return ApiResponse(body | {"removed": [by_key[key] for key in page.keys if key in by_key]}, page.next)


def events_schema() -> Schema:
    properties = pagination.filter_properties("Events of the filter on all pages.")
    properties |= {
        "updated_since": SINCE_SCHEMA,
        "next": pagination.NEXT,
        "events": array_schema(schema_reference("Event"), "This page."),
    }
    return object_schema(properties)


SINCE_SCHEMA = nullable(text_schema("As requested, in UTC; null: not requested.", format="date-time"))


def event_schema() -> Schema:
    return object_schema(pagination.REVISION | {"event": schema_reference("Event")})


def tombstone_schema() -> Schema:
    return object_schema(
        {
            "public_id": text_schema("Stable id of the event."),
            "status": text_schema("How it went.", enum=[Status.WITHDRAWN.value, Status.MERGED.value]),
            "reason": text_schema("Why it was withdrawn; empty: it was merged."),
            "merged_into": nullable(text_schema("Id of the event it became part of; null: none that was ever public.")),
            "removed_at": nullable(text_schema("When, UTC; null: before this is counted.", format="date-time")),
        },
        "An event that was public once and is no longer.",
    )


def removed_schema() -> Schema:
    total = {"total": {"type": "integer", "minimum": 0, "description": "Events on all pages."}}
    removed = {
        "removed": array_schema(schema_reference("Removed"), "This page, in the order in which they were removed.")
    }
    return object_schema(
        {**pagination.REVISION, **total, "updated_since": SINCE_SCHEMA, "next": pagination.NEXT, **removed}
    )


LIST = Endpoint(
    "events", "events/", "Events of a filter", list_events, events_schema, (SINCE, *PAGED), takes_filter=True
)
DETAIL = Endpoint(
    "event", "events/{public_id}/", "One event", get_event, event_schema, key=PUBLIC_ID, refusals=(308, 403, 404, 410)
)
REMOVED = Endpoint("removed", "removed/", "Events withdrawn or merged", list_removed, removed_schema, (SINCE, *PAGED))
