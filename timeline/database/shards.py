"""The events in parts of some hundreds, by primary key: what was computed from a part is kept until it changes."""

from collections.abc import Iterable, Iterator, Sequence

PART_SIZE = 512  # events; few enough to be read anew for one edit, and enough that parts are not many
AT_ONCE = 500  # keys in one query; SQLite takes some thousand
NO_EVENT = -1  # the part of actors, places, briefings and whatever else belongs to no one event


def part_of(event: int) -> int:
    """Return the part in which an event stands, by its primary key."""
    return event // PART_SIZE


def runs(parts: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of parts that follow each other without a gap."""
    found: list[tuple[int, int]] = []
    for part in sorted(parts):
        if found and found[-1][1] == part - 1:
            found[-1] = (found[-1][0], part)
        else:
            found.append((part, part))
    return found


def batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the keys, as many at a time as one query can name."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
