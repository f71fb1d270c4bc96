"""A package sent to the import page: what it would add, in the terms of the page; and the adding."""

from collections.abc import Callable
from pathlib import Path

from timeline.imports.events.import_summary import Summary
from timeline.imports.file_refusal import FileRefused
from timeline.models import ImportBatch, ImportUpload

from .package_loading import LoadedPackage, load

name = "datapackage"
label = "Data Package of this tracker (events.zip)"


def check(upload: ImportUpload, tell: Callable[[int, int], None]) -> Summary:
    """Return what the package would add. It is loaded, and all of it taken back."""
    summary = Summary()
    try:
        loaded = _load(upload, tell, dry=True)
    except FileRefused as error:
        summary.fatal = str(error)
        return summary
    summary.created, summary.unchanged = loaded.counts["events"]
    summary.rows = summary.created + summary.unchanged
    summary.sources = loaded.counts["briefings"][0]
    summary.tables = {table: counts for table, counts in loaded.counts.items() if any(counts)}
    return summary


def write(upload: ImportUpload, tell: Callable[[int, int], None]) -> ImportBatch:
    """Add it. Raises FileRefused."""
    return _load(upload, tell).batch


def _load(upload: ImportUpload, tell: Callable[[int, int], None], *, dry: bool = False) -> LoadedPackage:
    publish = bool(upload.options.get("publish"))
    return load(
        Path(upload.path), publish=publish, by=upload.by, dry=dry, name=upload.file_name, tell=lambda: tell(0, 0)
    )
