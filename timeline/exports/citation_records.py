"""What the reader may see of the sources of events, as plain records. A briefing is read once, not with each citation."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField
from django.db.models.functions import Cast, Coalesce

from timeline import quotes
from timeline.absolute_urls import absolute_page_url
from timeline.evidence.axes import Cited, axes_of
from timeline.evidence.support import Support
from timeline.models import EarlierQuote
from timeline.models.briefing import BriefingKind
from timeline.querysets import BriefingQuerySet
from timeline.querysets.full_text import Row, load_json_rows

Record = dict[str, Any]


class KnownBriefing(NamedTuple):
    record: Record
    here: str  # its address
    there: str  # its address at the source; empty: none is stored
    is_listed: bool  # by a data set, see BriefingKind.DATA_RECORD
    has_text: bool
    source: int  # whose report it is: its origin, else its publisher
    stored_at: str  # when its text was stored, UTC, as the database writes it


MOST_BRIEFINGS = 5_000  # briefings; bounds the memory of a long export
CITATION_FIELDS: tuple[str, ...] = (
    "public_id",
    "act",
    "quote",
    "prefix",
    "suffix",
    "start",
    "end",
    "locator",
    "state",
    "turn_kind",
    "date_as_stated",
    "edtf",
)
CITATION_FIELDS += ("basis", "support", "deaths_low", "deaths_best", "deaths_high", "place__slug")
CITATION_FIELDS += ("reliability", "credibility", "note", "position")
VERSION_FIELDS = ("earlier_text__text_sha256", "earlier_text__recorded_at", "earlier_text__replaced_at", "found_from")
CITATION_FIELDS += VERSION_FIELDS
GATHERED_FIELDS = ("position", "pk", "briefing", "speaker__slug", "speaker__name", *CITATION_FIELDS)
BRIEFING_FIELDS: tuple[str, ...] = (
    "pk",
    "slug",
    "title",
    "kind",
    "publisher__name",
    "origin__slug",
    "text_sha256",
    "url",
    "archive_url",
)
BRIEFING_FIELDS += ("origin", "publisher")


class CitationReader:
    """What public events cite of the briefings that a reader may read.

    A citation shows where its briefing does. That is looked up once for each briefing: joined to the citations of every lot, it
    costs SQLite more than all else, for it begins with the briefings.
    """

    def __init__(self, briefings: BriefingQuerySet, day: dt.date | None):
        """`day`: the words are those of the texts in force then; None: today. One query with a day."""
        self.briefings = briefings.order_by()
        self.earlier_quotes = EarlierQuote.objects.in_force_on(day) if day else {}
        self.known_briefings: dict[int, KnownBriefing | None] = {}  # by primary key; None: not for this reader

    def of_events(self, gathered: Iterable[str | None]) -> Iterable[list[Record]]:
        """Return the citations of each event, gathered by GATHERED. One query where there are unknown briefings."""
        events = [load_json_rows(text) for text in gathered]
        self._read_briefings({row[2] for rows in events for row in rows})
        return (self._visible_citations(rows) for rows in events)

    def axes(self, gathered: str | None) -> dict[str, str | int]:
        """Return how an event of `of_events` is known from the citations that this reader may read. No query."""
        cited = []
        for _, _, briefing, _, _, *fields in load_json_rows(gathered):
            if known := self.known_briefings[briefing]:
                citation = dict(zip(CITATION_FIELDS, fields, strict=True))
                act, support, basis, state = (citation[name] for name in ("act", "support", "basis", "state"))
                cited.append(Cited(act, support, basis, state, known.is_listed, known.source))
        return axes_of(cited)

    def _visible_citations(self, rows: Iterable[Row]) -> list[Record]:
        citations = []
        for _, pk, briefing, speaker, name, *fields in rows:
            if known := self.known_briefings[briefing]:
                citations.append(make_citation(fields, speaker, name, known, self.earlier_quotes.get(pk)))
        return citations

    def _read_briefings(self, briefings: set[int]) -> None:
        if len(self.known_briefings) > MOST_BRIEFINGS:
            self.known_briefings.clear()
        if unknown := briefings - self.known_briefings.keys():
            self.known_briefings |= dict.fromkeys(unknown)
            day, stored = (
                Cast(when, CharField()) for when in ("published_on", Coalesce("text_stored_at", "recorded_at"))
            )
            for pk, *row in self.briefings.filter(pk__in=unknown).values_list(
                *BRIEFING_FIELDS, day, "published_within", stored
            ):
                self.known_briefings[pk] = make_briefing(row)


def make_briefing(row: list) -> KnownBriefing:
    slug, title, kind, publisher, origin_slug, sha256, url, archive_url, origin, publisher_key, day, within, stored = (
        row
    )
    here = absolute_page_url("briefing-detail", slug)
    record = {"slug": slug, "title": title, "kind": kind, "publisher": publisher, "origin": origin_slug}
    record |= {"published_on": day or None, "published_edtf": day or within or None}
    record |= {"url": here, "source_url": None, "text_sha256": sha256 or None}
    is_listed = kind == BriefingKind.DATA_RECORD
    source = origin or publisher_key
    return KnownBriefing(record, here, url or archive_url, is_listed, bool(sha256), source, stored)


def make_citation(
    row: list, speaker: str | None, name: str | None, known: KnownBriefing, earlier_quote: EarlierQuote | None = None
) -> Record:
    """Return a citation with its source. Positions are code points of the version of the text that has the words, None where
    not found. `earlier_quote`: the words that it had."""
    record = dict(zip(CITATION_FIELDS, row, strict=True))
    version, recorded, replaced, found_from = (record.pop(name) for name in VERSION_FIELDS)
    if earlier_quote:
        former = earlier_quote.speaker
        record |= {
            name: getattr(earlier_quote, name)
            for name in ("quote", "prefix", "suffix", "start", "end", "locator", "turn_kind")
        }
        record["state"], speaker, name = "verified", former.slug if former else None, former.name if former else None
        version, recorded, replaced, found_from = (
            earlier_quote.earlier_text.text_sha256,
            *(moment and moment.isoformat() for moment in (earlier_quote.stored_from, earlier_quote.stored_until)),
            None,
        )
    is_found = record["start"] is not None
    record["text_sha256"] = version or known.record["text_sha256"]
    record["in_text_from"] = parse_moment(found_from or recorded or known.stored_at) if is_found else None
    record["in_text_until"] = parse_moment(replaced) if replaced else None
    record["supports"] = record["support"] != Support.AGAINST
    record["place"] = record.pop("place__slug")
    for field in ("locator", "turn_kind", "edtf"):
        record[field] = record[field] or None
    record["speaker"] = {"slug": speaker, "name": name} if speaker else None
    record["url"] = f"{known.here}{f'texts/{version}/' if version else ''}#q-{record['public_id']}"
    record["briefing"] = {**known.record, "source_url": source_address(known, record)} if known.there else known.record
    return record


def source_address(known: KnownBriefing, record: Record) -> str:
    """Return the address of the words at the source, as a text fragment; of a source that a data set lists, or that has the
    words no more, the address alone."""
    if record["in_text_until"] or (known.is_listed and not known.has_text):
        return known.there
    fragment = quotes.text_fragment(record["quote"], record["prefix"], record["suffix"])
    return known.there + (fragment.removeprefix("#") if "#" in known.there else fragment)


@lru_cache(maxsize=1_024)  # an import or an edit has the same for many events
def parse_moment(text: str) -> str:
    """Return a moment as a database writes it, which is in UTC, as ISO 8601."""
    plain = text.removesuffix("+00:00").removesuffix("+00").replace(" ", "T")
    return f"{plain.ljust(26, '0')}Z" if "." in plain else f"{plain}Z"
