from collections import defaultdict
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_countries import countries

from timeline.models import Actor
from timeline.models.actor import ActorKind

from .subject_page import subject_page


@dataclass(frozen=True, slots=True)
class Branch:
    """An actor and those that belong to it."""

    actor: Actor
    members: list["Branch"]


def actor_list(request: HttpRequest) -> HttpResponse:
    actors = list(Actor.objects.public().with_event_count())
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
