"""The events of a filter as plain records, read in short queries: neither their number nor a slow reader costs memory."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, NullIf

from timeline import dates
from timeline.absolute_urls import url_around_key
from timeline.database import keyset_paging
from timeline.evidence.axes import AXES
from timeline.filters import EventFilter
from timeline.models import Citation, Event, Participation
from timeline.querysets.full_text import json_rows, load_json_rows

from .citation_records import GATHERED_FIELDS, CitationReader, parse_moment

Record = dict[str, Any]

YES = ("1", "true")  # as the databases write it
NO_BOUND = frozenset({dt.date.min.isoformat(), dt.date.max.isoformat()})
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
    "value_note",
    "actuality",
    "codebook_version",
    *AXES,
    "source_count",
)
JOINED: dict[str, str | Combinable] = {
    "quad": "event_type__quad",
    "claim": "event_type__claim",
    "category": "event_type__category",
    "type": "event_type__slug",
    "type_name": "event_type__name",
    "place": "place__name",
    "place_slug": "place__slug",
    "place_precision": NullIf("place_precision", Value("")),
    "conflict": "conflict__name",
    "conflict_slug": "conflict__slug",
    "data_set": "data_set__slug",
    "data_set_name": "data_set__name",
    "external_id": "imported__external_id",
    "revision": "revision",
}
DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "first_reported_on")
MOMENTS = ("recorded_at", "revised_at")
POINT = {"latitude": "place__latitude", "longitude": "place__longitude"}
# As text: what Django makes of each value by a function of its own is slow to read.
TEXTS = {name: name for name in (*DAYS, "time_of_day", *MOMENTS, "deaths_out_of_order")} | POINT
TOOK_PART = ("position", "pk", "actor__slug", "actor__name", "role", "office")
NAMES = ("pk", *PLAIN, *JOINED, *TEXTS, "values_as_of_today", "actors", "citations")
CHUNKS = (250, 500, 1_000, 2_000)  # events read at once: few at first, for the reader waits; then as the last


def read_records(event_filter: EventFilter) -> Iterator[Record]:
    """Yield all events of the filter that may leave the site, in its order. One query for each 2,000 events with all that
    belongs to them, one more where briefings are met that are not known yet, and one to go on from there."""
    day = event_filter.wanted["known_by"]
    citation_reader = CitationReader(event_filter.briefings, day.last if day else None)
    address = url_around_key("event-detail")
    for rows in read_chunks(event_filter):
        gathered = [row[-1] for row in rows]
        records: Iterator[Record] = map(make_record, rows, citation_reader.of_events(gathered), repeat(address))
        if day:  # the columns of the event are of today
            records = (
                record | citation_reader.axes(citations) for record, citations in zip(records, gathered, strict=True)
            )
        yield from records


def read_chunks(event_filter: EventFilter) -> Iterator[list[tuple]]:
    """Yield the rows of the events, each lot by a short query of its own."""
    rest, all_columns = event_filter.events.redistributable(), _with_all_columns(event_filter)
    for size in chain(CHUNKS, repeat(CHUNKS[-1])):
        yield (rows := list(all_columns.filter(pk__in=rest[:size].values("pk"))))
        if len(rows) < size:
            return
        position = keyset_paging.position_at(Event.objects.all(), event_filter.order, rows[-1][0])
        rest = keyset_paging.beyond(event_filter.events.redistributable(), event_filter.order, position)


def _with_all_columns(event_filter: EventFilter) -> QuerySet:
    """Return all columns of events. They are asked for a few events at a time: where the database has to sort what is left,
    it would otherwise gather for all of it."""
    columns: list[str | Combinable] = [*("pk", *PLAIN), *JOINED.values()]
    columns += [Cast(path, CharField()) for path in TEXTS.values()]
    events, citations = Event.objects.all(), Citation.objects.all()
    is_of_today: Combinable = Value(False)
    if day := event_filter.wanted["known_by"]:
        citations = citations.possible_by(day.last)
        events, is_of_today = events.with_later_sources(event_filter.source_citations), F("has_later_sources")
    columns += [
        is_of_today,
        json_rows(Participation.objects, "event", *TOOK_PART),
        json_rows(citations, "event", *GATHERED_FIELDS),
    ]
    return events.in_order(event_filter.order).values_list(*columns)


def make_record(row: tuple, citations: list[Record], address: tuple[str, str]) -> Record:
    """Return an event as plain values: None is what is not known, or not stated, or has no end. `address`: what is before
    and after its public id."""
    record = dict(zip(NAMES, row, strict=True))
    del record["pk"], record["citations"]
    took_part = parse_participations(record.pop("actors"))
    if not NO_BOUND.isdisjoint(map(record.get, DAYS)):
        record |= {name: None for name in DAYS if record[name] in NO_BOUND}
    for name in POINT:
        if record[name] is not None:
            record[name] = float(record[name])
    record["recorded_at"] = parse_moment(record["recorded_at"])
    record["revised_at"] = parse_moment(record["revised_at"]) if record["revised_at"] else None
    record["deaths_out_of_order"] = record["deaths_out_of_order"] in YES
    if record["data_set"] is None:  # what came from another installation of ours is known by its public id
        record["external_id"] = None
    record["date"] = format_date(record["edtf"])
    record["url"] = f"{address[0]}{record['public_id']}{address[1]}"
    record["actors"] = took_part
    record["citations"] = citations
    return record


@lru_cache(maxsize=16_384)
def format_date(edtf: str) -> str:
    return dates.parse(edtf).display if edtf else ""


def parse_participations(text: str | None) -> list[Record]:
    return [
        {"slug": slug, "name": name, "role": role, "office": office}
        for _, _, slug, name, role, office in load_json_rows(text)
    ]
