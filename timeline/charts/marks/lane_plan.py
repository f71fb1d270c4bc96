"""Which lanes the chart has, and in which of them an event is."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from django.core.exceptions import ValidationError
from django.db.models import Case, F, IntegerField, Model, Q, QuerySet, Value, When

from timeline.filters import EventFilter
from timeline.index import Dates, EventIndex, Rows, citation_conditions, index_for
from timeline.index.event_index import remembered_names
from timeline.models import Actor, ActorAncestor, EventType, Place, PlaceAncestor
from timeline.models.ancestry import AncestorManager
from timeline.models.taxonomy import Category
from timeline.versions.data_version import cached

from .lane_rows import actor_rows, citation_queryset, citation_rows, event_queryset, event_rows

MOST_LANES = 8
MOST_NAMED = 40  # values that a reader can choose lanes from
OTHERS = -1  # the key of all that have no lane of their own


@dataclass(frozen=True, slots=True)
class Lane:
    value: str  # of the filter's parameter; empty: the lane of the others
    label: str
    category: str  # whose glyph is before it; empty: none
    count: int  # events of the filter that are in it; an event may be in several lanes


@dataclass(frozen=True, slots=True)
class Plan:
    """The lanes of a filter, and which keys are in each."""

    lanes: tuple[Lane, ...]
    lane_of: dict[int, int]  # key -> number of the lane
    members: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Which event is in which lane, each pair once."""

    dates: np.ndarray  # the number of the event's date
    lanes: np.ndarray
    count: int  # of lanes
    known_dates: Dates  # by their numbers

    @property
    def counts(self) -> list[int]:
        """Return the number of events in each lane."""
        return np.bincount(self.lanes, minlength=self.count).tolist()

    def within(self, showing: np.ndarray) -> list[int]:
        """Return how many events of each lane have a date that shows; `showing` by the number of the date."""
        return np.bincount(self.lanes[showing[self.dates]], minlength=self.count).tolist()


@dataclass(frozen=True, slots=True)
class Split:
    """The events of a filter by lane, to be read: `rows` bear `key`, and an event comes once for each of its keys."""

    plan: Plan
    rows: QuerySet
    event: str  # what leads from a row to its event: "", or "event__"

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.plan.lanes

    @property
    def lane_of(self) -> dict[int, int]:
        return self.plan.lane_of

    def where(self, *conditions: Q, **lookups) -> "Split":
        """Return the rows whose event meets these lookups."""
        rows = self.rows.filter(*conditions, **{f"{self.event}{name}": value for name, value in lookups.items()})
        return replace(self, rows=rows)

    def only(self, lanes: Container[int]) -> "Split":
        """Return the rows of these lanes."""
        keys = [key for key, lane in self.lane_of.items() if lane in lanes]
        return replace(self, rows=self.rows.filter(key__in=keys))

    def values(self, *columns: str, known_first: bool = False, most: int | None = None) -> Iterator[dict]:
        """Yield key and columns of each event, once for each of its keys, in order of time; `known_first`: known days first."""
        at = self.event
        order = [F(f"{at}known_on").asc(nulls_last=True)] if known_first else []
        rows = self.rows.order_by(*order, f"{at}sort_on", f"{at}pk")
        tuples = rows.values_list("key", *(f"{at}{name}" for name in columns)).distinct()
        yield from (dict(zip(("key", *columns), row, strict=False)) for row in tuples[:most])


def split_by_lane(event_filter: EventFilter, kind: str, lane_values: tuple[str, ...] = ()) -> Split:
    """Return the events by lane; the rows are not read. One query where the lanes are known already, else up to five."""
    return KINDS[kind].split(event_filter, lane_plan(event_filter, kind, lane_values))


def lane_plan(event_filter: EventFilter, kind: str, lane_values: tuple[str, ...] = ()) -> Plan:
    return cached(
        f"lanes {kind} {' '.join(lane_values)}", event_filter, lambda: KINDS[kind].plan(event_filter, lane_values)
    )


