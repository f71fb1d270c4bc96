"""How many events a filter finds."""

from dataclasses import dataclass

from timeline.database.shards import AT_ONCE
from timeline.filters import EventFilter
from timeline.index import index_for
from timeline.versions.data_version import cached


@dataclass(frozen=True, slots=True)
class Totals:
    matching: int  # events of the filter
    possible: int  # that possibly fall in its period; `found`, unless it asks for certain ones
    certain: int  # that certainly do
    keys: tuple[int, ...] | None  # primary keys of those found; None: more than one query can name

    @property
    def only_possible(self) -> int:
        return self.possible - self.certain


def totals(chosen: EventFilter) -> Totals:
    """Return the totals of a valid filter, kept until something is written."""
    return cached("totals", chosen, lambda: _totals(chosen))


def _totals(chosen: EventFilter) -> Totals:
    moment = index_for(chosen)
    possible, certain = (moment.matching(chosen.with_values(when=when)) for when in ("possible", "certain"))
    matching = certain if chosen.certainly else possible
    found = moment.total(matching)
    keys = tuple(moment.keys(matching)) if found <= AT_ONCE else None
    return Totals(found, moment.total(possible), moment.total(certain), keys)
