"""The briefings that the events of an export cite, for reference managers."""

from collections.abc import Iterator

from timeline.http.absolute_urls import absolute_page_url

from .event_records import Record
from .export import Export

CHUNK = 500
FIELDS = ("slug", "title", "kind", "publisher__name", "publisher__kind", "published_on", "captured_on", "url")
FIELDS += ("archive_url", "language")


def cited_briefings(export: Export) -> Iterator[Record]:
    """Yield the cited briefings by slug, each once. One query for each 500. Raises ExportBroken where the data changed
    meanwhile."""
    for lot in export.briefings.by_slug(CHUNK, *FIELDS):
        yield from (briefing | {"here": absolute_page_url("briefing-detail", briefing["slug"])} for briefing in lot)
    export.confirm()
