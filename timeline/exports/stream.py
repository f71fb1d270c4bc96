"""A file on its way: bytes in lots, and no more live ones than the process can bear."""

from collections.abc import Generator, Iterable, Iterator
from threading import Lock

from django.conf import settings

LOT = 64 * 1024  # bytes

_live = 0
_lock = Lock()


class TooManyExports(Exception):
    """As many exports as EXPORTS_AT_ONCE are being read from this process."""


def encode_parts(parts: Iterable[str | bytes]) -> Generator[bytes]:
    """Yield the parts as bytes, in lots of a size that a network likes."""
    lot, size = [], 0
    for part in parts:
        lot.append(part if isinstance(part, bytes) else part.encode())
        size += len(lot[-1])
        if size >= LOT:
            yield b"".join(lot)
            lot, size = [], 0
    if lot:
        yield b"".join(lot)


class Stream:
    """An export being read. It counts until it ends, breaks, or is closed, which Django does whatever becomes of the
    reader. Raises TooManyExports.
    """

    is_open = False

    def __init__(self, parts: Iterable[str | bytes]):
        global _live
        with _lock:
            if _live >= settings.EXPORTS_AT_ONCE:
                raise TooManyExports
            _live += 1
        self.is_open = True
        self.parts = encode_parts(parts)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self.parts)
        except BaseException:  # the end is one of these
            self.close()
            raise

    def close(self) -> None:
        global _live
        if self.is_open:
            self.is_open = False
            self.parts.close()
            with _lock:
                _live -= 1

    __del__ = close
