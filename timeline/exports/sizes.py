"""How large a file will be, told by the first events that go into it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from types import ModuleType

from .export import Export
from .reading import Record
from .stream import encoded

SAMPLE = 30  # events


class Sample(Export):
    """An export of a few events, read once."""

    kept: list[Record]

    def records(self) -> Iterator[Record]:
        return iter(self.kept)


def sample(export: Export) -> Sample:
    some = Sample(export.chosen, replace(export.about, total=SAMPLE), export.options)
    object.__setattr__(some, "kept", list(islice(export.records(), SAMPLE)))
    return some


def estimate(format: ModuleType, some: Sample, total: int) -> int:
    """Return about how many bytes so many events have in a format."""
    if not some.kept:
        return 0
    size = sum(map(len, encoded(format.render(some))))
    return round(size / len(some.kept) * total) if total > len(some.kept) else size


def of_all(formats: Iterable[ModuleType], export: Export) -> dict[str, int]:
    some = sample(export)
    return {format.extension: estimate(format, some, export.about.total) for format in formats}
