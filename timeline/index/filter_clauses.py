"""The filter in clauses. Each holds for an event or not, whatever the others say; all must."""

from collections.abc import Container, Iterator

from timeline.filters import EventFilter
from timeline.filters.event_filter import CITED
from timeline.models import Briefing

PERIOD = ("from", "to", "when")
ACTORS = ("actor", "actor__all", "role")
SIMPLE = ("category", "type", "conflict", "country", "place", "data_set")

# the parameters of each clause, and those that change its meaning but make none by themselves
CLAUSES = [(PERIOD, ()), (("known_by",), ()), (ACTORS, ()), (("actor__not",), ())]
CLAUSES += [((f"{name}{end}",), ()) for name in SIMPLE for end in ("", "__not")]
CLAUSES += [
    (names, ("known_by",)) for names in [("q",), ("evidence",), tuple(CITED), *((f"{one}__not",) for one in CITED)]
]

Pairs = tuple[tuple[str, str], ...]  # parameters in canonical order


def clauses(event_filter: EventFilter, leaving_out: Container[str] = ()) -> Iterator[Pairs]:
    """Yield the parameters of each clause that is in force, when some parameters are left out of the filter."""
    held = [pair for pair in event_filter.parameters if pair[0] not in leaving_out]
    given = {name for name, _ in held}
    for names, meaning in CLAUSES:
        if not given.isdisjoint(names):
            yield tuple(pair for pair in held if pair[0] in names or pair[0] in meaning)


def is_of_event(pairs: Pairs) -> bool:
    """Return whether a clause asks for nothing but what stands in the event's own row: no name, no slug, no code of
    another row, whose change would change what the clause finds."""
    return all(name in PERIOD for name, _ in pairs)


def alone(event_filter: EventFilter, pairs: Pairs) -> EventFilter:
    """Return the filter with the parameters of one of its clauses alone."""
    kept = {name for name, _ in pairs}
    return event_filter.without(*[name for name in event_filter.wanted if name not in kept])


def citation_conditions(event_filter: EventFilter, leaving_out: str = "") -> list[tuple[str, tuple]]:
    """Return what the filter asks of one citation, as columns and the values of which it has one; one parameter may be
    left out. One query where the filter says what was known when."""
    asked = [
        (name, tuple(event_filter.keys_of(name)))
        for name in CITED
        if name != leaving_out and event_filter.keys_of(name)
    ]
    if day := event_filter.wanted["known_by"]:
        asked.append(("briefing", tuple(Briefing.objects.known_by(day.last).values_list("pk", flat=True))))
    return asked
