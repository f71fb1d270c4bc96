"""Values and dates as small numbers, so that arrays can hold and count them.

A span is the days on which an event may have begun, with whether its date can be certain: it happened, and no
qualifier is by its date. Years are those in which
it may have gone on, and those in which it certainly did.

The public events of one part in columns, to be counted by value.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from threading import RLock
from typing import NamedTuple

import numpy as np
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from timeline.database.shards import SHARD_SIZE
from timeline.evidence.axes import AXES
from timeline.evidence.support import Actuality
from timeline.filters.parameters import PARAMETERS, columns_of
from timeline.models import Citation, Event, Participation
from timeline.querysets.citation import TELLS_OF_DEED

NONE = 0  # the number of no value


class Values:
    """The numbers of one column's values, in this process. They only grow: an array never changes its meaning."""

    def __init__(self) -> None:
        self.values: list = [None]
        self.numbers: dict[object, int] = {None: NONE, "": NONE}
        self.lock = RLock()

    def __len__(self) -> int:
        return len(self.values)

    def encode(self, values: Iterable) -> np.ndarray:
        """Return the number of each value; new values have a new one."""
        values = list(values)
        with self.lock:
            for value in dict.fromkeys(values):
                if value not in self.numbers:
                    self.numbers[value] = len(self.values)
                    self.values.append(value)
            return np.fromiter(map(self.numbers.__getitem__, values), np.int32, len(values))

    def known(self, values: Iterable) -> list[int]:
        """Return the numbers of those values that were ever met."""
        return [self.numbers[value] for value in values if value in self.numbers]

    def counted(self, numbers: np.ndarray) -> dict[object, int]:
        """Return how often each value is in an array of numbers; without those of none."""
        counts = np.bincount(numbers)
        counts[NONE:1] = 0
        return {self.values[number]: int(counts[number]) for number in np.flatnonzero(counts)}


UNDATED = 0  # the span of an event without a known start, or which may have begun on any day from some day on
NO_START, LAST = dt.date.min.toordinal(), dt.date.max.toordinal()  # bounds of what is open
_DAY = 22  # bits of a proleptic ordinal
_YEAR = 14  # bits of a year


class Span(NamedTuple):
    """Days on which an event may have begun, both included, as proleptic ordinals."""

    first: int
    last: int
    exact: bool  # it happened, and its date is without a qualifier

    @classmethod
    def of(cls, code: int) -> "Span":
        return cls(code >> (_DAY + 1), code >> 1 & (1 << _DAY) - 1, bool(code & 1))


span_of = lru_cache(maxsize=50_000)(Span.of)  # a world has some thousand, and each page asks for all of them


class Years(NamedTuple):
    """Years from the first to the last, both included; of open ends 1 and 9999."""

    possible: tuple[int, int]
    certain: tuple[int, int]  # the first after the last: there is none

    @classmethod
    def of(cls, code: int) -> "Years":
        begun, ended, begins, ends = (code >> _YEAR * shift & (1 << _YEAR) - 1 for shift in (3, 2, 1, 0))
        return cls((begun, ended), (begins, ends))


class Dates(Values):
    """The dates of all events: their four bounds as ISO text, and what keeps them from being certain. Each is once in a table."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = np.zeros((len(DATE_COLUMNS), 1), np.int64)  # number 0 is no date

    def column(self, name: str) -> np.ndarray:
        """Return one of DATE_COLUMNS by the number of the date."""
        with self.lock:
            if (known := self.columns.shape[1]) < len(self):
                new = np.array([_row(*date) for date in self.values[known:]], np.int64).T
                self.columns = np.concatenate([self.columns, new], axis=1)
            return self.columns[DATE_COLUMNS.index(name)]


BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
DATE_COLUMNS = (*BOUNDS, "is_exact", "days", "months", "years")  # bounds are proleptic ordinals


def _row(*bounds_and_doubt: str) -> tuple[int, ...]:
    """Return a date's DATE_COLUMNS: `days` is its span, `months` that widened to a whole month where it lies within one."""
    *texts, doubt = bounds_and_doubt
    first, last, ends, ended = bounds = [dt.date.fromisoformat(text) for text in texts]
    exact = not doubt
    certain = (last.year, ends.year) if exact else (1, 0)
    years = _packed(_YEAR, first.year, ended.year, *certain)
    return (*(day.toordinal() for day in bounds), exact, *_spans(first, last, exact), years)


def _spans(first: dt.date, last: dt.date, exact: bool) -> tuple[int, int]:
    if first == dt.date.min or last == dt.date.max:
        return UNDATED, UNDATED
    days = _span(first, last, exact)
    if (first.year, first.month) != (last.year, last.month):
        return days, days
    end = calendar.monthrange(first.year, first.month)[1]
    return days, _span(first.replace(day=1), first.replace(day=end), exact)


def _span(first: dt.date, last: dt.date, exact: bool) -> int:
    return _packed(_DAY, first.toordinal(), last.toordinal()) << 1 | exact


