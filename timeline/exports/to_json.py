"""JSON: an object that says what it is, and whose `events` is the list. Text is exact."""

from collections.abc import Iterator

from . import row_counts
from .columns import stamp
from .event_records import Record
from .export import Export
from .export_header import About, LeftOut
from .json_writer import with_list

content_type = "application/json; charset=utf-8"
extension = "json"
label = "JSON, events with all their citations"
opens_in = "any program"
columns = ()
holds = row_counts.EVENT


def render(export: Export) -> Iterator[bytes]:
    """Yield the file event by event."""
    return with_list(head(export.about), "events", export.records())


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
        "left_out": [left_out(one) for one in about.left_out],
    }


def left_out(one: LeftOut) -> Record:
    return {"data_set": one.data_set, "count": one.count, "why": one.words, "attribution": one.attribution}
