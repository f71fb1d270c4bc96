"""The record as it was known on a day, beside today's."""

from dataclasses import dataclass

from .event_filter import EventFilter
from .sentence import clauses


@dataclass(frozen=True, slots=True)
class AsKnown:
    when: str  # in words: "on 24 March 2022", "at the end of March 2022"
    query_today: str  # the same filter on today's record
    total_today: int


def as_known(chosen: EventFilter, preset: str = "") -> AsKnown | None:
    """Return the day on which the filter wants the record as known; None: today. One query, none for today."""
    clause = next((one for one in clauses(chosen, preset) if "known_by" in one.names), None)
    if clause is None:
        return None
    return AsKnown(clause.value, clause.query_without, chosen.without("known_by").events.count())
