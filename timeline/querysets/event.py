import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from timeline.evidence.axes import AXES, COUNTED, Cited, derive_evidence
from timeline.evidence.choices import OPPOSING_ACTS, VERIFIED_STATES
from timeline.evidence.support import TOLD, Actuality
from timeline.text.search_query import Group

from . import tables
from .actor import redistributable_condition
from .citation import FIRST_SAID
from .editorial import ReviewQuerySet
from .full_text import events_holding

if TYPE_CHECKING:
    from timeline.models import Event

    from .citation import CitationQuerySet

ORDERS = {
    "date": (F("sort_on").asc(), F("pk").asc()),
    "-date": (F("start_earliest").desc(), F("pk").desc()),
    "-published": (F("first_reported_on").desc(nulls_last=True), F("pk").desc()),
    "-recorded": (F("recorded_at").desc(), F("pk").desc()),
}

DEATHS_ARE_COUNTED = Q(deaths_best__isnull=False, deaths_out_of_order=False)


class EventQuerySet(ReviewQuerySet):
    event_column = "pk"

    def get_by_natural_key(self, public_id: str) -> "Event":
        return self.get(public_id=public_id)

    def public(self) -> Self:
        """Return published events: all that lists, counts, exports and feeds may show."""
        return self.filter(status="published")

    def redistributable(self) -> Self:
        """Return events that may leave the site: those of a data set whose licence forbids it may not."""
        return self.filter(redistributable_condition())

    def revised_since(self, at: dt.datetime) -> Self:
        """Return events whose public data changed at that moment (UTC) or later."""
        return self.filter(revised_at__gte=at)

    def named(self, public_ids: Iterable[str]) -> Self:
        return self.filter(public_id__in=list(public_ids))

    def ever_public(self) -> Self:
        """Return events that the public could read once, be they withdrawn or merged by now."""
        return self.filter(published_at__isnull=False)

    def taken_back(self) -> Self:
        """Return events that the public could read once and can no more: withdrawn, or merged into another."""
        return self.ever_public().filter(status__in=["withdrawn", "merged"])

    def with_successor(self) -> Self:
        """Return events with the one that each was merged into. No further query."""
        return self.select_related("merged_into")

    def successor(self, event: "Event | None") -> "Event | None":
        """Return the event that a merged one is part of now and that has a public page; None: there is none. A query for
        each merging in a row."""
        while event is not None and event.status == "merged":
            event = self.filter(pk=event.merged_into_id).first()
        return event if event is not None and event.status in ("published", "withdrawn") else None

    def revised_after(self, revision: int) -> Self:
        """Return events whose public data changed after that revision of it."""
        return self.filter(revision__gt=revision)

    def counted_by_data_set(self):
        """Return (primary key of the data set, number of these events) for each; those entered here are not among them.
        One query."""
        return self.order_by().filter(data_set__isnull=False).values_list("data_set").annotate(n=Count("pk"))

    def addressable(self) -> Self:
        """Return events that have a public page: published ones, and withdrawn ones as a tombstone."""
        return self.filter(status__in=["published", "withdrawn"])

    def successor_of(self, public_id: str) -> "Event | None":
        """Return the one of these events that the event of this public id became part of; None: none did. One query."""
        return self.filter(merged_events__public_id=public_id).first()

    def possible_duplicates(self, event_type: int, first: dt.date, last: dt.date, actors: Iterable[int]) -> Self:
        """Return events of this type (primary key) that possibly went on from `first` to `last` with one of these actors, or
        one within them: what may be the same. None that is part of another."""
        members = tables.actors().within(actors)
        candidates = self.exclude(status="merged").filter(event_type=event_type)
        return candidates.overlapping(first, last, certainly=False).with_participant(members)

    def overlapping(self, first: dt.date, last: dt.date, *, certainly: bool) -> Self:
        """Return events that possibly, or certainly, went on at some time from `first` to `last`, both included. Only what
        occurred is ever certain."""
        if not certainly:
            return self.filter(start_earliest__lte=last, end_latest__gte=first)
        return self.filter(
            actuality=Actuality.OCCURRED, date_qualifier="", start_latest__lte=last, end_earliest__gte=first
        )

    def in_period(self, first: dt.date | None, last: dt.date | None, *, certainly: bool) -> Self:
        """Return events as `overlapping` does; None: no such limit."""
        if first is None and last is None and not certainly:
            return self
        return self.overlapping(first or dt.date.min, last or dt.date.max, certainly=certainly)

    def known_by(self, day: dt.date) -> Self:
        """Return events that some briefing published on that day or before mentions; of what cannot have begun by then, only
        what a source can have said before (see CitationQuerySet.possible_by)."""
        next_day = day if day == dt.date.max else day + dt.timedelta(days=1)
        foretold = _event_in(tables.citations().public_source().known_by(day).exclude(act__in=TOLD))
        can_have_begun = ~Q(actuality=Actuality.OCCURRED) | Q(start_earliest__lte=next_day)
        return self.filter(can_have_begun | foretold, first_reported_on__lte=day)

    def without_source_day(self) -> Self:
        """Return events that rest on public briefings without a day alone: no `known_by` finds them."""
        return self.filter(first_reported_on=None)

    def with_later_sources(self, citations: "CitationQuerySet") -> Self:
        """Annotate `has_later_sources`: whether the public can read citations of the event that are not among these."""
        others = tables.citations().public_source().filter(event=OuterRef("pk"))
        return self.annotate(has_later_sources=Exists(others.exclude(Exists(citations.filter(pk=OuterRef("pk"))))))

    def matching(self, groups: Iterable[Group], citations: "CitationQuerySet") -> Self:
        """Return events that a search finds (see search_query.parse). Each term is in title, summary, the name of an
        actor, the place, the conflict or the type, or in a quote or a publisher's name of `citations`."""
        events = self
        for group in groups:
            keys = events_holding([spelling for term in group for spelling in term.spellings], citations)
            events = events.exclude(pk__in=keys) if group[0].excludes else events.filter(pk__in=keys)
        return events

    def with_participant(self, actors: models.QuerySet | None, roles: Iterable[str] = ()) -> Self:
        """Return events in which one of `actors`, or anyone, takes part, in one of `roles` where given."""
        return self.filter(_event_in(self._participations(actors, roles)))

    def without_participant(self, actors: models.QuerySet) -> Self:
        return self.exclude(_event_in(self._participations(actors)))

    def _participations(self, actors: models.QuerySet | None = None, roles: Iterable[str] = ()):
        rows = tables.participations()
        if actors is not None:
            rows = rows.filter(actor__in=actors)
        return rows.filter(role__in=roles) if roles else rows

    def cited_by(self, citations: "CitationQuerySet") -> Self:
        """Return events that at least one of `citations` mentions."""
        return self.filter(_event_in(citations))

    def not_cited_by(self, citations: "CitationQuerySet") -> Self:
        return self.exclude(_event_in(citations))

    def in_order(self, order: str = "date") -> Self:
        """Return the events in one of ORDERS, where no two events share a place. By date, unknown starts come last."""
        return self.order_by(*ORDERS[order])

    def last_changed_first(self) -> Self:
        """Return the events by when the public last saw them change; those of before this is counted come last."""
        return self.order_by(F("revised_at").desc(nulls_last=True), "-pk")

    def citable(self) -> Self:
        """Return events that a citation can be added to, with their type, last entered first; a merged one is part of
        another."""
        return self.exclude(status="merged").select_related("event_type").order_by("-pk")

    def for_timeline(self, citations: "CitationQuerySet") -> Self:
        """Return events with all that a row shows: type, place, participations, and these citations with their
        sources. Three queries for any number of events."""
        participations = tables.participations().select_related("actor__parent")
        return self.select_related("event_type", "place", "conflict", "data_set").prefetch_related(
            Prefetch("participations", participations),
            Prefetch("citations", citations.with_source(), to_attr="visible_citations"),
        )

    def with_evidence(self, kinds: Iterable[str], citations: "CitationQuerySet") -> Self:
        """Return events whose `citations` are of any of these kinds: verified (a quote occurs in its text, of an act
        that neither denies nor disputes), unverified (none does), disputed (someone denies or disputes it)."""
        verified = _event_in(citations.exclude(act__in=OPPOSING_ACTS).filter(state__in=VERIFIED_STATES))
        disputed = _event_in(citations.filter(act__in=OPPOSING_ACTS))
        conditions = {"verified": verified, "unverified": ~verified, "disputed": disputed}
        condition = Q(pk__in=[])
        for kind in kinds:
            condition |= conditions[kind]
        return self.filter(condition)

    def with_sources(self, minimum: int, citations: models.QuerySet | None = None) -> Self:
        """Return events that at least so many independent sources support or take for granted: of these citations, or of all
        that the public can read today."""
        if citations is None:
            return self.filter(source_count__gte=minimum)
        counted = citations.order_by().filter(support__in=COUNTED).values("event")
        several = counted.annotate(n=Count(SOURCE, distinct=True)).filter(n__gte=minimum)
        return self.filter(pk__in=several.values("event"))

    def relations_among(self, citations: "CitationQuerySet"):
        """Return (event, kind, event, citation, note) of the relations between two of these events that one of these
        citations supports, by public ids and in their order."""
        both = [Exists(self.order_by().filter(pk=OuterRef(name))) for name in ("from_event", "to_event")]
        relations = tables.relations().filter(*both, Exists(citations.order_by().filter(pk=OuterRef("citation"))))
        names = ("from_event__public_id", "kind", "to_event__public_id")
        return relations.order_by(*names).values_list(*names, "citation__public_id", "note")

    def refresh_support(self) -> None:
        """Set what the citations of these events do for what the events claim. A query for each claim and actuality, and one."""
        citations = tables.citations().order_by()
        for claim, actuality in self.order_by().values_list("event_type__claim", "actuality").distinct():
            alike = self.filter(event_type__claim=claim, actuality=actuality).order_by().values("pk")
            citations.filter(event__in=alike).refresh_support(claim, actuality)

    def refresh_evidence(self) -> int:
        """Count again the public citations that support each event, and the day by which it was first reported."""
        citations = tables.citations().order_by().public_source()
        of_event = citations.filter(event=OuterRef("pk"))
        first = of_event.values("event").annotate(first=Min(FIRST_SAID)).values("first")
        support = of_event.supporting().values("event").annotate(n=Count("pk")).values("n")
        # Past our own `update`: the write that makes this needful has raised the revision already.
        values = {"first_reported_on": Subquery(first), "supporting_count": Coalesce(Subquery(support), 0)}
        values |= {axis: axis_case(axis, of_event) for axis in AXES}
        sources = (
            of_event.filter(support__in=COUNTED).values("event").annotate(n=Count(SOURCE, distinct=True)).values("n")
        )
        values["source_count"] = Coalesce(Subquery(sources), 0)
        return models.QuerySet.update(self, **values)

    def refresh_evidence_of(self, keys: Iterable[int]) -> None:
        """Do the same for a few events, by their primary keys: a query, and one for each event. The query of
        `refresh_evidence` takes longer to put together than these."""
        by_event: dict[int, list[tuple[Cited, dt.date | None]]] = {key: [] for key in keys}
        citations = tables.citations().order_by().public_source().filter(event__in=by_event)
        columns = ("event", FIRST_SAID, "briefing__kind", "act", "support", "basis", "state", SOURCE)
        for event, day, kind, act, support, basis, state, source in citations.values_list(*columns):
            by_event[event].append((Cited(act, support, basis, state, kind == "data_record", source), day))
        for key, cited in by_event.items():
            models.QuerySet.update(self.filter(pk=key), **derive_evidence(cited))


# Whose report a citation rests on: two that print one report are one source.
SOURCE = Coalesce("briefing__origin", "briefing__publisher")


def axis_case(axis: str, citations: models.QuerySet) -> Case:
    """Return the value of an axis as the database finds it from these citations, which refer to the event of the row."""
    levels, otherwise = AXES[axis]
    reached = [When(Exists(citations.filter(level.condition)), then=Value(level.reached)) for level in levels]
    return Case(*reached, default=Value(otherwise))


def axis_condition(axis: str, values: Iterable[str], citations: models.QuerySet) -> Q:
    """Return the condition that an event has one of these values of an axis, as these citations show it."""
    levels, otherwise = AXES[axis]
    condition, reached_better = Q(pk__in=[]), Q(pk__in=[])
    for level in levels:
        reached = _event_in(citations.filter(level.condition))
        if level.reached in values:
            condition |= reached & ~reached_better
        reached_better |= reached
    return condition | ~reached_better if otherwise in values else condition


def _event_in(rows: models.QuerySet) -> Q:
    """Return the condition that an event is one of those that the rows belong to.

    A list of events made once is at worst a little slower than asking for each event, and at best many times quicker.
    """
    return Q(pk__in=rows.order_by().values("event"))
