"""The events of a filter as plain records, read in short queries: neither their number nor a slow reader costs memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.db.models import CharField, FloatField, QuerySet
from django.db.models.functions import Cast

from timeline import dates, paging, quotes
from timeline.addresses import address_of
from timeline.filters import EventFilter
from timeline.models import Event, Participation
from timeline.models.citation import AGAINST

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
    "recorded_at": "recorded_at",
    "revision": "revision",
    "revised_at": "revised_at",
}
DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "first_reported_on")
TEXTS = (*DAYS, "time_of_day")  # as text: days and clock times are slow to read
POINT = {"latitude": "place__latitude", "longitude": "place__longitude"}
NAMES = ("pk", *PLAIN, *JOINED, *TEXTS, *POINT)


def records(chosen: EventFilter) -> Iterator[Record]:
    """Yield all events of the filter that may leave the site, in its order. Three queries for each 500 events, one more
    to go on from there."""
    for rows in chunks(chosen):
        keys = [row[0] for row in rows]
        took_part, told = participations(keys), citations(chosen, keys)
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
    one["date"] = in_words(one["edtf"])
    one["url"] = address_of("event-detail", one["public_id"])
    one["actors"] = took_part
    one["citations"] = told
    return one


@lru_cache(maxsize=50_000)
def in_words(edtf: str) -> str:
    return dates.parse(edtf).display if edtf else ""


def participations(events: Iterable[int]) -> dict[int, list[Record]]:
    rows = Participation.objects.filter(event__in=events).order_by("position", "pk")
    found = defaultdict(list)
    for event, slug, name, role, office in rows.values_list("event", "actor__slug", "actor__name", "role", "office"):
        found[event].append({"slug": slug, "name": name, "role": role, "office": office})
    return found


CITED = (
    "public_id",
    "act",
    "quote",
    "prefix",
    "suffix",
    "start",
    "end",
    "state",
    "turn_kind",
    "date_as_stated",
    "edtf",
)
CITED += ("reliability", "credibility", "note", "position")
SPEAKER = ("speaker__slug", "speaker__name")
BRIEFING = ("briefing__slug", "briefing__title", "briefing__publisher__name", "briefing__text_sha256")
BRIEFING += ("briefing__url", "briefing__archive_url")
AT = len(CITED)


def citations(chosen: EventFilter, events: Iterable[int]) -> dict[int, list[Record]]:
    """Return what the reader may see of the sources of these events, by event. One query."""
    found = defaultdict(list)
    day = Cast("briefing__published_on", CharField())
    rows: QuerySet = chosen.citations.filter(event__in=events).order_by("position", "pk")
    for event, *row in rows.values_list("event", *CITED, *SPEAKER, *BRIEFING, day):
        found[event].append(citation(row))
    return found


def citation(row: list) -> Record:
    """Return a citation with its source. Positions are code points of the briefing's text, None where not found."""
    one = dict(zip(CITED, row, strict=False))
    speaker, speaker_name, slug, title, publisher, sha256, url, archive_url, day = row[AT:]
    address = address_of("briefing-detail", slug)
    return {
        **one,
        "supports": one["act"] not in AGAINST,
        "turn_kind": one["turn_kind"] or None,
        "edtf": one["edtf"] or None,
        "speaker": {"slug": speaker, "name": speaker_name} if speaker else None,
        "url": f"{address}#q-{one['public_id']}",
        "briefing": {
            "slug": slug,
            "title": title,
            "publisher": publisher,
            "published_on": day or None,
            "url": address,
            "source_url": at_source(url or archive_url, one) or None,
            "text_sha256": sha256 or None,
        },
    }


def at_source(address: str, one: Record) -> str:
    """Return the address of the words at the source, as a text fragment; empty where no address is stored."""
    if not address:
        return ""
    fragment = quotes.text_fragment(one["quote"], one["prefix"], one["suffix"])
    return address + (fragment.removeprefix("#") if "#" in address else fragment)
