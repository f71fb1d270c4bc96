"""Facets as readers meet them: beside the list, and one alone with all its values.

How many of the public events rest on a quote that was matched: what pages may promise of all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from timeline.facets import Facet, Value, facets
from timeline.filters import EventFilter
from timeline.filters.carried_fields import carried_fields
from timeline.models import Event
from timeline.models.taxonomy import Category
from timeline.text.folding import fold

from .counting import totals

OPEN = {"category", "type", "actor", "country", "conflict"}  # unfolded though nothing is chosen
COLUMNS = {"": "Any of", "__all": "All of", "__not": "None of"}  # end of a parameter's name -> what its values mean
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Mode:
    """Values that are chosen in one way, and how the same values are chosen in another."""

    legend: str  # of COLUMNS
    values: list[str]  # their labels
    others: list[tuple[str, str]]  # legend and query of each other way


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet beside the list."""

    facet: Facet
    parameters: dict[str, str]  # that its own page lets a reader choose, with their legends
    modes: list[Mode]  # in which values are chosen

    @property
    def is_open(self) -> bool:
        return bool(self.set_count or self.modes or (self.facet.name in OPEN and self.facet.values))

    @property
    def set_count(self) -> int:
        return sum(value.selected for value in self.facet.values)

    @property
    def value_count(self) -> int:
        return len(self.facet.values) + self.facet.more

    @property
    def offers(self) -> str:
        """Return what the facet's own page lets a reader do; empty where it has none to offer."""
        many = "choose several" if self.parameters else ""
        every = "require all" if f"{self.facet.name}__all" in self.parameters else ""
        none = "exclude" if f"{self.facet.name}__not" in self.parameters else ""
        return ", ".join(filter(None, [many, every, none])) or ("with search" if self.facet.more else "")


def panels(event_filter: EventFilter) -> list[Panel]:
    made = ((facet, parameters(event_filter, facet.name)) for facet in facets(event_filter))
    return [Panel(_in_place(facet), meant, _modes(event_filter, meant)) for facet, meant in made]


def _modes(event_filter: EventFilter, meant: dict[str, str]) -> list[Mode]:
    """Return the ways in which values of one subject are chosen now. One value alone is not all of several."""
    labels = {name: event_filter.labelled(name) for name in meant}
    return [
        Mode(
            meant[name],
            [label for _, label in values],
            [
                (legend, _moved(event_filter, name, other))
                for other, legend in meant.items()
                if other != name and (len(values) > 1 or not other.endswith("__all"))
            ],
        )
        for name, values in labels.items()
        if values
    ]


def _moved(event_filter: EventFilter, name: str, other: str) -> str:
    """Return the query with the values of one parameter under another."""
    pairs = {(other if key == name else key, value) for key, value in event_filter.parameters}
    return urlencode(sorted(pairs))


def _in_place(facet: Facet) -> Facet:
    """Return the categories in their fixed places, those without an event too: their marks are the chart's key."""
    if facet.name != "category":
        return facet
    counted = {value.value: value for value in facet.values}
    none = (Value(code, label, 0, False, "", code) for code, label in Category.choices)
    return replace(facet, values=tuple(counted.get(value.value, value) for value in none))


def parameters(event_filter: EventFilter, name: str) -> dict[str, str]:
    """Return the filter's parameters on this subject, each with what choosing several of its values means."""
    return {f"{name}{end}": legend for end, legend in COLUMNS.items() if f"{name}{end}" in event_filter.filters}


@dataclass(frozen=True, slots=True)
class Row:
    value: Value
    boxes: list[tuple[str, str, bool]]  # parameter, its legend, whether it holds this value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A facet on a page of its own, with every value to choose, to combine or to exclude."""

    facet: Facet
    legends: list[str]
    rows: list[Row]
    match_count: int  # values that match; more than there are rows where the list is cut
    carried: list[tuple[str, str]]


def sheet(event_filter: EventFilter, name: str, find: str = "") -> Sheet | None:
    """Return the facet's values that hold every word of `find`; None where there is no such facet."""
    facet = next((facet for facet in facets(event_filter, everything=name) if facet.name == name), None)
    if facet is None:
        return None
    meant = parameters(event_filter, name)
    words = fold(find).split()
    listed = [*facet.values, *_unlisted(event_filter, meant, facet.values)]
    matches = [value for value in listed if all(word in fold(value.label) for word in words)]
    rows = [Row(value, _boxes(event_filter, meant, value)) for value in matches[:MOST_ROWS]]
    listed_pairs = {(name, row.value.value) for row in rows for name in meant}
    return Sheet(
        facet,
        list(meant.values()),
        rows,
        len(matches),
        carried_fields(event_filter, lambda *pair: pair in listed_pairs),
    )


def _boxes(event_filter: EventFilter, meant: dict[str, str], value: Value) -> list[tuple[str, str, bool]]:
    in_force = event_filter.parameters
    return [(name, legend, (name, value.value) in in_force) for name, legend in meant.items()]


def _unlisted(event_filter: EventFilter, meant: Iterable[str], values: Iterable[Value]) -> Iterator[Value]:
    """Yield values that the filter names though no event of the list does: they are excluded, or go with none."""
    listed = {value.value for value in values}
    for name in meant:
        for slug, label in event_filter.labelled(name):
            if slug not in listed:
                listed.add(slug)
                yield Value(value=slug, label=label, count=0, selected=False, query="", category="", level=0)


def matched_quotes() -> str:
    """Return "11 of 4,070 events have a quote matched in a stored text", empty where there is no public event; cached until the
    public record changes."""
    counts = totals(EventFilter(QueryDict(), Event.objects.public()))
    return matched_words(counts.matching, counts.on_quotes)


def matched_words(total: int, matched: int) -> str:
    if not total:
        return ""
    if total == 1:
        return f"The one event here {'has' if matched else 'does not have'} a quote matched in a stored text"
    return f"{matched:,} of {total:,} events {'has' if matched == 1 else 'have'} a quote matched in a stored text"
