"""All public events in columns: the blocks, end to end."""

from collections.abc import Collection
from functools import cached_property

import numpy as np

from .shard import COLUMNS, KIND, VALUES, Rows, Shard

Matching = np.ndarray  # a flag for each public event


class EventColumns:
    """The public events, numbered from 0 through all parts."""

    single_valued = frozenset(KIND)  # columns of which an event has one value

    def __init__(self, blocks: dict[int, Shard]):
        self.shards = blocks
        self.starts: dict[int, int] = {}
        self.size = 0
        for part, block in blocks.items():
            self.starts[part] = self.size
            self.size += len(block.events)
        self._cached: dict[object, np.ndarray | Rows] = {}

    @cached_property
    def all(self) -> Matching:
        return np.ones(self.size, bool)

    def column(self, name: str) -> np.ndarray:
        """Return the number of each event's value."""
        if name not in self._cached:
            self._cached[name] = _end_to_end([block.columns[name] for block in self.shards.values()])
        return self._cached[name]

    def rows(self, kind: str) -> Rows:
        """Return all "participations" or "citations"."""
        if kind not in self._cached:
            self._cached[kind] = self.joined(
                {part: block.rows[kind] for part, block in self.shards.items()}, COLUMNS[kind]
            )
        return self._cached[kind]

    def distinct_rows(self, name: str) -> Rows:
        """Return each event with each of its values in a column of its rows, once."""
        if ("having", name) not in self._cached:
            own = {part: block.distinct_rows[name] for part, block in self.shards.items()}
            self._cached["having", name] = self.joined(own, [name])
        return self._cached["having", name]

    def joined(self, rows: dict[int, Rows], names: Collection[str]) -> Rows:
        """Return rows by part as one, their events numbered through."""
        sizes = [len(one.event) for one in rows.values()]
        starts = np.repeat(np.array(list(self.starts.values()), np.int32), sizes)
        events = _end_to_end([one.event for one in rows.values()]) + starts
        return Rows(events, {name: _end_to_end([one.columns[name] for one in rows.values()]) for name in names})


def _end_to_end(arrays: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int32)


def numbers_of(name: str, values: Collection) -> np.ndarray:
    return np.array(VALUES[name].known(values), np.int32)
