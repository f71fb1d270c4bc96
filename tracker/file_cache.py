"""The cache of results and pages in a folder that all processes share."""

import os
import secrets
import tempfile
from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LOOKS = 100  # one of so many writes looks how many files there are: of thousands, that takes longer than to write one


class FileCache(FileBasedCache):
    """As Django's, but room is made seldom, of what was written first; and of several processes only one adds an entry."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        if self.has_key(key, version):  # which removes what has expired
            return False
        self._createdir()
        descriptor, path = tempfile.mkstemp(dir=self._dir)
        try:
            with open(descriptor, "wb") as file:
                self._write_content(file, timeout, value)
            os.link(path, self._key_to_file(key, version))
        except FileExistsError:
            return False
        finally:
            os.remove(path)
        return True

    def _cull(self) -> None:
        if secrets.randbelow(LOOKS) == 0:
            self.make_room()

    def make_room(self) -> None:
        """Where there are more files than there may be, remove so many of them as CULL_FREQUENCY says, the oldest first."""
        files = sorted((_written_at(file), file) for file in self._list_cache_files())
        if len(files) >= self._max_entries:
            for _, file in files[: len(files) // self._cull_frequency]:
                self._delete(file)


def _written_at(file: str) -> float:
    try:
        return Path(file).stat().st_mtime
    except FileNotFoundError:  # another process has removed it
        return 0


def with_own_files(cache: dict) -> dict:
    """Return Django's settings of one cache, with this one where it is in files."""
    is_in_files = cache["BACKEND"].endswith("FileBasedCache")
    return cache | {"BACKEND": f"{__name__}.{FileCache.__name__}"} if is_in_files else cache
