"""The lists of actors, places and conflicts, with search and pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django_countries import countries

from timeline import dates
from timeline.facets.counting import counts_by_value, first_and_latest
from timeline.filters import EventFilter
from timeline.filters.list_forms import BY_EVENTS, ActorSearch, NameSearch, PlaceSearch
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
Counts = dict[int, tuple[int, str]]  # of an actor, a place or a conflict: events, and the word behind their number
MET_AS = {"actor": "", "publisher": "reported", "speaker": "cited"}  # parameter -> word behind the number of events


def all_events() -> EventFilter:
    return EventFilter(QueryDict(), Event.objects.public())


def event_counts(parameter: str) -> Counts:
    """Return the number of public events that the filter finds with each actor, place or conflict, by primary key, and how an actor
    is met in them: as one who took part, else as who reported them, else as who speaks in them. As its page does."""
    counts: Counts = {}
    for name, met_as in MET_AS.items() if parameter == "actor" else [(parameter, "")]:
        for pk, count in counts_by_value(all_events(), name).items():
            counts.setdefault(pk, (count, met_as))
    return counts


def add_counts(rows: Iterable[Model], counts: Counts) -> None:
    """Set `event_count` and `met_as` of each row."""
    for row in rows:
        row.event_count, row.met_as = counts.get(row.pk, (0, ""))


def narrowed(request: HttpRequest, form_class: type[NameSearch], rows: QuerySet, context: dict) -> QuerySet | None:
    """Return the rows that the form asks for; None where it is wrong. Adds the form to `context`."""
    form = context["form"] = form_class(request.GET)
    if not form.is_valid():
        return None
    wanted = form.cleaned_data
    if kinds := wanted.get("kind"):
        rows = rows.of_kinds(kinds)
    if codes := wanted.get("country"):
        rows = rows.in_countries(codes)
    return rows.with_names(wanted["q"])


def page_in_order(request: HttpRequest, rows: QuerySet, order: str, counts: Counts) -> Page:
    """Return the page of these rows, with their counts. Two queries; for most events first one more, which reads the names of all."""
    if order != BY_EVENTS:
        page = page_of(request, rows)
    else:
        names = rows.order_by().values_list("pk", "name")
        page = page_of(request, sorted(names, key=lambda row: (-counts.get(row[0], (0, ""))[0], row[1], row[0])))
        by_key = rows.in_bulk([pk for pk, _ in page])
        page.object_list = [by_key[pk] for pk, _ in page if pk in by_key]
    add_counts(page, counts)
    return page


def country_choices(rows: QuerySet) -> list[tuple[str, str]]:
    """Return code and name of the countries of these rows, by name. One query."""
    codes = rows.exclude(country="").order_by("country").values_list("country", flat=True).distinct()
    return sorted(((code, countries.name(code)) for code in codes), key=lambda country: country[1])


def answer(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    return render(request, f"timeline/{name}_list.html", context, status=400 if context["form"].errors else 200)


def place_list(request: HttpRequest) -> HttpResponse:
    public = Place.objects.public()
    context: dict = {"current": "places", "countries": country_choices(public)}
    if (places := narrowed(request, PlaceSearch, public.select_related("parent"), context)) is not None:
        order = context["form"].cleaned_data["order"]
        context["page"] = page_in_order(request, places, order, event_counts("place"))
    return answer(request, "place", context)


def conflict_list(request: HttpRequest) -> HttpResponse:
    context: dict = {"current": "conflicts"}
    if (conflicts := narrowed(request, NameSearch, Conflict.objects.public(), context)) is not None:
        order = context["form"].cleaned_data["order"]
        page = page_in_order(request, conflicts, order, event_counts("conflict"))
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
    """Show the actors by kind, each with those that belong to it; in one list where they are narrowed or in another order."""
    public = Actor.objects.public()
    context: dict = {"current": "actors", "countries": country_choices(public)}
    if (actors := narrowed(request, ActorSearch, public.select_related("parent"), context)) is not None:
        form, counts = context["form"], event_counts("actor")
        if form.narrows:
            context["page"] = page_in_order(request, actors, form.cleaned_data["order"], counts)
        else:
            everyone = list(actors)
            add_counts(everyone, counts)
            context["page"] = page_of(
                request, sorted(build_trees(everyone), key=lambda top: KINDS.index(top.actor.kind))
            )
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