def differing_kind(event_filter: EventFilter) -> str:
    """Return the first kind of lanes by which the events differ; the first of all where they differ by none."""
    return next((kind for kind in KINDS if len(lanes_met(event_filter, kind)) > 1), next(iter(KINDS)))


def lanes_met(event_filter: EventFilter, kind: str) -> list[Lane]:
    return [lane for lane in lane_plan(event_filter, kind).lanes if lane.count]


def stand_in_lanes(event_filter: EventFilter, kind: str, plan: Plan) -> Standing:
    return KINDS[kind].standing(index_for(event_filter), event_filter, plan)


@dataclass(frozen=True, slots=True)
class ByCategory:
    """By the category of the event's type."""

    name: str = "category"  # the parameter of the filter
    label: str = "Category"

    def plan(self, event_filter: EventFilter, lane_values: tuple[str, ...] = ()) -> Plan:
        """Return a lane for each category; where there are `lane_values`, one for each of these and one for the others."""
        check_lanes(lane_values, Category.values)
        categories = [category for category in Category if category.value in lane_values] or list(Category)
        types = dict(EventType.objects.order_by().values_list("pk", "category"))
        number_of = {category.value: number for number, category in enumerate(categories)}
        lane_of = {pk: number_of.get(category, len(categories)) for pk, category in types.items()}
        counts = self.standing(index_for(event_filter), event_filter, Plan((), lane_of)).counts
        lanes = [
            Lane(choice.value, choice.label, choice.value, counts[number]) for number, choice in enumerate(categories)
        ]
        if lane_values:
            lanes.append(Lane("", "Others", "", counts[len(lanes)]))
        return Plan(tuple(lanes), lane_of)

    def standing(self, index: EventIndex, event_filter: EventFilter, plan: Plan) -> Standing:
        matching = index.matching(event_filter)
        lanes = lane_table(index, "type", plan.lane_of, others=0)[index.columns.column("type")[matching]]
        return Standing(index.dates(matching), lanes, max(len(plan.lanes), len(Category) + 1), index.values.dates)

    def names(self, event_filter: EventFilter) -> list[tuple[str, str]]:
        """Return value and label of each that can have a lane."""
        return [(category.value, str(category.label)) for category in Category]

    def split(self, event_filter: EventFilter, plan: Plan) -> Split:
        return Split(plan, event_queryset(event_filter).annotate(key=F("event_type")), "")


def check_lanes(lane_values: Iterable[str], known: Iterable[str]) -> None:
    """Raise ValidationError where a lane is asked for that these events cannot have."""
    if unknown := sorted(set(lane_values) - set(known)):
        raise ValidationError({"lane": f"“{unknown[0][:40]}”: no event of this list has it. Choose another lane."})


def lane_table(index: EventIndex, column: str, lane_of: dict[int, int], others: int) -> np.ndarray:
    """Return the lane of each value of a column of the index, by the value's number."""
    values = index.values[column]
    table = np.full(len(values), others, np.int32)
    for value, lane in lane_of.items():
        table[values.known([value])] = lane
    return table


