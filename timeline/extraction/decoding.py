"""Bytes into text, strictly: what is not UTF-8 is refused, and what was decoded wrongly before is repaired and reported."""

import codecs
import re

from timeline.extraction.extracted import Refused

_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32"}
_MARKS |= {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_C1 = re.compile("[\x80-\x9f]")  # never meant: letters of Windows-1252 that were taken for Latin-1
_C1_ALONE = {"\x85"}  # may be meant: it ends a line


def decode(data: bytes, declared: str = "") -> tuple[str, list[str]]:
    """Return the text with LF at line ends, and what was corrected. `declared`: the character set that a page says it has,
    used where it is not UTF-8. Raises Refused."""
    refuse_no_text(data)
    notes = []
    if data.startswith(codecs.BOM_UTF8):
        data, notes = data.removeprefix(codecs.BOM_UTF8), ["byte-order mark left out"]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = _as_declared(data, declared, error)
        notes.append(f"read as {declared}, as the page says")
    text, repairs = repair_windows_1252(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text, [*notes, *repairs]


def refuse_no_text(data: bytes) -> None:
    """Raise Refused for the beginning of a file that is UTF-16, UTF-32 or no text at all."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            raise Refused(f"It is {name}. Save it as UTF-8.")
    if (at := data.find(b"\0")) >= 0:
        raise Refused(f"Byte {at + 1:,} is NUL: this is not text, or UTF-16 without its mark. Save it as UTF-8.")


def repair_windows_1252(text: str) -> tuple[str, list[str]]:
    """Return the text with the C1 controls read as what they are in Windows-1252, and how many there were.

    The five that mean nothing there stay, and are written out when the text is stored; so do next-line marks where
    there are no others.
    """
    if set(_C1.findall(text)) <= _C1_ALONE:
        return text, []
    text, count = _C1.subn(_windows_1252, text)
    return text, [f"{count:,} character{'' if count == 1 else 's'} of Windows-1252 corrected, like ’ and “"]


def not_utf8(data: bytes, error: UnicodeDecodeError) -> Refused:
    line = data.count(b"\n", 0, error.start) + 1
    return Refused(
        f"Byte {error.start + 1:,}, in line {line:,}, is {data[error.start]:#04x}, which is not UTF-8. Save it as UTF-8; "
        "it may be Windows-1251 (Cyrillic) or Windows-1252 (western Europe)."
    )


def _as_declared(data: bytes, declared: str, error: UnicodeDecodeError) -> str:
    if not declared:
        raise not_utf8(data, error) from None
    try:
        return data.decode(declared)
    except (LookupError, UnicodeError):
        raise Refused(f"It says that it is “{declared}”, but it is not, nor UTF-8. Save it as UTF-8.") from None


def _windows_1252(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return match[0]
