"""What the reader may see of the sources of events, as plain records. A briefing is read once, not with each citation."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

from timeline import quotes
from timeline.http.absolute_urls import address_of
from timeline.models.choices import AGAINST
from timeline.querysets import BriefingQuerySet
from timeline.querysets.json_aggregates import Row, ungathered

Record = dict[str, Any]
Known = tuple[Record, str, str]  # a briefing, its address here, at the source

MOST_KNOWN = 5_000  # briefings; bounds the memory of a long export
OWN = ("public_id", "act", "quote", "prefix", "suffix", "start", "end", "state", "turn_kind", "date_as_stated", "edtf")
OWN += ("reliability", "credibility", "note", "position")
GATHERED = ("position", "pk", "briefing", "speaker__slug", "speaker__name", *OWN)
OF_BRIEFING = ("pk", "slug", "title", "publisher__name", "text_sha256", "url", "archive_url")


class Cited:
    """What public events cite of the briefings that a reader may read.

    A citation shows where its briefing does. That is asked of each briefing once: joined to the citations of every lot, it
    costs SQLite more than all else, for it begins with the briefings.
    """

    def __init__(self, briefings: BriefingQuerySet):
        self.briefings = briefings.order_by()
        self.known: dict[int, Known | None] = {}  # by primary key; None: not for this reader

    def of_events(self, gathered: Iterable[str | None]) -> Iterable[list[Record]]:
        """Return the citations of each event, gathered by GATHERED. One query where there are unknown briefings."""
        events = [ungathered(text) for text in gathered]
        self._know({row[2] for rows in events for row in rows})
        return (self._told(rows) for rows in events)

    def _told(self, rows: Iterable[Row]) -> list[Record]:
        found = []
        for _, _, briefing, speaker, name, *own in rows:
            if known := self.known[briefing]:
                found.append(citation(own, speaker, name, *known))
        return found

    def _know(self, briefings: set[int]) -> None:
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        if unknown := briefings - self.known.keys():
            self.known |= dict.fromkeys(unknown)
            day = Cast("published_on", CharField())
            for pk, *row in self.briefings.filter(pk__in=unknown).values_list(*OF_BRIEFING, day):
                self.known[pk] = briefing(row)


def briefing(row: list) -> Known:
    slug, title, publisher, sha256, url, archive_url, day = row
    here = address_of("briefing-detail", slug)
    told = {"slug": slug, "title": title, "publisher": publisher, "published_on": day or None, "url": here}
    return told | {"source_url": None, "text_sha256": sha256 or None}, here, url or archive_url


def citation(row: list, speaker: str | None, name: str | None, source: Record, here: str, there: str) -> Record:
    """Return a citation with its source. Positions are code points of the briefing's text, None where not found."""
    one = dict(zip(OWN, row, strict=True))
    one["supports"] = one["act"] not in AGAINST
    if not one["turn_kind"]:
        one["turn_kind"] = None
    if not one["edtf"]:
        one["edtf"] = None
    one["speaker"] = {"slug": speaker, "name": name} if speaker else None
    one["url"] = f"{here}#q-{one['public_id']}"
    one["briefing"] = {**source, "source_url": at_source(there, one)} if there else source
    return one


def at_source(address: str, one: Record) -> str:
    """Return the address of the words at the source, as a text fragment."""
    fragment = quotes.text_fragment(one["quote"], one["prefix"], one["suffix"])
    return address + (fragment.removeprefix("#") if "#" in address else fragment)
