"""An event in plain values that can be compared: as a file states it, as it was brought in, as it stands now."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from timeline.database.shards import batches
from timeline.models import Citation, Event, Participation

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
    "conflict": "conflict_id",
    "low": "deaths_low",
    "best": "deaths_best",
    "high": "deaths_high",
}
LISTS = ("actors", "citations")
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
    "conflict": "conflict",
    "low": "deaths, at least",
    "best": "deaths, best estimate",
    "high": "deaths, at most",
    "actors": "actors",
    "citations": "citations",
}


def serialize_state(state: State) -> str:
    """Return the state as it is kept: the same state is the same text."""
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def parse_state(text: str) -> State:
    return json.loads(text)


def current_states(events: Iterable[int]) -> dict[int, State]:
    """Return the state of each of these events, by primary key. Three queries for each 500."""
    states: dict[int, State] = {}
    for keys in batches(list(events)):
        rows = Event.objects.filter(pk__in=keys).order_by().values_list("pk", *COLUMNS.values())
        for pk, *values in rows:
            states[pk] = dict(zip(COLUMNS, values, strict=True))
            clock = states[pk]["time_of_day"]
            states[pk]["time_of_day"] = clock.isoformat() if clock else ""
        actors, citations = _actors(keys), _citations(keys)
        for pk in keys:
            if pk in states:
                states[pk] |= {"actors": actors[pk], "citations": citations[pk]}
    return states


def _actors(events) -> dict[int, list]:
    rows = Participation.objects.filter(event__in=events).order_by("position", "pk")
    by_event = defaultdict(list)
    for event, *values in rows.values_list("event", "actor_id", "role", "office"):
        by_event[event].append(values)
    return by_event


def _citations(events) -> dict[int, list]:
    rows = Citation.objects.filter(event__in=events).order_by("position", "pk")
    by_event = defaultdict(list)
    for event, *values in rows.values_list("event", "briefing_id", "quote", "act", "note"):
        by_event[event].append(values)
    return by_event


def differing_fields(state: State, other: State) -> set[str]:
    """Return the parts in which two states differ."""
    return {name for name in state if state[name] != other.get(name)}
