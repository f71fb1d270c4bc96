"""One event -> one row: the shape that every format shares."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from timeline.models import Citation, Event


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def known_day(day: dt.date | None) -> str | None:
    """Return the day as ISO text; None for an open end, which is no day."""
    return None if day in (None, dt.date.min, dt.date.max) else day.isoformat()


def actors(event: Event) -> list[dict]:
    return [
        {"slug": one.actor.slug, "name": one.actor.name, "role": one.role, "office": one.office}
        for one in event.participations.all()
    ]


def citations(event: Event) -> list[dict]:
    return [citation_row(one) for one in event.shown_citations]


def citation_row(citation: Citation) -> dict:
    """Return a citation with its source. Positions are code points of the briefing's text, None where not found."""
    briefing, speaker = citation.briefing, citation.speaker
    return {
        "public_id": citation.public_id,
        "act": citation.act,
        "supports": citation.supports,
        "quote": citation.quote,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "start": citation.start,
        "end": citation.end,
        "state": citation.state,
        "turn_kind": citation.turn_kind or None,
        "speaker": {"slug": speaker.slug, "name": speaker.name} if speaker else None,
        "date_as_stated": citation.date_as_stated,
        "edtf": citation.edtf or None,
        "reliability": citation.reliability,
        "credibility": citation.credibility,
        "note": citation.note,
        "url": absolute(citation.get_absolute_url()),
        "briefing": {
            "slug": briefing.slug,
            "title": briefing.title,
            "publisher": briefing.publisher.name,
            "published_on": known_day(briefing.published_on),
            "url": absolute(briefing.get_absolute_url()),
            "source_url": citation.source_url or None,
            "text_sha256": briefing.text_sha256 or None,
        },
    }


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    meaning: str
    value: Callable[[Event], Any]  # text, number, list of dicts, or None


def _number(value) -> float | None:
    return None if value is None else float(value)


COLUMNS = (
    Column("public_id", "Stable id of the event.", lambda event: event.public_id),
    Column("url", "Permanent address of the event's page.", lambda event: absolute(event.get_absolute_url())),
    Column("title", "What happened.", lambda event: event.title),
    Column("summary", "What a reader must know beside the quotes.", lambda event: event.summary),
    Column("date", "The date in words, never more precise than known.", lambda event: event.date_display),
    Column("date_as_stated", "The source's own words for the date.", lambda event: event.date_as_stated),
    Column("edtf", "The date as EDTF (ISO 8601-2).", lambda event: event.edtf),
    Column("start_earliest", "First day it can have begun; empty: open.", lambda e: known_day(e.start_earliest)),
    Column("start_latest", "Last day it can have begun; empty: open.", lambda e: known_day(e.start_latest)),
    Column("end_earliest", "First day it can have ended; empty: open.", lambda e: known_day(e.end_earliest)),
    Column("end_latest", "Last day it can have ended; empty: open.", lambda e: known_day(e.end_latest)),
    Column("date_qualifier", "~ about, ? uncertain, % both; empty: neither.", lambda event: event.date_qualifier),
    Column("date_note", "How the stated words were understood.", lambda event: event.date_note),
    Column(
        "time_of_day",
        "Local clock time, HH:MM:SS; empty: not stated.",
        lambda event: event.time_of_day.isoformat() if event.time_of_day else None,
    ),
    Column("time_zone", "IANA zone of the clock time.", lambda event: event.time_zone),
    Column("category", "Group of the type.", lambda event: event.event_type.category),
    Column("type", "Kind of event.", lambda event: event.event_type.slug),
    Column("actors", "Who took part, with role and the office held then.", actors),
    Column("place", "Where it happened.", lambda event: event.place.name if event.place else None),
    Column("country", "ISO 3166-1 code of the place.", lambda event: event.country),
    Column("latitude", "Degrees north, WGS 84.", lambda event: _number(event.place.latitude) if event.place else None),
    Column("longitude", "Degrees east, WGS 84.", lambda event: _number(event.place.longitude) if event.place else None),
    Column(
        "place_precision", "What the point stands for.", lambda event: event.place.precision if event.place else None
    ),
    Column("conflict", "The dossier it belongs to.", lambda event: event.conflict.name if event.conflict else None),
    Column(
        "first_reported_on",
        "Day of the first public briefing that speaks of it.",
        lambda event: known_day(event.first_reported_on),
    ),
    Column("citations", "Who says so: quote, act, speaker, briefing and state of each.", citations),
)


def event_row(event: Event) -> dict[str, Any]:
    """Return the event's value for each of COLUMNS. No query for an event of `for_timeline`."""
    return {column.name: column.value(event) for column in COLUMNS}
