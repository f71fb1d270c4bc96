"""Rows of cells, for the formats that are tables."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from .columns import Column
from .export import Options
from .reading import Record
from .spreadsheet import safe


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(records: Iterable[Record], columns: list[Column], options: Options) -> Iterator[str]:
    """Yield CSV line by line, CRLF at the end of each. Source: RFC 4180."""
    write = csv.writer(Echo()).writerow
    yield write([column.name for column in columns])
    if options.hxl:
        yield write([column.hxl for column in columns])
    guard = [column.is_text and not options.raw for column in columns]
    values = [column.value for column in columns]
    for record in records:
        yield write([_cell(value(record), text) for value, text in zip(values, guard, strict=True)])


def _cell(value: Any, guarded: bool) -> Any:
    """Return a value as it stands in a cell: None as empty, and text so that no spreadsheet runs it."""
    if value is True or value is False:
        return "true" if value else "false"
    return safe(value) if guarded and value else value
