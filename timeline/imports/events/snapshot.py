"""An event in plain values that can be compared: as a file states it, as it was imported, as it appears now."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from timeline.database.shards import batches
from timeline.evidence.support import Actuality
from timeline.imports.events.event_record import EventRecord, Options
from timeline.models import Citation, Event, Participation
from timeline.models.publication import Status

State = dict[str, Any]  # primary keys for what it names; citations by briefing, words and act

COLUMNS = {
    "title": "title",
    "summary": "summary",
    "type": "event_type_id",
    "edtf": "edtf",
    "date_as_stated": "date_as_stated",
    "date_note": "date_note",
    "time_of_day": "time_of_day",
    "time_zone": "time_zone",
    "place": "place_id",
    "place_precision": "place_precision",
    "conflict": "conflict_id",
    "low": "deaths_low",
    "best": "deaths_best",
    "high": "deaths_high",
}
CODED = ("actuality", "value_note")  # by editors alone: no file states them
SOURCE_VALUES = (  # of a citation, likewise
    *("basis", "place_id", "deaths_low", "deaths_best", "deaths_high"),
    *("date_as_stated", "edtf", "reliability", "credibility"),
)
AS_IMPORTED = {"actuality": Actuality.OCCURRED.value, "value_note": "", "source_values": []}
LISTS = ("actors", "citations")
TOLD_IN_TITLE = ("low", "best", "high", "place")  # where one is against the file, so does the title that repeats it
FIELD_LABELS = {
    "title": "title",
    "summary": "summary",
    "type": "type",
    "edtf": "date",
    "date_as_stated": "date as stated",
    "date_note": "how the date was understood",
    "time_of_day": "clock time",
    "time_zone": "time zone",
    "place": "place",
    "place_precision": "how precisely the place is known",
    "conflict": "conflict",
    "low": "deaths, at least",
    "best": "deaths, best estimate",
    "high": "deaths, at most",
    "actors": "actors",
    "citations": "citations",
    "actuality": "whether it happened",
    "value_note": "which values it takes",
    "source_values": "what a source says",
}


def serialize_state(state: State) -> str:
    """Return the state as it is kept: the same state is the same text."""
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def parse_state(text: str) -> State:
    """Return the state, what no file states as an import leaves it."""
    return AS_IMPORTED | json.loads(text)


def current_states(events: Iterable[int]) -> dict[int, State]:
    """Return the state of each of these events, by primary key. Three queries for each 500."""
    states: dict[int, State] = {}
    for keys in batches(list(events)):
        rows = Event.objects.filter(pk__in=keys).order_by().values_list("pk", *COLUMNS.values(), *CODED)
        for pk, *values in rows:
            states[pk] = dict(zip([*COLUMNS, *CODED], values, strict=True))
            clock = states[pk]["time_of_day"]
            states[pk]["time_of_day"] = clock.isoformat() if clock else ""
        actors, (citations, source_values) = _actors(keys), _citations(keys)
        for pk in keys:
            if pk in states:
                states[pk] |= {"actors": actors[pk], "citations": citations[pk], "source_values": source_values[pk]}
    return states


def _actors(events) -> dict[int, list]:
    rows = Participation.objects.filter(event__in=events).order_by("position", "pk")
    by_event = defaultdict(list)
    for event, *values in rows.values_list("event", "actor_id", "role", "office"):
        by_event[event].append(values)
    return by_event


def _citations(events) -> tuple[dict[int, list], dict[int, list]]:
    """Return the citations of each event, and what editors entered of their sources' values, where there is any."""
    rows = Citation.objects.filter(event__in=events).order_by("position", "pk")
    by_event, source_values = defaultdict(list), defaultdict(list)
    columns = ("event", "briefing_id", "quote", "act", "note", *SOURCE_VALUES)
    for event, briefing, quote, act, note, *values in rows.values_list(*columns):
        by_event[event].append([briefing, quote, act, note])
        if any(value not in (None, "") for value in values):
            source_values[event].append([briefing, quote, *values])
    return by_event, source_values


def differing_fields(state: State, other: State) -> set[str]:
    """Return the parts in which two states differ."""
    return {name for name in state if state[name] != other.get(name)}


# Each record of the file compared with the stored event: new, changed or unchanged, and which fields the file may
# change.

CLOSED: dict[str, str] = {
    Status.WITHDRAWN: "It was withdrawn here.",
    Status.MERGED: "It was merged into another event here.",
}


@dataclass(slots=True)
class ImportDiff:
    record: EventRecord
    state: State  # as the file states it
    imported: int | None = None  # primary key of what is known of it; None: it is new
    event: int | None = None
    before: str = ""  # baseline until now
    now: State | None = None
    change: frozenset[str] = frozenset()  # parts to be written
    kept_reason: str = ""  # why something is not written though the file differs

    @property
    def is_new(self) -> bool:
        return self.imported is None

    @property
    def is_updated(self) -> bool:
        return bool(self.change)

    @property
    def is_restated(self) -> bool:
        """Return whether the file differs from the last import of this event."""
        return self.imported is not None and self.before != serialize_state(self.state)


def compare_with_stored(options: Options, stated: list[tuple[EventRecord, State]]) -> list[ImportDiff]:
    """Return the diff of each record. One query for each 500 records, five more for those that changed."""
    names = [record.external_id for record, _ in stated]
    known = {name: rest for name, *rest in options.imported().named(names)}
    diffs = [_diff_of(record, state, known.get(record.external_id)) for record, state in stated]
    _compare_restated(options, [diff for diff in diffs if diff.is_restated])
    return diffs


def _diff_of(record: EventRecord, state: State, known: list | None) -> ImportDiff:
    return ImportDiff(record, state, *known) if known else ImportDiff(record, state)


def _compare_restated(options: Options, restated: list[ImportDiff]) -> None:
    events = [diff.event for diff in restated if diff.event]
    now, states = current_states(events), _statuses(events)
    for diff in restated:
        if diff.event is None or diff.event not in now:
            diff.kept_reason = "It was deleted here."
        elif words := CLOSED.get(states[diff.event]):
            diff.kept_reason = words
        elif states[diff.event] == Status.PUBLISHED and not options.may_change_public:
            diff.kept_reason = "It is public, and changing it needs the permission to publish."
        else:
            diff.now = now[diff.event]
            diff.change, diff.kept_reason = _fields_to_write(diff, diff.now, options.overwrite)


def _fields_to_write(diff: ImportDiff, now: State, overwrite: bool) -> tuple[frozenset[str], str]:
    """Return the fields to write, and a sentence that names the editors' changes that stay."""
    baseline = parse_state(diff.before)
    differs = differing_fields(diff.state, now)
    by_file = differing_fields(diff.state, baseline) & differs
    by_hand = differing_fields(now, baseline) & differs
    if overwrite:
        return frozenset(by_file | by_hand), ""
    standing = by_file & by_hand
    if standing & set(TOLD_IN_TITLE):
        by_file -= {"title"}
    words = ", ".join(FIELD_LABELS[name] for name in diff.state if name in standing)
    return frozenset(by_file - by_hand), f"Changed here by hand and in the file too: {words}." if words else ""


def _statuses(events: Iterable[int]) -> dict[int, str]:
    statuses: dict[int, str] = {}
    for keys in batches(list(events)):
        statuses |= dict(Event.objects.filter(pk__in=keys).order_by().values_list("pk", "status"))
    return statuses
