"""The tables of a package. What names a row stays the same in every installation: slugs and public ids, no numbers."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Coalesce

from timeline.exports.event_records import Record
from timeline.models import Actor, Briefing, Original, Place, PlaceExternalId

from ..columns import (
    CITATION,
    DAY,
    EVENT,
    FLAG,
    INTEGER,
    MOMENT,
    NUMBER,
    PUBLISHED_EDTF,
    SEPARATOR,
    TEXT,
    VERSION,
    Column,
    field_column,
    flatten_citations,
    iso_utc,
)
from ..export import Export
from .version_tables import ADDED_ON, EARLIER_TEXT, FORMER_QUOTE, earlier_texts, former_quotes

CHUNK = 200  # rows read at once; briefings have long texts


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]  # primary key
    foreign_keys: dict[str, tuple[str, str]]  # column -> (table, column)
    records: Callable[[Export], Iterator[Record]]
    later: tuple[str, ...] = ()  # columns that packages of before may lack
    dropped: tuple[str, ...] = ()  # columns that packages of before may have, which are passed over
    optional: bool = False  # packages of before may lack the whole table

    def has_header(self, names: Sequence[str]) -> bool:
        """Return whether a package of this version, or of an earlier one, has these columns in this order."""
        present = [name for name in names if name not in self.dropped]
        columns = [column.name for column in self.columns]
        return present == [name for name in columns if name in names or name not in self.later]


def events(export: Export) -> Iterator[Record]:
    return export.records()


def citations(export: Export) -> Iterator[Record]:
    added = dict(export.citations.exclude(added_on=None).values_list("public_id", "added_on"))
    for record in export.records():
        for citation in flatten_citations(record):
            day = added.get(citation["public_id"])
            yield citation | {"added_on": day.isoformat() if day else None}


def participations(export: Export) -> Iterator[Record]:
    for record in export.records():
        yield from ({**participation, "event": record["public_id"]} for participation in record["actors"])


def relations(export: Export) -> Iterator[Record]:
    rows = export.events.relations_among(export.event_filter.citations)
    names = ("from_event", "kind", "to_event", "citation", "note")
    for row in rows:
        yield dict(zip(names, row, strict=True))


def briefings(export: Export) -> Iterator[Record]:
    names: tuple[str, ...] = (
        "slug",
        "title",
        "kind",
        "publisher__slug",
        "origin__slug",
        "published_on",
        "published_within",
        "captured_on",
        "url",
        "archive_url",
        "further_urls",
    )
    names += ("language", "rights", "read_in_full", "text_sha256", "text", "pk", "stored_at")
    rows = export.briefings.annotate(stored_at=Coalesce("text_stored_at", "recorded_at"))
    for lot in rows.by_slug(CHUNK, *names):
        speakers_by_slug = speakers([briefing["slug"] for briefing in lot])
        received = Original.objects.received(briefing["pk"] for briefing in lot)
        for briefing in lot:
            days = {
                name: briefing[name].isoformat() if briefing[name] else None for name in ("published_on", "captured_on")
            }
            yield (
                briefing
                | days
                | {"published_edtf": days["published_on"] or briefing["published_within"]}
                | {"publisher": briefing["publisher__slug"], "origin": briefing["origin__slug"]}
                | {"speakers": speakers_by_slug.get(briefing["slug"])}
                | received_columns(received.get(briefing["pk"]))
                | {"text_recorded_at": iso_utc(briefing["stored_at"] if briefing["text_sha256"] else None)}
            )


def received_columns(original: tuple[str, datetime] | None) -> Record:
    """Return SHA-256 and moment of receipt of an original as columns; None: none is kept."""
    sha256, received_at = original or (None, None)
    return {"original_sha256": sha256, "received_at": iso_utc(received_at)}


def speakers(briefings: list[str]) -> dict[str, str]:
    """Return who is behind the labels of briefings as JSON, by slug. One query."""
    by_slug = defaultdict(list)
    for slug, label, actor, office, named_by in Briefing.objects.speakers_of(briefings):
        by_slug[slug].append({"label": label, "actor": actor, "office": office, "named_by": named_by})
    return {slug: json.dumps(rows, ensure_ascii=False) for slug, rows in by_slug.items()}


def actors(export: Export) -> Iterator[Record]:
    rows = Actor.objects.named_in(export.events, export.event_filter.citations)
    for lot in rows.by_slug(CHUNK, "slug", "name", "kind", "parent__slug", "country", "description", "time_zone"):
        aliases = defaultdict(list)
        for slug, name in Actor.objects.aliases_of([actor["slug"] for actor in lot]):
            aliases[slug].append(name)
        yield from (
            actor | {"parent": actor["parent__slug"], "aliases": SEPARATOR.join(aliases[actor["slug"]])}
            for actor in lot
        )


def places(export: Export) -> Iterator[Record]:
    rows = Place.objects.named_in(export.events, export.event_filter.citations)
    for lot in rows.by_slug(CHUNK, "slug", "name", "country", "latitude", "longitude", "description", "parent__slug"):
        external_ids = defaultdict(list)
        for slug, scheme, value in PlaceExternalId.objects.of_gazetteers([place["slug"] for place in lot]):
            external_ids[slug].append(f"{scheme} {value}")
        for place in lot:
            point = {name: None if place[name] is None else float(place[name]) for name in ("latitude", "longitude")}
            ids = SEPARATOR.join(external_ids[place["slug"]])
            yield place | point | {"parent": place["parent__slug"], "external_ids": ids}


def text_columns(*columns: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(field_column(name, TEXT, meaning) for name, meaning in columns)


EVENT_COLUMNS = (
    *(column for column in EVENT if column.name not in ("actors", "place", "conflict")),
    field_column("type_name", TEXT, "Name of the type."),
    field_column("claim", TEXT, "What an event of the type claims: deed, statement, appeal or condemnation."),
    Column("place", TEXT, "Slug of the place; empty: not stated.", lambda record: record["place_slug"]),
    Column("conflict", TEXT, "Slug of the conflict; empty: none.", lambda record: record["conflict_slug"]),
    Column("conflict_name", TEXT, "Name of the conflict.", lambda record: record["conflict"]),
)
TABLES = (
    Table("events", EVENT_COLUMNS, ("public_id",), {"place": ("places", "slug")}, events),
    Table(
        "citations",
        (
            *CITATION,
            field_column("position", INTEGER, "Order among the citations of its event."),
            ADDED_ON,
        ),
        ("public_id",),
        {
            "event_public_id": ("events", "public_id"),
            "briefing": ("briefings", "slug"),
            "speaker": ("actors", "slug"),
            "place": ("places", "slug"),
        },
        citations,
        later=(*(column.name for column in VERSION), "added_on", "locator"),
    ),
    Table(
        "former_quotes",
        FORMER_QUOTE,
        ("citation", "in_text_until"),
        {"citation": ("citations", "public_id"), "speaker": ("actors", "slug")},
        former_quotes,
        optional=True,
    ),
    Table(
        "briefings",
        (
            *text_columns(
                ("slug", "Stands for the briefing."),
                ("title", "As the source prints it."),
                ("kind", "Kind of document."),
            ),
            *text_columns(
                ("publisher", "Slug of its publisher."),
                ("origin", "Slug of the actor whose report it prints; empty: the publisher's own."),
            ),
            field_column("published_on", DAY, "Its day; empty: not known."),
            field_column("published_edtf", TEXT, PUBLISHED_EDTF),
            field_column("captured_on", DAY, "The day its text was copied."),
            *text_columns(
                ("url", "Address."),
                ("archive_url", "Archived copy."),
                ("further_urls", "Further addresses of the same document, one per line."),
                ("language", "BCP 47."),
                ("rights", "Whose it is."),
            ),
            field_column("read_in_full", FLAG, "Whether an editor has looked for every event in it."),
            *text_columns(
                ("text_sha256", "SHA-256 of the text, UTF-8."), ("text", "The stored text; line ends are LF.")
            ),
            *text_columns(("speakers", "Whom the labels of the text name, as JSON.")),
            *text_columns(("original_sha256", "SHA-256 of the bytes the text was made of; empty: they are not kept.")),
            field_column("received_at", MOMENT, "When these bytes were received, UTC; empty: they are not kept."),
            field_column("text_recorded_at", MOMENT, "When the text was stored, UTC; empty: none is."),
        ),
        ("slug",),
        {"publisher": ("actors", "slug"), "origin": ("actors", "slug")},
        briefings,
        later=("further_urls", "read_in_full", "original_sha256", "received_at", "text_recorded_at"),
    ),
    Table(
        "earlier_texts",
        EARLIER_TEXT,
        ("briefing", "number"),
        {"briefing": ("briefings", "slug")},
        earlier_texts,
        optional=True,
    ),
    Table(
        "actors",
        text_columns(
            ("slug", "Stands for the actor."),
            ("name", "In full."),
            ("kind", "state, organisation, armed_group, group, person or office."),
            ("parent", "Slug of the actor it belongs to; empty: none."),
            ("country", "ISO 3166-1; empty: none, or several."),
            ("description", "More."),
            ("aliases", "Other names, separated by “ ‖ ”."),
            ("time_zone", "Where it publishes, an IANA name; empty: that of what it belongs to, or not known."),
        ),
        ("slug",),
        {"parent": ("actors", "slug")},
        actors,
        later=("time_zone",),
    ),
    Table(
        "participations",
        (
            *text_columns(("event", "Stable id of the event.")),
            Column("actor", TEXT, "Slug of the actor.", lambda participation: participation["slug"]),
            *text_columns(("role", "initiator, recipient, participant or mediator.")),
            *text_columns(("office", "Held then, as the source gives it; empty: not stated.")),
        ),
        ("event", "actor", "role"),
        {"event": ("events", "public_id"), "actor": ("actors", "slug")},
        participations,
    ),
    Table(
        "places",
        (
            *text_columns(
                ("slug", "Stands for the place."), ("name", "Name."), ("country", "ISO 3166-1; empty: none.")
            ),
            field_column("latitude", NUMBER, "Degrees north, WGS 84."),
            field_column("longitude", NUMBER, "Degrees east, WGS 84."),
            *text_columns(
                ("description", "More."),
                ("parent", "Slug of the place it lies within; empty: none."),
                (
                    "external_ids",
                    "Ids elsewhere, each after its scheme, separated by “ ‖ ”: geonames, wikidata, osm, pcode.",
                ),
            ),
        ),
        ("slug",),
        {"parent": ("places", "slug")},
        places,
        later=("parent", "external_ids"),
        dropped=("precision",),
    ),
    Table(
        "relations",
        text_columns(
            ("from_event", "Stable id of the first event."),
            ("kind", "How it relates to the second."),
            ("to_event", "Stable id of the second event."),
            ("citation", "Stable id of the citation whose words tie them."),
            ("note", "Note by an editor."),
        ),
        ("from_event", "kind", "to_event"),
        {"from_event": ("events", "public_id"), "to_event": ("events", "public_id")},
        relations,
    ),
)
