"""The events in shards of some hundreds, by primary key: what was computed from a shard is cached until it changes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

_Key = TypeVar("_Key", int, str)

SHARD_SIZE = 512  # events; few enough to be read again for one edit, and enough that shards are not many
BATCH_SIZE = 500  # keys in one query; SQLite takes some thousand
NO_EVENT = -1  # the shard of actors, places, briefings and whatever else belongs to no one event


def shard_of(event: int) -> int:
    """Return the shard of an event, by its primary key."""
    return event // SHARD_SIZE


def consecutive_runs(shards: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of shards that follow each other without a gap."""
    runs: list[tuple[int, int]] = []
    for shard in sorted(shards):
        if runs and runs[-1][1] == shard - 1:
            runs[-1] = (runs[-1][0], shard)
        else:
            runs.append((shard, shard))
    return runs


def batches(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    """Yield the keys, as many at a time as one query can name."""
    for start in range(0, len(keys), BATCH_SIZE):
        yield keys[start : start + BATCH_SIZE]
