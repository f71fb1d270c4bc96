"""Zips that are sent while they are written, with the same bytes for the same contents."""

from zipfile import ZIP_DEFLATED, ZipInfo

WRITTEN = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name: a real one would change the bytes


class Sink:
    """A file that cannot be sought in, whose contents are taken as they come."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self.parts = b"".join(self.parts), []
        return taken


def make_entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, WRITTEN)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
