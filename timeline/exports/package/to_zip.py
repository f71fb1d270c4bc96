"""The package as a zip, written while it is sent. The same events in the same revision give the same bytes."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

from timeline.exports.event_records import Record
from timeline.exports.export import Format
from timeline.exports.package import descriptor
from timeline.exports.to_csv import csv_lines

from ..export import Export
from ..manifest import package_manifest
from ..zip_sink import Sink, make_entry
from .codebook_table import codebook_csv
from .descriptor import describe_table, make_descriptor
from .original_table import ORIGINALS, original_files
from .package_tables import TABLES, Table


def render(export: Export) -> Iterator[bytes]:
    return _package(export, TABLES, ())


def render_with_originals(export: Export) -> Iterator[bytes]:
    """Yield a package that has the bytes of the originals too. It is for those who may have them: nothing here asks who reads."""
    return _package(export, (*TABLES, ORIGINALS), original_files(export))


def _package(export: Export, tables: Sequence[Table], files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    sink = Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as file:
        resources: list[Record] = []
        for table in tables:
            yield from _table(file, sink, table, export, resources)
        for name, content in files:
            file.writestr(make_entry(name), content)
            yield sink.take()
        about = export.about
        for name, text in (
            ("README.md", descriptor.readme(about, tables)),
            ("CITATION", descriptor.citation(about)),
            ("LICENCE", descriptor.licence(about)),
            ("codebook.csv", codebook_csv()),
            ("manifest.json", package_manifest(about)),
            ("datapackage.json", make_descriptor(about, resources)),
        ):
            file.writestr(make_entry(name), text)
        export.confirm()  # before the directory is written, without which it is no zip
    yield sink.take()


FORMAT = Format(
    extension="zip",
    content_type="application/zip",
    label="Data Package, every table as CSV",
    opens_in="frictionless, R, pandas, any spreadsheet",
    render=render,
)


def _table(file: ZipFile, sink: Sink, table: Table, export: Export, resources: list[Record]) -> Iterator[bytes]:
    """Yield what the zip says while a table is written, and add its description."""
    size, digest = 0, hashlib.sha256()
    with file.open(make_entry(f"{table.name}.csv"), "w", force_zip64=True) as entry:
        for part in _encoded(csv_lines(table.records(export), list(table.columns), export.options)):
            size += len(part)
            digest.update(part)
            entry.write(part)
            if written := sink.take():
                yield written
    resources.append(describe_table(table, size, digest.hexdigest(), export.options.raw))


def _encoded(parts: Iterable[str]) -> Iterator[bytes]:
    return (part.encode() for part in parts)
