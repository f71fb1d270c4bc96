"""Our own table of events as tests take it, change it and bring it in again."""

import csv
import io
from pathlib import Path

import openpyxl

from timeline.exports.to_csv import escape_formula
from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.import_summary import Summary
from timeline.models import ImportBatch

from .import_files import options

REASON = {"reason": "Checked against the reports.", "change_class": "correction"}

Changes = dict[str, dict[str, str]]  # public id -> column -> what is typed


def with_cells(exported: bytes, changes: Changes, *, delimiter: str = ",") -> bytes:
    """Return a CSV of ours with other cells, as somebody types them."""
    reader = csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline=""))
    file = io.StringIO()
    writer = csv.DictWriter(file, reader.fieldnames, delimiter=delimiter)
    writer.writeheader()
    for row in reader:
        writer.writerow(row | {name: escape_formula(text) for name, text in changes.get(row["public_id"], {}).items()})
    return file.getvalue().encode()


def with_workbook_cells(exported: bytes, changes: dict[str, dict]) -> bytes:
    """Return a workbook of ours with other cells, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(exported))
    sheet = book["events"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for name, value in changes.get(sheet.cell(row, places["public_id"]).value, {}).items():
            sheet.cell(row, places[name]).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table_options(folder: Path, sent: bytes, **changes) -> Options:
    return options(folder, sent, "our-export", **changes)


def compared(folder: Path, sent: bytes, **changes) -> Summary:
    return check(table_options(folder, sent, **changes))


def brought_back(folder: Path, sent: bytes, **changes) -> ImportBatch:
    wanted = table_options(folder, sent, **REASON | changes)
    return run(wanted, check(wanted))


def edits(summary: Summary) -> dict[str, list[list[str]]]:
    """Return the cells that change, [column, here, in the file], by public id."""
    return {public_id: cells for _, public_id, _, cells in summary.first_edited}
