"""The cache of results and pages in a folder that all processes share."""

import os
import pickle  # nosec B403 (of our own values, as Django writes them)
import secrets
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LEFT_BEHIND = 60 * 60  # seconds after which nobody goes on to write a file
LOOKS = 100  # one of so many writes looks how many files there are: of thousands, that takes longer than to write one


class FileCache(FileBasedCache):
    """As Django's, but room is made seldom, of what was written first; of several processes only one adds an entry; and one is written
    with fewer calls of the system and compressed in less time, since a page writes dozens."""

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        self._cull()
        path = self._key_to_file(key, version)
        with self._written(path, timeout, value) as part:
            os.replace(part, path)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        if self.has_key(key, version):  # which removes what has expired
            return False
        path = self._key_to_file(key, version)
        try:
            with self._written(path, timeout, value) as part:
                os.link(part, path)
        except FileExistsError:
            return False
        return True

    @contextmanager
    def _written(self, path: str, timeout: float | None, value: object) -> Iterator[str]:
        """Write an entry under a name that nothing else has, and that is gone after the block."""
        part = f"{path}.{secrets.token_hex(8)}"
        try:
            with self._opened(part) as file:
                self._write_content(file, timeout, value)
            yield part
        finally:
            with suppress(FileNotFoundError):
                os.remove(part)

    def _write_content(self, file, timeout, value) -> None:
        file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
        file.write(zlib.compress(pickle.dumps(value, self.pickle_protocol), level=1))

    def _opened(self, path: str):
        try:
            return open(path, "wb", opener=_private)
        except FileNotFoundError:  # the folder can be removed at any time
            self._createdir()
            return open(path, "wb", opener=_private)

    def _cull(self) -> None:
        if secrets.randbelow(LOOKS) == 0:
            self.make_room()

    def make_room(self) -> None:
        """Where there are more files than there may be, remove so many of them as CULL_FREQUENCY says, the oldest first; and what processes
        left half written that were killed."""
        for part in Path(self._dir).glob(f"*{self.cache_suffix}.*"):
            if time.time() - _written_at(str(part)) > LEFT_BEHIND:
                self._delete(str(part))
        files = sorted((_written_at(file), file) for file in self._list_cache_files())
        if len(files) >= self._max_entries:
            for _, file in files[: len(files) // self._cull_frequency]:
                self._delete(file)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _written_at(file: str) -> float:
    try:
        return Path(file).stat().st_mtime
    except FileNotFoundError:  # another process has removed it
        return 0


def with_own_files(cache: dict) -> dict:
    """Return Django's settings of one cache, with this one where it is in files."""
    is_in_files = cache["BACKEND"].endswith("FileBasedCache")
    return cache | {"BACKEND": f"{__name__}.{FileCache.__name__}"} if is_in_files else cache