def _packed(size: int, *numbers: int) -> int:
    code = 0
    for number in numbers:
        code = code << size | number
    return code


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
COLUMNS = {
    "participations": tuple(PATHS["participations"]),
    "citations": (*PATHS["citations"], "stance", *LEVELS, "not_before", "added_on"),
}

DATES = Dates()
VALUES: dict[str, Values] = {
    name: Values() for names in (*PATHS.values(), ["stance", "not_before", "added_on"]) for name in names
} | {"date": DATES}

NEAR = 8  # rows of an event that are compared with each other before all are sorted
Columns = dict[str, np.ndarray]  # numbers of values (see VALUES), one for each row


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that each belong to one event; an event may have several."""

    event: np.ndarray  # place of the row's event among the events; the rows of an event follow each other
    columns: Columns

    def distinct(self, name: str) -> "Rows":
        """Return each event with each of its values in one column, once."""
        met = self.columns[name] != NONE
        event, values = self.event[met], self.columns[name][met]
        repeated = np.zeros(len(event), bool)
        later = np.arange(len(event))  # rows whose event has a row so many before, too
        for before in range(1, NEAR + 1):
            later = later[later >= before]
            later = later[event[later] == event[later - before]]
            if not len(later):
                return Rows(event[~repeated], {name: values[~repeated]})
            repeated[later] |= values[later] == values[later - before]
        size = int(values.max(initial=NONE)) + 1
        pairs = np.unique((event.astype(np.int64) * size + values)[~repeated])
        return Rows((pairs // size).astype(np.int32), {name: (pairs % size).astype(np.int32)})


@dataclass(frozen=True, slots=True)
class Shard:
    """The public events of one part in order of their primary keys, and what belongs to them."""

    events: np.ndarray  # primary keys
    columns: Columns  # type, country, place, conflict, how it is known, date; and `reported`, the day of the first report as ordinal
    rows: dict[str, Rows]  # participations, citations
    distinct_rows: dict[str, Rows]  # by column of a row: each event with each of its values once
    serial: int = field(default_factory=count().__next__)  # no two shards of a process have the same


def read_shards(parts: Iterable[int]) -> dict[int, Shard]:
    """Return the shards of these parts as they appear in the database. Three queries."""
    parts = list(parts)
    reported, *days = [Cast(name, CharField()) for name in ("first_reported_on", *BOUNDS)]  # dates are slow to read
    events = _Table(
        Event.objects.public().in_shards(parts), "pk", *PATHS["events"].values(), reported, *days, CERTAINLY_DATED
    )
    took_part = _Table(Participation.objects.in_shards(parts), "event", *PATHS["participations"].values())
    cited = _Table(
        Citation.objects.public_source().in_shards(parts),
        "event",
        *PATHS["citations"].values(),
        STANCE,
        *LEVELS.values(),
        NOT_BEFORE,
        ADDED_ON,
    )
    return {part: _shard(events.of(part), took_part.of(part), cited.of(part)) for part in parts}


class _Table:
    """Rows in the order of their events, column by column."""

    def __init__(self, rows: QuerySet, event: str, *columns):
        lines = list(rows.order_by(event).values_list(event, *columns).iterator())
        keys, *self.columns = zip(*lines, strict=True) if lines else [()] * (1 + len(columns))
        self.keys = np.array(keys, np.int64)

    def of(self, part: int) -> tuple[np.ndarray, list[tuple]]:
        """Return the primary keys of the events of one part, and the columns."""
        first, last = np.searchsorted(self.keys, [part * SHARD_SIZE, (part + 1) * SHARD_SIZE])
        return self.keys[first:last], [column[first:last] for column in self.columns]


def _shard(events: tuple, took_part: tuple, cited: tuple) -> Shard:
    keys, columns = events
    size = len(PATHS["events"])
    kinds, reported, dates = columns[:size], columns[size], columns[size + 1 :]
    values_of = dict(zip(PATHS["events"], kinds, strict=True)) | {"date": zip(*dates, strict=True)}
    rows = {"participations": _rows(keys, "participations", *took_part), "citations": _rows(keys, "citations", *cited)}
    distinct = {name: kind.distinct(name) for kind in rows.values() for name in kind.columns if name not in LEVELS}
    encoded = {name: VALUES[name].encode(values) for name, values in values_of.items()}
    return Shard(keys, encoded | {"reported": np.fromiter(map(_ordinal, reported), np.int32)}, rows, distinct)


@lru_cache(maxsize=50_000)
def _ordinal(day: str | None) -> int:
    """Return a day, ISO text, as proleptic ordinal; 0 where there is none."""
    return dt.date.fromisoformat(day).toordinal() if day else NONE


def _rows(events: np.ndarray, kind: str, keys: np.ndarray, columns: list[tuple]) -> Rows:
    """Return the rows of these events; those of others, which are not public, are left out."""
    places = np.searchsorted(events, keys)
    public = np.flatnonzero(np.isin(keys, events))
    named = zip(COLUMNS[kind], columns, strict=True)
    return Rows(places[public].astype(np.int32), {name: VALUES[name].encode(values)[public] for name, values in named})
