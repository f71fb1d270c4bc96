"""Actors: states, organisations, armed groups, offices and persons that act, speak or publish."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from timeline.absolute_urls import absolute_page_url
from timeline.filters.filter_fields import AnyOfField, CountriesField, TermsField
from timeline.models import Actor
from timeline.models.actor import ActorKind
from timeline.querysets import ActorQuerySet

from .query_fields import Parameter, field_factory
from .record_schemas import (
    Schema,
    array_schema,
    count_schema,
    nullable,
    object_schema,
    table_schemas,
    text_schema,
    url_schema,
)
from .resource import Resource

PARAMETERS = (
    Parameter("q", "Words; each must begin a word of a name or alias.", field_factory(TermsField), "armenia"),
    Parameter("kind", "Kind of actor.", field_factory(AnyOfField, choices=ActorKind.choices), "state"),
    Parameter("country", "ISO 3166-1.", field_factory(CountriesField), "AM"),
)
MODEL_FIELDS = ("slug", "name", "kind", "country", "description")


def filter_actors(actors: ActorQuerySet, cleaned_data: dict[str, Any]) -> ActorQuerySet:
    matches = actors.with_names(cleaned_data["q"])
    matches = matches.of_kinds(cleaned_data["kind"]) if cleaned_data["kind"] else matches
    return matches.in_countries(cleaned_data["country"]) if cleaned_data["country"] else matches


def serialize_actors(actors: Iterable[Actor]) -> list[dict[str, Any]]:
    """Return actors as plain values. One query."""
    actors, aliases = list(actors), defaultdict(list)
    for slug, name in Actor.objects.aliases_of([actor.slug for actor in actors]):
        aliases[slug].append(name)
    return [serialize_actor(actor, aliases[actor.slug]) for actor in actors]


def serialize_actor(actor: Actor, aliases: list[str]) -> dict[str, Any]:
    return {
        **{name: getattr(actor, name) for name in MODEL_FIELDS},
        "url": absolute_page_url("actor-detail", actor.slug),
        "parent": actor.parent.slug if actor.parent else None,
        "aliases": aliases,
        "event_count": actor.event_count,
    }


def actor_schema() -> Schema:
    return object_schema(
        {
            **table_schemas(Actor, "actors", *MODEL_FIELDS),
            "url": url_schema("Address of its page."),
            "parent": nullable(text_schema("Slug of the actor it belongs to; null: none.")),
            "aliases": array_schema({"type": "string"}, "Other names."),
            "event_count": count_schema("Public events of the actor and of all that belong to it."),
        },
        "Someone who acts, speaks or publishes.",
    )


def with_parent(actors: ActorQuerySet) -> ActorQuerySet:
    return actors.select_related("parent")


ACTORS = Resource(
    "actor", "actors", "Actors", Actor, filter_actors, with_parent, serialize_actors, PARAMETERS
).endpoints()
