"""JSON: an object that says what it is, and whose `events` is the list. Text is exact."""

import json
from collections.abc import Iterator

from .about import About
from .columns import stamp
from .export import Export
from .reading import Record

content_type = "application/json; charset=utf-8"
extension = "json"
label = "JSON, events with all their citations"
opens_in = "any program"
columns = ()


def render(export: Export) -> Iterator[str]:
    """Yield the file event by event."""
    yield f'{text(head(export.about))[:-1]}, "events": ['
    separator = "\n"
    for record in export.records():
        yield separator + text(event(record))
        separator = ",\n"
    yield "\n]}\n"


def head(about: About) -> Record:
    """Return what a file says of itself."""
    return {
        "sentence": about.sentence,
        "query": about.query,
        "url": about.url,
        "total": about.total,
        "known_by": about.known_by or None,
        "revision": about.revision,
        "revised_at": stamp(about.revised_at),
        "publisher": about.publisher,
        "licence": {"name": about.licence, "url": about.licence_url},
        "attribution": about.attribution,
        "left_out": [{"data_set": one.data_set, "count": one.count, "why": one.words} for one in about.left_out],
    }


def event(record: Record) -> Record:
    """Return a record with its moments as text."""
    return record | {name: stamp(record[name]) for name in ("recorded_at", "revised_at")}


def text(value: Record) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
