"""The files that are meant by paths, and the documents in them."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from timeline.extraction.readers import FILE_ENDINGS, Extract

from . import from_csv
from .document import Document, Received, Refused
from .document_fields import make_document

TABLE_SUFFIX = ".csv"
KNOWN = (*(f".{ending}" for ending in FILE_ENDINGS), TABLE_SUFFIX)
LARGEST, LARGEST_PDF, LARGEST_CSV = 8_000_000, 32_000_000, 500_000_000  # bytes


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
            files.refused.append(
                (str(named_path), f"This kind of file cannot be read. Files that can be read: {', '.join(KNOWN)}.")
            )
    files.files = list({path.resolve(): path for path in files.files}.values())
    return files


def _walk(folder: Path, files: DocumentFiles) -> None:
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(here, name)
            is_document = path.suffix.lower() in KNOWN and path.stem.lower() != "readme" and not path.is_symlink()
            (files.files if is_document else files.left).append(path)


def documents(path: Path, extract: Extract) -> Iterator[Document | Refused]:
    """Yield what is in a file: a document or, as a value, why there is none. Raises Refused for all of the file."""
    ending = path.suffix.lower()
    size = _size(path)
    refuse_large(size, ending)
    if ending == TABLE_SUFFIX:
        yield from from_csv.rows(path)
        return
    with path.open("rb") as file:
        content = file.read(size + 1)
    refuse_large(len(content), ending)  # it may have grown
    yield read(Received(content, ending.removeprefix("."), path.name), str(path), extract)


def read(received: Received, where: str, extract: Extract) -> Document:
    """Return the document of bytes in a format that is not a table, with the bytes. Raises Refused."""
    extracted = extract(received.content, received.format, received.file_name)
    return replace(make_document(where, extracted), received=received)


def refuse_large(size: int, ending: str) -> None:
    """Raise Refused for more bytes than are read of files with this ending."""
    largest = {".pdf": LARGEST_PDF, TABLE_SUFFIX: LARGEST_CSV}.get(ending, LARGEST)
    if size > largest:
        raise Refused(f"It has {size:,} bytes; at most {largest:,} are read. Split it.")


def _size(path: Path) -> int:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Refused("It is not a regular file.")
    return status.st_size
