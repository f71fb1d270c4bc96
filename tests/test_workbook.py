"""Workbooks that are brought in: what their cells hold, and files that are broken."""

import contextlib
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.imports.file_bytes import FileRefused
from timeline.imports.workbook import sheet_rows

from .hypothesis_examples import examples

CELLS = [
    "=text",
    True,
    3,
    2.0,
    2.5,
    dt.datetime(2022, 3, 24),
    dt.datetime(2022, 3, 24, 14, 30),
    dt.time(14, 30),
    None,
    " a\n",
]
TEXTS = ["=text", "true", "3", "2", "2.5", "2022-03-24", "2022-03-24 14:30:00", "14:30:00", "", " a\n"]


def workbook(rows: list[list], title: str = "events") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cell in (cell for line in book.active for cell in line if cell.value == "=text"):
        cell.data_type = "s"
    book.save(file := io.BytesIO())
    return file.getvalue()


VALID = workbook([["public_id", "revision"], ["a", 1]])


def read(folder, content: bytes) -> list:
    file = folder / "upload"  # without an ending, as the import page keeps it
    file.write_bytes(content)
    return list(sheet_rows(file, "events"))


@pytest.mark.parametrize("title", ["events", "Sheet 1"])
def test_cells_are_read_as_our_tables_write_them(tmp_path, title):
    assert read(tmp_path, workbook([["name"], [], CELLS], title)) == [
        (1, ["name", *[""] * 9], {}),
        (3, TEXTS, {}),
    ]


def test_formulas_and_errors_are_told(tmp_path):
    ((_, texts, wrong),) = read(tmp_path, workbook([["=1+1", "#REF!", "text"]]))

    assert (texts[2], {place: words.partition(".")[0] for place, words in wrong.items()}) == (
        "text",
        {0: "This is a formula", 1: "This is an error of the spreadsheet"},
    )


def with_part(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return file.getvalue()


PARTS = zipfile.ZipFile(io.BytesIO(VALID)).namelist()
BROKEN = [
    b"",
    b"<a",
    b"<a/>",
    b"\0",
    b"<worksheet><sheetData><row r='x'><c r='A1' t='s'><v>99</v></c></row></sheetData></worksheet>",
]


@pytest.mark.parametrize("part", PARTS)
def test_broken_part_is_refused_or_not_needed(tmp_path, part):
    for content in BROKEN:
        try:
            rows = read(tmp_path, with_part(part, content))
        except FileRefused:
            continue
        assert rows in ([], [(1, ["public_id", "revision"], {}), (2, ["a", "1"], {})]), content


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(VALID) - 1), st.binary(max_size=4), st.integers(0, 40))
def test_damaged_file_is_read_or_refused(tmp_path, at, instead, length):
    with contextlib.suppress(FileRefused):
        read(tmp_path, VALID[:at] + instead + VALID[at + length :])
