"""Makes the rows beside the events: actors, places, conflicts, source documents, and what others call them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from timeline.models import (
    Actor,
    ActorAlias,
    ActorAncestor,
    ActorExternalId,
    Briefing,
    BriefingWords,
    Conflict,
    Place,
    PlaceAncestor,
    PlaceExternalId,
)
from timeline.models.actor import derive as derive_actor
from timeline.models.place import derive as derive_place
from timeline.models.source_day import SourceDate
from timeline.text.folding import fold
from timeline.text.languages import romanised_slug
from timeline.text.search_words import index_words
from timeline.text.source_address import comparable_address

from . import quote_anchoring
from .bulk_table import Table, WriteContext, ranges
from .event_record import NamedActor, NamedPlace, Options, Source
from .matching import KnownRows
from .quote_anchoring import StoredBriefing

LONGEST_SLUG = 70
AT_ONCE = 100  # primary keys reserved by one query


class RelatedRows:
    """Rows wait until `flush`, their primary keys are given at once."""

    def __init__(self, options: Options, known: KnownRows, together: WriteContext):
        self.options, self.known, self.together = options, known, together
        models = (Actor, Place, Conflict, Briefing, ActorExternalId, PlaceExternalId)
        self.tables = {model: Table(model, together) for model in models}
        self.waiting: dict[Any, list[tuple[int, dict]]] = defaultdict(list)
        self.reserved: dict[Any, list[int]] = defaultdict(list)
        self.made: dict[str, list[list[int]]] = defaultdict(list)  # as ImportBatch keeps them
        self.publishers, self.parents = set[int](), set[int]()  # actors that the rows made here name

    def actor(self, actor: NamedActor) -> tuple[int, str]:
        slug = actor.slug or free_slug(actor.name, self.known.actors.by_slug)
        parent = self.known.actors.state_of(actor) if actor.state else None
        row = {"slug": slug, "name": actor.name, "kind": actor.kind, "parent_id": parent} | derive_actor(actor.name)
        return self._wait(Actor, row), slug

    def place(self, place: NamedPlace) -> tuple[int, str]:
        slug = place.slug or free_slug(place.name, self.known.places.by_slug)
        row = {"slug": slug, "name": place.name, "country": place.country} | derive_place(place.name)
        return self._wait(Place, row | {"latitude": place.latitude, "longitude": place.longitude}), slug

    def conflict(self, name: str) -> tuple[int, str]:
        slug = free_slug(name, self.known.conflicts.by_slug)
        return self._wait(Conflict, {"slug": slug, "name": name, "search_text": index_words(name)}), slug

    def briefing(self, slug: str, source: Source) -> StoredBriefing:
        """Make the record of a source document. The public reads it only when it reads an event that cites it."""
        data_set = self.options.data_set
        status = "published" if self.options.publish else "draft"
        url = quote_anchoring.address_of(source, data_set)
        published = SourceDate.of(source.published)
        row = {
            "slug": slug,
            "status": status,
            "title": source.title or (data_set.name if data_set else slug),
            "kind": "data_record",
            "publisher_id": self.known.actors.find(quote_anchoring.publisher_of(source, data_set)),
            "published_on": published.day,
            "published_within": published.within,
            "published_until": published.latest if published.within else None,
            "url": url,
            "comparable_url": comparable_address(url),
            "recorded_at": self.together.moment,
            "updated_at": self.together.moment,
        }
        key = self._wait(Briefing, row)
        return StoredBriefing(key, status, url, quote_anchoring.latest_day(source), True, row["publisher_id"])

    def actor_id(self, actor: NamedActor, pk: int) -> None:
        if actor.value:
            self._wait(ActorExternalId, {"scheme": actor.scheme, "value": actor.value, "actor_id": pk})

    def place_id(self, place: NamedPlace, pk: int) -> None:
        if place.value:
            self._wait(PlaceExternalId, {"scheme": place.scheme, "value": place.value, "place_id": pk})

    def aliases(self) -> None:
        """Keep what somebody has said a name stands for, so that the next file finds it by itself."""
        for name, slug in self.options.actor_matches.items():
            actor = Actor.objects.get(slug=slug)
            if fold(name) not in {
                fold(known_name) for known_name in [actor.name, *actor.aliases.values_list("name", flat=True)]
            }:
                ActorAlias.objects.create(actor=actor, name=name)

    def names_of_places(self) -> None:
        """Record which places the names of this data set stand for: a place has no alias that all would find it by."""
        for name, slug in self.options.place_matches.items():
            PlaceExternalId.objects.update_or_create(
                scheme=self.options.place_name_scheme,
                value=fold(name).strip()[:100],
                defaults={"place": Place.objects.get(slug=slug)},
            )

    def flush(self) -> None:
        for model, waiting in self.waiting.items():
            if waiting:
                keys, rows = [key for key, _ in waiting], [row for _, row in waiting]
                self.tables[model].insert(rows, keys)
                self.made[model._meta.model_name] += ranges(keys)
                if model is Briefing:
                    self.publishers.update(row["publisher_id"] for row in rows)
                    BriefingWords.objects.begin_all(waiting)
                if model is Actor:
                    self.parents.update(row["parent_id"] for row in rows if row["parent_id"])
                    ActorAncestor.objects.create_all({key: row["parent_id"] for key, row in waiting})
                if model is Place:
                    PlaceAncestor.objects.create_all(dict.fromkeys(keys))
                waiting.clear()

    def _wait(self, model, row: dict) -> int:
        if not self.reserved[model]:
            self.reserved[model] = self.tables[model].reserve(AT_ONCE)
        key = self.reserved[model].pop(0)
        self.waiting[model].append((key, row))
        return key


def free_slug(name: str, taken: Collection[str]) -> str:
    """Return a slug made of the name that no row has yet."""
    plain = romanised_slug(fold(name))[:LONGEST_SLUG].strip("-") or "named"
    slug, number = plain, 1
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug
