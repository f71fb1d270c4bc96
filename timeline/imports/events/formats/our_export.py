"""Our own table of events as the site exports it, changed since by hand: CSV or workbook, also as a spreadsheet saves them.

It brings no event in: each row names one that is public here, and the revision in which the file has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from timeline.exports.columns import DAY, FLAG, INTEGER, LIST, NUMBER, Column, exceeds_cell
from timeline.exports.to_csv import printable, unescape_formula
from timeline.exports.to_xlsx import IN_OTHER_SHEET
from timeline.imports.cell_values import Report, checked_names, is_hxl, open_table, rows
from timeline.imports.file_bytes import FileRefused, Problem
from timeline.imports.workbook import is_workbook, sheet_rows

name = "our-export"
label = "Our own export, changed (events.csv, events.xlsx)"
terms = None  # its events are here, each with its data set

KEY, REVISION = "public_id", "revision"
FOLLOWS_FROM = {  # what a column of this table follows from -> the columns, which are not read
    "edtf": ("date", "start_earliest", "start_latest", "end_earliest", "end_latest", "date_qualifier"),
    "type": ("category", "quad"),
    "place": ("country", "latitude", "longitude", "place_precision"),
    "the counts of deaths": ("deaths_out_of_order",),
    "its citations": (
        *("support", "form", "assertion", "contest", "source_count", "values_as_of_today", "first_reported_on"),
        *("citation_count", "citation_quotes", "citation_acts", "citation_speakers", "citation_states"),
        *("citation_briefings", "citation_published_on", "citation_urls", "citation_source_urls"),
    ),
    "its record here": ("url", "codebook_version", "data_set", "external_id", "recorded_at", "revised_at"),
}
FLAGS = {"true": {"true", "1", "=true()"}, "false": {"false", "0", "=false()"}}  # the last as formulas of a workbook


@dataclass(slots=True)
class ExportRow:
    row: int  # where it stands in the file
    values: dict[str, str]  # by the name of the column
    is_guarded: bool  # an apostrophe stands before text that a spreadsheet would run
    wrong: dict[str, str] = field(default_factory=dict)  # what is wrong with a cell, by the name of its column


def read(path: Path, report: Report) -> Iterator[ExportRow | None]:
    """Yield the rows; None: one that has not as many cells as the header, which is reported. Raises FileRefused."""
    yield from _of_workbook(path) if is_workbook(path) else _of_csv(path, report)


def _of_csv(path: Path, report: Report) -> Iterator[ExportRow | None]:
    delimiter, header, skip = open_table(path)
    _check_header(header)
    misfits: list[Problem] = []

    def refuse(problem: Problem) -> None:
        misfits.append(problem)
        report(problem)

    for row, cells in rows(path, header, refuse, delimiter, skip=skip):
        yield from (None for _ in misfits)
        misfits.clear()
        yield ExportRow(row, dict(zip(header, cells, strict=True)), is_guarded=True)
    yield from (None for _ in misfits)


def _of_workbook(path: Path) -> Iterator[ExportRow]:
    table = sheet_rows(path, "events")
    header = checked_names(next(table, (0, [], {}))[1])
    _check_header(header)
    for number, (row, cells, wrong) in enumerate(table):
        if number or not is_hxl(cells):
            broken = {header[place]: words for place, words in wrong.items() if place < len(header)}
            cells += [""] * (len(header) - len(cells))
            yield ExportRow(row, dict(zip(header, cells, strict=False)), is_guarded=False, wrong=broken)


def _check_header(header: list[str]) -> None:
    if missing := [name for name in (KEY, REVISION) if name not in header]:
        raise FileRefused(
            f"The header has no column {' and no column '.join(f'“{name}”' for name in missing)}. Each row names its event and "
            "the revision in which the file has it, as /events.csv and /events.xlsx write them."
        )


def stored_text(column: Column, record: dict) -> str:
    """Return what the export writes of an event today, without the guard."""
    value = column.value(record)
    if column.kind == FLAG:
        return "true" if value else "false"
    return "" if value is None else str(value)


def unguarded(row: ExportRow, column: str, stored: str) -> str:
    """Return the text of a cell. A workbook has the guard where it was made of our CSV: then what is stored has none."""
    text = row.values[column]
    return unescape_formula(text) if row.is_guarded or not stored.startswith("'") else text


def agrees(column: Column, row: ExportRow, stored: str) -> bool:
    """Return whether a cell says what is stored, in whatever way a spreadsheet writes that."""
    cell = row.values[column.name]
    if cell == stored or _plain(cell) in (_plain(stored), _plain(printable(stored))):
        return True
    if column.kind == LIST and exceeds_cell(stored) and cell.startswith(IN_OTHER_SHEET):
        return True
    if column.kind in (INTEGER, NUMBER):
        return bool(cell.strip()) and _number(cell) == _number(stored)
    if column.kind == DAY:
        return _figures(cell) in _orders(stored)
    if column.kind == FLAG:
        return cell.strip().casefold() in FLAGS[stored]
    return _plain(unguarded(row, column.name, stored)) == _plain(stored)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(text: str) -> float | str:
    try:
        return float(text.strip().replace(",", ".", 1))
    except ValueError:
        return text


def _figures(text: str) -> list[int]:
    return sorted(int(figures) for figures in "".join(char if char.isdigit() else " " for char in text).split()[:3])


def _orders(day: str) -> list[list[int]]:
    """Return the figures of a day, its year with four and with two digits; spreadsheets write them in any order."""
    figures = [int(part) for part in day.split("-") if part]
    return [sorted(figures), sorted([figures[0] % 100, *figures[1:]])] if figures else []
