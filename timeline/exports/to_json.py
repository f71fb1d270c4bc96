"""JSON, written piece by piece: a long list is never whole in memory.

JSON: an object that says what it is, and whose `events` is the list. Text is exact.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import orjson

from .columns import iso_utc
from .event_records import Record
from .export import Export, Format
from .export_header import About, LeftOut

AT_ONCE = 100  # lines

# Programs that look for any end of a line take these for one; inside a string they may be written so.
LINE_ENDS = ((b"\xc2\x85", b"\\u0085"), (b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029"))


def json_line(value: Record) -> bytes:
    """Return a value as JSON on one line."""
    return _escape_line_ends(orjson.dumps(value))


def json_lines(values: Iterable[Record]) -> Iterator[bytes]:
    """Yield values as JSON, each on a line, some lines at a time."""
    rest = iter(values)
    while lot := list(islice(rest, AT_ONCE)):
        yield _escape_line_ends(b"".join([orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in lot]))


def _escape_line_ends(text: bytes) -> bytes:
    for end, escaped in LINE_ENDS:
        if end[-1:] in text:  # one byte is looked for ten times as quickly as two
            text = text.replace(end, escaped)
    return text


def json_with_list(head: Record, name: str, records: Iterable[Record]) -> Iterator[bytes]:
    """Yield an object that begins with `head`, which is not empty, and ends with a list, one record on each line."""
    yield b'%b,"%b":[' % (json_line(head)[:-1], name.encode())
    separator = b"\n"
    for record in records:
        yield separator + json_line(record)
        separator = b",\n"
    yield b"\n]}\n"


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
