"""How many events a filter finds, and how many it would find with each value of one facet chosen alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import F
from django.http import QueryDict

from timeline.evidence.axes import Form
from timeline.filters import EventFilter
from timeline.filters.parameter_types import Parameter
from timeline.filters.parameters import BY_NAME, CITED
from timeline.index import ACTORS, EventIndex, Matching, citation_conditions, index_for
from timeline.index.event_index import remembered_names
from timeline.index.list_order import begin_first_and_last
from timeline.index.values import NONE
from timeline.models import ActorAncestor, Briefing, DataSet, Event, EventType, PlaceAncestor
from timeline.versions.data_version import cached

Count = Callable[[EventIndex, EventFilter], Counter]
YEARS = range(1000, 9999)  # that a filter can name; 9999 is an open end


def by_kind(column: str) -> Count:
    """Return the count of a facet of which an event has one value."""
    return lambda index, event_filter: index.by_value(index.matching(event_filter, {column}), column)


def by_type(column: str) -> Count:
    """Return the count of a facet of which each type of events has one value, or none."""

    def count(index: EventIndex, event_filter: EventFilter) -> Counter:
        types = index.by_value(index.matching(event_filter, {column}), "type")
        counts: Counter = Counter()
        for pk, value in remembered_names(index, ("types", column), lambda: _types_with(column)):
            counts[str(value)] += types[pk]
        return counts

    return count


def _types_with(column: str) -> list[tuple[int, object]]:
    """Return the types that have a value in a column, and their values."""
    return list(EventType.objects.order_by().exclude(**{column: None}).values_list("pk", column))


def by_axis(column: str) -> Count:
    """Return the count of a facet of how events are known: it is in their rows as of today, and follows from the
    citations as of another day."""

    def count(index: EventIndex, event_filter: EventFilter) -> Counter:
        return count_axis(index, event_filter, index.matching(event_filter, {column}), column)

    return count


def count_axis(index: EventIndex, event_filter: EventFilter, matching: Matching, axis: str) -> Counter:
    """Return how many of these events have each value of an axis, as known when the filter says."""
    known_then = citation_conditions(event_filter.without(*CITED))
    return index.by_axis(matching, axis, known_then) if known_then else index.by_value(matching, axis)


def by_actor(index: EventIndex, event_filter: EventFilter) -> Counter:
    return index.by_actor(index.matching(event_filter, ACTORS))


def by_role(index: EventIndex, event_filter: EventFilter) -> Counter:
    """Return the count of roles: of the actors in the filter, of all of them together, or of anyone."""
    actor_sets = [
        keys for keys in [event_filter.keys_of("actor"), *([pk] for pk in event_filter.keys_of("actor__all"))] if keys
    ]
    if not actor_sets:
        return index.by_value(index.matching(event_filter, {"role"}), "role")
    members = [ActorAncestor.objects.filter(ancestor__in=keys).values_list("actor", flat=True) for keys in actor_sets]
    matching = index.matching(event_filter, ACTORS)
    return index.by_row(matching, "participations", "role", *[[("actor", tuple(actors))] for actors in members])


def by_citation(column: str) -> Count:
    """Return the count of a column of citations: the same citation meets the other conditions on citations."""

    def count(index: EventIndex, event_filter: EventFilter) -> Counter:
        return index.by_citation(
            index.matching(event_filter, {column}), column, citation_conditions(event_filter, column)
        )

    return count


def by_evidence(index: EventIndex, event_filter: EventFilter) -> Counter:
    """Return the count of stances; the only condition on the citation is `known_by`."""
    matching = index.matching(event_filter, {"evidence"})
    stances = index.by_citation(matching, "stance", citation_conditions(event_filter.without(*CITED)))
    stances["unverified"] = index.total(matching) - stances["verified"]
    return stances


def by_place(index: EventIndex, event_filter: EventFilter) -> Counter:
    """Return the count of places, each with what lies within it: an event has one place."""
    counts = index.by_value(index.matching(event_filter, {"place"}), "place")
    within: Counter = Counter()
    for ancestor, place in remembered_names(index, "places above", _places_above):
        within[ancestor] += counts[place]
    return counts + within


def _places_above() -> list[tuple[int, int]]:
    """Return each place with each that lies within it."""
    return list(PlaceAncestor.objects.exclude(ancestor=F("place")).values_list("ancestor", "place"))


COUNTS = {
    "category": by_type("category"),
    "quad": by_type("quad"),
    "actor": by_actor,
    "place": by_place,
    "role": by_role,
    "evidence": by_evidence,
}


def count_of(parameter: Parameter) -> Count:
    """Return how the facet of a parameter is counted."""
    usual = by_citation if parameter.table == "citations" else by_axis if parameter.is_axis else by_kind
    return COUNTS.get(parameter.name) or usual(parameter.name)


def counts_by_value(event_filter: EventFilter, name: str) -> dict:
    """Return how many events a valid filter finds with each value of a parameter, cached."""
    return cached(
        f"counts {name}", event_filter, lambda: dict(count_of(BY_NAME[name])(index_for(event_filter), event_filter))
    )


def first_and_latest(event_filter: EventFilter, name: str) -> dict[int, tuple[int, int]]:
    """Return the events that begin first and last with each value of a column of events, by primary keys; those without a
    known start are left out. Cached."""
    return cached(f"spans {name}", event_filter, lambda: begin_first_and_last(index_for(event_filter).columns, name))


def by_year(index: EventIndex, event_filter: EventFilter) -> Counter:
    """Return the count of years, from the first to the last that a date names."""
    years = index.years(index.matching(event_filter, {"from", "to"}))
    named = np.concatenate([*years.possible, *years.certain])
    named = named[(named >= YEARS.start) & (named < YEARS.stop)]
    if not len(named):
        return Counter()
    first, last = int(named.min()), int(named.max())
    begin, end = years.certain if event_filter.certainly else years.possible
    begin, end = np.maximum(begin, first) - first, np.minimum(end, last) - first
    met = begin <= end
    begun, ended = (np.bincount(at[met], years.counts[met], last - first + 2) for at in (begin, end + 1))
    going_on = np.cumsum(begun - ended).astype(int).tolist()
    return Counter({str(year): count for year, count in enumerate(going_on[:-1], first)})


@dataclass(frozen=True, slots=True)
class Totals:
    matching: int  # events of the filter
    possible: int  # that possibly fall in its period; `matching`, unless it asks for certain ones
    certain: int  # that certainly do
    on_quotes: int  # events of the filter that rest on a matched quote

    @property
    def only_possible(self) -> int:
        return self.possible - self.certain


def totals(event_filter: EventFilter) -> Totals:
    """Return the totals of a valid filter, cached until something is written."""
    return cached("totals", event_filter, lambda: _totals(event_filter))


def _totals(event_filter: EventFilter) -> Totals:
    index = index_for(event_filter)
    possible, certain = (index.matching(event_filter.with_values(when=when)) for when in ("possible", "certain"))
    matching = certain if event_filter.certainly else possible
    count = index.total(matching)
    on_quotes = count_axis(index, event_filter, matching, "form")[Form.QUOTE]
    return Totals(count, index.total(possible), index.total(certain), on_quotes)


def totals_today(event_filter: EventFilter) -> tuple[int, int]:
    """Return how many events the filter finds in today's record, whatever was known when, and how many of them are known on no day."""
    index, today = index_for(event_filter), event_filter.without("known_by")
    matching = index.matching(today)
    return index.total(matching), int(np.count_nonzero(index.columns.column("reported")[matching] == NONE))


