"""Our own table of events as the site exports it, changed since by hand: CSV or workbook, also as a spreadsheet saves them.

It brings no event in: each row names one that is public here, and the revision in which the file has it.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from timeline import dates
from timeline.dates import reader
from timeline.exports.columns import DAY, FLAG, INTEGER, LIST, NUMBER, Column, exceeds_cell
from timeline.exports.to_csv import printable, unescape_formula
from timeline.exports.to_xlsx import IN_OTHER_SHEET
from timeline.imports.cell_values import LONGEST_OF_OURS, Report, checked_names, is_hxl, open_table, rows
from timeline.imports.file_bytes import FileRefused, Problem, shortened
from timeline.imports.workbook import is_workbook, sheet_rows

name = "our-export"
label = "Our own export, changed (events.csv, events.xlsx)"
terms = None  # its events are here, each with its data set

KEY, REVISION = "public_id", "revision"
FOLLOWS_FROM = {  # what a column of this table follows from -> the columns, which are not read
    "edtf": ("date", "start_earliest", "start_latest", "end_earliest", "end_latest", "date_qualifier"),
    "type": ("category", "quad"),
    "place": ("country", "latitude", "longitude"),
    "the counts of deaths": ("deaths_out_of_order",),
    "its citations": (
        *("support", "form", "assertion", "contest", "source_count", "values_as_of_today", "first_reported_on"),
        *("citation_count", "citation_quotes", "citation_acts", "citation_speakers", "citation_states"),
        *("citation_briefings", "citation_published_on", "citation_published_edtf"),
        *("citation_urls", "citation_source_urls"),
    ),
    "its record here": ("url", "codebook_version", "data_set", "external_id", "recorded_at", "revised_at"),
}
NAMED = ("title", "summary", "actors", "place", "conflict", "value_note")  # texts of which a spreadsheet makes no date
SPREADSHEET_DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}|[A-Z][a-z]{2}-\d\d|\d{1,2}-[A-Z][a-z]{2}(-\d{2,4})?")
MONTH_OR_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
FLAGS = {"true": {"true", "1", "=true()"}, "false": {"false", "0", "=false()"}}  # the last as formulas of a workbook


@dataclass(slots=True)
class ExportRow:
    row: int  # its line in the file
    values: dict[str, str]  # by the name of the column
    is_guarded: bool  # an apostrophe is before text that a spreadsheet would run
    wrong: dict[str, str] = field(default_factory=dict)  # what is wrong with a cell, by the name of its column


def read(path: Path, report: Report) -> Iterator[ExportRow | None]:
    """Yield the rows; None: one that has not as many cells as the header, which is reported. Raises FileRefused."""
    yield from _of_workbook(path, report) if is_workbook(path) else _of_csv(path, report)


def _of_csv(path: Path, report: Report) -> Iterator[ExportRow | None]:
    delimiter, header, skip = open_table(path)
    _check_header(header)
    misfits: list[Problem] = []

    def refuse(problem: Problem) -> None:
        misfits.append(problem)
        report(problem)

    for row, cells in rows(path, header, refuse, delimiter, skip=skip, longest=LONGEST_OF_OURS):
        yield from (None for _ in misfits)
        misfits.clear()
        yield ExportRow(row, dict(zip(header, cells, strict=True)), is_guarded=True)
    yield from (None for _ in misfits)


def _of_workbook(path: Path, report: Report) -> Iterator[ExportRow | None]:
    table = sheet_rows(path, "events")
    header = checked_names(next(table, (0, [], {}))[1])
    _check_header(header)
    for number, (row, cells, wrong) in enumerate(table):
        if any(cells[len(header) :]):
            right = f"The row has cells after the last of the {len(header)} columns that the header names. Name them, or empty them."
            report(Problem(row, "", shortened(" ".join(cells[len(header) :])), right))
            yield None
        elif number or not is_hxl(cells):
            broken = {header[place]: words for place, words in wrong.items() if place < len(header)}
            cells += [""] * (len(header) - len(cells))
            yield ExportRow(row, dict(zip(header, cells, strict=False)), is_guarded=False, wrong=broken)


def _check_header(header: list[str]) -> None:
    if missing := [name for name in (KEY, REVISION) if name not in header]:
        raise FileRefused(
            f"The header has no column {' and no column '.join(f'“{name}”' for name in missing)}. Each row names its event and "
            "the revision in which the file has it, as /events.csv and /events.xlsx write them."
        )


def not_read(counts: dict[str, int]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Yield why cells are not read, with the columns and how many of theirs there are; of ours those that differ."""
    known = {name for columns in FOLLOWS_FROM.values() for name in columns}
    reasons = {f"because it follows from {source}": columns for source, columns in FOLLOWS_FROM.items()}
    reasons["because it is not one of our columns"] = tuple(name for name in counts if name not in known)
    for why, columns in reasons.items():
        if listed := [(name, counts[name]) for name in columns if name in counts]:
            yield why, listed


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
    if column.kind == DAY or (column.name not in NAMED and SPREADSHEET_DATE.fullmatch(cell.strip())):
        return _is_respelt(cell.strip(), stored, row.values.get("start_earliest") if column.name == "edtf" else None)
    if column.kind == FLAG:
        return cell.strip().casefold() in FLAGS[stored]
    return _plain(unguarded(row, column.name, stored)) == _plain(stored)


def spreadsheet_fault(column: str, cell: str, stored: str) -> str:
    """Return what would be right where a spreadsheet seems to have made a date of words, or a day of a month; else empty."""
    if not SPREADSHEET_DATE.fullmatch(cell.strip()):
        return ""
    if column == "date_as_stated" and stored:
        return f"A spreadsheet makes dates of words like “{stored}”. Write the source's own words, or use the workbook."
    day = _first_day(stored)
    if column == "edtf" and day and len(stored) == len("2022-03") and cell.strip() == day.isoformat():
        return f"A spreadsheet makes the first day of a month: write {stored}, or “1 {day:%B} {day.year}” if that day is meant."
    return ""


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(text: str) -> float | str:
    try:
        return float(text.strip().replace(",", ".", 1))
    except ValueError:
        return text


def _is_respelt(cell: str, stored: str, beside: str | None) -> bool:
    """Return whether a spreadsheet may have made this date of the stored words. `beside`: the first day of an event in the same
    row, of its date: without the words only what is spelt like that day is it; None: of another column."""
    day = _first_day(stored)
    if day is None:
        return False
    if f"{day:%b-%y}" == cell:  # so a month is shown
        return len(stored) == len("2022-03") or beside is None
    written = cell
    if cell in (f"{day.day}-{day:%b-%y}", f"{day.day}-{day:%b-%Y}"):
        cell = day.isoformat()
    figures = sorted(int(part) for part in re.findall(r"\d+", cell)[:3])
    is_that_day = figures in (sorted([day.year, day.month, day.day]), sorted([day.year % 100, day.month, day.day]))
    return is_that_day and (beside is None or (stored == day.isoformat() and written == beside.strip()))


def _first_day(words: str) -> dt.date | None:
    """Return the day that the words say, the first of a month; None: they say neither."""
    try:
        date = dates.parse(reader.read(words)) if words else None
    except ValueError:
        return None
    return date.start_earliest if date and MONTH_OR_DAY.fullmatch(date.edtf) else None
