"""JSON: an object that says what it is, and whose `events` is the list. Text is exact."""

from collections.abc import Iterator

from .columns import iso_utc
from .event_records import Record
from .export import Export
from .export_format import Format
from .export_header import About, LeftOut
from .json_writer import json_with_list


def render(export: Export) -> Iterator[bytes]:
    """Yield the file event by event."""
    return json_with_list(header_object(export.about), "events", export.records())


FORMAT = Format(
    extension="json",
    content_type="application/json; charset=utf-8",
    label="JSON, events with all their citations",
    opens_in="any program",
    render=render,
)


def header_object(about: About) -> Record:
    """Return what a file says of itself."""
    return {
        "sentence": about.sentence,
        "query": about.query,
        "url": about.url,
        "total": about.total,
        "known_by": about.known_by or None,
        "without_source_day": about.without_source_day,
        "revision": about.revision,
        "revised_at": iso_utc(about.revised_at),
        "publisher": about.publisher,
        "licence": {"name": about.licence, "url": about.licence_url},
        "attribution": about.attribution,
        "left_out": [left_out_object(withheld) for withheld in about.left_out],
    }


def left_out_object(withheld: LeftOut) -> Record:
    return {
        "data_set": withheld.data_set,
        "count": withheld.count,
        "why": withheld.words,
        "attribution": withheld.attribution,
    }
