"""The folder of the files of columns of one database: the newest of them, and who may write the next."""

import fcntl
import hashlib
import logging
import mmap
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection

from . import column_file
from .actor_ancestry import ActorAncestry
from .event_columns import EventColumns

logger = logging.getLogger(__name__)
ENDING = ".columns"
RELEASE_AFTER = 60 * 60  # seconds after which the files of another release are taken for dead: two may run side by side


class IndexFolder:
    def __init__(self, folder: Path, database: str):
        self.folder, self.database = folder, database

    def newest(self) -> Path | None:
        """Return the file of the highest public version; None where there is none, or the folder cannot be read."""
        try:
            return max(self._files(), default=None)
        except OSError:
            return None

    def _files(self) -> Iterator[Path]:
        """Yield the files of this release."""
        return self.folder.glob(f"{column_file.content_digest()[:8]}-*{ENDING}")

    def read(self, path: Path) -> EventColumns | None:
        """Return what is in a file; None where it cannot be used, as the log says."""
        try:
            return column_file.read(path, self.database)
        except FileNotFoundError:  # another process has written a newer one meanwhile
            return None
        except (OSError, ValueError, KeyError, column_file.UnusableFile) as error:
            logger.warning("The index file %s is not used: %s.", path, error)
            return None

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Yield whether this process alone may write until the end of the block. Raises OSError where nobody can."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.folder / "lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def zeros(self, size: int, kind: type) -> np.ndarray:
        """Return an array of zeros in a file of the folder that has no name, so that the system can take its memory for others. Raises
        OSError where there is no room for it."""
        if not size:
            return np.zeros(0, kind)
        with tempfile.TemporaryFile(dir=self.folder) as file:
            os.posix_fallocate(file.fileno(), 0, size * np.dtype(kind).itemsize)
            return np.frombuffer(mmap.mmap(file.fileno(), 0), kind)

    def write(self, columns: EventColumns, ancestry: ActorAncestry, public_version: int) -> Path:
        """Write a file and remove those before it, and what a writer that was stopped left. Raises OSError."""
        release = column_file.content_digest()[:8]
        path = self.folder / f"{release}-{public_version:015d}-{secrets.token_hex(4)}{ENDING}"
        try:
            column_file.write(path, columns, ancestry, self.database)
        finally:
            self._remove(self.folder.glob("*.part"))
        self._remove(file for file in self._files() if file != path)
        self._remove(file for file in self.folder.glob(f"*{ENDING}") if _age(file) > RELEASE_AFTER)
        return path

    @staticmethod
    def _remove(files: Iterator[Path]) -> None:
        for file in files:
            file.unlink(missing_ok=True)


def _age(file: Path) -> float:
    """Return the seconds since a file was written; 0 where it is not there any more."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return 0


def folder_of_database() -> IndexFolder | None:
    """Return the folder of the database that is connected to; None where each process keeps an index of its own."""
    database = connection.settings_dict
    name, is_file = str(database["NAME"]), connection.vendor == "sqlite"
    if is_file and (":memory:" in name or "mode=memory" in name) or not settings.INDEX_DIR:
        return None
    if is_file:
        name = os.path.realpath(name)
    identity = f"{connection.vendor} {database['HOST']} {database['PORT']} {name}"
    digest = hashlib.sha256(identity.encode()).hexdigest()
    return IndexFolder(Path(settings.INDEX_DIR) / digest[:16], digest)
