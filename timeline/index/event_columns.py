"""All public events in columns: the shards, end to end; and each event with its actors and all that these belong to."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from timeline.models import ActorAncestor

from .shard import COLUMNS, PATHS, VALUES, Rows, Shard

Matching = np.ndarray  # a flag for each public event


class EventColumns:
    """The public events, numbered from 0 through all parts."""

    single_valued = frozenset(PATHS["events"])  # columns of which an event has one value

    def __init__(self, shards: dict[int, Shard]):
        self.shards = shards
        self.starts: dict[int, int] = {}
        self.size = 0
        for part, shard in shards.items():
            self.starts[part] = self.size
            self.size += len(shard.events)
        self._cached: dict[object, Any] = {}

    @cached_property
    def all(self) -> Matching:
        return np.ones(self.size, bool)

    def column(self, name: str) -> np.ndarray:
        """Return the number of each event's value."""
        if name not in self._cached:
            self._cached[name] = _end_to_end([shard.columns[name] for shard in self.shards.values()])
        return self._cached[name]

    def end_to_end(self, part_of: Callable[[Shard], np.ndarray]) -> np.ndarray:
        return _end_to_end([part_of(shard) for shard in self.shards.values()])

    def computed(self, name: object, compute: Callable[[], Any]) -> Any:
        """Return what follows from these events alone, computed once."""
        if name not in self._cached:
            self._cached[name] = compute()
        return self._cached[name]

    def rows(self, kind: str) -> Rows:
        """Return all "participations" or "citations"."""
        if kind not in self._cached:
            self._cached[kind] = self.joined(
                {part: shard.rows[kind] for part, shard in self.shards.items()}, COLUMNS[kind]
            )
        return self._cached[kind]

    def distinct_rows(self, name: str) -> Rows:
        """Return each event with each of its values in a column of its rows, once."""
        if ("distinct", name) not in self._cached:
            rows = {part: shard.distinct_rows[name] for part, shard in self.shards.items()}
            self._cached["distinct", name] = self.joined(rows, [name])
        return self._cached["distinct", name]

    def joined(self, rows: dict[int, Rows], names: Collection[str]) -> Rows:
        """Return rows by part as one, their events numbered through."""
        sizes = [len(part_rows.event) for part_rows in rows.values()]
        starts = np.repeat(np.array(list(self.starts.values()), np.int32), sizes)
        events = _end_to_end([part_rows.event for part_rows in rows.values()]) + starts
        return Rows(
            events, {name: _end_to_end([part_rows.columns[name] for part_rows in rows.values()]) for name in names}
        )


def _end_to_end(arrays: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class UpTo:
    """No day, or one that is not after this one, as ISO text."""

    last: str


def numbers_of(name: str, wanted: Collection | UpTo) -> np.ndarray:
    """Return the numbers of those values of a column that the index holds."""
    if isinstance(wanted, UpTo):
        numbers = [number for number, day in enumerate(VALUES[name].values) if not day or day <= wanted.last]
    else:
        numbers = VALUES[name].known(wanted)
    return np.array(numbers, np.int32)


class ActorAncestry:
    """The actors that each actor belongs to at any depth, itself included. One query."""

    def __init__(self) -> None:
        rows = list(ActorAncestor.objects.order_by("actor").values_list("actor", "ancestor"))
        actors = VALUES["actor"].encode(actor for actor, _ in rows)
        self.above = VALUES["actor"].encode(ancestor for _, ancestor in rows)
        order = np.argsort(actors, kind="stable")
        self.above, actors = self.above[order], actors[order]
        self.starts = np.searchsorted(actors, np.arange(len(VALUES["actor"]) + 1))

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, ActorAncestry) and np.array_equal(self.starts, other.starts)
        return same and np.array_equal(self.above, other.above)

    __hash__ = None

    def rows_with_ancestors(self, shard: Shard) -> Rows:
        """Return each event of the shard with each of its actors and each actor that these belong to, once."""
        distinct = shard.distinct_rows["actor"]
        actors = distinct.columns["actor"]
        first = self.starts[actors]
        many = self.starts[actors + 1] - first
        steps = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        above = self.above[np.repeat(first, many) + steps]
        return Rows(np.repeat(distinct.event, many), {"actor": above}).distinct("actor")
