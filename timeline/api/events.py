"""Events: the list of a filter, one by its id, and those that a copy has to drop."""

import datetime as dt
import re
from typing import Any

from django.http import QueryDict

from timeline.exports.columns import stamp
from timeline.exports.event_records import records
from timeline.exports.export_header import About, about
from timeline.filters import EventFilter
from timeline.http.absolute_urls import absolute, address_of
from timeline.models import Event
from timeline.models.event import Status
from timeline.querysets import EventQuerySet

from . import envelope
from .api_parameters import PAGED, SINCE
from .api_request import Asked, Moved, Refused
from .endpoint import Endpoint, Key
from .json_schema import Schema, list_of, named, nullable, object_of, text
from .pagination import BY_CHANGE, EVENTS, page
from .responses import Answer

ID = re.compile(r"[0-9a-z]{10}", re.ASCII)
PUBLIC_ID = Key("public_id", "Stable id of the event.", f"^{ID.pattern}$")


def listed(asked: Asked) -> Answer:
    """Return a page. What it says of the state of the data is read first: who goes on from there misses no change."""
    since = asked.own["updated_since"]
    chosen = asked.filtered(changed(Event.objects.public(), since))
    body = envelope.of_filter(about_of(chosen, since)) | {"updated_since": stamp(since)}
    order = BY_CHANGE if since and not asked.data.get("order") else EVENTS[chosen.order]
    found = page(chosen.events.redistributable(), order, "public_id", asked, [*chosen.parameters, *asked.pairs])
    return Answer(body | {"next": found.next or None, "events": told(chosen, found.keys)}, found.next)


def changed(events: EventQuerySet, since: dt.datetime | None) -> EventQuerySet:
    return events.revised_since(since) if since else events


def about_of(chosen: EventFilter, since: dt.datetime | None = None) -> About:
    """Return what is said of a filter. What changed lately is few, and counted each time."""
    return about(chosen, keep=not since)


def told(chosen: EventFilter, keys: list[str]) -> list[dict[str, Any]]:
    """Return the events with these public ids as the JSON export has them, in this order. Three queries."""
    if not keys:
        return []
    found = {one["public_id"]: one for one in records(chosen.with_events(Event.objects.named(keys).ordered()))}
    return [found[key] for key in keys if key in found]


def one(asked: Asked) -> Answer:
    event = Event.objects.ever_public().named([asked.key]).first() if ID.fullmatch(asked.key) else None
    if event is None:
        raise Refused(404, {"public_id": ["There is no public event with this id."]})
    if event.status != Status.PUBLISHED:
        raise gone(event)
    chosen = EventFilter(QueryDict(), Event.objects.public().named([asked.key]))
    if not (found := told(chosen, [asked.key])):
        raise Refused(403, {"public_id": [kept_here(event)]})
    return Answer(envelope.of_site() | {"event": found[0]})


def kept_here(event: Event) -> str:
    where, one = absolute(event.get_absolute_url()), event.data_set
    return f"The licence of {one.name} ({one.licence}) forbids redistribution. The event is shown at {where}"


def gone(event: Event) -> Refused | Moved:
    """Return what is told of an event that was public once: why it is gone, or where it went."""
    if event.status == Status.WITHDRAWN:
        return Refused(410, {"public_id": [f"This event was withdrawn: {event.withdrawal_reason}"]})
    if successor := Event.objects.successor(event):
        return Moved(address_of("api-event", successor.public_id))
    return Refused(410, {"public_id": ["This event became part of another that is not public."]})


def removed(asked: Asked) -> Answer:
    since, state = asked.own["updated_since"], envelope.of_site()
    rows = changed(Event.objects.taken_back().redistributable(), since)
    found = page(rows, BY_CHANGE, "public_id", asked, asked.pairs)
    by_key = {event.public_id: tombstone(event) for event in Event.objects.named(found.keys).with_successor()}
    body = state | {"total": rows.count(), "updated_since": stamp(since), "next": found.next or None}
    return Answer(body | {"removed": [by_key[key] for key in found.keys if key in by_key]}, found.next)


def tombstone(event: Event) -> dict[str, Any]:
    into = event.merged_into if event.merged_into and event.merged_into.published_at else None
    return {
        "public_id": event.public_id,
        "status": event.status,
        "reason": event.withdrawal_reason if event.status == Status.WITHDRAWN else "",
        "merged_into": into.public_id if into else None,
        "removed_at": stamp(event.revised_at),
    }


def list_schema() -> Schema:
    own = envelope.filter_schema("Events of the filter on all pages.")
    own |= {"updated_since": SINCE_SCHEMA, "next": envelope.NEXT, "events": list_of(named("Event"), "This page.")}
    return object_of(own)


SINCE_SCHEMA = nullable(text("As asked for, in UTC; null: not asked for.", format="date-time"))


def one_schema() -> Schema:
    return object_of(envelope.REVISION | {"event": named("Event")})


def tombstone_schema() -> Schema:
    return object_of(
        {
            "public_id": text("Stable id of the event."),
            "status": text("How it went.", enum=[Status.WITHDRAWN.value, Status.MERGED.value]),
            "reason": text("Why it was withdrawn; empty: it was merged."),
            "merged_into": nullable(text("Id of the event it became part of; null: none that was ever public.")),
            "removed_at": nullable(text("When, UTC; null: before this is counted.", format="date-time")),
        },
        "An event that was public once and is no longer.",
    )


def removed_schema() -> Schema:
    total = {"total": {"type": "integer", "minimum": 0, "description": "Events on all pages."}}
    rows = {"removed": list_of(named("Removed"), "This page, in the order in which they went.")}
    return object_of({**envelope.REVISION, **total, "updated_since": SINCE_SCHEMA, "next": envelope.NEXT, **rows})


LIST = Endpoint("events", "events/", "Events of a filter", listed, list_schema, (SINCE, *PAGED), takes_filter=True)
ONE = Endpoint(
    "event", "events/{public_id}/", "One event", one, one_schema, key=PUBLIC_ID, refusals=(308, 403, 404, 410)
)
GONE = Endpoint("removed", "removed/", "Events withdrawn or merged", removed, removed_schema, (SINCE, *PAGED))
