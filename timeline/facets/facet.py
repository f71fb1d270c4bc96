"""What the values of a facet are called."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django_countries import countries

from timeline.filters import EventFilter
from timeline.filters.first_page import query_text
from timeline.filters.parameter_types import Parameter
from timeline.filters.parameters import PARAMETERS
from timeline.index import EventIndex, index_for
from timeline.index.event_index import remembered_names
from timeline.models import ActorAncestor, PlaceAncestor
from timeline.models.ancestry import AncestorManager
from timeline.models.taxonomy import Category
from timeline.versions.data_version import cached

from .counting import Count, by_year, count_of


@dataclass(frozen=True, slots=True)
class Named:
    value: str  # as the filter's parameter has it
    label: str
    category: str = ""


Names = Callable[[Iterable], dict[object, Named]]


def coded(choices: Iterable[tuple[str, str]]) -> Names:
    """Return the names of a short list."""
    labels = dict(choices)
    return lambda keys: {key: Named(key, str(labels[key])) for key in keys}


def categories(keys: Iterable[str]) -> dict[str, Named]:
    return {key: Named(key, Category(key).label, key) for key in keys}


def country_names(keys: Iterable[str]) -> dict[str, Named]:
    return {key: Named(key, countries.name(key)) for key in keys}


def as_it_is(keys: Iterable[str]) -> dict[str, Named]:
    return {key: Named(key, key) for key in keys}


def rows_of(model: type[Model], *columns: str) -> Names:
    """Return the names of rows, by primary key; `columns` gives the label, and the category where it has one."""

    def names(keys: Iterable[int]) -> dict[int, Named]:
        rows = model.objects.order_by().filter(pk__in=list(keys))
        return {pk: Named(*named) for pk, *named in rows.values_list("pk", "slug", *columns)}

    return names


def names_of(parameter: Parameter) -> Names:
    """Return what the values of a parameter's facet are called."""
    if parameter.rows is not None:
        return rows_of(parameter.rows.model, *parameter.facet.columns)
    if parameter.name == "category":
        return categories
    return coded(parameter.choices) if parameter.choices else country_names


MOST_VALUES = 12  # listed, beside those that are selected


@dataclass(frozen=True, slots=True)
class Value:
    value: str  # slug or code, as the filter's parameter has it
    label: str
    count: int  # events that the filter finds with this value alone chosen in this facet
    selected: bool
    query: str  # of the filter with this value chosen, or no longer
    category: str = ""  # whose glyph is before it; empty: none
    level: int = 0  # of an actor or a place: how many of those listed it lies within


@dataclass(frozen=True, slots=True)
class Facet:
    name: str  # the filter's parameter; "year" stands for both ends of the period
    label: str
    values: tuple[Value, ...]
    more: int  # values with a count that are not listed


@dataclass(frozen=True, slots=True)
class Kind:
    """How a facet is counted, and what its values are called."""

    name: str
    label: str
    count: Count
    names: Names


DECLARED = sorted(
    (parameter for parameter in PARAMETERS if parameter.facet), key=lambda parameter: parameter.facet.place
)
KINDS = (
    *(
        Kind(parameter.name, parameter.facet.label or parameter.label, count_of(parameter), names_of(parameter))
        for parameter in DECLARED
    ),
    Kind("year", "Year", by_year, as_it_is),
)


def facets(event_filter: EventFilter, everything: str = "") -> list[Facet]:
    """Return all facets of a valid filter, or the one called `everything` alone with all its values.

    Cached until something is written; then about 25 queries, however many events there are.
    """
    return cached(f"facets {everything}", event_filter, lambda: _facets(event_filter, everything))


def _facets(event_filter: EventFilter, everything: str) -> list[Facet]:
    index = index_for(event_filter)
    return [_facet(index, event_filter, kind, everything) for kind in KINDS if everything in ("", kind.name)]


def _facet(index: EventIndex, event_filter: EventFilter, kind: Kind, everything: str) -> Facet:
    counts = +kind.count(index, event_filter)  # without zeros
    selected = _selected(event_filter, kind.name)
    most = len(counts) if everything else MOST_VALUES
    keys = frozenset({*_candidates(counts, most), *selected})
    names = remembered_names(index, ("names", kind.name, keys), lambda: kind.names(keys))
    ranked = sorted(names.keys() & counts.keys(), key=lambda key: (-counts[key], names[key].label))
    listed = [*ranked[:most], *(key for key in selected if key not in ranked[:most])]
    values = [
        _value(event_filter, kind.name, names[key], counts[key], key in selected, level)
        for key, level in _arranged(index, kind.name, listed).items()
    ]
    return Facet(kind.name, kind.label, tuple(values), len(counts.keys() - set(listed)))


def _selected(event_filter: EventFilter, name: str) -> list:
    """Return the facet's chosen values, as they are counted."""
    if name != "year":
        return event_filter.keys_of(name)
    first, last = (event_filter.wanted[end] for end in ("from", "to"))
    return [first.text] if first and first == last and len(first.text) == 4 else []


def _candidates(counts: Counter, most: int) -> Iterable:
    """Return the values that may be among the first `most`: where counts are equal, their names decide."""
    if len(counts) <= most:
        return counts
    least = sorted(counts.values(), reverse=True)[most - 1]
    return [key for key, count in counts.items() if count >= least]


def _arranged(index: EventIndex, name: str, listed: list) -> dict[object, int]:
    """Return the values as they are to be read, each with its level."""
    if ancestry := ANCESTRIES.get(name):
        return remembered_names(index, ("within", name, *listed), lambda: arrange_within(ancestry, listed))
    return dict.fromkeys(sorted(listed) if name == "year" else listed, 0)


def _value(event_filter: EventFilter, name: str, named: Named, count: int, selected: bool, level: int) -> Value:
    names = ["from", "to"] if name == "year" else [name]
    toggled = {(parameter, named.value) for parameter in names}
    remaining = [
        pair for pair in event_filter.parameters if pair not in toggled and (name != "year" or pair[0] not in names)
    ]
    query = query_text(remaining if selected else sorted([*remaining, *toggled]))
    return Value(named.value, named.label, count, selected, query, named.category, level)


ANCESTRIES = {"actor": ActorAncestor.objects, "place": PlaceAncestor.objects}


def arrange_within(ancestry: AncestorManager, listed: list[int]) -> dict[int, int]:
    """Return actors or places in a new order, each with its level: within how many of those listed it lies. One query.

    Those that lie within the same one keep their order.
    """
    above = defaultdict(list)
    rows = ancestry.filter(**{f"{ancestry.row}__in": listed, "ancestor__in": listed})
    for ancestor, key in rows.values_list("ancestor", ancestry.row):
        if ancestor != key:
            above[key].append(ancestor)
    members = defaultdict(list)
    for key in listed:
        nearest = max(above[key], key=lambda ancestor: len(above[ancestor]), default=None)
        members[nearest].append(key)
    waiting = [*reversed(listed), *reversed(members[None])]  # in a circle of parents nobody is on top
    arranged: dict[int, int] = {}
    while waiting:
        key = waiting.pop()
        if key not in arranged:
            arranged[key] = len(above[key])
            waiting += reversed(members[key])
    return arranged
