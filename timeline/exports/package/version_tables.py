"""The texts that sources had before, and the words that citations had in them, as tables of a package."""

from collections import defaultdict
from collections.abc import Iterator

from timeline.exports.event_records import Record
from timeline.models import EarlierQuote, EarlierText

from ..columns import DAY, INTEGER, LOCATOR, MOMENT, TEXT, field_column, iso_utc
from ..export import Export

CHUNK = 50  # sources whose texts are read at once; most have one or two
ADDED_ON = field_column(
    "added_on", DAY, "Day (UTC) on which a later text brought the words; empty: the first has them."
)
EARLIER_TEXT = (
    field_column("briefing", TEXT, "Slug of the briefing that had the text."),
    field_column("number", INTEGER, "1: the first text it had. One that readers never could read is left out."),
    field_column("text_sha256", TEXT, "SHA-256 of the text, UTF-8; of a redacted one that of the text as it is now."),
    field_column("captured_on", DAY, "The day it was copied; empty: not known."),
    field_column("recorded_at", MOMENT, "When it was stored, UTC."),
    field_column("replaced_at", MOMENT, "When the next text was stored, UTC."),
    field_column("text", TEXT, "The text; line ends are LF."),
)
FORMER_QUOTE = (
    field_column("citation", TEXT, "Stable id of the citation, which has other words now."),
    field_column("quote", TEXT, "The exact words that it cited."),
    field_column("prefix", TEXT, "Up to 32 characters before them."),
    field_column("suffix", TEXT, "Up to 32 characters after them."),
    field_column("start", INTEGER, "Position in the earlier text in code points, included."),
    field_column("end", INTEGER, "Position of their end, excluded."),
    field_column("locator", TEXT, LOCATOR),
    field_column("turn_kind", TEXT, "question, answer or statement; empty: outside any turn."),
    field_column("speaker", TEXT, "Slug of the speaker; empty: not named."),
    field_column("text_sha256", TEXT, "SHA-256 of the earlier text that has them."),
    field_column("in_text_from", MOMENT, "Since when they were in the text as stored, UTC."),
    field_column("in_text_until", MOMENT, "When a text without them was stored, UTC."),
)


def earlier_texts(export: Export) -> Iterator[Record]:
    """Yield the texts that the exported sources had before and the public could read, by source and number."""
    names = ("number", "text_sha256", "text", "captured_on", "recorded_at", "replaced_at")
    for lot in export.briefings.by_slug(CHUNK, "slug", "pk"):
        versions = EarlierText.objects.once_public().filter(briefing__in=[briefing["pk"] for briefing in lot])
        by_briefing = defaultdict(list)
        for briefing, *row in versions.order_by("number").values_list("briefing", *names):
            by_briefing[briefing].append(dict(zip(names, row, strict=True)))
        for briefing in lot:
            yield from (_version_record(briefing["slug"], version) for version in by_briefing[briefing["pk"]])


def _version_record(slug: str, version: Record) -> Record:
    moments = {name: iso_utc(version[name]) for name in ("recorded_at", "replaced_at")}
    day = version["captured_on"]
    return version | moments | {"briefing": slug, "captured_on": day.isoformat() if day else None}


def former_quotes(export: Export) -> Iterator[Record]:
    """Yield the words that exported citations had before their source reworded them, by citation and version; under `known_by`
    those that it had reworded by then. One query."""
    names = ("quote", "prefix", "suffix", "start", "end", "locator", "turn_kind")
    day = export.event_filter.wanted["known_by"]
    for row in EarlierQuote.objects.of_citations(export.citations, day.last if day else None):
        yield {name: getattr(row, name) for name in names} | {
            "citation": row.citation.public_id,
            "speaker": row.speaker.slug if row.speaker else None,
            "text_sha256": row.earlier_text.text_sha256,
            "in_text_from": iso_utc(row.stored_from),
            "in_text_until": iso_utc(row.stored_until),
        }
