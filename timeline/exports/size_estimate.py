"""How large a file will be, told by the first events that go into it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice
from types import ModuleType
from zipfile import ZipFile

from . import row_counts, to_csl
from .event_records import Record, records
from .export import Export
from .package import to_zip
from .stream import encoded

SAMPLE = 30  # events


class Sample(Export):
    """An export of a few events, read once."""

    kept: list[Record]

    def records(self) -> Iterator[Record]:
        return iter(self.kept)

    def confirm(self) -> None:
        """Do nothing: it is measured, not given."""


def sample(export: Export) -> Sample:
    kept = list(islice(records(export.chosen), SAMPLE))
    few = export.chosen.with_values()  # a copy; what a package reads beside the records is that of the same events
    few.events = export.chosen.events.filter(public_id__in=[one["public_id"] for one in kept])
    few.base_sql = "a sample"  # what is remembered of it is kept apart
    some = Sample(few, replace(export.about, total=len(kept)), export.options)
    object.__setattr__(some, "kept", kept)
    return some


def estimate(format: ModuleType, some: Sample, export: Export) -> int:
    """Return about how many bytes an export has in a format, by what a few of its events have."""
    if not some.kept:
        return 0
    data = b"".join(encoded(format.render(some)))
    if format is to_zip:
        return _of_package(data, some, export)
    if format.holds == row_counts.BRIEFING:
        return round(len(data) * _times(some.briefings.count(), row_counts.count(format, export)))
    return round(len(data) * _times(len(some.kept), export.about.total))


def _of_package(data: bytes, some: Sample, export: Export) -> int:
    """Return the same of a package: its briefings, with their long texts, do not grow with the events."""
    with ZipFile(BytesIO(data)) as package:
        texts = package.getinfo("briefings.csv").compress_size
    briefings = row_counts.count(to_csl, export)
    rest = (len(data) - texts) * _times(len(some.kept), export.about.total)
    return round(rest + texts * _times(some.briefings.count(), briefings))


def _times(few: int, all_of_them: int) -> float:
    return all_of_them / few if few else 0


def of_all(formats: Iterable[ModuleType], export: Export) -> dict[str, int]:
    some = sample(export)
    return {format.extension: estimate(format, some, export) for format in formats}
