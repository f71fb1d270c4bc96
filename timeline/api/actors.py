"""Actors: states, organisations, armed groups, offices and persons that act, speak or publish."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from timeline.filters.filter_fields import AnyOfField, CountriesField, TermsField
from timeline.http.absolute_urls import address_of
from timeline.models import Actor
from timeline.models.actor import ActorKind
from timeline.querysets import ActorQuerySet

from .api_parameters import Parameter
from .json_schema import Schema, list_of, nullable, number, object_of, of_table, text, url
from .query_fields import make
from .resource import Resource

OWN = (
    Parameter("q", "Words, each found where a word of a name or alias begins.", make(TermsField), "armenia"),
    Parameter("kind", "Kind of actor.", make(AnyOfField, choices=ActorKind.choices), "state"),
    Parameter("country", "ISO 3166-1.", make(CountriesField), "AM"),
)
OF_TABLE = ("slug", "name", "kind", "country", "description")


def narrowed(actors: ActorQuerySet, own: dict[str, Any]) -> ActorQuerySet:
    found = actors.found_by(own["q"]) if own["q"] else actors
    found = found.of_kinds(own["kind"]) if own["kind"] else found
    return found.in_countries(own["country"]) if own["country"] else found


def records(actors: Iterable[Actor]) -> list[dict[str, Any]]:
    """Return actors as plain values. One query."""
    actors, aliases = list(actors), defaultdict(list)
    for slug, name in Actor.objects.aliases_of([actor.slug for actor in actors]):
        aliases[slug].append(name)
    return [record(actor, aliases[actor.slug]) for actor in actors]


def record(actor: Actor, aliases: list[str]) -> dict[str, Any]:
    return {
        **{name: getattr(actor, name) for name in OF_TABLE},
        "url": address_of("actor-detail", actor.slug),
        "parent": actor.parent.slug if actor.parent else None,
        "aliases": aliases,
        "event_count": actor.event_count or 0,
    }


def schema() -> Schema:
    return object_of(
        {
            **of_table(Actor, "actors", *OF_TABLE),
            "url": url("Address of its page."),
            "parent": nullable(text("Slug of the actor it belongs to; null: none.")),
            "aliases": list_of({"type": "string"}, "Other names."),
            "event_count": number("Public events of the actor and of all that belong to it."),
        },
        "Someone who acts, speaks or publishes.",
    )


def counted(actors: ActorQuerySet) -> ActorQuerySet:
    return actors.with_event_count().select_related("parent")


ACTORS = Resource("actor", "actors", "Actors", Actor, narrowed, counted, records, OWN).endpoints()
