"""The public events of one part in columns, to be counted by value."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Length

from timeline.database.shards import SHARD_SIZE
from timeline.evidence.axes import AXES
from timeline.evidence.support import Actuality
from timeline.filters.parameters import PARAMETERS, columns_of
from timeline.models import Citation, Event, Participation
from timeline.querysets.citation import TELLS_OF_DEED
from timeline.querysets.event import DEATHS_ARE_COUNTED

from .values import BOUNDS, NONE, Dates, Values, Vocabulary, microseconds

PATHS = {table: columns_of(table) for table in ("events", "participations", "citations")}  # column -> path from a row
CERTAINLY_DATED = Case(  # what keeps the date from being certain; empty: nothing does
    When(actuality=Actuality.OCCURRED, then=F("date_qualifier")), default=Value("not occurred")
)
LEVELS = {  # axis -> the best of its levels that a citation reaches
    axis: Case(*(When(level.condition, then=Value(level.reached)) for level in AXES[axis][0]), default=Value(""))
    for axis in (parameter.path for parameter in PARAMETERS if parameter.is_axis and not parameter.excludes)
}
STANCE = Case(
    When(act__in=["denies", "disputes"], then=Value("disputed")),
    When(state__in=["verified", "moved"], then=Value("verified")),
    default=Value(""),
)
# The first day of what a source says has happened, where its briefing is dated before that; empty else
NOT_BEFORE = Case(
    When(
        TELLS_OF_DEED & Q(event__start_earliest__gt=F("briefing__published_latest")),
        Cast("event__start_earliest", CharField()),
    ),
    default=Value(""),
)
ADDED_ON = Coalesce(Cast("added_on", CharField()), Value(""))  # when a later text brought the words; empty: none did
# No facet is made of these
PLAIN = {"not_before": NOT_BEFORE, "added_on": ADDED_ON, "quoted": Length("quote"), "key": F("pk")}
READ = {  # columns of rows as the queries return them
    "participations": tuple(PATHS["participations"]),
    "citations": (*PATHS["citations"], "stance", *LEVELS, *PLAIN),
}
DISTINCT = {  # columns of which each event is counted once with each of its values -> the rows they are of
    name: kind for kind, names in READ.items() for name in names if name not in LEVELS and name not in PLAIN
}


def each(name: str) -> str:
    """Return the name of the column that has a value of another in the first row of its event that has it, and NONE in others."""
    return f"each {name}"


COLUMNS = {kind: (*names, *(each(name) for name in names if name in DISTINCT)) for kind, names in READ.items()}
WIDE = {"recorded": np.int64, "key": np.int64}  # columns of large numbers, not of values: microseconds, primary keys
# Columns that hold numbers of values
VALUED = {*PATHS["events"], *(name for names in READ.values() for name in names if name not in WIDE)}


def new_vocabulary() -> Vocabulary:
    return Vocabulary({name: Values() for name in VALUED} | {"date": Dates()})


# Columns of events: numbers of values, then the day of the first report as proleptic ordinal, the moment of record in
# microseconds, and 1 where deaths are counted
EVENT_COLUMNS = (*PATHS["events"], "date", "reported", "recorded", "deaths")
COUNTED = Case(When(DEATHS_ARE_COUNTED, then=Value(1)), default=Value(0))
NEAR = 8  # rows of an event that are compared with each other; those of events with more are sorted
FEW = 100  # events are few where there are more than so many rows for each
Columns = dict[str, np.ndarray]  # numbers of values, one for each row


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that each belong to one event; an event may have several."""

    event: np.ndarray  # place of the row's event among the events; the rows of an event follow each other
    columns: Columns

    def where(self, selected: np.ndarray | slice) -> "Rows":
        return Rows(self.event[selected], {name: numbers[selected] for name, numbers in self.columns.items()})

    def places_of(self, matching: np.ndarray) -> np.ndarray:
        """Return the places of the rows of these events, a flag for each; of few events they are looked up where the rows are in order."""
        slots = np.flatnonzero(matching)
        if len(slots) * FEW > len(self.event) or (self.event[1:] < self.event[:-1]).any():
            return np.flatnonzero(matching.take(self.event))
        slots = slots.astype(self.event.dtype)  # else all rows would be copied as what slots are
        first, behind = (np.searchsorted(self.event, slots, side) for side in ("left", "right"))
        many = behind - first
        return np.repeat(first + many - np.cumsum(many), many) + np.arange(many.sum())

    def distinct(self, name: str) -> "Rows":
        """Return each event with each of its values in one column, once."""
        first = self.first(name)
        return Rows(self.event[first], {name: self.columns[name][first]})

    def of_each(self, name: str) -> "Rows":
        """Return the same as `distinct` of rows with the column `each(name)`."""
        first = np.flatnonzero(self.columns[each(name)])
        return Rows(self.event[first], {name: self.columns[name][first]})

    def first(self, name: str) -> np.ndarray:
        """Return the places of the rows that are the first of their event with their value in one column; NONE is no value."""
        met = np.flatnonzero(self.columns[name])
        return met[~Neighbours(self.event[met]).repeats(self.columns[name][met])]


