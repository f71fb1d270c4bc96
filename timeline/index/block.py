"""The public events of one part in columns, to be counted by value."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Cast

from timeline.models import Citation, Event, Participation
from timeline.parts import PART_SIZE

from .dates import codes
from .packed import Packed, bits, pack

Column = dict[object, Packed]  # value -> places of the events that have it
Columns = dict[str, Column]

KIND = {"type": "event_type", "country": "country", "place": "place", "conflict": "conflict"}
PART = {"actor": "actor", "role": "role"}
TOLD = {"briefing": "briefing", "publisher": "briefing__publisher", "speaker": "speaker", "act": "act"}
DATES = [Cast(name, CharField()) for name in ("start_earliest", "start_latest", "end_earliest", "end_latest")]
AGAINST, HOLDING = ["denies", "disputes"], ["verified", "moved"]
STANCE = Case(
    When(act__in=AGAINST, then=Value("disputed")),
    When(state__in=HOLDING, then=Value("verified")),
    default=Value(""),
)


@dataclass(frozen=True, slots=True)
class Block:
    """The public events of one part. The place of an event is its primary key's remainder by PART_SIZE.

    An event has several participations and citations. A layer holds one of each event, so that conditions on the
    same one can be met; `having` holds them all.
    """

    public: int  # bits
    having: Columns
    participations: list[Columns]  # layers: actor, role
    citations: list[Columns]  # layers: briefing, publisher, speaker, act, stance
    days: array  # codes by place (see dates)
    months: array
    years: array


def read(parts: Iterable[int]) -> dict[int, Block]:
    """Return the blocks of these parts as they stand in the database. Three queries."""
    events = _by_part(Event.objects.public().in_parts(parts), "pk", *KIND.values(), "date_qualifier", *DATES)
    took_part = _by_part(Participation.objects.in_parts(parts), "event", *PART.values())
    told = _by_part(Citation.objects.public_source().in_parts(parts), "event", *TOLD.values(), STANCE)
    return {part: _block(events[part], took_part[part], told[part]) for part in parts}


def _by_part(rows: QuerySet, event: str, *columns) -> dict[int, list[tuple]]:
    """Return (place, *columns) of each row, in the order of events, by part."""
    found = defaultdict(list)
    for pk, *values in rows.order_by(event).values_list(event, *columns).iterator():
        part, place = divmod(pk, PART_SIZE)
        found[part].append((place, *values))
    return found


def _block(events: list[tuple], took_part: list[tuple], told: list[tuple]) -> Block:
    public = {row[0] for row in events}
    took_part = [row for row in took_part if row[0] in public]
    told = [row for row in told if row[0] in public]
    having = _columns(KIND, events) | _columns(PART, took_part) | _columns((*TOLD, "stance"), told)
    days, months, years = (array("q", bytes(8 * PART_SIZE)) for _ in range(3))
    for place, *_, qualifier, begun, begins, ends, ended in events:
        days[place], months[place], years[place] = codes(begun, begins, ends, ended, qualifier)
    layers = [_columns(PART, rows) for rows in _layers(took_part)]
    return Block(
        bits(public), having, layers, [_columns((*TOLD, "stance"), rows) for rows in _layers(told)], days, months, years
    )


def _layers(rows: list[tuple]) -> list[list[tuple]]:
    """Return the first row of each event, the second of those that have two, and so on."""
    found: list[list[tuple]] = []
    place, depth = None, 0
    for row in rows:
        depth = depth + 1 if row[0] == place else 0
        place = row[0]
        if depth == len(found):
            found.append([])
        found[depth].append(row)
    return found


def _columns(names: Iterable[str], rows: list[tuple]) -> Columns:
    return {name: _column([(row[0], row[number]) for row in rows]) for number, name in enumerate(names, 1)}


def _column(pairs: list[tuple[int, object]]) -> Column:
    """Return the set of places for each value; empty values name nothing."""
    found = defaultdict(list)
    for place, value in pairs:
        places = found[value]
        if not places or places[-1] != place:
            places.append(place)
    return {value: pack(places) for value, places in found.items() if value not in (None, "")}
