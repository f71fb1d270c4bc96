"""JSON, written piece by piece: a long list is never whole in memory."""

from collections.abc import Iterable, Iterator
from itertools import islice

import orjson

from .event_records import Record

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


def json_with_list(head: Record, name: str, items: Iterable[Record]) -> Iterator[bytes]:
    """Yield an object that begins with `head`, which is not empty, and ends with a list, one item on each line."""
    yield b'%b,"%b":[' % (json_line(head)[:-1], name.encode())
    separator = b"\n"
    for item in items:
        yield separator + json_line(item)
        separator = b",\n"
    yield b"\n]}\n"
