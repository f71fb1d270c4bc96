"""What follows from rows that belong to no event, such as the names of actors and places: saves of events change none of it."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from .event_index import EventIndex, VersionedCache

MOST = 500  # in each process
Read = TypeVar("Read")

_known = VersionedCache(MOST)


def remembered_names(index: EventIndex, name: Hashable, read: Callable[[], Read]) -> Read:
    """Return what `read` returns of actors, places, conflicts, types, data sets and briefings alone, read once in this process until
    one of them is written to. Do not change it."""
    return _known.get({name: (index.general, index.values)}, lambda _: {name: read()})[name]
