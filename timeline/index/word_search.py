"""Which public events a search of words finds: rows that hold them by the database's own index of words, and what these rows, and
the names of others, belong to from the columns in memory."""

from typing import TYPE_CHECKING

import numpy as np

from timeline.filters import EventFilter
from timeline.filters.parameters import CITED
from timeline.models import Citation, Event
from timeline.querysets.full_text import keys_holding, keys_of_names, name_holds_any

from .event_columns import Matching
from .filter_clauses import UpTo, citation_conditions
from .masks import mask
from .shard import PATHS

if TYPE_CHECKING:
    from .event_index import EventIndex

FEW_PARTS = 32  # the rows of so many are read whole
COLUMN_OF = {path: name for name, path in PATHS["events"].items()}
Conditions = list[tuple[str, tuple | UpTo]]


def events_holding(index: "EventIndex", event_filter: EventFilter) -> Matching:
    """Return what EventQuerySet.matching does. At most seven queries for each group of the search; the rows that hold its words are
    remembered."""
    conditions = citation_conditions(event_filter.without(*CITED))
    matching = index.columns.all
    for group in event_filter.wanted["q"]:
        spellings = [spelling for term in group for spelling in term.spellings]
        holding = _written(index, event_filter, spellings, conditions) | _named(index, spellings, conditions)
        matching = matching & (~holding if group[0].excludes else holding)
    return matching


def _written(index: "EventIndex", event_filter: EventFilter, spellings: list[str], conditions: Conditions) -> Matching:
    """Return the events that hold one of these spellings in a text of their own, or in a quote of a citation that meets the conditions."""
    known = event_filter.wanted["known_by"]

    def find(parts: list[int] | None) -> np.ndarray:
        if parts is None or len(parts) > FEW_PARTS:
            return np.concatenate([_slots_by_title(index, spellings), _slots_by_quote(index, spellings, conditions)])
        return index.columns.slots(_keys_in(parts, event_filter, spellings))

    name = repr(("words", spellings, known.last if known else None))
    return mask(index.columns, name, index.general if known else None, find)


def _slots_by_title(index: "EventIndex", spellings: list[str]) -> np.ndarray:
    return index.columns.slots(_read(keys_holding(Event.objects.all(), spellings, "search_text")))


def _slots_by_quote(index: "EventIndex", spellings: list[str], conditions: Conditions) -> np.ndarray:
    rows, keys = index.columns.rows("citations"), _read(keys_holding(Citation.objects.all(), spellings, "quote_search"))
    holding = np.isin(rows.columns["key"], keys)
    if conditions:
        holding &= index.rows_meeting_all("citations", tuple(conditions))
    return rows.event[holding]


def _keys_in(parts: list[int], event_filter: EventFilter, spellings: list[str]) -> np.ndarray:
    """Return the primary keys of such events in a few parts: their rows are read, without an index of words."""
    events = Event.objects.public().in_shards(parts).order_by().filter(name_holds_any(spellings))
    citations = event_filter.source_citations.in_shards(parts).order_by()
    by_quote = citations.filter(name_holds_any(spellings, "quote_search"))
    return np.array([*events.values_list("pk", flat=True), *by_quote.values_list("event", flat=True)], np.int64)


def _read(keys: str) -> np.ndarray:
    return np.fromstring(keys, np.int64, sep=",") if keys else np.zeros(0, np.int64)


def _named(index: "EventIndex", spellings: list[str], conditions: Conditions) -> Matching:
    """Return the events whose place, conflict, type, participants or publishers have one of these spellings in their names."""
    holding = np.zeros(index.columns.size, bool)
    for path, keys in keys_of_names(spellings).items():
        if not keys:
            continue
        if path in COLUMN_OF:
            holding |= index.are_of(index.columns.column(COLUMN_OF[path]), COLUMN_OF[path], keys)
            continue
        for kind, column, of_row in (("participations", "actor", []), ("citations", "publisher", conditions)):
            holding[index.rows_meeting(index.columns.all, kind, [*of_row, (column, keys)]).event] = True
    return holding
