"""The filter in clauses. Each holds for an event or not, whatever the others say; all must."""

import datetime as dt
from collections.abc import Container, Iterator
from dataclasses import dataclass

from timeline.filters import EventFilter
from timeline.filters.parameters import CITED, PARAMETERS
from timeline.models import Briefing


@dataclass(frozen=True, slots=True)
class UpTo:
    """No day, or one that is not after this one, as ISO text."""

    last: str


def _in_clause(clause: str) -> tuple[str, ...]:
    return tuple(parameter.name for parameter in PARAMETERS if (parameter.clause or parameter.name) == clause)


PERIOD, REPORTED, ACTORS = map(_in_clause, ("period", "reported", "actors"))

# the parameters of each clause, and those that change its meaning but make none by themselves
CLAUSES = {
    _in_clause(parameter.clause or parameter.name): ("known_by",) if parameter.is_judged_by_citations else ()
    for parameter in PARAMETERS
    if parameter.name != "order"
}.items()

Pairs = tuple[tuple[str, str], ...]  # parameters in canonical order


def clauses(event_filter: EventFilter, leaving_out: Container[str] = ()) -> Iterator[Pairs]:
    """Yield the parameters of each clause that is in force, when some parameters are left out of the filter."""
    in_force = [pair for pair in event_filter.parameters if pair[0] not in leaving_out]
    filtered = {name for name, _ in in_force}
    for names, meaning in CLAUSES:
        if not filtered.isdisjoint(names):
            yield tuple(pair for pair in in_force if pair[0] in names or pair[0] in meaning)


def is_of_event(pairs: Pairs) -> bool:
    """Return whether a clause needs nothing but the event's own row: no name, no slug, no code of
    another row, whose change would change what the clause finds."""
    return all(name in PERIOD for name, _ in pairs)


def alone(event_filter: EventFilter, pairs: Pairs) -> EventFilter:
    """Return the filter with the parameters of one of its clauses alone."""
    names = {name for name, _ in pairs}
    return event_filter.without(*[name for name in event_filter.wanted if name not in names])


def citation_conditions(event_filter: EventFilter, leaving_out: str = "") -> list[tuple[str, tuple | UpTo]]:
    """Return the conditions of the filter on one citation, as columns and the values of which it has one; one parameter may be
    left out. One query where the filter says what was known when."""
    conditions: list[tuple[str, tuple | UpTo]] = [
        (name, tuple(event_filter.keys_of(name)))
        for name in CITED
        if name != leaving_out and event_filter.keys_of(name)
    ]
    if day := event_filter.wanted["known_by"]:
        conditions.append(("briefing", _briefings_known_by(event_filter, day.last)))
        # As CitationQuerySet.possible_by
        next_day = day.last if day.last == dt.date.max else day.last + dt.timedelta(days=1)
        conditions += [("not_before", UpTo(next_day.isoformat())), ("added_on", UpTo(day.last.isoformat()))]
    return conditions


def _briefings_known_by(event_filter: EventFilter, day: dt.date) -> tuple[int, ...]:
    # Goes with the filter to its narrower and wider ones
    known: dict[dt.date, tuple[int, ...]] = vars(event_filter).setdefault("briefings_known_by", {})
    if day not in known:
        known[day] = tuple(Briefing.objects.known_by(day).order_by().values_list("pk", flat=True))
    return known[day]
