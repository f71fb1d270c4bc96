"""Finds the stored row for a name in a file: by external id, slug, name or alias; a place by its name and point."""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models.functions import Coalesce

from timeline.models import Actor, ActorAlias, ActorExternalId, Conflict, EventType, Place, PlaceExternalId
from timeline.models.actor import ActorKind
from timeline.querysets.place import SAME_PLACE
from timeline.text.coordinates import distance
from timeline.text.folding import fold

from .event_record import NamedActor, NamedPlace, Options

ALIKE = 0.84  # of two folded names, so that one is offered for the other
MOST_OFFERS = 3
Degrees = tuple[Decimal, Decimal] | None  # north and east


class Ambiguous(Exception):
    """Several rows have the name."""


@dataclass(slots=True)
class NearMatches:
    """A name that matches no row, and rows with similar names."""

    name: str
    near: list[tuple[str, str]] = field(default_factory=list)  # slug, name


class KnownActors:
    def __init__(self, matches: dict[str, str] | None = None):
        """`matches`: slugs that somebody has said names stand for. Three queries."""
        rows = list(Actor.objects.order_by("pk").values_list("pk", "slug", "name", "kind", "merged_into"))
        ends = _merge_targets({pk: into for pk, *_, into in rows})
        self.names = {pk: (slug, name) for pk, slug, name, *_ in rows}
        self.states = {ends[pk] for pk, _, _, kind, _ in rows if kind == ActorKind.STATE}
        self.by_slug = {slug: ends[pk] for pk, slug, *_ in rows}
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.by_alias: dict[str, set[int]] = defaultdict(set)
        for pk, _, name, *_ in rows:
            self.by_name[fold(name)].add(ends[pk])
        for pk, name in ActorAlias.objects.values_list("actor", "name"):
            self.by_alias[fold(name)].add(ends[pk])
        ids = ActorExternalId.objects.values_list("scheme", "value", "actor")
        self.by_id = {(scheme, value): ends[pk] for scheme, value, pk in ids}
        self.matches = {fold(name): self.by_slug[slug] for name, slug in (matches or {}).items()}
        self.cache: dict[NamedActor, int] = {}

    def find(self, actor: NamedActor) -> int | None:
        """Return the primary key; None: nobody known. Raises Ambiguous. No query."""
        if (known := self.cache.get(actor)) is None and (known := self._find(actor)) is not None:
            self.cache[actor] = known
        return known

    def _find(self, actor: NamedActor) -> int | None:
        folded = fold(actor.name)
        for known in (
            self.by_id.get((actor.scheme, actor.value)) if actor.value else None,
            self.by_slug.get(actor.slug) if actor.slug else None,
            self.matches.get(folded),
        ):
            if known is not None:
                return known
        return None if actor.slug else _only_match(actor.name, self.by_name.get(folded) or self.by_alias.get(folded))

    def add(self, actor: NamedActor, pk: int, slug: str) -> None:
        """Know an actor that was made, or would be: then its primary key is negative."""
        self.by_slug[slug] = pk
        self.by_name[fold(actor.name)].add(pk)
        self.cache[actor] = pk
        if actor.kind == ActorKind.STATE:
            self.states.add(pk)
        if actor.value:
            self.by_id[actor.scheme, actor.value] = pk

    def state_of(self, actor: NamedActor) -> int | None:
        """Return the state that an actor belongs to, known by its name or as its government. None: it names none, none is
        known, or several are, or who has that name is no state. No query."""
        for name in (actor.state, f"Government of {actor.state}"):
            with suppress(Ambiguous):
                if (pk := self.find(NamedActor(name, ActorKind.STATE))) is not None:
                    return pk if pk in self.states else None
        return None

    def is_known(self, state: str) -> bool:
        """Return whether the name, or that of its government, is somebody's already."""
        names = (fold(state), fold(f"Government of {state}"))
        return any(name in known for name in names for known in (self.by_name, self.by_alias, self.matches))

    def near(self, name: str) -> NearMatches:
        return _near_matches(name, self.names.values())


