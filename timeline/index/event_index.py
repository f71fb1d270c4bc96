"""The public events in memory, as the database holds them now."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Container, Iterable
from functools import partial, reduce
from threading import RLock
from typing import Any

import numpy as np

from timeline.database.shards import NO_EVENT, SHARD_SIZE, shard_of
from timeline.evidence.axes import AXES
from timeline.filters import EventFilter
from timeline.index.event_columns import ActorAncestry, EventColumns, Matching, UpTo, numbers_of
from timeline.index.filter_clauses import Pairs, alone, clauses, is_of_event
from timeline.index.shard import DATES, UNDATED, VALUES, Rows, Shard, Span, Years, read_shards, span_of
from timeline.models import Event
from timeline.versions.data_version import shard_versions, versions_for


class VersionedCache:
    """A cache of this process: a value for each key and part, read again where the version of that part has changed."""

    def __init__(self, most: int):
        self.most = most  # keys; the least recently used is dropped first
        self.entries: OrderedDict[str, dict[int, tuple[Any, Any]]] = OrderedDict()
        self.lock = RLock()

    def get(
        self, key: str, versions: dict[int, Any], read: Callable[[Iterable[int]], dict[int, Any]]
    ) -> dict[int, Any]:
        """Return the value of each part. `read` is called with those whose version is not the cached one."""
        with self.lock:
            known = self.entries.setdefault(key, {})
            self.entries.move_to_end(key)
            if len(self.entries) > self.most:
                self.entries.popitem(last=False)
            stale = [part for part, version in versions.items() if part not in known or known[part][0] != version]
            if stale:
                fresh = read(stale)
                known |= {part: (versions[part], fresh[part]) for part in stale}
            return {part: known[part][1] for part in versions}


Conditions = Iterable[tuple[str, tuple | UpTo]]  # that one row must meet: column, values of which it must have one

AT_ONCE = 32  # parts; bounds the memory that reading needs
_shards, _ancestry, _ancestry_rows, _masks = (
    VersionedCache(most=1),
    VersionedCache(most=1),
    VersionedCache(most=1),
    VersionedCache(most=300),
)
_columns = VersionedCache(most=1)


class EventIndex:
    """The events to be counted, as they are now. Three queries; more where a shard or a mask in the cache is stale."""

    def __init__(self, versions: dict[int, int] | None = None) -> None:
        """`versions`: the versions of the shards, if they have been read already (see timeline.versions.data_version)."""
        self.versions = shard_versions() if versions is None else versions
        pks = Event.objects.order_by("pk").values_list("pk", flat=True)
        first, last = pks.first(), pks.last()
        self.parts = range(shard_of(first), shard_of(last) + 1) if first else range(0)
        shards = _shards.get("", {part: self.versions.get(part) for part in self.parts}, _read)
        self.columns: EventColumns = _columns.get(
            "", {0: [shard.serial for shard in shards.values()]}, lambda _: {0: EventColumns(shards)}
        )[0]
        self._matching: dict[tuple[Pairs, ...], Matching] = {}

    def matching(self, event_filter: EventFilter, leaving_out: Container[str] = ()) -> Matching:
        """Return the public events that a valid filter finds, some of its parameters left out.

        One query for each clause that is not known yet. The same array for the same clauses.
        """
        in_force = tuple(clauses(event_filter, leaving_out))
        if in_force not in self._matching:
            masks = [self._mask(event_filter, pairs) for pairs in in_force]
            self._matching[in_force] = reduce(np.logical_and, masks) if masks else self.columns.all
        return self._matching[in_force]

    def _mask(self, event_filter: EventFilter, pairs: Pairs) -> Matching:
        general = None if is_of_event(pairs) else self.versions.get(NO_EVENT)
        versions = {part: (shard.serial, general) for part, shard in self.columns.shards.items()}
        masks = _masks.get(repr(pairs), versions, lambda stale: self._read_masks(event_filter, pairs, stale))
        return np.concatenate(list(masks.values())) if masks else self.columns.all

    def _read_masks(self, event_filter: EventFilter, pairs: Pairs, parts: list[int]) -> dict[int, np.ndarray]:
        """Return which events of these parts one clause holds for, by one query."""
        events = alone(event_filter, pairs).events.order_by()
        if len(parts) < len(self.parts):
            events = events.in_shards(parts)
        matches = np.sort(np.fromiter(events.values_list("pk", flat=True).iterator(), np.int64))
        return {part: _are_among(self.columns.shards[part].events, matches, part) for part in parts}

    @staticmethod
    def total(matching: Matching) -> int:
        return int(matching.sum())

    @property
    def event_keys(self) -> np.ndarray:
        """Return the primary key of each public event, ascending."""
        return self.columns.computed("keys", lambda: self.columns.end_to_end(lambda shard: shard.events))

    def keys(self, matching: Matching) -> list[int]:
        """Return the primary keys of these events in their order."""
        return self.event_keys[matching].tolist()

    def computed(self, name: object, compute: Callable[[], Any]) -> Any:
        """Return what follows from the public events alone; computed once for each state of them in this process."""
        return self.columns.computed(name, compute)

    def by_value(self, matching: Matching, column: str) -> Counter:
        """Return how many of these events have each value of a column: a kind of event, or one of their rows."""
        if column in self.columns.single_valued:
            return Counter(VALUES[column].counted(self._of(matching, self.columns.column(column))))
        return self._counted(self.columns.distinct_rows(column), matching, column)

    def by_actor(self, matching: Matching) -> Counter:
        """Return how many of these events each actor takes part in, by itself or by one that belongs to it."""
        known = self.versions.get(NO_EVENT), len(VALUES["actor"])
        ancestry = _ancestry.get("", {0: known}, lambda _: {0: ActorAncestry()})[0]
        versions = {part: (shard.serial, ancestry) for part, shard in self.columns.shards.items()}
        rows = _ancestry_rows.get(
            "",
            versions,
            lambda stale: {part: ancestry.rows_with_ancestors(self.columns.shards[part]) for part in stale},
        )
        return self._counted(self.columns.joined(rows, ["actor"]), matching, "actor")

    def _counted(self, rows: Rows, matching: Matching, column: str) -> Counter:
        return Counter(VALUES[column].counted(self._of(matching, rows.columns[column], rows.event)))

    def _of(self, matching: Matching, values: np.ndarray, events: np.ndarray | None = None) -> np.ndarray:
        """Return the values that belong to these events: one for each event, or as `events` says whose each is."""
        if matching is self.columns.all:
            return values
        return values[matching if events is None else matching[events]]

    def by_row(self, matching: Matching, rows: str, column: str, *rows_conditions: Conditions) -> Counter:
        """Return how many of these events have each value of a column in a row (of their "participations" or
        "citations") that meets the conditions; where several are given, in one row for each."""
        rows_met = [
            self.rows_meeting(matching, rows, conditions, column).distinct(column) for conditions in rows_conditions
        ]
        size = len(VALUES[column])
        pairs = [met.event.astype(np.int64) * size + met.columns[column] for met in rows_met]
        both = reduce(partial(np.intersect1d, assume_unique=True), pairs)
        return Counter(VALUES[column].counted(both % size))

    def by_citation(self, matching: Matching, column: str, conditions: Conditions) -> Counter:
        """Return how many of these events have each value of a column in a citation that meets the conditions."""
        return self.by_row(matching, "citations", column, conditions) if conditions else self.by_value(matching, column)

    def by_axis(self, matching: Matching, axis: str, conditions: Conditions) -> Counter:
        """Return how many of these events have each value of an axis (see timeline.evidence.axes), as their citations that
        meet the conditions show it; those of no value are left out."""
        rows = self.rows_meeting(matching, "citations", conditions, axis)
        remaining, counts = matching.copy(), Counter()
        levels, otherwise = AXES[axis]
        for level in levels:
            reached = np.zeros(self.columns.size, bool)
            reached[rows.event[np.isin(rows.columns[axis], numbers_of(axis, [level.reached]))]] = True
            counts[level.reached] = self.total(reached & remaining)
            remaining &= ~reached
        return counts + Counter({otherwise: self.total(remaining)} if otherwise else {})

    def rows_meeting(self, matching: Matching, kind: str, conditions: Conditions, *columns: str) -> Rows:
        """Return the rows of these events ("participations" or "citations") that meet all conditions, with these columns."""
        rows = self.columns.rows(kind)
        selected = matching[rows.event]
        for column, values in conditions:
            wanted = np.zeros(len(VALUES[column]), bool)
            wanted[numbers_of(column, values)] = True
            selected = selected & wanted[rows.columns[column]]
        return Rows(rows.event[selected], {name: rows.columns[name][selected] for name in columns})

    def dates(self, matching: Matching) -> np.ndarray:
        """Return the number of each of these events' date, see DATES."""
        return self._of(matching, self.columns.column("date"))

    def spans(self, matching: Matching, unit: str) -> dict[Span | None, int]:
        """Return how many of these events may have begun when, in "days" or whole "months"; None: not known."""
        return {span_of(code) if code != UNDATED else None: n for code, n in self._by_date(matching, unit)}

    def years(self, matching: Matching) -> dict[Years, int]:
        """Return how many of these events went on when."""
        return {Years.of(code): count for code, count in self._by_date(matching, "years")}

    def _by_date(self, matching: Matching, column: str) -> Iterable[tuple[int, int]]:
        counts = np.bincount(self.dates(matching))
        dates = np.flatnonzero(counts)
        codes, places = np.unique(DATES.column(column)[dates], return_inverse=True)
        return zip(codes.tolist(), np.bincount(places, counts[dates]).astype(int).tolist(), strict=True)


def _are_among(events: np.ndarray, matches: np.ndarray, part: int) -> np.ndarray:
    """Return which events of one part are among the matches; both in order of their primary keys."""
    first, last = np.searchsorted(matches, [part * SHARD_SIZE, (part + 1) * SHARD_SIZE])
    return np.isin(events, matches[first:last], assume_unique=True)


def index_for(event_filter: EventFilter) -> EventIndex:
    """Return the index in which all is counted for one filter, which lives as long as its request."""
    attributes = vars(event_filter)  # goes with the filter to its narrower and wider ones
    if "event_index" not in attributes:
        attributes["event_index"] = EventIndex(versions_for(event_filter))
    return attributes["event_index"]


def _read(parts: Iterable[int]) -> dict[int, Shard]:
    parts = list(parts)
    batches = [parts[start : start + AT_ONCE] for start in range(0, len(parts), AT_ONCE)]
    return {part: shard for batch in batches for part, shard in read_shards(batch).items()}
