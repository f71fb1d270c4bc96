"""The filter in clauses that each hold or do not hold for an event, whatever the others say."""

from collections.abc import Iterator

from timeline.filters import EventFilter
from timeline.filters.event_filter import CITED

PERIOD = ("from", "to", "when")
ACTORS = ("actor", "actor__all", "role")
# The parameters of each clause, and those that only change its meaning.
CLAUSES = [
    (("q",), ("known_by",)),
    (PERIOD, ()),
    (("known_by",), ()),
    (ACTORS, ()),
    (("actor__not",), ()),
    (tuple(CITED), ("known_by",)),
    (("evidence",), ("known_by",)),
]
CLAUSES += [((f"{name}__not",), ("known_by",)) for name in CITED]
CLAUSES += [((f"{name}{end}",), ()) for name in ("category", "type", "conflict", "country", "place") for end in ("", "__not")]


def clauses(chosen: EventFilter) -> Iterator[EventFilter]:
    """Yield the clauses that are in force; an event matches the filter where it matches each of them."""
    for names, meaning in CLAUSES:
        if any(chosen.wanted[name] for name in names):
            yield chosen.without(*chosen.wanted.keys() - {*names, *meaning})