class Neighbours:
    """Which rows are of the same event: it serves to compare the values of any column."""

    def __init__(self, event: np.ndarray):
        """`event`: of each row; the rows of an event follow each other."""
        self.event, self.starts = event, np.flatnonzero(np.r_[len(event) > 0, event[1:] != event[:-1]])
        self.later: list[np.ndarray] = []  # places of the rows whose event has a row so many before: 1, 2, ..., NEAR
        later = np.flatnonzero(event[1:] == event[:-1]) + 1
        for before in range(1, NEAR + 1):
            later = later[later >= before]
            later = later[event[later] == event[later - before]]
            self.later.append(later)
        self.crowded = np.flatnonzero(np.isin(event, event[later])) if len(later) else later

    def repeats(self, values: np.ndarray) -> np.ndarray:
        """Return a flag for each row: whether an earlier row of its event has the same value."""
        repeated = np.zeros(len(values), bool)
        for before, later in enumerate(self.later, 1):
            repeated[later] |= values[later] == values[later - before]
        pairs = self.event[self.crowded].astype(np.int64) * (int(values.max(initial=NONE)) + 1) + values[self.crowded]
        repeated[self.crowded] = True
        repeated[self.crowded[np.unique(pairs, return_index=True)[1]]] = False
        return repeated

    def best(self, ranks: np.ndarray) -> np.ndarray:
        """Return the highest rank of the rows of each event."""
        return np.maximum.reduceat(ranks, self.starts) if len(ranks) else ranks


@dataclass(frozen=True, slots=True)
class Shard:
    """The public events of one part in order of their primary keys, and what belongs to them."""

    events: np.ndarray  # primary keys
    columns: Columns  # EVENT_COLUMNS
    rows: dict[str, Rows]  # participations, citations


AT_ONCE = 8  # parts; bounds the memory that reading needs


def read_shards(parts: Iterable[int], values: Vocabulary) -> Iterator[tuple[int, Shard]]:
    """Yield these parts with their shards as the database has them. Three queries for each AT_ONCE of them."""
    parts = list(parts)
    for start in range(0, len(parts), AT_ONCE):
        yield from _read(parts[start : start + AT_ONCE], values)


def queries(parts: list[int]) -> Iterator[QuerySet]:
    """Yield what reads the events of these parts, their participations and their citations: the event's primary key, then the columns."""
    names = ("first_reported_on", "recorded_at", *BOUNDS)
    reported, recorded, *days = [Cast(name, CharField()) for name in names]  # dates are slow to read
    of_event = (*PATHS["events"].values(), reported, recorded, COUNTED, *days, CERTAINLY_DATED)
    of_citation = (*PATHS["citations"].values(), STANCE, *LEVELS.values(), *PLAIN.values())
    yield Event.objects.public().in_shards(parts).order_by("pk").values_list("pk", *of_event)
    took_part, cited = Participation.objects.in_shards(parts), Citation.objects.public_source().in_shards(parts)
    yield took_part.order_by("event").values_list("event", *PATHS["participations"].values())
    yield cited.order_by("event").values_list("event", *of_citation)


def _read(parts: list[int], values: Vocabulary) -> Iterator[tuple[int, Shard]]:
    events, took_part, cited = map(_Table, queries(parts))
    for part in parts:
        yield part, _shard(values, events.of(part), took_part.of(part), cited.of(part))


class _Table:
    """Rows in the order of their events, column by column."""

    def __init__(self, query: QuerySet):
        lines = list(query.iterator())
        columns = len(query.query.values_select) + len(query.query.annotation_select)
        keys, *self.columns = zip(*lines, strict=True) if lines else [()] * columns
        self.keys = np.array(keys, np.int64)

    def of(self, part: int) -> tuple[np.ndarray, list[tuple]]:
        """Return the primary keys of the events of one part, and the columns."""
        first, last = np.searchsorted(self.keys, [part * SHARD_SIZE, (part + 1) * SHARD_SIZE])
        return self.keys[first:last], [column[first:last] for column in self.columns]


def _shard(values: Vocabulary, events: tuple, took_part: tuple, cited: tuple) -> Shard:
    keys, columns = events
    size = len(PATHS["events"])
    kinds, (reported, recorded, deaths), dates = columns[:size], columns[size : size + 3], columns[size + 3 :]
    values_of = dict(zip(PATHS["events"], kinds, strict=True)) | {"date": zip(*dates, strict=True)}
    rows = {
        "participations": _rows(values, keys, "participations", *took_part),
        "citations": _rows(values, keys, "citations", *cited),
    }
    encoded = {name: values[name].encode(met) for name, met in values_of.items()}
    plain = {
        "reported": np.fromiter(map(_ordinal, reported), np.int32),
        "recorded": np.fromiter(map(_microseconds, recorded), np.int64),
        "deaths": np.array(deaths, np.int32),
    }
    return Shard(keys, encoded | plain, rows)


@lru_cache(maxsize=50_000)
def _ordinal(day: str | None) -> int:
    """Return a day, ISO text, as proleptic ordinal; 0 where there is none."""
    return dt.date.fromisoformat(day).toordinal() if day else NONE


def _microseconds(moment: str) -> int:
    """Return a moment, ISO text in UTC, in microseconds."""
    return microseconds(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))


def _rows(values: Vocabulary, events: np.ndarray, kind: str, keys: np.ndarray, columns: list[tuple]) -> Rows:
    """Return the rows of these events; those of others, which are not public, are left out."""
    places = np.searchsorted(events, keys)
    public = np.flatnonzero(np.isin(keys, events))
    named = zip(READ[kind], columns, strict=True)
    numbers = {name: np.array(met, WIDE[name]) if name in WIDE else values[name].encode(met) for name, met in named}
    rows = Rows(places[public].astype(np.int32), {name: of_row[public] for name, of_row in numbers.items()})
    return Rows(
        rows.event, rows.columns | {each(name): _firsts(rows, name) for name in rows.columns if name in DISTINCT}
    )


def _firsts(rows: Rows, name: str) -> np.ndarray:
    firsts, first = np.zeros(len(rows.event), np.int32), rows.first(name)
    firsts[first] = rows.columns[name][first]
    return firsts
