"""Quotes from briefings whose text is stored: the words must occur once, as those that an editor enters.

The briefings that imported events cite: one for each source document a data set names, and one for the data set.

What is stored of them is what the data set states: publisher, day, headline. There is no text, so a quote cannot be verified;
the address is the document's, or else that of the data set where its record can be read.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError

from timeline.database.shards import batches
from timeline.evidence.choices import QuoteState
from timeline.models import Briefing, BriefingSpeaker, Citation, DataSet, Original
from timeline.models.briefing import BriefingKind
from timeline.models.derived_columns import derive_citation
from timeline.models.source_day import SourceDate
from timeline.text.track import Track

from .bulk_table import Row
from .event_record import NamedActor, Source

KEPT = 8  # texts in memory at once; a row costs one query where its text is not among them
CHECKED = {"event", "speaker", "act", "note"}  # elsewhere, or not given


class QuoteAnchoring:
    """The stored texts that the rows of a file quote."""

    def __init__(self) -> None:
        self._by_slug = lru_cache(maxsize=KEPT)(lambda slug: _texts().filter(slug=slug).first())
        self._by_pk = lru_cache(maxsize=KEPT)(_text_and_speakers)

    def exactly(self, source: Source) -> Source:
        """Return the source with the words as they appear in its text. Raises ValueError with what would be right."""
        briefing = self._by_slug(source.briefing)
        if briefing is None:
            raise ValueError(f"There is no source “{source.briefing}”. Give the slug in its address.")
        if not briefing.text:
            raise ValueError(f"“{briefing}” has no stored text. Cite it by title, publisher and address instead.")
        citation = Citation(briefing=briefing, quote=source.quote, act=source.act)
        try:
            citation.clean_fields(exclude=CHECKED)
            citation.clean()
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        citation.anchor()
        if citation.state != QuoteState.VERIFIED:
            raise ValueError(f"These words occur in “{briefing}” more than once. Quote more of them.")
        return source._replace(quote=citation.quote)

    def with_texts(self, briefings: Iterable[int]) -> set[int]:
        """Return which of these have a text. One query for each 500."""
        with_text: set[int] = set()
        for keys in batches(sorted(set(briefings))):
            rows = Briefing.objects.filter(pk__in=keys).exclude(text_sha256="").order_by()
            with_text.update(rows.values_list("pk", flat=True))
        return with_text

    def anchored(self, briefing: int, quote: str) -> Row:
        """Return the columns of a citation that say where the quote is in this text, and who speaks there."""
        text, actors, track = self._by_pk(briefing)
        columns, label = derive_citation(text, quote, track=track)
        return columns | {"speaker_id": actors.get(label) if label is not None else None}


def _texts():
    return Briefing.objects.with_its_text()


def _text_and_speakers(briefing: int) -> tuple[str, dict[str, int], Track]:
    """Return the text of a briefing, the actors behind its labels, and its pages or times. Three queries."""
    speakers = BriefingSpeaker.objects.filter(briefing=briefing).values_list("label", "actor")
    source = _texts().get(pk=briefing)
    return source.text, dict(speakers), Original.objects.track_of(source, source.text_sha256)


def slug_of(source: Source, data_set: DataSet | None) -> str:
    """Return the slug of the briefing: the same document of the same data set has the same."""
    if source.briefing:
        return source.briefing
    start = data_set.slug if data_set else "import"
    if not source.title:
        return start
    day = source.listed_day or source.published
    identity = "\n".join([publisher_of(source, data_set).name, day, source.title, source.url])
    return f"{start[:80]}-{hashlib.sha256(identity.encode()).hexdigest()[:20]}"


def publisher_of(source: Source, data_set: DataSet | None) -> NamedActor:
    """Return who put the document out: the data set's own publisher where none is named."""
    return source.publisher or NamedActor((data_set.publisher or data_set.name) if data_set else "Unknown publisher")


def address_of(source: Source, data_set: DataSet | None) -> str:
    return source.url or (data_set.url if data_set else "")


def latest_day(source: Source) -> str:
    """Return the latest day on which the source can have been published, as ISO; empty: not known."""
    latest = SourceDate.of(source.published).latest
    return latest.isoformat() if latest else ""


class StoredBriefing(NamedTuple):
    key: int
    status: str
    url: str
    day: str  # ISO, the latest on which it can have been published; empty: not known
    is_listed: bool  # by a data set, without a text
    source: int  # whose report it is: its origin, else its publisher


def stored_briefings(slugs: Iterable[str]) -> dict[str, StoredBriefing]:
    """Return briefings by slug, for one that became part of another that one. One query for each 500, two where some did."""
    briefings: dict[str, StoredBriefing] = {}
    merged: dict[str, str] = {}
    columns = ("merged_into__slug", "slug", "pk", "status", "url", "published_latest", "kind", "origin", "publisher")
    for some_slugs in batches(sorted(set(slugs))):
        rows = Briefing.objects.filter(slug__in=some_slugs).order_by().values_list(*columns)
        for into, slug, pk, status, url, day, kind, origin, publisher in rows:
            is_listed = kind == BriefingKind.DATA_RECORD
            iso_day = day.isoformat() if day else ""
            briefings[slug] = StoredBriefing(pk, status, url, iso_day, is_listed, origin or publisher)
            merged |= {slug: into} if into else {}
    targets = stored_briefings(merged.values()) if merged else {}
    return briefings | {slug: targets[into] for slug, into in merged.items()}