def count_citations(event_filter: EventFilter, column: str, pk: int) -> int:
    """Return how many public citations of the filter's events have this value in a column. Cached."""
    return cached(f"citations {column} {pk}", event_filter, lambda: _count_citations(event_filter, column, pk))


def _count_citations(event_filter: EventFilter, column: str, pk: int) -> int:
    index = index_for(event_filter)
    counts = index.counted(index.matching(event_filter), "citations", column)
    return int(counts[[number for number in index.values[column].known([pk]) if number < len(counts)]].sum())


def count_citations_of(briefings: Iterable[Briefing]) -> list[Briefing]:
    """Return these sources with `event_count` and `citation_count`, of what the public can see. One query at most."""
    index = index_for(EventFilter(QueryDict(), Event.objects.public()))
    everything = index.columns.all
    counts = index.by_number(everything, "briefing"), index.counted(everything, "citations", "briefing")
    counted = list(briefings)
    for briefing in counted:
        [number] = index.values["briefing"].known([briefing.pk]) or [NONE]
        numbers = [int(of[number]) if NONE < number < len(of) else 0 for of in counts]
        briefing.event_count, briefing.citation_count = numbers
    return counted


def count_exported(event_filter: EventFilter) -> tuple[int, int]:
    """Return how many citations a file of the filter's events holds, and how many sources: those that the reader may see of
    events that may leave the site. Cached; else one query."""
    return cached("exported", event_filter, lambda: _count_exported(event_filter))


def crowded_events(event_filter: EventFilter, **least: int) -> list[int]:
    """Return the primary keys of the filter's events with at least so many `citations`, `characters` of quotes or `participations`."""
    index = index_for(event_filter)
    crowded = index.computed(("crowded", *least.items()), lambda: _crowded(index, least))
    return index.columns.keys(crowded[index.matching(event_filter)[crowded]]).tolist()


def _crowded(index: EventIndex, least: dict[str, int]) -> np.ndarray:
    """Return the slots of such events of all."""
    cited, took_part = index.columns.rows("citations"), index.columns.rows("participations")
    lengths = np.array([0, *index.values["quoted"].values[1:]])[cited.columns["quoted"]]
    sums = {
        "citations": (cited.event, None),
        "characters": (cited.event, lengths),
        "participations": (took_part.event, None),
    }
    crowded = [np.bincount(events, added, index.columns.size) >= least[name] for name, (events, added) in sums.items()]
    return np.flatnonzero(np.logical_or.reduce(crowded) & index.columns.all)


def _count_exported(event_filter: EventFilter) -> tuple[int, int]:
    index = index_for(event_filter)
    matching = index.matching(event_filter)
    if withheld := tuple(DataSet.objects.not_redistributable().values_list("pk", flat=True)):
        matching = matching & ~index.are_of(index.columns.column("data_set"), "data_set", withheld)
    if shown := citation_conditions(event_filter.without(*CITED)):
        counts = np.bincount(index.rows_meeting(matching, "citations", shown, "briefing").columns["briefing"])
    else:
        counts = index.counted(matching, "citations", "briefing")
    cited = counts[NONE + 1 :]
    return int(cited.sum()), int(np.count_nonzero(cited))
