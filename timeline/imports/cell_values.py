"""The cells of one row by the names of their columns, each read as what it should be, or reported."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from timeline.exports.formula_guard import unescape_formula

from .csv_rows import Report
from .file_refusal import Problem, shortened

Value = TypeVar("Value")


class Cells:
    """One row. Each reading reports what is wrong and returns None; `failed` says whether any did."""

    __slots__ = ("_guarded", "_report", "failed", "row", "values")

    def __init__(self, row: int, values: Mapping[str, str], report: Report, *, guarded: bool = False):
        """`guarded`: an apostrophe stands before text that a spreadsheet would run, as our exports write it."""
        self.row, self.values, self._report, self._guarded = row, values, report, guarded
        self.failed = False

    def wrong(self, column: str, right: str) -> None:
        self.failed = True
        self._report(Problem(self.row, column, shortened(self.values.get(column, "")), right))

    def text(self, column: str) -> str:
        """Return the text without blanks around it, with one between words; empty where the file has no such column."""
        text = self._exact(column)
        return " ".join(text.split()) if not text.isalnum() else text

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
        if text in meanings:
            return meanings[text]
        self.wrong(column, f"Choose one of {', '.join(meanings)}.")
        return None

    def count(self, column: str) -> int | None:
        """Return a whole number from 0 to 2,147,483,647; None where the cell is empty. “5.0” is 5."""
        text = self.values.get(column, "").strip().removesuffix(".0")
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 11 and (number := int(text)) < 1 << 31:
            return number
        self.wrong(column, "Write a whole number from 0 on, or nothing.")
        return None

    def degrees(self, column: str, limit: int) -> str | None:
        """Return degrees as text with six decimals; None where the cell is empty."""
        text = self.values.get(column, "").strip()
        if not text:
            return None
        try:
            if len(text) < 40 and abs(number := float(text)) <= limit:
                return f"{number:.6f}"
        except ValueError:
            pass
        self.wrong(column, f"Write degrees from -{limit} to {limit}, like 39.815.")
        return None

    def point(self, latitude: str, longitude: str) -> tuple[str | None, str | None]:
        """Return both degrees, or neither."""
        north, east = self.degrees(latitude, 90), self.degrees(longitude, 180)
        if bool(self.values.get(latitude, "").strip()) != bool(self.values.get(longitude, "").strip()):
            self.wrong(latitude, "Give latitude and longitude, or neither.")
        return north, east

    def day(self, column: str) -> dt.date | None:
        """Return the day; None where the cell is empty. The zero clock time that some files add is passed over."""
        text = self.values.get(column, "").strip()
        if not text:
            return None
        day, _, clock = text.partition(" ")
        try:
            if len(day) == 10 and not clock.strip("0:."):
                return dt.date.fromisoformat(day)
        except ValueError:
            pass
        self.wrong(column, "Write a day that exists as YYYY-MM-DD, like 2020-11-09.")
        return None
