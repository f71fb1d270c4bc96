"""Citations of the events of a filter, in the order of the events."""

from typing import Any

from django.core.exceptions import ValidationError

from timeline.database.keyset_paging import further
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.versions.data_version import cached

from . import cursor, envelope
from .api_parameters import PAGED
from .api_request import Asked
from .endpoint import Endpoint
from .events import about_of, told
from .json_schema import Schema, list_of, named, object_of
from .pagination import EVENTS, next_address, position, scope_of
from .responses import Answer

OF_EVENT = ("public_id", "url", "title", "date", "edtf")


def listed(asked: Asked) -> Answer:
    chosen = asked.filtered(Event.objects.public())
    body = envelope.of_filter(about_of(chosen)) | {"total": total(chosen)}
    rows, following = page(chosen, asked)
    return Answer(body | {"next": following or None, "citations": rows}, following)


def page(chosen: EventFilter, asked: Asked) -> tuple[list[dict[str, Any]], str]:
    """Return one page, and the address of the next; empty: there is none.

    It begins after a citation, in its event. As every event has a citation, so many events are enough for so many.
    Four queries; two more with a cursor. Raises ValidationError where the cursor is wrong.
    """
    order = EVENTS[chosen.order]
    scope = scope_of(asked, chosen.parameters, order)
    rows, places, after = order.sorted(chosen.events.redistributable()), {}, ""
    if asked.own["cursor"]:
        value, event, last = cursor.read(scope, asked.own["cursor"])
        if rows.named([event]).exists():
            places, after = {event: value}, last
        rows = further(rows, order.column, order.descends, position(Event, order, "public_id", value, event))
    places |= dict(rows.values_list("public_id", order.column)[: asked.limit + 1])
    found = following(cited(told(chosen, list(places))), after)
    shown = found[: asked.limit]
    if len(found) == len(shown):
        return shown, ""
    event, last = shown[-1]["event"]["public_id"], shown[-1]["public_id"]
    return shown, next_address(asked, chosen.parameters, scope, places[event], event, last)


def cited(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the citations of events, each with what it speaks of."""
    return [one | {"event": {name: event[name] for name in OF_EVENT}} for event in events for one in event["citations"]]


def following(citations: list[dict[str, Any]], after: str) -> list[dict[str, Any]]:
    """Return those after the one with this public id; all where it is empty."""
    if not after:
        return citations
    names = [one["public_id"] for one in citations]
    if after not in names:
        words = "The citation at which this page begins is gone. Start from the first page."
        raise ValidationError({"cursor": [words]})
    return citations[names.index(after) + 1 :]


def total(chosen: EventFilter) -> int:
    """Return how many citations there are on all pages; kept until something is written."""
    events = chosen.events.redistributable()
    return cached("citations", chosen, lambda: chosen.citations.of_events(events).count())


def schema() -> Schema:
    own = envelope.filter_schema("Citations of the filter’s events on all pages.")
    return object_of(own | {"next": envelope.NEXT, "citations": list_of(named("CitationOfEvent"), "This page.")})


LIST = Endpoint("citations", "citations/", "Citations of a filter’s events", listed, schema, PAGED, takes_filter=True)
