"""What the reader may see of the sources of events, as plain records. A briefing is read once, not with each citation."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

from timeline import quotes
from timeline.evidence.choices import OPPOSING_ACTS
from timeline.http.absolute_urls import absolute_page_url
from timeline.querysets import BriefingQuerySet
from timeline.querysets.full_text import Row, load_json_rows

Record = dict[str, Any]
KnownBriefing = tuple[Record, str, str]  # a briefing, its address here, at the source

MOST_BRIEFINGS = 5_000  # briefings; bounds the memory of a long export
CITATION_FIELDS = (
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
CITATION_FIELDS += ("reliability", "credibility", "note", "position")
GATHERED_FIELDS = ("position", "pk", "briefing", "speaker__slug", "speaker__name", *CITATION_FIELDS)
BRIEFING_FIELDS = ("pk", "slug", "title", "publisher__name", "text_sha256", "url", "archive_url")


class CitationReader:
    """What public events cite of the briefings that a reader may read.

    A citation shows where its briefing does. That is asked of each briefing once: joined to the citations of every lot, it
    costs SQLite more than all else, for it begins with the briefings.
    """

    def __init__(self, briefings: BriefingQuerySet):
        self.briefings = briefings.order_by()
        self.known_briefings: dict[int, KnownBriefing | None] = {}  # by primary key; None: not for this reader

    def of_events(self, gathered: Iterable[str | None]) -> Iterable[list[Record]]:
        """Return the citations of each event, gathered by GATHERED. One query where there are unknown briefings."""
        events = [load_json_rows(text) for text in gathered]
        self._read_briefings({row[2] for rows in events for row in rows})
        return (self._visible_citations(rows) for rows in events)

    def _visible_citations(self, rows: Iterable[Row]) -> list[Record]:
        citations = []
        for _, _, briefing, speaker, name, *fields in rows:
            if known := self.known_briefings[briefing]:
                citations.append(make_citation(fields, speaker, name, *known))
        return citations

    def _read_briefings(self, briefings: set[int]) -> None:
        if len(self.known_briefings) > MOST_BRIEFINGS:
            self.known_briefings.clear()
        if unknown := briefings - self.known_briefings.keys():
            self.known_briefings |= dict.fromkeys(unknown)
            day = Cast("published_on", CharField())
            for pk, *row in self.briefings.filter(pk__in=unknown).values_list(*BRIEFING_FIELDS, day):
                self.known_briefings[pk] = make_briefing(row)


def make_briefing(row: list) -> KnownBriefing:
    slug, title, publisher, sha256, url, archive_url, day = row
    here = absolute_page_url("briefing-detail", slug)
    record = {"slug": slug, "title": title, "publisher": publisher, "published_on": day or None, "url": here}
    return record | {"source_url": None, "text_sha256": sha256 or None}, here, url or archive_url


def make_citation(row: list, speaker: str | None, name: str | None, source: Record, here: str, there: str) -> Record:
    """Return a citation with its source. Positions are code points of the briefing's text, None where not found."""
    record = dict(zip(CITATION_FIELDS, row, strict=True))
    record["supports"] = record["act"] not in OPPOSING_ACTS
    if not record["turn_kind"]:
        record["turn_kind"] = None
    if not record["edtf"]:
        record["edtf"] = None
    record["speaker"] = {"slug": speaker, "name": name} if speaker else None
    record["url"] = f"{here}#q-{record['public_id']}"
    record["briefing"] = {**source, "source_url": source_address(there, record)} if there else source
    return record


def source_address(address: str, record: Record) -> str:
    """Return the address of the words at the source, as a text fragment."""
    fragment = quotes.text_fragment(record["quote"], record["prefix"], record["suffix"])
    return address + (fragment.removeprefix("#") if "#" in address else fragment)
