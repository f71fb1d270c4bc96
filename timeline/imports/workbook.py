"""The rows of a sheet of a workbook, as text: what its cells hold, however they are shown."""

import datetime as dt
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

from timeline.imports.file_bytes import FileRefused, check_archive

MIDNIGHT = dt.time()
WRONG = {  # kind of cell, as the library calls it -> what would be right
    "f": "This is a formula. Save the file with values instead of formulas.",
    "e": "This is an error of the spreadsheet. Write the value.",
}

UNREADABLE = (
    BadZipFile,
    SyntaxError,  # of every parser of XML that openpyxl may use
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)

SheetRow = tuple[int, list[str], dict[int, str]]  # its number, its cells, and what is wrong with some, by their place


def is_workbook(path: Path) -> bool:
    return is_zipfile(path)


def sheet_rows(path: Path, sheet: str) -> Iterator[SheetRow]:
    """Yield the rows of a sheet that are not empty; where none has the name, of the first. Raises FileRefused."""
    from openpyxl import load_workbook  # noqa: PLC0415 (20 MB that only a workbook needs)

    with path.open("rb") as file:  # the library would ask a path for its ending
        try:
            with ZipFile(file) as archive:
                check_archive(archive)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and the like, which are not read
                book = load_workbook(file, read_only=True)
            yield from _rows(book[sheet] if sheet in book.sheetnames else book.worksheets[0])
        except UNREADABLE as error:
            raise FileRefused(f"This workbook cannot be read: {error}.") from None


def _rows(sheet) -> Iterator[SheetRow]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        wrong = {place: WRONG[cell.data_type] for place, cell in enumerate(cells) if cell.data_type in WRONG}
        texts = [_text(cell.value) for cell in cells]
        if any(texts):
            yield number, texts, wrong


def _text(value: Any) -> str:
    """Return the value as our tables write it: days as YYYY-MM-DD, numbers without needless decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
