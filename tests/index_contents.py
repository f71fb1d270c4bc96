"""What the columns of an index say, whatever the numbers and places in them."""

import numpy as np

from timeline.index.actor_ancestry import ActorAncestry
from timeline.index.current_columns import Source, part_versions
from timeline.index.event_columns import EventColumns
from timeline.index.list_order import ORDERS, all_in_order, begin_first_and_last
from timeline.index.shard import DISTINCT, EVENT_COLUMNS, READ, Rows, each, new_vocabulary
from timeline.versions.data_version import shard_versions


def versions() -> dict:
    return part_versions(shard_versions())


def read_anew() -> EventColumns:
    return Source(EventColumns.empty(new_vocabulary())).repacked(versions())


def ancestry_of(columns: EventColumns) -> ActorAncestry:
    return ActorAncestry.read(columns.values["actor"])


PLAIN = {"reported", "recorded", "deaths"}  # columns that hold no numbers of values


def written_out(columns: EventColumns) -> dict:
    """Return all that the columns say, whatever the numbers and places in them."""
    slots = np.flatnonzero(columns.all)
    keys = columns.keys(slots).tolist()
    said: dict = {"keys": keys}
    for name in set(EVENT_COLUMNS) - PLAIN:
        numbers = columns.column(name)[slots].tolist()
        said[name] = {key: columns.values[name].values[number] for key, number in zip(keys, numbers, strict=True)}
    for name in PLAIN:
        said[name] = columns.column(name)[slots].tolist()
    lineages = [rows.where(events[rows.event]) for rows, events in columns.lineage_of(ancestry_of(columns))]
    kinds = {kind: [_with(columns.rows(kind), names)] for kind, names in READ.items()} | {"lineage": lineages}
    kinds |= {f"each {name}": [columns.rows(kind).of_each(name)] for name, kind in DISTINCT.items()}
    for kind, several in kinds.items():
        said[kind] = sorted(line for rows in several for line in lines(columns, rows))
    return said


def reckoned(columns: EventColumns) -> dict:
    """Return the counts of all events, their orders, and which begin first and last, which follow from those of what the columns are a
    copy of."""
    said = {name: columns.values[name].named(columns.counts("events", name)) for name in columns.single_valued}
    said |= {name: columns.values[name].named(columns.counts(kind, each(name))) for name, kind in DISTINCT.items()}
    lineage = columns.lineage_counts(ancestry_of(columns))
    orders = {order: columns.keys(all_in_order(columns, order)).tolist() for order in ORDERS}
    said |= {f"ends of {name}": begin_first_and_last(columns, name) for name in columns.single_valued}
    return said | {"lineage": columns.values["actor"].named(lineage)} | orders


def _with(rows: Rows, names: tuple[str, ...]) -> Rows:
    return Rows(rows.event, {name: rows.columns[name] for name in names})


def lines(columns: EventColumns, rows: Rows) -> list[tuple]:
    live = rows.where(rows.event > 0)
    numbers = [[_value(columns, name, number) for number in of.tolist()] for name, of in live.columns.items()]
    return list(zip(columns.keys(live.event).tolist(), *numbers, strict=True))


def _value(columns: EventColumns, name: str, number: int) -> str:
    return str(columns.values[name].values[number] if name in columns.values else number)
