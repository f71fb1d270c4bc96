"""The events in parts of a few thousand, by primary key: what was computed from a part is kept until it changes."""

from collections.abc import Iterable

PART_SIZE = 4096  # events; small enough to be read anew at once, large enough to be few
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
