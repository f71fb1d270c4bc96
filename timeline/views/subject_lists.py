"""The lists of actors, places and conflicts, with search and pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from timeline import dates
from timeline.facets.counting import counts_by_value, first_and_latest
from timeline.filters import EventFilter
from timeline.filters.event_filter_form import NameSearch
from timeline.models import Actor, Conflict, Event, Place
from timeline.models.actor import ActorKind

from .timeline import page_of

PLURALS = {
    ActorKind.STATE: "States",
    ActorKind.ORGANISATION: "Organisations",
    ActorKind.ARMED_GROUP: "Armed groups",
    ActorKind.GROUP: "Groups",
    ActorKind.OFFICE: "Offices",
    ActorKind.PERSON: "Persons",
}
KINDS = list(PLURALS)
MET_AS = {"actor": "", "publisher": "reported", "speaker": "cited"}  # parameter -> word behind the number of events


def all_events() -> EventFilter:
    return EventFilter(QueryDict(), Event.objects.public())


def add_event_counts(rows: Iterable[Model], parameter: str) -> None:
    """Set `event_count` of each actor, place or conflict: the public events that the filter finds with it."""
    counts = counts_by_value(all_events(), parameter)
    for row in rows:
        row.event_count = counts.get(row.pk, 0)


def actor_counts() -> dict[int, tuple[int, str]]:
    """Return the number of events of each actor that is met in some, by primary key, and how it is met in them: as one who took
    part, else as who reported them, else as who speaks in them. As its page does."""
    counts: dict[int, tuple[int, str]] = {}
    for name, met_as in MET_AS.items():
        for pk, count in counts_by_value(all_events(), name).items():
            counts.setdefault(pk, (count, met_as))
    return counts


def add_actor_counts(actors: Iterable[Actor]) -> None:
    """Set `event_count` and `met_as` of each actor, see `actor_counts`."""
    counts = actor_counts()
    for actor in actors:
        actor.event_count, actor.met_as = counts.get(actor.pk, (0, ""))


def searched(request: HttpRequest, rows: QuerySet, context: dict) -> QuerySet | None:
    """Return the rows whose names `?q=` finds, all without it; None where the search is wrong. Adds the form to `context`."""
    form = context["form"] = NameSearch(request.GET)
    if not form.is_valid():
        return None
    return rows.with_names(form.cleaned_data["q"])


def answer(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    return render(request, f"timeline/{name}_list.html", context, status=400 if context["form"].errors else 200)


def place_list(request: HttpRequest) -> HttpResponse:
    context: dict = {"current": "places"}
    if (places := searched(request, Place.objects.public().select_related("parent"), context)) is not None:
        context["page"] = page_of(request, places)
        add_event_counts(context["page"], "place")
    return answer(request, "place", context)


def conflict_list(request: HttpRequest) -> HttpResponse:
    context: dict = {"current": "conflicts"}
    if (conflicts := searched(request, Conflict.objects.public(), context)) is not None:
        page = page_of(request, conflicts)
        add_event_counts(page, "conflict")
        context |= {"page": page, "rows": with_spans(page)}
    return answer(request, "conflict", context)


def with_spans(conflicts: Page) -> list[tuple[Conflict, str, str]]:
    """Return each conflict with the dates of its first and its latest event. One query, and one that is cached."""
    spans = first_and_latest(all_events(), "conflict")
    keys = {pk for conflict in conflicts for pk in spans.get(conflict.pk, ())}
    edtf_of = dict(Event.objects.filter(pk__in=keys).values_list("pk", "edtf"))
    return [
        (conflict, *(words(edtf_of.get(pk)) for pk in spans.get(conflict.pk, (None, None)))) for conflict in conflicts
    ]


def words(edtf: str | None) -> str:
    return dates.parse(edtf).display if edtf else "not stated"


def actor_list(request: HttpRequest) -> HttpResponse:
    """Show the actors by kind, each with those that belong to it; those that a search finds in one list."""
    context: dict = {"current": "actors"}
    if (found := searched(request, Actor.objects.public().select_related("parent"), context)) is not None:
        actors = list(found)
        add_actor_counts(actors)
        if context["form"].cleaned_data["q"]:
            context["page"] = page_of(request, actors)
        else:
            context["page"] = page_of(request, sorted(build_trees(actors), key=lambda top: KINDS.index(top.actor.kind)))
            context["groups"] = group_by_kind(context["page"])
    return answer(request, "actor", context)


@dataclass(frozen=True, slots=True)
class Branch:
    """An actor and those that belong to it."""

    actor: Actor
    members: list["Branch"]


def group_by_kind(tops: Iterable[Branch]) -> list[tuple[str, list[Branch]]]:
    """Return the actors that belong to no other, with their members, by the plural of their kind."""
    branches_by_kind = [
        (plural, [branch for branch in tops if branch.actor.kind == kind]) for kind, plural in PLURALS.items()
    ]
    return [(plural, branches) for plural, branches in branches_by_kind if branches]


def build_trees(actors: list[Actor]) -> list[Branch]:
    """Return each actor once, under the actor it belongs to. A circle of parents begins anywhere."""
    waiting = {actor.pk: actor for actor in actors}
    by_parent = defaultdict(list)
    for actor in actors:
        by_parent[actor.parent_id if actor.parent_id in waiting else None].append(actor)

    def branch(actor: Actor) -> Branch:
        return Branch(actor, branches(by_parent[actor.pk]))

    def branches(siblings: list[Actor]) -> list[Branch]:
        return [branch(actor) for actor in siblings if waiting.pop(actor.pk, None)]

    return branches(by_parent[None]) + branches(actors)
