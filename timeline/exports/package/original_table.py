"""The originals of texts, as a table of a package and as its files: for those who may have the bytes."""

import json
from collections.abc import Iterator

from timeline.exports.event_records import Record
from timeline.models import Original

from ..columns import INTEGER, MOMENT, TEXT, field_column, iso_utc
from ..export import CHANGED, Export, ExportBroken
from .package_tables import Table

CHUNK = 200  # sources whose originals are looked up at once
WAYS = "How it was received: pasted, uploaded, by a command, or captured from its address."
NAMES: tuple[str, ...] = ("text_sha256", "sha256", "size", "way", "format", "file_name", "address")
NAMES += ("extractor", "extractor_version", "track_kind")


def public_originals(export: Export) -> Iterator[tuple[str, Original]]:
    """Yield the originals of the exported sources without their bytes, each after the slug of its source. Sealed ones are left
    out, and those of texts that readers never could read."""
    for lot in export.briefings.by_slug(CHUNK, "slug", "pk"):
        slugs = {briefing["pk"]: briefing["slug"] for briefing in lot}
        rows = Original.objects.of_public_texts(slugs)
        yield from sorted(((slugs[row.source], row) for row in rows), key=lambda named: (named[0], named[1].pk))


def originals(export: Export) -> Iterator[Record]:
    for slug, original in public_originals(export):
        yield {name: getattr(original, name) for name in NAMES} | {
            "briefing": slug,
            "media_type": original.media_type,
            "received_at": iso_utc(original.received_at),
            "track": json.dumps(original.track, ensure_ascii=False) if original.track_kind else None,
        }


def original_files(export: Export) -> Iterator[tuple[str, bytes]]:
    """Yield name in the archive and bytes of each original, once. One query for each. Raises ExportBroken where one is gone."""
    named: set[str] = set()
    for _, original in public_originals(export):
        name = original.path_in_package
        if name not in named:
            named.add(name)
            content = Original.objects.filter(pk=original.pk, sealed_in=None).values_list("content", flat=True).first()
            if content is None:
                raise ExportBroken(CHANGED)
            yield name, bytes(content)


ORIGINALS = Table(
    "originals",
    (
        field_column("briefing", TEXT, "Slug of the briefing."),
        field_column("text_sha256", TEXT, "SHA-256 of its text that was made of the bytes."),
        field_column("sha256", TEXT, "SHA-256 of the bytes, which are in the folder originals under it."),
        field_column("size", INTEGER, "Bytes."),
        field_column("media_type", TEXT, "Media type of the bytes."),
        field_column("way", TEXT, WAYS),
        field_column("format", TEXT, "What reads the bytes: pdf, html, txt and so on; text: words alone."),
        field_column("file_name", TEXT, "Name of the file; empty: there was none."),
        field_column("address", TEXT, "Where it was captured, else as the document names it; empty: not said."),
        field_column("received_at", MOMENT, "When it was received, UTC."),
        field_column("extractor", TEXT, "What made the text."),
        field_column("extractor_version", TEXT, "In which version."),
        field_column("track_kind", TEXT, "page or time; empty: the text has neither."),
        field_column("track", TEXT, "Where each begins in the text, as JSON: [[code point, name], …]; empty: nowhere."),
    ),
    ("briefing", "text_sha256", "sha256", "received_at"),
    {"briefing": ("briefings", "slug")},
    originals,
    optional=True,
)
