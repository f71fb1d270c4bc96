"""What the events of a filter are about: the values of each facet, with exact counts, each a link."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Model, QuerySet
from django_countries import countries

from timeline.filters import EventFilter
from timeline.filters.event_filter import EVIDENCE
from timeline.models import Actor, ActorAncestor, Briefing, Conflict, EventType, Participation, Place
from timeline.models.citation import Act
from timeline.models.participation import Role
from timeline.models.taxonomy import Category
from timeline.revision import remember

MOST_VALUES = 12  # listed beside those that are selected


@dataclass(frozen=True, slots=True)
class Value:
    value: str  # slug or code, as the filter's parameter has it
    label: str
    count: int  # events that the filter finds with this value alone chosen in this facet
    selected: bool
    query: str  # of the filter with this value chosen, or no longer
    category: str = ""  # whose glyph stands before it; empty: none
    level: int = 0  # of an actor: to how many listed ones above it, it belongs


@dataclass(frozen=True, slots=True)
class Facet:
    name: str  # the filter's parameter; "year" stands for both ends of the period
    label: str
    values: tuple[Value, ...]
    more: int  # values with a count that are not listed


@dataclass(frozen=True, slots=True)
class Named:
    """A value before it is a link."""

    value: str
    label: str
    category: str = ""


Counts = dict  # key as the database has it -> number of events
CITED = ("briefing", "publisher", "speaker", "act")


def facets(chosen: EventFilter, everything: str = "") -> list[Facet]:
    """Return all facets of a filter, or one alone with all its values. Kept until something is written."""
    kinds = [kind for kind in KINDS if everything in ("", kind.name)]
    return remember(f"facets {everything}", chosen, lambda: [_facet(chosen, kind, bool(everything)) for kind in kinds])


@dataclass(frozen=True, slots=True)
class Kind:
    """How one facet is counted, and what its values are called."""

    name: str
    label: str
    count: Callable[[EventFilter], Counts]  # of the filter without the facet's own parameters
    names: Callable[[Iterable], dict[object, Named]]
    own: tuple[str, ...] = ()


def _facet(chosen: EventFilter, kind: Kind, everything: bool) -> Facet:
    rest = chosen.without("order", *(kind.own or (kind.name,)))
    found = remember(f"counts {kind.name}", rest, lambda: kind.count(rest))
    counts = Counter({key: count for key, count in found.items() if count})
    selected = selection(chosen, kind.name)
    names = kind.names({*counts, *selected})
    ranked = sorted(counts, key=lambda key: (-counts[key], names[key].label))
    listed = ranked if everything else ranked[:MOST_VALUES]
    listed += [key for key in selected if key not in set(listed)]
    levels = {}
    if kind.name == "actor":
        listed, levels = nested(listed)
    if kind.name == "year":
        listed.sort()
    values = tuple(
        Value(
            value=names[key].value,
            label=names[key].label,
            count=counts[key],
            selected=key in selected,
            query=toggled(chosen, kind.name, names[key].value, key in selected),
            category=names[key].category,
            level=levels.get(key, 0),
        )
        for key in listed
    )
    return Facet(kind.name, kind.label, values, len(counts) - sum(key in counts for key in listed))


def selection(chosen: EventFilter, name: str) -> list:
    if name == "year":
        first, last = chosen.wanted.get("from"), chosen.wanted.get("to")
        return [first.text] if first and last and first.text == last.text and len(first.text) == 4 else []
    wanted = chosen.wanted[name]
    return [row.pk for row in wanted] if isinstance(wanted, QuerySet) else list(wanted)


def toggled(chosen: EventFilter, name: str, value: str, selected: bool) -> str:
    if name == "year":
        kept = [pair for pair in chosen.parameters if pair[0] not in ("from", "to")]
        return urlencode(sorted(kept + ([] if selected else [("from", value), ("to", value)])))
    pair = (name, value)
    kept = [one for one in chosen.parameters if one != pair]
    return urlencode(kept if selected else sorted([*kept, pair]))


def nested(listed: list[int]) -> tuple[list[int], dict[int, int]]:
    """Return actors with those that belong to them beneath them, and how deep each stands."""
    shown = set(listed)
    above: dict[int, set[int]] = {pk: set() for pk in listed}
    for ancestor, actor in ActorAncestor.objects.filter(actor__in=shown, ancestor__in=shown).values_list("ancestor", "actor"):
        if ancestor != actor:
            above[actor].add(ancestor)
    levels = {pk: len(above[pk]) for pk in listed}
    ordered: list[int] = []

    def place(pk: int) -> None:
        if pk in ordered:
            return
        ordered.append(pk)
        for other in listed:
            if pk in above[other] and levels[other] == levels[pk] + 1:
                place(other)

    for pk in sorted(listed, key=lambda pk: levels[pk]):
        if not levels[pk]:
            place(pk)
    for pk in listed:
        place(pk)
    return ordered, levels


# ---- counting


def by_column(column: str) -> Callable[[EventFilter], Counts]:
    def count(rest: EventFilter) -> Counts:
        rows = rest.events.order_by().values_list(column).annotate(n=Count("pk"))
        return {key: n for key, n in rows if key not in (None, "")}

    return count


def by_actor(rest: EventFilter) -> Counts:
    rows = Participation.objects.order_by().filter(event__in=rest.events.order_by().values("pk"))
    return dict(rows.values_list("actor__ancestry__ancestor").annotate(n=Count("event", distinct=True)))


def by_citation(column: str) -> Callable[[EventFilter], Counts]:
    def count(rest: EventFilter) -> Counts:
        rows = rest.same_citations.order_by().filter(event__in=rest.events.order_by().values("pk"))
        found = rows.values_list(column).annotate(n=Count("event", distinct=True))
        return {key: n for key, n in found if key is not None}

    return count


def by_role(rest: EventFilter) -> Counts:
    return {role: rest.having(role=[role]).events.count() for role in Role.values}


def by_evidence(rest: EventFilter) -> Counts:
    return {kind: rest.having(evidence=[kind]).events.count() for kind, _ in EVIDENCE}


def by_year(rest: EventFilter) -> Counts:
    rows = rest.events.order_by().values_list("start_earliest", "start_latest", "end_earliest", "end_latest")
    spans = [[day.year for day in row] for row in rows]
    years = {year for span in spans for year in span if 1000 <= year < 9999}
    if not years:
        return {}
    found = {}
    for year in range(min(years), max(years) + 1):
        if rest.certainly:
            count = sum(_surely(row, year) for row in rows)
        else:
            count = sum(span[0] <= year <= span[3] for span in spans)
        found[str(year)] = count
    return found


def _surely(row, year: int) -> bool:
    return row[1] <= dt.date(year, 12, 31) and row[2] >= dt.date(year, 1, 1)


# ---- naming


def coded(choices) -> Callable[[Iterable], dict]:
    labels = dict(choices)
    return lambda keys: {key: Named(key, str(labels[key])) for key in keys}


def categories(keys: Iterable) -> dict:
    return {key: Named(key, Category(key).label, key) for key in keys}


def country_names(keys: Iterable) -> dict:
    return {key: Named(key, countries.name(key)) for key in keys}


def years(keys: Iterable) -> dict:
    return {key: Named(key, key) for key in keys}


def rows_of(model: type[Model], *columns: str) -> Callable[[Iterable], dict]:
    def names(keys: Iterable) -> dict:
        rows = model.objects.order_by().values_list("pk", "slug", *(columns or ["name"]))
        return {pk: Named(*rest) for pk, *rest in rows if pk in keys}

    return names


KINDS = (
    Kind("category", "Category", by_column("event_type__category"), categories),
    Kind("type", "Type", by_column("event_type"), rows_of(EventType, "name", "category")),
    Kind("actor", "Actor", by_actor, rows_of(Actor), ("actor", "actor__all", "role")),
    Kind("role", "Role", by_role, coded(Role.choices)),
    Kind("country", "Country", by_column("country"), country_names),
    Kind("place", "Place", by_column("place"), rows_of(Place)),
    Kind("conflict", "Dossier", by_column("conflict"), rows_of(Conflict)),
    Kind("publisher", "Publisher", by_citation("briefing__publisher"), rows_of(Actor)),
    Kind("speaker", "Who says it", by_citation("speaker"), rows_of(Actor)),
    Kind("act", "How it is said", by_citation("act"), coded(Act.choices)),
    Kind("evidence", "Evidence", by_evidence, coded(EVIDENCE)),
    Kind("briefing", "Briefing", by_citation("briefing"), rows_of(Briefing, "title")),
    Kind("year", "Year", by_year, years, ("from", "to")),
)
