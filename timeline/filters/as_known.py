"""The record as it was known on a day, beside today's."""

from dataclasses import dataclass

from .event_filter import EventFilter
from .sentence import clauses


@dataclass(frozen=True, slots=True)
class AsKnown:
    when: str  # in words: "on 24 March 2022", "at the end of March 2022"
    query_today: str  # the same filter on today's record
    total_today: int


def as_known(event_filter: EventFilter, preset: str = "") -> AsKnown | None:
    """Return the day on which the filter wants the record as known; None: today. One query, none for today."""
    clause = next((clause for clause in clauses(event_filter, preset) if "known_by" in clause.names), None)
    if clause is None:
        return None
    return AsKnown(clause.value, clause.query_without, event_filter.without("known_by").events.count())
