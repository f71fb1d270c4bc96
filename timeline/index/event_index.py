"""The public events in memory, as the database holds them now."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Container, Hashable, Iterable
from functools import partial, reduce
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from timeline.database.shards import NO_EVENT
from timeline.evidence.axes import AXES
from timeline.filters import EventFilter
from timeline.versions.data_version import shard_versions, versions_for

from .actor_ancestry import ActorAncestry
from .column_clauses import flags_by_columns
from .current_columns import current_columns, part_versions
from .event_columns import EventColumns, Matching
from .filter_clauses import Pairs, UpTo, alone, clauses, is_of_event
from .masks import mask
from .shard import DISTINCT, Neighbours, Rows, each
from .values import NONE, Spans, Vocabulary, Years, replaced, tally
from .word_search import events_holding


class VersionedCache:
    """A cache of this process: a value for each key, read again where its version has changed."""

    def __init__(self, most: int):
        self.most = most  # keys; the least recently used is dropped first
        self.entries: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()
        self.lock = Lock()

    def get(
        self, versions: dict[Hashable, Any], read: Callable[[list[Hashable]], dict[Hashable, Any]]
    ) -> dict[Hashable, Any]:
        """Return the value of each key. `read` is called with those whose version is not the cached one."""
        with self.lock:
            entries = {key: self.entries.pop(key) for key in versions if key in self.entries}
            self.entries |= entries
        stale = [key for key, version in versions.items() if key not in entries or entries[key][0] != version]
        if stale:
            fresh = {key: (versions[key], value) for key, value in read(stale).items()}
            entries |= fresh
            with self.lock:
                self.entries |= fresh
                while len(self.entries) > self.most:
                    self.entries.popitem(last=False)
        return {key: entries[key][1] for key in versions}


Wanted = tuple | UpTo
Conditions = Iterable[tuple[str, Wanted]]  # that one row must meet: column, values of which it must have one

_ancestry, _names = VersionedCache(most=1), VersionedCache(most=500)
Read = TypeVar("Read")
MOST_REMEMBERED = 6  # arrays in a request, of places in the columns


class EventIndex:
    """The events to be counted, as they are now. One query; more where a part or a mask in memory is stale."""

    def __init__(self, versions: dict[int, int] | None = None) -> None:
        """`versions`: the versions of the shards, if they have been read already (see timeline.versions.data_version).

        Raises IndexStarting."""
        self.versions = shard_versions() if versions is None else versions
        self.columns: EventColumns = current_columns.at(part_versions(self.versions))
        self._matching: dict[tuple[Pairs, ...], Matching] = {(): self.columns.all}
        self._meeting: dict[tuple, np.ndarray] = {}
        self._remembered: OrderedDict[tuple[int, Hashable], tuple[Matching, np.ndarray]] = OrderedDict()

    @property
    def values(self) -> Vocabulary:
        return self.columns.values

    def matching(self, event_filter: EventFilter, leaving_out: Container[str] = ()) -> Matching:
        """Return the public events that a valid filter finds, some of its parameters left out.

        Up to a query for each clause that was not computed before, one more for each of its actors. Equal clauses get the same
        array: do not change it.
        """
        in_force = tuple(clauses(event_filter, leaving_out))
        if in_force not in self._matching:
            for pairs in in_force:
                if (pairs,) not in self._matching:
                    self._matching[pairs,] = self._mask(event_filter, pairs)
            self._matching[in_force] = reduce(np.logical_and, [self._matching[pairs,] for pairs in in_force])
        return self._matching[in_force]

    def _mask(self, event_filter: EventFilter, pairs: Pairs) -> Matching:
        if "q" in dict(pairs):
            return events_holding(self, event_filter)

        def find(parts: list[int] | None) -> np.ndarray:
            of_clause = alone(event_filter, pairs)
            if (flags := flags_by_columns(self, of_clause, dict(pairs))) is not None:
                return np.flatnonzero(flags & self.columns.all)  # none of a block that no part has
            events = of_clause.events.order_by()
            keys = (events if parts is None else events.in_shards(parts)).values_list("pk", flat=True)
            return self.columns.slots(np.fromiter(keys.iterator(), np.int64))

        return mask(self.columns, repr(pairs), None if is_of_event(pairs) else self.general, find)

    @property
    def general(self) -> int | None:
        """Return the version of what belongs to no part."""
        return self.versions.get(NO_EVENT)

    @staticmethod
    def total(matching: Matching) -> int:
        return int(np.count_nonzero(matching))

    def keys(self, matching: Matching) -> list[int]:
        """Return the primary keys of these events in their order."""
        return self.columns.keys(self.slots(matching)).tolist()

    def slots(self, matching: Matching) -> np.ndarray:
        """Return the slots of these events, in order of their primary keys."""
        return self._places_of(matching, "events")

    def is_among(self, matching: Matching, key: int) -> bool:
        """Return whether the event with this primary key is one of these."""
        return bool(matching[self.columns.slots(np.array([key]))].any())

    def computed(self, name: object, compute: Callable[[], Any]) -> Any:
        """Return what follows from the public events alone; computed once for each state of them in this process."""
        return self.columns.computed(name, compute)

    def by_value(self, matching: Matching, column: str) -> Counter:
        """Return how many of these events have each value of a column: a kind of event, or one of their rows."""
        return self._named(column, self.by_number(matching, column))

    def by_number(self, matching: Matching, column: str) -> np.ndarray:
        """Return how many of these events have each number of a column; as `counted`."""
        if column in self.columns.single_valued:
            return self.counted(matching, "events", column)
        return self.counted(matching, DISTINCT[column], each(column))

    def by_actor(self, matching: Matching) -> Counter:
        """Return how many of these events each actor takes part in, by itself or by one that belongs to it."""
        known = self.general, len(self.values["actor"]), self.values
        ancestry = _ancestry.get({"": known}, lambda _: {"": ActorAncestry.read(self.values["actor"])})[""]
        counts = self.by_value(matching, "actor")
        if matching is self.columns.all:
            return counts + self._named("actor", self.columns.lineage_counts(ancestry))
        for rows, events in self.columns.lineage_of(ancestry):
            places = rows.places_of(self._both(matching, events))
            counts.update(self._named("actor", tally(rows.columns["actor"], places)))
        return counts

    def _both(self, first: Matching, second: Matching) -> Matching:
        return first if second is self.columns.all else first & second

    def _named(self, column: str, counts: np.ndarray) -> Counter:
        return Counter(self.values[column].named(counts))

    def counted(self, matching: Matching, kind: str, column: str) -> np.ndarray:
        """Return how many of these events, or of their rows, have each number of a column; of NONE it says nothing. Do not change it."""
        if matching is self.columns.all:
            return self.columns.counts(kind, column)
        return tally(self.columns.arrays[f"{kind}/{column}"], self._places_of(matching, kind))

    def _places_of(self, matching: Matching, kind: str, conditions: tuple[tuple[str, Wanted], ...] = ()) -> np.ndarray:
        """Return the slots of these events, or the places of those of their rows that meet all conditions."""

        def find() -> np.ndarray:
            if conditions:
                places = self._places_of(matching, kind)
                return places[self.rows_meeting_all(kind, conditions).take(places)]
            return np.flatnonzero(matching) if kind == "events" else self.columns.places_of_rows(kind, matching)

        return self.remembered(matching, (kind, conditions), find)

    def remembered(self, matching: Matching, name: Hashable, compute: Callable[[], np.ndarray]) -> np.ndarray:
        """Return an array that follows from these events; computed again where many others were meanwhile. Do not change it."""
        key = id(matching), name
        if key not in self._remembered:
            self._remembered[key] = matching, compute()  # while the array is held, no other has its id
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        return self._remembered[key][1]

    def by_row(self, matching: Matching, rows: str, column: str, *rows_conditions: Conditions) -> Counter:
        """Return how many of these events have each value of a column in a row (of their "participations" or
        "citations") that meets the conditions; where several are given, in one row for each."""
        if len(rows_conditions) == 1:
            neighbours, values = self._compared(matching, rows, *rows_conditions, column)
            counts, repeated = np.bincount(values), np.bincount(values[neighbours.repeats(values)])
            return self._named(column, replaced(counts, repeated, repeated[:0]))
        rows_met = [
            self.rows_meeting(matching, rows, conditions, column).distinct(column) for conditions in rows_conditions
        ]
        size = len(self.values[column])
        pairs = [met.event.astype(np.int64) * size + met.columns[column] for met in rows_met]
        both = reduce(partial(np.intersect1d, assume_unique=True), pairs)
        return self._named(column, np.bincount(both % size))

    def by_citation(self, matching: Matching, column: str, conditions: Conditions) -> Counter:
        """Return how many of these events have each value of a column in a citation that meets the conditions."""
        return self.by_row(matching, "citations", column, conditions) if conditions else self.by_value(matching, column)

    def by_axis(self, matching: Matching, axis: str, conditions: Conditions) -> Counter:
        """Return how many of these events have each value of an axis (see timeline.evidence.axes), as their citations that
        meet the conditions show it; those of no value are left out."""
        levels, otherwise = AXES[axis]
        neighbours, values = self._compared(matching, "citations", conditions, axis)
        ranks = np.zeros(len(self.values[axis]), np.int8)
        for rank, level in enumerate(reversed(levels), 1):
            ranks[self.numbers_of(axis, [level.reached])] = rank
        of_rank = np.bincount(neighbours.best(ranks.take(values)), minlength=len(levels) + 1)
        counts = Counter({level.reached: int(of_rank[len(levels) - place]) for place, level in enumerate(levels)})
        return +counts + Counter({otherwise: self.total(matching) - counts.total()} if otherwise else {})

    def _compared(
        self, matching: Matching, kind: str, conditions: Conditions, column: str
    ) -> tuple[Neighbours, np.ndarray]:
        """Return which of the rows that meet the conditions are of the same event, and the numbers of a column of them."""
        places = self._places_of(matching, kind, tuple(conditions))
        rows = self.columns.rows(kind)
        name = ("neighbours", kind, tuple(conditions))
        neighbours = self.remembered(matching, name, lambda: Neighbours(rows.event.take(places)))
        return neighbours, rows.columns[column].take(places)

    def rows_meeting(self, matching: Matching, kind: str, conditions: Conditions, *columns: str) -> Rows:
        """Return the rows of these events ("participations" or "citations") that meet all conditions, with these columns."""
        rows, places = self.columns.rows(kind), self._places_of(matching, kind, tuple(conditions))
        return Rows(rows.event.take(places), {name: rows.columns[name].take(places) for name in columns})

    def rows_meeting_all(self, kind: str, conditions: tuple[tuple[str, Wanted], ...]) -> np.ndarray:
        """Return a flag for each row; the same for the same conditions."""
        if (kind, conditions) not in self._meeting:
            rows = self.columns.rows(kind)
            flags = (self.are_of(rows.columns[column], column, values) for column, values in conditions)
            self._meeting[kind, conditions] = reduce(np.logical_and, flags)
        return self._meeting[kind, conditions]

    def are_of(self, numbers: np.ndarray, column: str, values: Wanted) -> np.ndarray:
        """Return which of these numbers of a column are those of some values."""
        wanted = np.zeros(len(self.values[column]), bool)
        wanted[self.numbers_of(column, values)] = True
        return wanted.take(numbers)

    def numbers_of(self, name: str, wanted: Wanted) -> np.ndarray:
        """Return the numbers of those values of a column that the index holds."""
        values = self.values[name]
        if isinstance(wanted, UpTo):
            numbers = [number for number, day in enumerate(values.values) if not day or day <= wanted.last]
        else:
            numbers = values.known(wanted)
        return np.array(numbers, np.int32)

    def dates(self, matching: Matching) -> np.ndarray:
        """Return the number of each of these events' date, see timeline.index.values.Dates."""
        return self.columns.column("date").take(self.slots(matching))

    def date_counts(self, matching: Matching) -> np.ndarray:
        """Return how many of these events have each date, by its number."""
        counts = self.counted(matching, "events", "date").copy()
        counts[NONE:1] = 0  # of slots without an event
        return counts

    def spans(self, matching: Matching, unit: str) -> Spans:
        """Return how many of these events may have begun when, in "days" or whole "months"."""
        return Spans.of(*self._by_date(matching, unit))

    def years(self, matching: Matching) -> Years:
        """Return how many of these events went on when."""
        return Years.of(*self._by_date(matching, "years"))

    def _by_date(self, matching: Matching, column: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the numbers of a column of dates that these events have, ascending, and how many have each."""
        counts = self.date_counts(matching)
        numbers, places = self.values.dates.distinct(column)
        sums = np.bincount(places[: len(counts)], counts)
        met = np.flatnonzero(sums)
        return numbers[met], sums[met].astype(np.int64)


def index_for(event_filter: EventFilter) -> EventIndex:
    """Return the index in which all is counted for one filter, which lives as long as its request."""
    attributes = vars(event_filter)  # goes with the filter to its narrower and wider ones
    if "event_index" not in attributes:
        attributes["event_index"] = EventIndex(versions_for(event_filter))
        attributes["briefings_known_by"] = {}
    return attributes["event_index"]


def remembered_names(index: EventIndex, name: Hashable, read: Callable[[], Read]) -> Read:
    """Return what `read` returns of actors, places, conflicts, types, data sets and briefings alone, read once in this process until
    one of them is written to: saves of events change none of it. Do not change it."""
    return _names.get({name: (index.general, index.values)}, lambda _: {name: read()})[name]
