"""The cells of one row by the names of their columns, each read as what it should be, or reported."""

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from timeline.dates import reader
from timeline.exports.to_csv import unescape_formula
from timeline.imports.doubts import Mark, advice, mark
from timeline.imports.file_bytes import FileRefused, Problem, check_text, shortened
from timeline.text.coordinates import NOWHERE

# The rows of a CSV file, strictly: a header of distinct names, as many cells in each row, every quotation mark
# closed.

LONGEST_CELL = 131_072  # characters
LONGEST_OF_OURS = 1 << 26  # characters of a cell that we wrote: a whole text, or all quotes of an event
MOST_COLUMNS = 1_000
DELIMITERS = ",;\t"
SEPARATOR_LINE = re.compile("sep=(?P<delimiter>[,;\t])")  # which Excel reads and writes

MISSING = frozenset({"NA", "N/A", "---"})  # where data sets, and R, have no text

Report = Callable[[Problem], None]
Row = tuple[int, list[str]]  # the line on which it begins, and its cells


class Table(NamedTuple):
    """How the cells of a file are separated, and the names of its columns."""

    delimiter: str
    header: list[str]
    skip: int  # rows before the first that is no header


def open_table(path: Path) -> Table:
    """Return the table that the header shows: cells separated by commas, semicolons or tabs, as spreadsheets of different
    countries save them, or as a first line `sep=;` says. Columns without a name at the end are left out. Raises FileRefused."""
    check_text(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, second = file.readline(LONGEST_CELL), file.readline(LONGEST_CELL)
    declared = SEPARATOR_LINE.fullmatch(first.strip())
    line = second if declared else first
    delimiter = declared["delimiter"] if declared else max(DELIMITERS, key=_unquoted(line).count)
    return Table(delimiter, header_of(path, delimiter, skip=bool(declared)), 2 if declared else 1)


def _unquoted(line: str) -> str:
    return re.sub('"[^"]*"', "", line)


def header_of(path: Path, delimiter: str = ",", *, skip: int = 0) -> list[str]:
    """Return the names of the columns, which are after so many rows. Raises FileRefused."""
    check_text(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _, names in islice(_lines(file, delimiter), skip, None):
            return checked_names(names)
    raise FileRefused("The file has no header.")


def rows(
    path: Path,
    header: list[str],
    report: Report,
    delimiter: str = ",",
    *,
    skip: int = 1,
    quoted: bool = True,
    longest: int = LONGEST_CELL,
) -> Iterator[Row]:
    """Yield the rows after the header (`skip` 0: there is none) that fit it; the others are reported. A row of HXL hashtags,
    empty rows, and empty cells behind the last column are passed over. `longest`: characters of a cell. Raises FileRefused
    where nothing after can be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, (line, cells) in enumerate(
            islice(_lines(file, delimiter, quoted=quoted, longest=longest), skip, None)
        ):
            if len(cells) > len(header) and not any(cells[len(header) :]):
                del cells[len(header) :]
            if not any(cells):
                continue
            if len(cells) != len(header):
                report(Problem(line, "", shortened(delimiter.join(cells)), _misfit(cells, header)))
            elif not (number == 0 and is_hxl(cells)):
                yield line, cells


def _misfit(cells: list[str], header: list[str]) -> str:
    few = "too few" if len(cells) < len(header) else "too many"
    return f"The row has {len(cells)} cells, {few}: the header names {len(header)} columns."


def is_hxl(cells: list[str]) -> bool:
    """Return whether every cell is empty or an HXL hashtag. Source: HXL 1.1."""
    return any(cells) and all(not cell or cell.startswith("#") for cell in cells)


def _lines(file, delimiter: str, *, quoted: bool = True, longest: int = LONGEST_CELL) -> Iterator[Row]:
    csv.field_size_limit(longest)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(file, delimiter=delimiter, strict=True, quoting=quoting)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(_refusal(line, str(error), longest)) from None
        yield line, cells


def _refusal(line: int, error: str, longest: int) -> str:
    if "field larger" in error or "unexpected end" in error:
        return (
            f"The row that begins on line {line} has a cell of more than {longest:,} characters, or a quotation mark "
            "that is not closed. Close it, or write it twice inside a quoted cell."
        )
    return f"The row that begins on line {line} is not CSV: {error}."


def checked_names(names: list[str]) -> list[str]:
    """Return the names of a header, without empty ones at its end. Raises FileRefused."""
    if len(names) > MOST_COLUMNS:
        raise FileRefused(f"The header names {len(names):,} columns; at most {MOST_COLUMNS:,} are read.")
    names = [name.strip() for name in names]
    while names and not names[-1]:
        names.pop()
    if "" in names:
        raise FileRefused(f"Column {names.index('') + 1} of the header has no name. Name it, or delete the column.")
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise FileRefused(
            f"The header names {', '.join(f'“{shortened(name)}”' for name in twice)} more than once. Give each column its own name."
        )
    return names


Value = TypeVar("Value")


class Cells:
    """One row. Each reading reports what is wrong and returns None; `failed` says whether any did. `marks`: the doubts that
    were accepted; `remarks`: how the row was understood, where the file does not say so itself."""

    __slots__ = ("_accept", "_guarded", "_missing", "_report", "failed", "marks", "remarks", "row", "values")

    def __init__(
        self,
        row: int,
        values: Mapping[str, str],
        report: Report,
        *,
        guarded: bool = False,
        missing: Collection[str] = (),
        accept: Collection[str] = (),
    ):
        """`guarded`: an apostrophe is before text that a spreadsheet would run, as our exports write it. `missing`: what
        is where the file has no text. `accept`: kinds of doubts."""
        self.row, self.values, self._report, self._guarded, self._missing = row, values, report, guarded, missing
        self._accept, self.failed = accept, False
        self.marks, self.remarks = list[Mark](), list[str]()

    def wrong(self, column: str, right: str) -> None:
        self.failed = True
        self._report(Problem(self.row, column, shortened(self.values.get(column, "")), right))

    def doubt(self, kind: str, column: str, right: str) -> bool:
        """Return whether the cell is taken though it can hardly be so: its kind (doubts.KINDS) is accepted, which marks the
        row. Else it is reported."""
        if kind in self._accept:
            self.marks.append(mark(kind, column, self.values.get(column, "")))
            return True
        self.wrong(column, advice(right, kind))
        return False

    def text(self, column: str) -> str:
        """Return the text without blanks around it, with one between words; empty where the file has no such column."""
        text = self.values.get(column, "")
        if not text:
            return ""
        if self._guarded or text[0] == "=":
            text = self._exact(column)
        if not text.isalnum():
            text = " ".join(text.split())
        return "" if text in self._missing else text

    def needed(self, column: str) -> str:
        if not (text := self.text(column)):
            self.wrong(column, "This must not be empty.")
        return text

    def lines(self, column: str) -> str:
        """Return the text as it is, its line ends as LF."""
        return self._exact(column).replace("\r\n", "\n").strip()

    def _exact(self, column: str) -> str:
        text = self.values.get(column, "")
        if text.startswith("="):
            self.wrong(column, "This is a formula. Save the file with values instead of formulas.")
        return unescape_formula(text) if self._guarded else text

    def one_of(self, column: str, meanings: Mapping[str, Value]) -> Value | None:
        """Return what the cell stands for."""
        text = self.values.get(column, "").strip()
        if (code := text if text in meanings else text.removesuffix(".0")) in meanings:  # whole numbers of R and pandas
            return meanings[code]
        self.wrong(column, f"Choose one of {', '.join(meanings)}.")
        return None

    def count(self, column: str) -> int | None:
        """Return a whole number from 0 to 2,147,483,647; None where the cell is empty. “5.0” is 5."""
        text = self.values.get(column, "").strip().removesuffix(".0").removesuffix(",0")
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 11 and (number := int(text)) < 1 << 31:
            return number
        self.wrong(column, "Write a whole number from 0 on, or nothing.")
        return None

    def degrees(self, column: str, limit: int) -> str | None:
        """Return degrees as text with six decimals; None where the cell is empty. The decimals may follow a comma."""
        text = self.values.get(column, "").strip().replace(",", ".", 1)
        if not text:
            return None
        right = f"Write degrees from -{limit} to {limit}, like 39.815."
        try:
            if len(text) < 40 and abs(number := float(text)) <= limit:
                return f"{number:.6f}"
            self.doubt("implausible-point", column, right)
        except ValueError:
            self.wrong(column, right)
        return None

    def point(self, latitude: str, longitude: str) -> tuple[str | None, str | None]:
        """Return both degrees, or neither. 0, 0 is where files put what they have no place for."""
        north, east = self.degrees(latitude, 90), self.degrees(longitude, 180)
        if bool(self.values.get(latitude, "").strip()) != bool(self.values.get(longitude, "").strip()):
            self.wrong(latitude, "Give latitude and longitude, or neither.")
        if north and east and float(north) == float(east) == 0:
            self.doubt("implausible-point", latitude, NOWHERE)
            return None, None
        return (north, east) if north and east else (None, None)

    def day(self, column: str) -> dt.date | None:
        """Return the day; None where the cell is empty. It may be written as spreadsheets do, 24-Mar-2022."""
        text = self.without_clock(column)
        if not text:
            return None
        is_plain = len(text) == 10 and text[4] == "-"
        try:
            return dt.date.fromisoformat(text) if is_plain else reader.read_day(text)
        except ValueError as error:
            self.wrong(column, "Write a day that exists as YYYY-MM-DD, like 2020-11-09." if is_plain else str(error))
        return None

    def without_clock(self, column: str) -> str:
        """Return the text before a clock time: zero, as spreadsheets add it, is passed over, any other in doubt."""
        text = self.values.get(column, "").strip()
        if len(text) <= 10 or ":" not in text:
            return text
        day, clock = reader.split_clock(text)
        if clock:
            self.doubt("clock-time", column, "No time zone says when this is. Write the day alone.")
        return day
