"""The package as a zip, written while it is sent. The same events in the same revision give the same bytes."""

import hashlib
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from timeline.exports.event_records import Record
from timeline.exports.export import Format
from timeline.exports.package import descriptor
from timeline.exports.to_csv import csv_lines

from ..export import Export
from ..manifest import package_manifest
from .descriptor import describe_table, make_descriptor
from .package_tables import TABLES, Table

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


def render(export: Export) -> Iterator[bytes]:
    sink = Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as file:
        resources: list[Record] = []
        for table in TABLES:
            yield from _table(file, sink, table, export, resources)
        about = export.about
        for name, text in (
            ("README.md", descriptor.readme(about)),
            ("CITATION", descriptor.citation(about)),
            ("LICENCE", descriptor.licence(about)),
            ("manifest.json", package_manifest(about)),
            ("datapackage.json", make_descriptor(about, resources)),
        ):
            file.writestr(_entry(name), text)
        export.confirm()  # before the directory is written, without which it is no zip
    yield sink.take()


FORMAT = Format(
    extension="zip",
    content_type="application/zip",
    label="Data Package, every table as CSV",
    opens_in="frictionless, R, pandas, any spreadsheet",
    render=render,
)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, WRITTEN)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _table(file: ZipFile, sink: Sink, table: Table, export: Export, resources: list[Record]) -> Iterator[bytes]:
    """Yield what the zip says while a table is written, and add its description."""
    size, digest = 0, hashlib.sha256()
    with file.open(_entry(f"{table.name}.csv"), "w", force_zip64=True) as entry:
        for part in _encoded(csv_lines(table.records(export), list(table.columns), export.options)):
            size += len(part)
            digest.update(part)
            entry.write(part)
            if written := sink.take():
                yield written
    resources.append(describe_table(table, size, digest.hexdigest(), export.options.raw))


def _encoded(parts: Iterable[str]) -> Iterator[bytes]:
    return (part.encode() for part in parts)
