"""XLSX with the sheets events, citations and about. Text stays text: no cell is a formula or a link. Days that are known, and
the days between which an event may have been, are dates; dates as sources give them are text."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.format import Format as CellFormat

from timeline.exports.to_csv import printable
from timeline.site_identity import licence_words

from . import to_citations_csv
from .columns import (
    CITATION,
    CITATION_LISTS,
    DAY,
    EVENT,
    FLAG,
    INTEGER,
    LIST,
    MOMENT,
    NUMBER,
    PARTICIPATION,
    Column,
    exceeds_cell,
    flatten_citations,
    flatten_participations,
    iso_utc,
)
from .event_records import Record
from .export import Export, ExportBroken, Format
from .zip_sink import Sink, make_entry

COLUMNS = (*EVENT, CITATION_LISTS[0])
MOST_ROWS = 1_048_575  # below the header. Source: specification of Excel
FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel counts a day that never was: older days are text
WIDTHS = {DAY: 11, INTEGER: 9, NUMBER: 11, FLAG: 9, MOMENT: 28, LIST: 50}  # characters; other text by its column
WIDE_TEXTS = {"title": 50, "summary": 50, "quote": 60, "event_title": 50, "briefing_title": 50, "date": 30, "url": 30}
IN_OTHER_SHEET = "See the sheet participants: "  # in place of more actors than a cell holds; their number follows
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
    return "" if most <= MOST_ROWS - 1 else f"A sheet holds {MOST_ROWS:,} rows, and there are {most:,}. Use CSV."


def render(export: Export) -> Iterator[bytes]:
    """Yield the part that all workbooks share at once, then nothing for each row, and the rest after the last row: only then
    the sheets are known."""
    sink = Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as package, TemporaryFile() as file:
        package.writestr(make_entry(SHARED_PART), shared_part())
        yield sink.take()
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            for _ in _fill(book, export):
                yield b""
        with ZipFile(file) as written:
            for name in written.namelist():
                if name != SHARED_PART:
                    yield from _copy(written, package, sink, name)
    yield sink.take()


SHARED_PART = "xl/theme/theme1.xml"


@cache
def shared_part() -> bytes:
    """Return the part of a workbook that is the same in all: its colours and typefaces."""
    with TemporaryFile() as file:
        xlsxwriter.Workbook(file, OPTIONS).close()
        return ZipFile(file).read(SHARED_PART)


def _copy(written: ZipFile, package: ZipFile, sink: Sink, name: str) -> Iterator[bytes]:
    with written.open(name) as part, package.open(make_entry(name), "w", force_zip64=True) as copied:
        while lot := part.read(LOT):
            copied.write(lot)
            yield sink.take()


FORMAT = Format(
    extension="xlsx",
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    label="XLSX, events and citations on sheets",
    opens_in="Excel, LibreOffice",
    render=render,
    columns=COLUMNS,
    refusal=too_many_rows,
)


def _fill(book: xlsxwriter.Workbook, export: Export) -> Iterator[None]:
    """Write the sheets, and yield after each event."""
    book.set_properties({"title": export.about.sentence, "created": export.about.revised_at})
    formats = {"head": book.add_format({"bold": True}), "text": book.add_format({"num_format": "@"})}
    formats["day"] = book.add_format({"num_format": "yyyy-mm-dd"})
    events = Sheet(book.add_worksheet("events"), export.options.columns(COLUMNS), formats, hxl=export.options.hxl)
    citations = Sheet(book.add_worksheet("citations"), list(CITATION), formats)
    participants = None  # a sheet that only events with more actors than a cell holds have
    for record in export.records():
        if events.add(record):
            participants = participants or Sheet(book.add_worksheet("participants"), list(PARTICIPATION), formats)
            for participation in flatten_participations(record):
                participants.add(participation)
        for citation in flatten_citations(record):
            citations.add(citation)
        yield
    about = book.add_worksheet("about")
    about.set_column(0, 0, 30)
    about.set_column(1, 1, 100)
    for number, (name, value) in enumerate(header_lines(export)):
        about.write_string(number, 0, name, formats["head"])
        about.write_string(number, 1, printable(value))


class Sheet:
    """One sheet, written row by row below a head that stays in sight."""

    def __init__(self, sheet, columns: list[Column], formats: dict[str, CellFormat], hxl: bool = False):
        self.sheet, self.columns, self.formats, self.row = sheet, columns, formats, int(hxl)
        sheet.freeze_panes(1 + self.row, 0)
        for number, column in enumerate(columns):
            width = max(WIDTHS.get(column.kind, 0) or WIDE_TEXTS.get(column.name, 0), len(column.name) + 2)
            sheet.set_column(number, number, width, self._format(column))
            sheet.write_string(0, number, column.name, formats["head"])
        for number, column in enumerate(columns if hxl else ()):  # a row that is begun ends the one before
            sheet.write_string(1, number, column.hxl)

    def add(self, record: Record) -> bool:
        """Write a row; return whether it has more actors than a cell holds: then the cell says where they are."""
        self.row += 1
        if self.row > MOST_ROWS:
            raise ExportBroken(f"A sheet holds {MOST_ROWS:,} rows, and there are more. Use CSV.")
        is_too_long = False
        for number, column in enumerate(self.columns):
            value = column.value(record)
            if column.kind == LIST and exceeds_cell(value):
                value, is_too_long = f"{IN_OTHER_SHEET}{len(record['actors']):,}", True
            self._write(number, column, value)
        return is_too_long

    def _format(self, column: Column) -> CellFormat | None:
        """Return the format in which what is typed into a cell stays what it is: text is not taken for a date."""
        return self.formats["day"] if column.kind == DAY else self.formats["text"] if column.is_text else None

    def _write(self, number: int, column: Column, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(self.row, number, value)
        elif isinstance(value, int | float):
            self.sheet.write_number(self.row, number, value)
        elif column.kind == DAY and (day := dt.date.fromisoformat(value)) >= FIRST_DAY:
            self.sheet.write_datetime(self.row, number, day, self.formats["day"])
        else:
            self.sheet.write_string(self.row, number, printable(value), self._format(column))


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
        ("licence", licence_words()),
        ("cite as", about.attribution),
    ]
    yield from (("left out", words) for words in about.notes)
    yield from ((column.name, column.meaning) for column in export.options.columns(COLUMNS))
    yield from ((f"citations: {column.name}", column.meaning) for column in CITATION)
