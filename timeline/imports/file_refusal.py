"""What is wrong with a file, in words that say where, and what would be right."""

from typing import NamedTuple


class FileRefused(Exception):
    """The file as a whole cannot be read. The message says what is wrong, where, and what would be right."""


class Problem(NamedTuple):
    """One thing that is wrong in one row."""

    row: int  # line of the file on which the row begins, from 1; of JSON the number of the item
    column: str  # empty: the row as a whole
    value: str  # as it stands in the file, cut short
    right: str  # what would be right

    @property
    def words(self) -> str:
        where = f"row {self.row}" + (f", {self.column}" if self.column else "")
        return f"{where}: {f'“{self.value}”. ' if self.value else ''}{self.right}"


def shortened(value: object, longest: int = 80) -> str:
    """Return a value fit to print in a message: short, and without characters that cannot be seen."""
    text = str(value)
    printable = "".join(char if char.isprintable() else "�" for char in text[: longest + 1])
    return printable[:longest] + ("…" if len(text) > longest else "")
