from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django_countries import countries

from timeline import dates
from timeline.exports import FORMATS
from timeline.facets.counting import counts_by_value, first_and_latest
from timeline.filters import EventFilter
from timeline.models import Actor, Conflict, Event, Place
from timeline.models.actor import ActorKind
from timeline.pages.page_metadata import of_withheld

from .list_pages import PAGE_MARKS
from .timeline import page_of, timeline_context


def subject_page(request: HttpRequest, parameter: str, subject: Model, context: dict) -> HttpResponse:
    """Show one actor, place or conflict with its events, as the timeline shows them for this parameter.

    A wrong filter is a 400 with the messages and no events.
    """
    parameters = request.GET.copy()
    parameters.setlist(parameter, [subject.slug])
    event_filter = EventFilter(parameters, Event.objects.public(), also=PAGE_MARKS)
    wrong = event_filter.messages | refusal(request, parameter, subject)
    context |= {
        "event_filter": event_filter,
        "form": event_filter.form,
        "formats": FORMATS.values(),
        "preset": parameter,
    }
    if not wrong:
        try:
            context |= timeline_context(event_filter, request, preset=parameter)
            context |= metadata_context(subject, context)
        except ValidationError as error:
            wrong = {"page": error.messages}
    template = f"timeline/{parameter}_detail.html"
    return render(request, template, context | {"wrong": wrong}, status=400 if wrong else 200)


def metadata_context(subject: Model, context: dict) -> dict:
    """Return what the page declares to other sites: nothing of a subject known by withheld events alone. One query where none of
    the events on the page may leave the site."""
    rows = type(subject).objects.public().slugged([subject.slug])
    if any(event.is_redistributable for event in context["page"].events) or rows.redistributable().exists():
        return {"meta": replace(context["meta"], title=f"{subject}: {context['sentence']}")}
    return {"meta": of_withheld(context["permalink"]), "feeds": [], "embed_code": ""}


def refusal(request: HttpRequest, parameter: str, subject: Model) -> dict[str, list[str]]:
    """Return the message to an address that asks this page for another subject than its own."""
    if parameter not in request.GET:
        return {}
    return {parameter: [f"This page is about {subject} alone. Take “{parameter}” out of the address."]}


def add_event_counts(rows: Iterable[Model], parameter: str) -> None:
    """Set `event_count` of each actor, place or conflict: the public events that the filter finds with it."""
    counts = counts_by_value(EventFilter(QueryDict(), Event.objects.public()), parameter)
    for row in rows:
        row.event_count = counts.get(row.pk, 0)


def place_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Place.objects.public().select_related("parent"))
    add_event_counts(page, "place")
    return render(request, "timeline/place_list.html", {"page": page, "current": "places"})


def place_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place; one that was merged into another leads there."""
    place = Place.objects.public().for_page().filter(slug=slug).first()
    if place is None:
        if into := Place.objects.public().successor_of(slug):
            return redirect(into, permanent=True)
        raise Http404("There is no public place at this address.")
    context = {"place": place, "coordinates": coordinates(place), "current": "places"}
    return subject_page(request, "place", place, context)


def coordinates(place: Place) -> str:
    """Return "39.815° N, 46.752° E"; empty where they are not known."""
    if place.latitude is None:
        return ""
    north, east = ("N", "S")[place.latitude < 0], ("E", "W")[place.longitude < 0]
    return f"{abs(place.latitude).normalize():f}° {north}, {abs(place.longitude).normalize():f}° {east}"


def conflict_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Conflict.objects.public())
    add_event_counts(page, "conflict")
    spans = first_and_latest(EventFilter(QueryDict(), Event.objects.public()), "conflict")
    edtf_of = dict(
        Event.objects.filter(pk__in={pk for span in spans.values() for pk in span}).values_list("pk", "edtf")
    )
    rows = [(conflict, *(words(edtf_of.get(pk)) for pk in spans.get(conflict.pk, (None, None)))) for conflict in page]
    return render(request, "timeline/conflict_list.html", {"page": page, "rows": rows, "current": "conflicts"})


def conflict_detail(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = get_object_or_404(Conflict.objects.public(), slug=slug)
    return subject_page(request, "conflict", conflict, {"conflict": conflict, "current": "conflicts"})


def words(edtf: str | None) -> str:
    return dates.parse(edtf).display if edtf else "not stated"


@dataclass(frozen=True, slots=True)
class Branch:
    """An actor and those that belong to it."""

    actor: Actor
    members: list["Branch"]


def actor_list(request: HttpRequest) -> HttpResponse:
    actors = list(Actor.objects.public())
    add_event_counts(actors, "actor")
    return render(request, "timeline/actor_list.html", {"groups": group_by_kind(actors), "current": "actors"})


def actor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one actor; one that was merged into another leads there."""
    actor = Actor.objects.public().for_page().filter(slug=slug).first()
    if actor is None:
        if into := Actor.objects.public().successor_of(slug):
            return redirect(into, permanent=True)
        raise Http404("There is no public actor at this address.")
    context = {"actor": actor, "country": countries.name(actor.country), "current": "actors"}
    return subject_page(request, "actor", actor, context)


PLURALS = {
    ActorKind.STATE: "States",
    ActorKind.ORGANISATION: "Organisations",
    ActorKind.ARMED_GROUP: "Armed groups",
    ActorKind.GROUP: "Groups",
    ActorKind.OFFICE: "Offices",
    ActorKind.PERSON: "Persons",
}


def group_by_kind(actors: list[Actor]) -> list[tuple[str, list[Branch]]]:
    """Return the actors that belong to no other, with their members, by the plural of their kind."""
    tops = build_trees(actors)
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
