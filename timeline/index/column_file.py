"""The columns of all public events in one file, which every process maps: its pages are in memory once for all of them.

MAGIC, the length of the header and its checksum (eight and four bytes), the header as JSON, then the arrays from the next page
on. A file is whole or it is not there: it gets its name when all of it is on the disk.
"""

import hashlib
import json
import mmap
import os
import zlib
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np

from .actor_ancestry import ActorAncestry, Lineage
from .event_columns import Arrays, EventColumns
from .shard import COLUMNS, EVENT_COLUMNS, Rows, new_vocabulary, queries
from .values import Dates, Values, Vocabulary

MAGIC = b"events 1"
PREFIX = len(MAGIC) + 12
PAGE, ALIGNED = 4096, 64  # bytes
MAKERS = ("actor_ancestry", "column_file", "event_columns", "shard", "values")  # modules


class UnusableFile(Exception):
    """It is torn, of another release, or of another database."""


@cache
def content_digest() -> str:
    """Return a digest of all that decides what the numbers of a file mean: the columns and the modules that make them, the queries
    that read the rows, in which the rules of other modules are, and the names of the migrations, which may change rows unseen."""
    folder = Path(__file__).parent
    migrations = sorted(file.name for file in (folder.parent / "migrations").glob("*.py"))
    read_by = [str(query.query) for query in (*queries([0]), ActorAncestry.rows())]
    parts = (np.dtype(np.int32).str, EVENT_COLUMNS, COLUMNS, read_by, migrations)
    digest = hashlib.sha256(repr(parts).encode())
    for name in MAKERS:
        digest.update((folder / f"{name}.py").read_bytes())
    return digest.hexdigest()


def write(path: Path, columns: EventColumns, ancestry: ActorAncestry, database: str) -> None:
    """Write a file that is not there yet. Raises OSError where that fails."""
    list(columns.lineage_of(ancestry))
    arrays = columns.trimmed() | _further_arrays(columns)
    described, checksum, position = {}, 0, 0
    for name, array in arrays.items():
        position = _aligned(position, ALIGNED)
        described[name] = [position, array.dtype.str, list(array.shape)]
        position += array.nbytes
        checksum = zlib.crc32(np.ascontiguousarray(array), checksum)
    header = {
        "content": content_digest(),
        "database": database,
        "arrays": described,
        "size": position,
        "checksum": checksum,
        "values": {name: values.values[1:] for name, values in columns.values.items()},
        "versions": list(columns.versions.items()),
    }
    _write_whole(path, json.dumps(header).encode(), arrays, described, position)


def _further_arrays(columns: EventColumns) -> Arrays:
    """Return what is beside the columns: the dates, and the lineage."""
    lineage = cast(Lineage, columns.lineage)
    return {
        "dates": columns.values.dates.all_columns(),
        "ancestry/starts": lineage.ancestry.starts,
        "ancestry/above": lineage.ancestry.above,
        "lineage/event": lineage.rows.event,
        "lineage/actor": lineage.rows.columns["actor"],
    }


def _write_whole(path: Path, header: bytes, arrays: Arrays, described: dict[str, list], size: int) -> None:
    part = path.with_suffix(".part")
    with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little") + header)
        start = _aligned(file.tell(), PAGE)
        for name, array in arrays.items():
            file.seek(start + described[name][0])
            file.write(np.ascontiguousarray(array).data)
        file.truncate(start + size)  # arrays of nothing may be at the end
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _aligned(position: int, size: int) -> int:
    return -(-position // size) * size


class MappedFile:
    """The arrays of an open file, which stays readable where its name is removed."""

    def __init__(self, path: Path, database: str):
        self.descriptor = os.open(path, os.O_RDONLY)
        self.header, self.start = self._read_header()
        if (self.header["content"], self.header["database"]) != (content_digest(), database):
            raise UnusableFile("it is of another release, or of another database")
        if os.fstat(self.descriptor).st_size != self.start + self.header["size"]:
            raise UnusableFile("it is not as long as it says")

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            os.close(self.descriptor)

    def _read_header(self) -> tuple[dict, int]:
        """Return the header, and where the arrays begin."""
        prefix = os.pread(self.descriptor, PREFIX, 0)
        length = int.from_bytes(prefix[len(MAGIC) : len(MAGIC) + 8], "little")
        if not prefix.startswith(MAGIC) or length > os.fstat(self.descriptor).st_size:
            raise UnusableFile("it is none of ours, or was cut")
        text = os.pread(self.descriptor, length, PREFIX)
        if zlib.crc32(text) != int.from_bytes(prefix[-4:], "little"):
            raise UnusableFile("the checksum of its header is another")
        return json.loads(text), _aligned(PREFIX + length, PAGE)

    def arrays(self) -> Arrays:
        """Return the arrays. What is written to them stays in this process, and in these."""
        content = mmap.mmap(self.descriptor, 0, access=mmap.ACCESS_COPY)
        return {name: _array(content, self.start, *described) for name, described in self.header["arrays"].items()}


def read(path: Path, database: str) -> EventColumns:
    """Return the columns that a file holds, mapped.

    Raises UnusableFile where the file is not whole, or not of this database and with these meanings, and OSError.
    """
    file = MappedFile(path, database)
    arrays = file.arrays()
    checksum = 0
    for array in arrays.values():
        checksum = zlib.crc32(array, checksum)
    if checksum != file.header["checksum"]:
        raise UnusableFile("its checksum is another")
    values = _vocabulary(file.header.pop("values"), arrays["dates"])
    columns = EventColumns(arrays, values, dict(map(tuple, file.header.pop("versions"))), file.arrays)
    columns.lineage = Lineage(
        ActorAncestry(arrays["ancestry/starts"], arrays["ancestry/above"]),
        Rows(arrays["lineage/event"], {"actor": arrays["lineage/actor"]}),
    )
    return columns


def _array(content: mmap.mmap, start: int, position: int, kind: str, shape: list[int]) -> np.ndarray:
    size = int(np.prod(shape))
    return np.frombuffer(content, kind, size, start + position).reshape(shape) if size else np.zeros(shape, kind)


def _vocabulary(values: dict[str, list], dates: np.ndarray) -> Vocabulary:
    vocabulary = new_vocabulary()
    vocabulary |= {name: Values(known) for name, known in values.items() if name != "date"}
    vocabulary["date"] = Dates(map(tuple, values["date"]), dates)
    return vocabulary
