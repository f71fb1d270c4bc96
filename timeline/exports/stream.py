"""A file on its way: bytes in lots, and no more live ones than the process can bear.

How large a file will be, estimated from the first events that go into it.
"""

import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from io import BytesIO
from itertools import chain, islice
from threading import Lock
from zipfile import ZipFile

from django.conf import settings

from timeline.models import Briefing, Event
from timeline.querysets import BriefingQuerySet

from . import to_csl, to_xlsx
from .event_records import Record, read_records
from .export import BRIEFING_ROWS, Export, Format
from .package import to_zip

LOT = 64 * 1024  # bytes
SMALL = 1024 * 1024  # bytes of a file that is sent whole
QUICK = 0.5  # seconds in which such a file is made

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
        self.unread = iter(parts)
        self.parts: Iterator[bytes] = encode_parts(self.unread)

    def read_whole(self) -> bytes | None:
        """Return the file where it is small and made at once; None: it is to be sent while it is made, and begins with what
        there is of it. Raises what writing it raises, before anything is sent."""
        begun, size, since = [], 0, time.monotonic()
        try:
            for part in self.unread:
                begun.append(part if isinstance(part, bytes) else part.encode())
                size += len(begun[-1])
                if size > SMALL or time.monotonic() - since > QUICK:
                    self.parts = chain([b"".join(begun)], encode_parts(self.unread))
                    return None
        except BaseException:
            self.close()
            raise
        self.close()
        return b"".join(begun)

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
            if isinstance(self.unread, Generator):
                self.unread.close()
            with _lock:
                _live -= 1

    __del__ = close


SAMPLE = 20  # events


class Sample(Export):
    """An export of a few events, read once."""

    sampled: list[Record]

    def records(self) -> Iterator[Record]:
        return iter(self.sampled)

    @property
    def briefings(self) -> BriefingQuerySet:
        cited = {citation["briefing"]["slug"] for record in self.sampled for citation in record["citations"]}
        return Briefing.objects.public().slugged(cited)

    def records_of(self, public_ids: list[str]) -> list[Record]:
        by_id = {record["public_id"]: record for record in self.sampled}
        return [by_id[public_id] for public_id in public_ids]

    @cached_property
    def sources(self) -> list[Record]:
        """Return the cited briefings, which three formats write."""
        return list(super().cited_briefings())

    def cited_briefings(self) -> Iterator[Record]:
        return iter(self.sources)

    def confirm(self) -> None:
        """Do nothing: it is measured, not given."""


def take_sample(export: Export) -> Sample:
    return _sample_of(export, list(islice(read_records(export.event_filter), SAMPLE)))


def _sample_of(export: Export, sampled: list[Record]) -> Sample:
    # A copy: what a package reads beside the records is that of the same events
    event_filter = export.event_filter.with_values()
    event_filter.events = (
        Event.objects.public().named(record["public_id"] for record in sampled).in_order(event_filter.order)
    )
    event_filter.base_sql = "a sample"  # what is remembered of it is kept apart
    sample = Sample(event_filter, replace(export.about, total=len(sampled)), export.options)
    object.__setattr__(sample, "sampled", sampled)
    return sample


def estimate_size(format: Format, sample: Sample, export: Export) -> int:
    """Return about how many bytes an export has in a format, by what a few of its events have; exactly, where it has no other."""
    if not sample.sampled:
        return 0
    data = _rendered(format, sample)
    if len(sample.sampled) == export.about.total:
        return len(data)
    if format is to_zip.FORMAT:
        return _estimate_package(data, sample, export)
    if format.row_kind == BRIEFING_ROWS:
        return round(len(data) * _ratio(sample.briefings.count(), format.row_count(export)))
    frame = _size_of_frame(format, sample) if format is to_xlsx.FORMAT else 0
    return frame + round((len(data) - frame) * _ratio(len(sample.sampled), format.row_count(export)))


def _rendered(format: Format, sample: Sample) -> bytes:
    return b"".join(encode_parts(format.render(sample)))


def _estimate_package(data: bytes, sample: Sample, export: Export) -> int:
    """Return the same of a package: its briefings, with their long texts, do not grow with the events."""
    with ZipFile(BytesIO(data)) as package:
        texts = package.getinfo("briefings.csv").compress_size
    briefings, frame = to_csl.FORMAT.row_count(export), _size_of_frame(to_zip.FORMAT, sample)
    rest = (len(data) - texts - frame) * _ratio(len(sample.sampled), export.about.total)
    return frame + round(rest + texts * _ratio(sample.briefings.count(), briefings))


_frames: dict[str, int] = {}  # by extension


def _size_of_frame(format: Format, sample: Sample) -> int:
    """Return about how many bytes a file has without an event. Measured once in this process."""
    if format.extension not in _frames:
        _frames[format.extension] = len(_rendered(format, _sample_of(sample, [])))
    return _frames[format.extension]


def _ratio(few: int, all_of_them: int) -> float:
    return all_of_them / few if few else 0


def estimate_sizes(formats: Iterable[Format], export: Export) -> dict[str, int]:
    sample = take_sample(export)
    return {format.extension: estimate_size(format, sample, export) for format in formats}
