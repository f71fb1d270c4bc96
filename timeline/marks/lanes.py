"""Which lanes the chart has, and in which of them an event stands."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Case, Count, F, IntegerField, Model, Q, QuerySet, Value, When

from timeline.filters import EventFilter
from timeline.models import Actor, ActorAncestor, EventType, Place
from timeline.models.taxonomy import Category
from timeline.revision import remember

MOST_LANES = 8
OTHERS = -1  # the key of all that have no lane of their own


@dataclass(frozen=True, slots=True)
class Lane:
    value: str  # of the filter's parameter; empty: the lane of the others
    label: str
    category: str  # whose glyph stands before it; empty: none
    count: int  # events of the filter that stand in it; an event may stand in several lanes


@dataclass(frozen=True, slots=True)
class Plan:
    """The lanes of a filter, and which keys stand in each."""

    lanes: tuple[Lane, ...]
    lane_of: dict[int, int]  # key -> number of the lane
    members: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """The events of a filter by lane: `rows` bear `key`, and an event comes once for each of its keys."""

    plan: Plan
    rows: QuerySet
    event: str  # what leads from a row to its event: "", or "event__"
    once: Count  # counts each event of a group once

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.plan.lanes

    @property
    def lane_of(self) -> dict[int, int]:
        return self.plan.lane_of

    def where(self, *conditions: Q, **lookups) -> "Split":
        """Return the rows whose event meets these lookups."""
        found = self.rows.filter(*conditions, **{f"{self.event}{name}": value for name, value in lookups.items()})
        return replace(self, rows=found)

    def only(self, lanes: Iterable[int]) -> "Split":
        """Return the rows of these lanes."""
        wanted = set(lanes)
        keys = [key for key, lane in self.lane_of.items() if lane in wanted]
        return replace(self, rows=self.rows.filter(key__in=keys))

    def counts(self, *columns) -> QuerySet:
        """Return (key, columns, number of events) for each group."""
        return self.rows.values_list("key", *columns).annotate(n=self.once)

    def values(self, *columns: str, known_first: bool = False, most: int | None = None) -> Iterator[dict]:
        """Yield key and columns of each event, once for each of its keys, in order of time; those on a known day before
        all others where asked for."""
        at = self.event
        order = [F(f"{at}known_on").asc(nulls_last=True)] if known_first else []
        rows = self.rows.order_by(*order, f"{at}sort_on", f"{at}pk")
        found = rows.values_list("key", *(f"{at}{name}" for name in columns)).distinct()
        yield from (dict(zip(("key", *columns), row, strict=False)) for row in found[:most])


def split(chosen: EventFilter, kind: str) -> Split:
    """Return the events by lane. One query where the lanes are kept already, else up to five; the rows are not read."""
    made = KINDS[kind]
    plan = remember(f"lanes {kind}", chosen, lambda: made.plan(chosen))
    return made.split(chosen, plan)


@dataclass(frozen=True, slots=True)
class ByCategory:
    """Grouped by type, which an index can follow, and only then by category."""

    name: str = "category"  # the parameter of the filter
    label: str = "Category"

    def plan(self, chosen: EventFilter) -> Plan:
        types = dict(EventType.objects.order_by().values_list("pk", "category"))
        counts: Counter = Counter()
        for pk, count in self.split(chosen, Plan((), {})).counts():
            counts[types[pk]] += count
        lanes = tuple(Lane(one.value, one.label, one.value, counts[one.value]) for one in Category)
        return Plan(lanes, {pk: Category.values.index(category) for pk, category in types.items()})

    def split(self, chosen: EventFilter, plan: Plan) -> Split:
        return Split(plan, chosen.events.order_by().annotate(key=F("event_type")), "", Count("*"))


def of_events(chosen: EventFilter) -> QuerySet:
    return chosen.events.order_by()


def of_citations(chosen: EventFilter) -> QuerySet:
    """Return the citations by which an event is found: those that meet all the filter asks of one."""
    return chosen.same_citations.order_by().filter(event__in=chosen.events.order_by().values("pk"))


@dataclass(frozen=True, slots=True)
class ByMost:
    """A lane for each of those with most events, and one for the rest."""

    name: str
    label: str
    rows: Callable[[EventFilter], QuerySet]
    path: str  # from a row to what the lanes are of
    model: type[Model]
    others: str
    gather: Callable[[Iterable[int]], dict[int, list[int]]] = lambda keys: {key: [key] for key in keys}
    event: str = ""
    once: Count = Count("pk", distinct=True)

    def plan(self, chosen: EventFilter) -> Plan:
        found = self.rows(chosen).exclude(**{self.path: None}).values_list(self.path)
        sizes = dict(found.annotate(n=self.once))
        members = self.gather(sizes)
        ranked = sorted(members, key=lambda key: (-sum(sizes[one] for one in members[key]), key))
        own = ranked if len(ranked) <= MOST_LANES else ranked[: MOST_LANES - 1]
        lane_of = {number: number for number in range(len(own))} | {OTHERS: len(own)}
        plan = Plan((), lane_of, tuple(tuple(members[key]) for key in own))
        return replace(plan, lanes=self._lanes(own, dict(self.split(chosen, plan).counts())))

    def _lanes(self, own: list[int], counts: dict[int, int]) -> tuple[Lane, ...]:
        named = self.model.objects.in_bulk(own)
        lanes = [Lane(named[pk].slug, str(named[pk]), "", counts[number]) for number, pk in enumerate(own)]
        return (*lanes, Lane("", self.others, "", counts.get(OTHERS, 0)))

    def split(self, chosen: EventFilter, plan: Plan) -> Split:
        cases = [When(**{f"{self.path}__in": keys}, then=Value(number)) for number, keys in enumerate(plan.members)]
        key = Case(*cases, default=Value(OTHERS), output_field=IntegerField())
        return Split(plan, self.rows(chosen).annotate(key=key), self.event, self.once)


def within_top(actors: Iterable[int]) -> dict[int, list[int]]:
    """Return the actors that belong to no other, each with those of `actors` that belong to it. One query."""
    members: dict[int, list[int]] = {}
    tops = ActorAncestor.objects.filter(ancestor__parent=None, actor__in=list(actors))
    for top, actor in tops.order_by("pk").values_list("ancestor", "actor"):
        members.setdefault(top, []).append(actor)
    return members


NOBODY = "Others, or none named"
CITED = {"event": "event__", "once": Count("event", distinct=True)}
KINDS = {
    kind.name: kind
    for kind in (
        ByCategory(),
        ByMost("actor", "Actor", of_events, "participations__actor", Actor, NOBODY, within_top),
        ByMost("place", "Place", of_events, "place", Place, NOBODY, once=Count("*")),
        ByMost("publisher", "Publisher", of_citations, "briefing__publisher", Actor, "Others", **CITED),
        ByMost("speaker", "Speaker", of_citations, "speaker", Actor, NOBODY, **CITED),
    )
}