@dataclass(frozen=True, slots=True)
class ByMost:
    """A lane for each of those with most events, and one for the rest."""

    name: str  # the parameter of the filter, and the column of the index
    label: str
    standing_rows: Callable[[EventIndex, EventFilter], Rows]
    rows: Callable[[EventFilter], QuerySet]  # the same in the database
    path: str  # from such a row to what the lanes are of
    model: type[Model]
    others: str
    gather: Callable[[Iterable[int]], dict[int, list[int]]] = lambda keys: {key: [key] for key in keys}
    event: str = ""

    def plan(self, event_filter: EventFilter, lane_values: tuple[str, ...] = ()) -> Plan:
        index = index_for(event_filter)
        members, ranked = self.ranked(event_filter)
        if lane_values:
            key_of = dict(self.model.objects.filter(slug__in=lane_values, pk__in=members).values_list("slug", "pk"))
            check_lanes(lane_values, key_of)
            own_lanes = [key for key in ranked if key in key_of.values()]
        else:
            own_lanes = ranked if len(ranked) <= MOST_LANES else ranked[: MOST_LANES - 1]
        lane_of = {number: number for number in range(len(own_lanes))} | {OTHERS: len(own_lanes)}
        plan = Plan((), lane_of, tuple(tuple(members[key]) for key in own_lanes))
        return replace(plan, lanes=self._lanes(own_lanes, self.standing(index, event_filter, plan).counts))

    def ranked(self, event_filter: EventFilter) -> tuple[dict[int, list[int]], list[int]]:
        """Return what can have a lane: by key the keys that are counted with it, and the keys, those of most events first."""
        index = index_for(event_filter)
        sizes = index.by_citation(
            index.matching(event_filter), self.name, citation_conditions(event_filter) if self.event else []
        )
        members = remembered_names(index, ("lanes", self.name, frozenset(sizes)), lambda: self.gather(sizes))
        return members, sorted(members, key=lambda key: (-sum(sizes[member] for member in members[key]), key))

    def names(self, event_filter: EventFilter) -> list[tuple[str, str]]:
        """Return value and label of each that can have a lane: the MOST_NAMED with most events."""
        _, keys = self.ranked(event_filter)
        rows = self.model.objects.in_bulk(keys[:MOST_NAMED])
        return [(rows[key].slug, str(rows[key])) for key in keys[:MOST_NAMED]]

    def _lanes(self, keys: list[int], counts: list[int]) -> tuple[Lane, ...]:
        rows = self.model.objects.in_bulk(keys)
        lanes = [
            Lane(rows[pk].slug, str(rows[pk]), getattr(rows[pk], "category", ""), counts[number])
            for number, pk in enumerate(keys)
        ]
        return (*lanes, Lane("", self.others, "", counts[-1]))

    def standing(self, index: EventIndex, event_filter: EventFilter, plan: Plan) -> Standing:
        rows = self.standing_rows(index, event_filter)
        others = len(plan.members)
        lane_of = {key: number for number, keys in enumerate(plan.members) for key in keys}
        lanes = lane_table(index, self.name, lane_of, others)[rows.columns[self.name]]
        is_present = np.zeros(index.columns.size * (others + 1), bool)
        is_present[rows.event.astype(np.int64) * (others + 1) + lanes] = True
        pairs = np.flatnonzero(is_present)
        dates = index.columns.column("date")[pairs // (others + 1)]
        return Standing(dates, pairs % (others + 1), others + 1, index.values.dates)

    def split(self, event_filter: EventFilter, plan: Plan) -> Split:
        cases = [When(**{f"{self.path}__in": keys}, then=Value(number)) for number, keys in enumerate(plan.members)]
        key = Case(*cases, default=Value(OTHERS), output_field=IntegerField())
        return Split(plan, self.rows(event_filter).annotate(key=key), self.event)


def group_by_top(ancestry: AncestorManager, keys: Iterable[int]) -> dict[int, list[int]]:
    """Return the actors, or places, that lie within no other, each with those of `keys` that lie within it. One query."""
    members: dict[int, list[int]] = {}
    tops = ancestry.filter(**{"ancestor__parent": None, f"{ancestry.row}__in": list(keys)})
    for top, key in tops.order_by("pk").values_list("ancestor", ancestry.row):
        members.setdefault(top, []).append(key)
    return members


by_top_actor, by_top_place = (partial(group_by_top, table.objects) for table in (ActorAncestor, PlaceAncestor))


NOBODY = "Others, or none named"
KINDS = {
    kind.name: kind
    for kind in (
        ByCategory(),
        ByMost("type", "Type", partial(event_rows, "type"), event_queryset, "event_type", EventType, "Others"),
        ByMost("actor", "Actor", actor_rows, event_queryset, "participations__actor", Actor, NOBODY, by_top_actor),
        ByMost("place", "Place", partial(event_rows, "place"), event_queryset, "place", Place, NOBODY, by_top_place),
        ByMost(
            "publisher",
            "Publisher",
            citation_rows,
            citation_queryset,
            "briefing__publisher",
            Actor,
            "Others",
            event="event__",
        ),
        ByMost("speaker", "Speaker", citation_rows, citation_queryset, "speaker", Actor, NOBODY, event="event__"),
    )
}
