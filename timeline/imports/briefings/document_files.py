"""The files that are meant by paths, and the documents in them."""

import codecs
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from timeline.imports.briefings import from_csv, from_html, from_markdown, from_text
from timeline.imports.briefings.document import Document, Refused

_READERS = dict.fromkeys((".md", ".markdown"), from_markdown.read) | dict.fromkeys((".html", ".htm"), from_html.read)
_READERS: dict[str, Callable[[bytes, str], Document]] = _READERS | {".txt": from_text.read}
TABLE_SUFFIX = ".csv"
KNOWN = (*_READERS, TABLE_SUFFIX)
LARGEST, LARGEST_CSV = 8_000_000, 500_000_000  # bytes


@dataclass(slots=True)
class DocumentFiles:
    """What a walk meets. In folders, links are not followed and other kinds of files are left."""

    files: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)  # (path, reason)
    left: list[Path] = field(default_factory=list)


def find_files(paths: list[str]) -> DocumentFiles:
    """Return the files under these paths, each once, in the order of their names."""
    files = DocumentFiles()
    for named_path in map(Path, paths):
        try:
            path = named_path.resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            files.refused.append((str(named_path), "There is no such file or folder, or its links lead in a circle."))
            continue
        if path.is_dir():
            _walk(named_path, files)
        elif path.suffix.lower() in KNOWN:
            files.files.append(named_path)
        else:
            files.refused.append((str(named_path), f"This kind of file is not read. Read are {', '.join(KNOWN)}."))
    files.files = list({path.resolve(): path for path in files.files}.values())
    return files


def _walk(folder: Path, files: DocumentFiles) -> None:
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(here, name)
            is_document = path.suffix.lower() in KNOWN and path.stem.lower() != "readme" and not path.is_symlink()
            (files.files if is_document else files.left).append(path)


def documents(path: Path) -> Iterator[Document | Refused]:
    """Yield what stands in a file: a document or, as a value, why there is none. Raises Refused for all of the file."""
    size = _size(path)
    if path.suffix.lower() == TABLE_SUFFIX:
        _refuse_large(size, LARGEST_CSV)
        yield from from_csv.rows(path)
        return
    _refuse_large(size, LARGEST)
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)  # it may have grown
    _refuse_large(len(data), LARGEST)
    yield _READERS[path.suffix.lower()](data, str(path))


def _size(path: Path) -> int:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Refused("It is no plain file.")
    return status.st_size


def _refuse_large(size: int, largest: int) -> None:
    if size > largest:
        raise Refused(f"It has {size:,} bytes; at most {largest:,} are read. Split it.")


# Bytes into text, strictly: what is not UTF-8 is refused, and what was decoded wrongly before is mended and told.

_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32"}
_MARKS |= {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_C1 = re.compile("[\x80-\x9f]")  # never meant: letters of Windows-1252 that were taken for Latin-1


def decode(data: bytes, declared: str = "") -> tuple[str, list[str]]:
    """Return the text with LF at line ends, and what was mended. `declared`: the character set that a page says it has,
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
    text, mended = mend_windows_1252(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text, [*notes, *mended]


def refuse_no_text(data: bytes) -> None:
    """Raise Refused for the beginning of a file that is UTF-16, UTF-32 or no text at all."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            raise Refused(f"It is {name}. Save it as UTF-8.")
    if (at := data.find(b"\0")) >= 0:
        raise Refused(f"Byte {at + 1:,} is NUL: this is no text, or UTF-16 without its mark. Save it as UTF-8.")


def mend_windows_1252(text: str) -> tuple[str, list[str]]:
    """Return the text with the C1 controls read as what they are in Windows-1252, and how many there were.

    The five that mean nothing there stay, and are written out when the text is stored.
    """
    text, count = _C1.subn(_windows_1252, text)
    if not count:
        return text, []
    return text, [f"{count:,} character{'' if count == 1 else 's'} of Windows-1252 mended, like ’ and “"]


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
