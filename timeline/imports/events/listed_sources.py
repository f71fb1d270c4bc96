"""The briefings that imported events cite: one for each source document a data set names, and one for the data set.

What is stored of them is what the data set tells: publisher, day, headline. There is no text, so a quote cannot be verified;
the address is the document's, or else that of the data set where its record can be read.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from timeline.database.shards import batches
from timeline.models import Briefing, DataSet
from timeline.models.briefing import BriefingKind

from .event_record import NamedActor, Source


def slug_of(source: Source, data_set: DataSet | None) -> str:
    """Return the slug of the briefing: the same document of the same data set has the same."""
    if source.briefing:
        return source.briefing
    start = data_set.slug if data_set else "import"
    if not source.title:
        return start
    day = source.listed_day or source.published_on
    identity = "\n".join([publisher_of(source, data_set).name, day, source.title, source.url])
    return f"{start[:80]}-{hashlib.sha256(identity.encode()).hexdigest()[:20]}"


def publisher_of(source: Source, data_set: DataSet | None) -> NamedActor:
    """Return who put the document out: the data set's own publisher where none is named."""
    return source.publisher or NamedActor((data_set.publisher or data_set.name) if data_set else "Unknown publisher")


def address_of(source: Source, data_set: DataSet | None) -> str:
    return source.url or (data_set.url if data_set else "")


class StoredBriefing(NamedTuple):
    key: int
    status: str
    url: str
    day: str  # ISO; empty: not known
    is_listed: bool  # by a data set, without a text
    source: int  # whose report it is: its origin, else its publisher


def stored_briefings(slugs: Iterable[str]) -> dict[str, StoredBriefing]:
    """Return briefings by slug. One query for each 500."""
    briefings: dict[str, StoredBriefing] = {}
    columns = ("slug", "pk", "status", "url", "published_on", "kind", "origin", "publisher")
    for some_slugs in batches(sorted(set(slugs))):
        rows = Briefing.objects.filter(slug__in=some_slugs).order_by().values_list(*columns)
        for slug, pk, status, url, day, kind, origin, publisher in rows:
            is_listed = kind == BriefingKind.DATA_RECORD
            iso_day = day.isoformat() if day else ""
            briefings[slug] = StoredBriefing(pk, status, url, iso_day, is_listed, origin or publisher)
    return briefings
