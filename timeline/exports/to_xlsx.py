"""XLSX with the sheets events, citations and about. Text stays text: no cell is a formula or a link."""

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter

from timeline.exports.to_csv import printable

from . import to_citations_csv
from .columns import CITATION, CITATION_LISTS, EVENT, Column, flatten_citations, iso_utc
from .event_records import Record
from .export import Export, ExportBroken, Format

COLUMNS = (*EVENT, CITATION_LISTS[0])
MOST_ROWS = 1_048_575  # below the header. Source: specification of Excel
MOST_CHARACTERS = 32_767  # in a cell
LOT = 64 * 1024  # bytes
OPTIONS = {
    "constant_memory": True,
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def too_many_rows(export: Export) -> str:
    """Return why the sheets cannot hold an export, in words; empty where they can."""
    most = max(export.about.total, to_citations_csv.FORMAT.row_count(export))
    return "" if most <= MOST_ROWS - 1 else f"A sheet holds {MOST_ROWS:,} rows, and there are {most:,}. Take CSV."


def render(export: Export) -> Iterator[bytes]:
    with TemporaryFile() as file:
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            _fill(book, export)
        file.seek(0)
        while lot := file.read(LOT):
            yield lot


FORMAT = Format(
    extension="xlsx",
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    label="XLSX, events and citations on sheets",
    opens_in="Excel, LibreOffice",
    render=render,
    columns=COLUMNS,
    refusal=too_many_rows,
)


def _fill(book: xlsxwriter.Workbook, export: Export) -> None:
    book.set_properties({"title": export.about.sentence, "created": export.about.revised_at})
    bold = book.add_format({"bold": True})
    events = Sheet(book.add_worksheet("events"), export.options.columns(COLUMNS), bold, hxl=export.options.hxl)
    citations = Sheet(book.add_worksheet("citations"), list(CITATION), bold)
    for record in export.records():
        events.add(record)
        for citation in flatten_citations(record):
            citations.add(citation)
    about = book.add_worksheet("about")
    for number, (name, value) in enumerate(header_lines(export)):
        about.write_string(number, 0, name, bold)
        about.write_string(number, 1, printable(value))


class Sheet:
    """One sheet, written row by row."""

    def __init__(self, sheet: xlsxwriter.worksheet.Worksheet, columns: list[Column], bold, hxl: bool = False):
        self.sheet, self.columns, self.row = sheet, columns, 0
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column.name, bold)
            if hxl:
                sheet.write_string(1, number, column.hxl)
        self.row = int(hxl)

    def add(self, record: Record) -> None:
        self.row += 1
        if self.row > MOST_ROWS:
            raise ExportBroken(f"A sheet holds {MOST_ROWS:,} rows, and there are more. Take CSV.")
        for number, column in enumerate(self.columns):
            self._write(number, column.value(record))

    def _write(self, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(self.row, column, value)
        elif isinstance(value, int | float):
            self.sheet.write_number(self.row, column, value)
        elif len(value) > MOST_CHARACTERS:
            raise ExportBroken(f"A cell holds {MOST_CHARACTERS:,} characters, and a value has more. Take CSV.")
        else:
            self.sheet.write_string(self.row, column, printable(value))


def header_lines(export: Export) -> Iterable[tuple[str, str]]:
    about = export.about
    yield from [
        ("filter", about.sentence),
        ("query", about.query),
        ("address", about.url),
        ("events", str(about.total)),
        ("known by", about.known_by),
        ("revision of the data", str(about.revision)),
        ("last change of the data, UTC", iso_utc(about.revised_at) or ""),
        ("publisher", about.publisher),
        ("licence", f"{about.licence}, {about.licence_url}"),
        ("cite as", about.attribution),
    ]
    yield from (("left out", words) for words in about.notes)
    yield from ((column.name, column.meaning) for column in export.options.columns(COLUMNS))
    yield from ((f"citations: {column.name}", column.meaning) for column in CITATION)