class KnownPlaces:
    def __init__(self, matches: dict[str, str] | None = None, scheme: str = "") -> None:
        """`matches`: slugs that somebody has said names stand for; `scheme`: that of the ids by which this was said of the
        data set before. Two queries. By slug, name and point of a place that was merged its target is found."""
        self.names: dict[int, tuple[str, str]] = {}
        self.countries: dict[int | None, str] = {None: ""}
        self.by_slug: dict[str, int] = {}
        self.by_name: dict[str, list[tuple[int, str, Degrees]]] = defaultdict(list)
        columns = ("pk", Coalesce("merged_into", "pk"), "slug", "name", "country", "latitude", "longitude")
        for pk, stays, slug, name, country, *point in Place.objects.order_by("pk").values_list(*columns):
            self.by_slug[slug], self.countries[pk] = stays, country
            self.by_name[fold(name)].append((stays, country, None if point[0] is None else (point[0], point[1])))
            if pk == stays:
                self.names[pk] = (slug, name)
        ids = PlaceExternalId.objects.values_list("scheme", "value", "place")
        self.by_id = {(scheme, value): pk for scheme, value, pk in ids}
        self.matches = {value: pk for (known_scheme, value), pk in self.by_id.items() if known_scheme == scheme}
        self.matches |= {fold(name).strip(): self.by_slug[slug] for name, slug in (matches or {}).items()}
        self.cache: dict[NamedPlace, int] = {}

    def find(self, place: NamedPlace) -> int | None:
        """Return the primary key; None: no such place is known. Raises Ambiguous. No query."""
        if (known := self.cache.get(place)) is None and (known := self._find(place)) is not None:
            self.cache[place] = known
        return known

    def _find(self, place: NamedPlace) -> int | None:
        if place.value and (known := self.by_id.get((place.scheme, place.value))):
            return known
        if place.slug:
            return self.by_slug.get(place.slug)
        if self.matches and (known := self._matched(place)):
            return known
        named = self.by_name.get(fold(place.name), ())
        alike = [
            (pk, point) for pk, country, point in named if not (place.country and country) or place.country == country
        ]
        point = _point_of(place)
        apart = [(distance(point, other), pk) for pk, other in alike if point and other]
        if near := [pair for pair in apart if pair[0] <= SAME_PLACE]:
            return min(near)[1]
        without = {pk for pk, other in alike if other is None}
        return _only_match(place.name, without or (() if point else {pk for pk, _ in alike}))

    def _matched(self, place: NamedPlace) -> int | None:
        precisely, plainly = (fold(name).strip() for name in (name_of(place), place.name))
        return self.matches.get(precisely) or self.matches.get(plainly)

    def add(self, place: NamedPlace, pk: int, slug: str) -> None:
        self.by_slug[slug], self.countries[pk] = pk, place.country
        self.by_name[fold(place.name)].append((pk, place.country, _point_of(place)))
        self.cache[place] = pk
        if place.value:
            self.by_id[place.scheme, place.value] = pk

    def near(self, name: str) -> NearMatches:
        return _near_matches(name, self.names.values())


def name_of(place: NamedPlace) -> str:
    """Return the name under which somebody says what a place of a file stands for."""
    return f"{place.name}, {place.precision}"


def _point_of(place: NamedPlace) -> Degrees:
    """Return the point, None where the file has none."""
    if place.latitude is None or place.longitude is None:
        return None
    return Decimal(place.latitude), Decimal(place.longitude)


class KnownConflicts:
    def __init__(self) -> None:
        """One query."""
        self.by_slug: dict[str, int] = {}
        self.by_name: dict[str, int] = {}
        for pk, slug, name in Conflict.objects.order_by("pk").values_list("pk", "slug", "name"):
            self.by_slug[slug] = pk
            self.by_name.setdefault(fold(name), pk)

    def find(self, name: str) -> int | None:
        return self.by_name.get(fold(name))

    def add(self, name: str, pk: int, slug: str) -> None:
        self.by_name[fold(name)] = self.by_slug[slug] = pk


class KnownRows:
    """The stored actors, places, conflicts and event types. Eight queries."""

    def __init__(self, options: Options):
        self.actors, self.conflicts = KnownActors(options.actor_matches), KnownConflicts()
        self.places = KnownPlaces(options.place_matches, options.place_name_scheme)
        types = list(EventType.objects.values_list("slug", "pk", "claim"))
        self.types = {slug: pk for slug, pk, _ in types}
        self.claims = {slug: claim for slug, _, claim in types}


def _only_match(name: str, keys: Iterable[int] | None) -> int | None:
    keys = set(keys or ())
    if len(keys) > 1:
        raise Ambiguous(f"{len(keys)} are called “{name}”. Say which one is meant, by its slug.")
    return keys.pop() if keys else None


def _merge_targets(into: dict[int, int | None]) -> dict[int, int]:
    """Return where each actor's address leads: those merged into others stand for these."""
    targets = {}
    for pk in into:
        end, steps = pk, 0
        while (above := into.get(end)) is not None and steps < len(into):
            end, steps = above, steps + 1
        targets[pk] = end
    return targets


def _near_matches(name: str, known: Iterable[tuple[str, str]]) -> NearMatches:
    """Return what is called nearly so: most of its words, or nearly its letters."""
    folded = fold(name).strip()
    words = set(folded.split())
    near = []
    for slug, other in known:
        compared = fold(other).strip()
        others = set(compared.split())
        if not others:
            continue
        has_all_words = min(len(words), len(others)) and (words <= others or others <= words)
        matcher = difflib.SequenceMatcher(None, folded, compared)
        alike = matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
        if has_all_words or alike >= ALIKE:
            near.append((max(alike, 0.5 if has_all_words else 0.0), slug, other))
    near.sort(key=lambda match: (-match[0], match[2]))
    return NearMatches(name, [(slug, other) for _, slug, other in near[:MOST_OFFERS]])
