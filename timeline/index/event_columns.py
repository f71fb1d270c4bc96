"""All public events in columns, each event in a slot of its own.

A block of SHARD_SIZE slots holds the events of one part in order of their primary keys; a slot whose event is not public, or
not there, is empty: all its numbers are NONE. The first block holds none. The rows of a block (participations, citations) follow
each other; rows that belong to no event are in slot 0, and so are found by no filter.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import numpy as np

from timeline.database.shards import NO_EVENT, SHARD_SIZE

from .actor_ancestry import ActorAncestry, Lineage
from .shard import COLUMNS, EVENT_COLUMNS, PATHS, WIDE, Rows, Shard
from .values import Vocabulary, replaced

Matching = np.ndarray  # a flag for each slot
Arrays = dict[str, np.ndarray]
Zeros = Callable[[int, type], np.ndarray]  # makes an array of so many zeros of a kind
Versions = dict[int, int | None]  # of each part that was read; None: it was never written to

NO_PART = 1 << 62  # of a block that is not used yet; greater than any
SPARE = 16  # one more block, or row, for so many that are used
FEW = 4  # events are few where they are less than one for so many blocks


class NoRoom(Exception):
    """There is no block, or there are no rows, left for a part."""


class EventColumns:
    single_valued = frozenset(PATHS["events"])  # columns of which an event has one value

    def __init__(
        self, arrays: Arrays, values: Vocabulary, versions: Versions, remap: Callable[[], Arrays] | None = None
    ):
        """`remap` returns the same arrays once more, to be written to; None: they are copied."""
        self.arrays, self.values, self.versions, self.remap = arrays, values, versions, remap
        used = np.flatnonzero(arrays["part"] != NO_PART)
        self.blocks = dict(zip(arrays["part"][used].tolist(), used.tolist(), strict=True))  # of parts with events
        self.base, self.patched = self, set[int]()  # what this is a copy of; parts that differ from it
        self.lineage: Lineage | None = None
        self._computed: dict[object, Any] = {}

    @classmethod
    def empty(cls, values: Vocabulary) -> "EventColumns":
        return cls(_new_arrays(1, dict.fromkeys(COLUMNS, 0), np.zeros), values, {})

    @property
    def all(self) -> Matching:
        return self.arrays["events/public"]

    @property
    def size(self) -> int:
        return len(self.all)

    def column(self, name: str) -> np.ndarray:
        """Return the number of each event's value."""
        return self.arrays[f"events/{name}"]

    def rows(self, kind: str) -> Rows:
        """Return all "participations" or "citations"."""
        return Rows(self.arrays[f"{kind}/event"], {name: self.arrays[f"{kind}/{name}"] for name in COLUMNS[kind]})

    def counts(self, kind: str, name: str) -> np.ndarray:
        """Return how many events, or rows, have each number of a column; do not change it. Computed once: for what is a copy, from the
        parts that differ."""
        return self.computed(("counts", kind, name), lambda: self._counts(kind, name))

    def _counts(self, kind: str, name: str) -> np.ndarray:
        if self.base is self:
            return np.bincount(self.arrays[f"{kind}/{name}"])
        before, now = (np.bincount(columns._numbers_of(kind, name, self.patched)) for columns in (self.base, self))
        return replaced(self.base.counts(kind, name), before, now)

    def _numbers_of(self, kind: str, name: str, parts: Iterable[int]) -> np.ndarray:
        if kind == "events":
            column = self.column(name)
            return np.concatenate(
                [column[self.slots_of(part)] for part in parts if part in self.blocks] or [column[:0]]
            )
        return self.arrays[f"{kind}/{name}"].take(self._places_of(kind, parts))

    def computed(self, name: object, compute: Callable[[], Any]) -> Any:
        """Return what follows from these events alone, computed once."""
        if name not in self._computed:
            self._computed[name] = compute()
        return self._computed[name]

    def keys(self, slots: np.ndarray) -> np.ndarray:
        """Return the primary keys of the events in these slots."""
        return self.arrays["part"][slots // SHARD_SIZE] * SHARD_SIZE + slots % SHARD_SIZE

    def slot(self, key: int) -> int:
        """Return the slot of an event; of one that has none, the first of those with a greater primary key."""
        part, place = divmod(key, SHARD_SIZE)
        block = int(np.searchsorted(self.arrays["part"], part))
        return block * SHARD_SIZE + (place if part in self.blocks else 0)

    def slots(self, keys: np.ndarray) -> np.ndarray:
        """Return the slots of those of these events that have one."""
        parts = keys // SHARD_SIZE
        blocks = np.searchsorted(self.arrays["part"], parts)
        known = self.arrays["part"][np.minimum(blocks, len(self.arrays["part"]) - 1)] == parts
        return blocks[known] * SHARD_SIZE + keys[known] % SHARD_SIZE

    def slots_of(self, part: int) -> slice:
        return _slots(self.blocks[part])

    def flags_of(self, parts: Iterable[int]) -> Matching:
        """Return a flag for each slot: whether it is of one of these parts."""
        flags = np.zeros(self.size, bool)
        for part in self.blocks.keys() & parts:
            flags[self.slots_of(part)] = True
        return flags

    def copy(self) -> "EventColumns":
        """Return a copy, to be written to. Its lineage is that of what it is a copy of."""
        arrays = self.remap() if self.remap else {name: array.copy() for name, array in self.arrays.items()}
        copy = EventColumns(arrays, self.values, dict(self.versions))
        copy.base, copy.patched = self.base, set(self.patched)
        return copy

    def with_shards(self, shards: dict[int, Shard], versions: Versions) -> "EventColumns":
        """Return a copy with these parts as they are now."""
        columns = self.copy()
        try:
            columns.put(shards, versions)
        except NoRoom:
            columns = columns.repacked(shards, _room_for(shards.values()))
            columns.put(shards, versions)
        return columns

    def put(self, shards: dict[int, Shard], versions: Versions) -> None:
        """Write these parts over what is known of them. Raises NoRoom where they do not fit; some may be written by then."""
        for part, shard in sorted(shards.items()):
            if part in self.blocks or len(shard.events):
                self._put(self._block_for(part), shard)
            self.versions[part] = versions.get(part)
            self.patched.add(part)

    def _put(self, block: int, shard: Shard) -> None:
        slots = block * SHARD_SIZE + shard.events % SHARD_SIZE
        for name, numbers in {"public": True, **shard.columns}.items():
            array = self.arrays[f"events/{name}"]
            array[_slots(block)] = 0
            array[slots] = numbers
        for kind, rows in shard.rows.items():
            self._put_rows(kind, block, {"event": slots[rows.event], **rows.columns})

    def _block_for(self, part: int) -> int:
        if part not in self.blocks:
            block, parts = len(self.blocks), self.arrays["part"]
            if block == len(parts) or part < parts[block - 1]:
                raise NoRoom
            parts[block] = part
            self.blocks[part] = block
        return self.blocks[part]

    def _put_rows(self, kind: str, block: int, columns: Arrays) -> None:
        """Write the rows where those of the block were, or, if they are more, behind all others."""
        start, size = self._extent(kind, block)
        new_size = len(columns["event"])
        new_start = start if new_size <= size else self._used(kind)
        if new_start + new_size > len(self.arrays[f"{kind}/event"]):
            raise NoRoom
        for name, numbers in columns.items():
            array = self.arrays[f"{kind}/{name}"]
            array[start : start + size] = 0
            array[new_start : new_start + new_size] = numbers
        self.arrays[f"{kind}/extent"][:, block] = new_start, new_size

    def _used(self, kind: str) -> int:
        return int(self.arrays[f"{kind}/extent"].sum(axis=0).max())

    def rows_of(self, kind: str, parts: Iterable[int]) -> Rows:
        """Return the rows of some parts alone."""
        return self.rows(kind).where(self._places_of(kind, parts))

    def _places_of(self, kind: str, parts: Iterable[int]) -> np.ndarray:
        extents = [self._extent(kind, self.blocks[part]) for part in parts if part in self.blocks]
        return np.concatenate([np.arange(start, start + size) for start, size in extents] or [np.zeros(0, int)])

    def places_of_rows(self, kind: str, matching: Matching) -> np.ndarray:
        """Return the places of the rows of these events, ascending. Of few events only the rows of their blocks are looked at."""
        slots, event = np.flatnonzero(matching), self.arrays[f"{kind}/event"]
        if len(slots) > len(self.blocks) // FEW:
            return np.flatnonzero(matching.take(event))
        extents = self.arrays[f"{kind}/extent"][:, np.unique(slots // SHARD_SIZE)]
        lots = [np.arange(start, start + size) for start, size in sorted(extents.T.tolist())]
        places = np.concatenate([*lots, np.zeros(0, int)])
        return places[matching.take(event.take(places))]

    def repacked(self, parts: Collection[int], room: dict[str, int], zeros: Zeros = np.zeros) -> "EventColumns":
        """Return the same in arrays of its own: without blocks that are empty, with one for each of `parts`, in their order, and with
        room for so many more rows of each kind."""
        public = self.all.reshape(-1, SHARD_SIZE).any(axis=1)
        live = {part: block for part, block in self.blocks.items() if public[block]}
        wanted = sorted({NO_EVENT, *live, *parts})
        blocks = [(live[part], new) for new, part in enumerate(wanted) if part in live]
        sizes = {kind: sum(self._extent(kind, block)[1] for block, _ in blocks) + room.get(kind, 0) for kind in COLUMNS}
        with_spare = {kind: size + size // SPARE for kind, size in sizes.items()}
        arrays = _new_arrays(len(wanted) + len(wanted) // SPARE, with_spare, zeros)
        arrays["part"][: len(wanted)] = wanted
        for block, new in blocks:
            for name in ("public", *EVENT_COLUMNS):
                arrays[f"events/{name}"][_slots(new)] = self.arrays[f"events/{name}"][_slots(block)]
        for kind in COLUMNS:
            self._copy_rows(kind, arrays, blocks)
        return EventColumns(arrays, self.values, dict(self.versions))

    def _extent(self, kind: str, block: int) -> tuple[int, int]:
        """Return the first row of a block, and their number."""
        start, size = self.arrays[f"{kind}/extent"][:, block].tolist()
        return start, size

    def _copy_rows(self, kind: str, arrays: Arrays, blocks: list[tuple[int, int]]) -> None:
        """Copy the rows of blocks here to those there, one behind the other."""
        position = 0
        for block, new in blocks:
            start, size = self._extent(kind, block)
            source, target = slice(start, start + size), slice(position, position + size)
            arrays[f"{kind}/event"][target] = self.arrays[f"{kind}/event"][source] + (new - block) * SHARD_SIZE
            for name in COLUMNS[kind]:
                arrays[f"{kind}/{name}"][target] = self.arrays[f"{kind}/{name}"][source]
            arrays[f"{kind}/extent"][:, new] = position, size
            position += size

    def trimmed(self) -> Arrays:
        """Return the arrays without room that was never used, but for the usual spare."""
        arrays = dict(self.arrays)
        for kind in COLUMNS:
            size = self._used(kind) + self._used(kind) // SPARE
            arrays |= {f"{kind}/{name}": arrays[f"{kind}/{name}"][:size] for name in ("event", *COLUMNS[kind])}
        return arrays

    def lineage_of(self, ancestry: ActorAncestry) -> Iterator[tuple[Rows, Matching]]:
        """Yield each event with each actor that its actors belong to and that does not take part itself, once, as rows and the events
        of which they are to be taken: those of what this is a copy of, but for the parts that differ, and those of these parts."""
        lineage = self._lineage_of_base(ancestry)
        if self.base is self:
            yield lineage.rows, self.all
            return
        yield lineage.rows, self.all & ~self.flags_of(self.patched)
        yield self._patched_lineage(ancestry)[1], self.all

    def lineage_counts(self, ancestry: ActorAncestry) -> np.ndarray:
        """Return how many of the rows of `lineage_of` each actor has; do not change it."""
        lineage = self._lineage_of_base(ancestry)
        if self.base is self:
            return lineage.counts
        rows = self._patched_lineage(ancestry)
        return replaced(lineage.counts, *(np.bincount(those.columns["actor"]) for those in rows))

    def _lineage_of_base(self, ancestry: ActorAncestry) -> Lineage:
        base = self.base
        if base.lineage is None or not base.lineage.ancestry.agrees_with(ancestry):
            base.lineage = Lineage(ancestry, ancestry.rows_above(base.rows("participations").of_each("actor")))
        return base.lineage

    def _patched_lineage(self, ancestry: ActorAncestry) -> tuple[Rows, Rows]:
        """Return the rows of the parts that differ, as they were and as they are. Computed once for an ancestry."""
        known, rows = self._computed.get("lineage", (None, ()))
        if known is not ancestry:
            before, now = (columns._lineage_rows(ancestry, self.patched) for columns in (self.base, self))
            rows = before, now
            self._computed["lineage"] = ancestry, rows
        return rows

    def _lineage_rows(self, ancestry: ActorAncestry, parts: Iterable[int]) -> Rows:
        return ancestry.rows_above(self.rows_of("participations", sorted(parts)).of_each("actor"))


def _slots(block: int) -> slice:
    return slice(block * SHARD_SIZE, (block + 1) * SHARD_SIZE)


def _new_arrays(blocks: int, rows: dict[str, int], zeros: Zeros) -> Arrays:
    """Return arrays for so many blocks, and so many rows of each kind."""
    arrays = {"part": np.full(blocks, NO_PART, np.int64), "events/public": zeros(blocks * SHARD_SIZE, bool)}
    arrays["part"][0] = NO_EVENT
    arrays |= {f"events/{name}": zeros(blocks * SHARD_SIZE, WIDE.get(name, np.int32)) for name in EVENT_COLUMNS}
    for kind, size in rows.items():
        arrays |= {f"{kind}/{name}": zeros(size, WIDE.get(name, np.int32)) for name in ("event", *COLUMNS[kind])}
        arrays[f"{kind}/extent"] = np.zeros((2, blocks), np.int32)  # the first row of each block, and their number
    return arrays


def _room_for(shards: Iterable[Shard]) -> dict[str, int]:
    room = dict.fromkeys(COLUMNS, 0)
    for shard in shards:
        for kind, rows in shard.rows.items():
            room[kind] += len(rows.event)
    return room
