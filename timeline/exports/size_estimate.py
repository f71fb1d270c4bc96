"""How large a file will be, told by the first events that go into it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from . import to_csl
from .event_records import Record, read_records
from .export import Export
from .export_format import BRIEFING_ROWS, Format
from .package import to_zip
from .stream import encode_parts

SAMPLE = 30  # events


class Sample(Export):
    """An export of a few events, read once."""

    sampled: list[Record]

    def records(self) -> Iterator[Record]:
        return iter(self.sampled)

    def confirm(self) -> None:
        """Do nothing: it is measured, not given."""


def take_sample(export: Export) -> Sample:
    sampled = list(islice(read_records(export.event_filter), SAMPLE))
    event_filter = (
        export.event_filter.with_values()
    )  # a copy; what a package reads beside the records is that of the same events
    event_filter.events = export.event_filter.events.filter(public_id__in=[record["public_id"] for record in sampled])
    event_filter.base_sql = "a sample"  # what is remembered of it is kept apart
    sample = Sample(event_filter, replace(export.about, total=len(sampled)), export.options)
    object.__setattr__(sample, "sampled", sampled)
    return sample


def estimate_size(format: Format, sample: Sample, export: Export) -> int:
    """Return about how many bytes an export has in a format, by what a few of its events have."""
    if not sample.sampled:
        return 0
    data = b"".join(encode_parts(format.render(sample)))
    if format is to_zip.FORMAT:
        return _estimate_package(data, sample, export)
    if format.row_kind == BRIEFING_ROWS:
        return round(len(data) * _ratio(sample.briefings.count(), format.row_count(export)))
    return round(len(data) * _ratio(len(sample.sampled), export.about.total))


def _estimate_package(data: bytes, sample: Sample, export: Export) -> int:
    """Return the same of a package: its briefings, with their long texts, do not grow with the events."""
    with ZipFile(BytesIO(data)) as package:
        texts = package.getinfo("briefings.csv").compress_size
    briefings = to_csl.FORMAT.row_count(export)
    rest = (len(data) - texts) * _ratio(len(sample.sampled), export.about.total)
    return round(rest + texts * _ratio(sample.briefings.count(), briefings))


def _ratio(few: int, all_of_them: int) -> float:
    return all_of_them / few if few else 0


def estimate_sizes(formats: Iterable[Format], export: Export) -> dict[str, int]:
    sample = take_sample(export)
    return {format.extension: estimate_size(format, sample, export) for format in formats}
