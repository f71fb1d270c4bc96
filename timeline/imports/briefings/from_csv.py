"""One document a row. Read row by row, so a long file takes no more memory than its longest row."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from timeline.extraction import front_values
from timeline.extraction.decoding import not_utf8, refuse_no_text, repair_windows_1252
from timeline.extraction.extracted import LONGEST_TEXT, Extracted
from timeline.imports.cell_values import SEPARATOR_LINE
from timeline.text import source_text

from .document import Document, Received, Refused
from .document_fields import make_document

_DELIMITERS = ",;\t"
LONGEST_HEADER = 5_000


def rows(path: Path) -> Iterator[Document | Refused]:
    """Yield a document or, as a value, why there is none, for each row. Raises Refused where the file itself is wrong;
    the rows before that are yielded."""
    before = csv.field_size_limit(LONGEST_TEXT)
    try:
        with path.open("rb") as raw:
            refuse_no_text(raw.read(4_096))
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from _documents(lines, str(path))
    except UnicodeDecodeError as error:
        raise not_utf8(error.object, error) from None
    finally:
        csv.field_size_limit(before)


def row_of(received: Received) -> Document | Refused:
    """Return the document of the one row that was kept of a table, below its header."""
    with io.StringIO(received.content.decode(), newline="") as lines:
        return next(_documents(lines, received.file_name))


class _Lines:
    """Lines of a file, of which those read since the last time can be had again: the row as it appears in the file."""

    def __init__(self, lines: Iterable[str]):
        self._lines, self._read = iter(lines), list[str]()

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._read.append(line)
            yield line

    def take(self) -> str:
        taken, self._read = "".join(self._read), []
        return taken


def _documents(lines, path: str) -> Iterator[Document | Refused]:
    head = header_line = lines.readline(LONGEST_HEADER)
    before = 1  # lines of the header
    if declared := SEPARATOR_LINE.fullmatch(header_line.strip()):
        header_line, before = lines.readline(LONGEST_HEADER), 2
        head += header_line
    delimiter = declared["delimiter"] if declared else max(_DELIMITERS, key=header_line.count)
    header = _header(next(csv.reader([header_line], delimiter=delimiter), []))
    reader = csv.reader(row_lines := _Lines(lines), delimiter=delimiter, strict=True)
    number = before
    try:
        for cells in reader:
            number += 1
            row = row_lines.take()
            if any(cells):
                document = _document(header, cells, f"{path}, row {number}")
                yield document if isinstance(document, Refused) else _with_original(document, head + row, path)
    except csv.Error as error:
        raise Refused(
            f"Row {number + 1}, which ends in line {reader.line_num + before:,}, cannot be read: {error}. "
            "Is a quotation mark left open? A cell holds at most "
            f"{LONGEST_TEXT:,} characters."
        ) from None


def _with_original(document: Document, lines: str, path: str) -> Document:
    return replace(document, received=Received(lines.encode(), "csv", PurePath(path).name))


def _header(names: list[str]) -> list[str]:
    """Return the columns in small letters. Raises Refused where some occur twice, or title or text is missing."""
    header = [name.strip().lower() for name in names]
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise Refused(f"The column “{min(twice)[:60]}” occurs twice in the first row. Rename one.")
    for meaning in ("title", "text"):
        if not set(front_values.NAMES[meaning]) & set(header):
            seen = ", ".join(header)[:200] or "nothing"
            raise Refused(
                f"The first row has no column “{meaning}”; it has {seen}. One document a row needs title and text."
            )
    return header


def _document(header: list[str], cells: list[str], where: str) -> Document | Refused:
    try:
        if len(cells) != len(header):
            raise Refused(
                f"It has {len(cells)} cells, the first row has {len(header)}. Is a comma outside quotation marks?"
            )
        values = dict(zip(header, cells, strict=True))
        for name, value in values.items():
            if "\0" in value:
                raise Refused(f"The column “{name}” contains a NUL: this is not text.")
        fields = front_values.group_by_meaning(values)
        text, notes = repair_windows_1252(fields["text"])
        notes += source_text.white_space_notes(text)
        fields["title"], _ = repair_windows_1252(fields["title"])
        return make_document(where, Extracted(source_text.normalise(text), fields, tuple(notes)))
    except Refused as refused:
        return refused.at(where)
