"""The events of a filter as plain records, read in short queries: neither their number nor a slow reader costs memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.db.models import CharField, FloatField
from django.db.models.functions import Cast

from timeline import dates, paging
from timeline.addresses import address_of
from timeline.filters import EventFilter
from timeline.models import Event, Participation

from .cited import Cited

Record = dict[str, Any]

OPEN = frozenset({None, "", dt.date.min.isoformat(), dt.date.max.isoformat()})
PLAIN = (
    "public_id",
    "title",
    "summary",
    "edtf",
    "date_as_stated",
    "date_qualifier",
    "date_note",
    "time_zone",
    "country",
    "deaths_low",
    "deaths_best",
    "deaths_high",
    "deaths_out_of_order",
)
JOINED = {
    "category": "event_type__category",
    "type": "event_type__slug",
    "type_name": "event_type__name",
    "place": "place__name",
    "place_slug": "place__slug",
    "place_precision": "place__precision",
    "conflict": "conflict__name",
    "conflict_slug": "conflict__slug",
    "data_set": "data_set__slug",
    "external_id": "imported__external_id",
    "revision": "revision",
}
DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "first_reported_on")
MOMENTS = ("recorded_at", "revised_at")
TEXTS = (*DAYS, "time_of_day", *MOMENTS)  # as text: days, clock times and moments are slow to read
POINT = {"latitude": "place__latitude", "longitude": "place__longitude"}
NAMES = ("pk", *PLAIN, *JOINED, *TEXTS, *POINT)


def records(chosen: EventFilter) -> Iterator[Record]:
    """Yield all events of the filter that may leave the site, in its order. Three queries for each 500 events, one more
    where briefings are met that are not known yet, and one to go on from there."""
    cited = Cited(chosen.briefings)
    for rows in chunks(chosen):
        keys = [row[0] for row in rows]
        took_part, told = participations(keys), cited.by_event(keys)
        for row in rows:
            yield record(row, took_part[row[0]], told[row[0]])


def chunks(chosen: EventFilter) -> Iterator[list[tuple]]:
    """Yield the rows of the events, each lot by a short query of its own."""
    rest = chosen.events.redistributable()
    columns = [*("pk", *PLAIN), *JOINED.values()]
    columns += [Cast(name, CharField()) for name in TEXTS] + [Cast(path, FloatField()) for path in POINT.values()]
    while rows := list(rest.values_list(*columns)[: paging.CHUNK]):
        yield rows
        if len(rows) < paging.CHUNK:
            return
        position = paging.position_at(Event.objects.all(), chosen.order, rows[-1][0])
        rest = paging.beyond(chosen.events.redistributable(), chosen.order, position)


def record(row: tuple, took_part: list[Record], told: list[Record]) -> Record:
    """Return an event as plain values: None is what is not known, or not stated, or has no end."""
    one = dict(zip(NAMES, row, strict=True))
    del one["pk"]
    for name in DAYS:
        if one[name] in OPEN:
            one[name] = None
    one["recorded_at"] = moment(one["recorded_at"])
    one["revised_at"] = moment(one["revised_at"]) if one["revised_at"] else None
    if one["data_set"] is None:  # what came from another installation of ours is known by its public id
        one["external_id"] = None
    one["date"] = in_words(one["edtf"])
    one["url"] = address_of("event-detail", one["public_id"])
    one["actors"] = took_part
    one["citations"] = told
    return one


def moment(text: str) -> str:
    """Return a moment as a database writes it, which is in UTC, as ISO 8601."""
    fraction = text[20:].removesuffix("+00")
    return f"{text[:10]}T{text[11:19]}{'.' if fraction else ''}{fraction.ljust(6, '0') if fraction else ''}Z"


@lru_cache(maxsize=16_384)
def in_words(edtf: str) -> str:
    return dates.parse(edtf).display if edtf else ""


def participations(events: Iterable[int]) -> dict[int, list[Record]]:
    rows = Participation.objects.filter(event__in=events).order_by("position", "pk")
    found = defaultdict(list)
    for event, slug, name, role, office in rows.values_list("event", "actor__slug", "actor__name", "role", "office"):
        found[event].append({"slug": slug, "name": name, "role": role, "office": office})
    return found
