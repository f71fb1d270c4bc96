"""How many events a filter finds."""

from dataclasses import dataclass

from timeline.database.shards import AT_ONCE
from timeline.filters import EventFilter
from timeline.index import index_for
from timeline.versions.data_version import cached


@dataclass(frozen=True, slots=True)
class Totals:
    matching: int  # events of the filter
    possible: int  # that possibly fall in its period; `matching`, unless it asks for certain ones
    certain: int  # that certainly do
    keys: tuple[int, ...] | None  # primary keys of those that match; None: more than one query can name

    @property
    def only_possible(self) -> int:
        return self.possible - self.certain


def totals(event_filter: EventFilter) -> Totals:
    """Return the totals of a valid filter, cached until something is written."""
    return cached("totals", event_filter, lambda: _totals(event_filter))


def _totals(event_filter: EventFilter) -> Totals:
    index = index_for(event_filter)
    possible, certain = (index.matching(event_filter.with_values(when=when)) for when in ("possible", "certain"))
    matching = certain if event_filter.certainly else possible
    count = index.total(matching)
    keys = tuple(index.keys(matching)) if count <= AT_ONCE else None
    return Totals(count, index.total(possible), index.total(certain), keys)
