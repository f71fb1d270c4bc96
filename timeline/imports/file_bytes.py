"""The bytes of a file: that it is UTF-8 text is known before a row of it is read."""

import codecs
import hashlib
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

# What is wrong with a file, in words that say where, and what would be right.


class FileRefused(Exception):
    """The file as a whole cannot be read. The message says what is wrong, where, and what would be right."""


class Problem(NamedTuple):
    """One thing that is wrong in one row."""

    row: int  # line of the file on which the row begins, from 1; of JSON the number of the item
    column: str  # empty: the row as a whole
    value: str  # as it appears in the file, cut short
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


CHUNK = 1 << 20
LF = b"\n"
SAVE = "Save it as CSV in UTF-8."
BEGINNINGS = {
    b"PK\x03\x04": f"This is a ZIP archive, which an XLSX workbook is too. {SAVE}",
    b"PK\x05\x06": f"This is an empty ZIP archive. {SAVE}",
    b"\x1f\x8b": "This is packed with gzip. Unpack it first.",
    b"\xd0\xcf\x11\xe0": f"This is an old Excel workbook. {SAVE}",
    b"%PDF": f"This is a PDF. {SAVE}",
    b"SQLite format 3": f"This is a database. {SAVE}",
    codecs.BOM_UTF32_LE: "This text is in UTF-32. Save it as UTF-8.",
    codecs.BOM_UTF32_BE: "This text is in UTF-32. Save it as UTF-8.",
    codecs.BOM_UTF16_LE: "This text is in UTF-16. Save it as UTF-8.",
    codecs.BOM_UTF16_BE: "This text is in UTF-16. Save it as UTF-8.",
}


def sha256(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, in hexadecimal; they are read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def line_count(path: Path) -> int:
    """Return how many lines a table has; 0 for JSON, whose lines are no rows. Memory: one piece of the file."""
    with path.open("rb") as file:
        first = piece = file.read(CHUNK)
        lines = 0
        while piece:
            lines += piece.count(LF)
            piece = file.read(CHUNK)
    is_json = first.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith((b"{", b"["))
    return 0 if is_json else lines


def check_text(path: Path) -> None:
    """Raise FileRefused, with line and byte, for what is not UTF-8 text without NUL. Memory: one piece of the file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, before = 1, 0
    with path.open("rb") as file:
        _check_beginning(file.read(16))
        file.seek(0)
        while piece := file.read(CHUNK):
            _check_piece(piece, decoder, line, before)
            line += piece.count(b"\n")
            before += len(piece)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise FileRefused(f"The file ends in the middle of a character, on line {line}. It is not whole.") from None
    if not before:
        raise FileRefused("The file is empty.")


def _check_beginning(start: bytes) -> None:
    for mark, message in BEGINNINGS.items():
        if start.startswith(mark):
            raise FileRefused(message)


def _check_piece(piece: bytes, decoder, line: int, before: int) -> None:
    if (nul := piece.find(b"\0")) >= 0:
        raise FileRefused(
            f"Line {line + piece.count(LF, 0, nul)}, byte {before + nul + 1} is NUL. No text has it: {SAVE}"
        )
    waiting = len(decoder.getstate()[0])  # bytes of a character that the last piece cut in two
    try:
        decoder.decode(piece)
    except UnicodeDecodeError as error:
        at = max(error.start - waiting, 0)
        raise FileRefused(
            f"Line {line + piece.count(LF, 0, at)}, byte {before + at + 1} is not UTF-8. "
            "The text may be in another encoding, like windows-1251: save it as UTF-8."
        ) from None


# An archive is opened only if it is small enough.

MOST_PARTS = 100
MOST_BYTES = 1 << 30  # unpacked
MOST_RATIO = 200  # unpacked to packed, of one part


def check_archive(archive: ZipFile, most_parts: int = MOST_PARTS) -> None:
    """Raise FileRefused for what would take too much memory or time to unpack."""
    parts = archive.infolist()
    if len(parts) > most_parts:
        raise FileRefused(f"The archive has {len(parts):,} parts; at most {most_parts:,} are read.")
    if (size := sum(part.file_size for part in parts)) > MOST_BYTES:
        raise FileRefused(f"The archive is {size >> 20:,} MB unpacked; at most {MOST_BYTES >> 20:,} MB are read.")
    for part in parts:
        if part.file_size > MOST_RATIO * max(part.compress_size, 1 << 10):
            raise FileRefused(f"“{part.filename}” unpacks to more than {MOST_RATIO} times its size.")
