"""Countries by the names that data sets write.

Resolves the names of a file to primary keys; what is new is created, or only listed in a dry run.
"""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from django_countries import countries

from timeline.text.folding import fold

from . import quote_anchoring
from .event_record import ActorPart, EventRecord, NamedActor, NamedPlace, Options, Source
from .matching import KnownRows
from .quote_anchoring import StoredBriefing
from .snapshot import State

OTHERWISE = {
    "bosnia herzegovina": "BA",
    "brunei": "BN",
    "burma": "MM",
    "cape verde": "CV",
    "dr congo": "CD",
    "democratic republic of congo": "CD",
    "east timor": "TL",
    "iran": "IR",
    "ivory coast": "CI",
    "kingdom of eswatini": "SZ",
    "laos": "LA",
    "macedonia": "MK",
    "macedonia fyr": "MK",
    "moldova": "MD",
    "north korea": "KP",
    "palestine": "PS",
    "russia": "RU",
    "south korea": "KR",
    "syria": "SY",
    "tanzania": "TZ",
    "turkey": "TR",
    "united states": "US",
    "united states of america": "US",
    "venezuela": "VE",
    "vietnam": "VN",
}


@cache
def _by_name() -> dict[str, str]:
    return {fold(name).strip(): code for code, name in countries} | OTHERWISE


@cache
def country_code(name: str, alpha3: str = "") -> str:
    """Return the ISO 3166-1 code of two letters; empty where neither name nor code of three is known.

    What is in brackets is another name: "DR Congo (Zaire)".
    """
    if alpha3 and (code := countries.alpha2(alpha3)):
        return code
    return _by_name().get(fold(name.partition("(")[0]).strip(), "")


@cache
def numbered_country_code(number: str) -> str:
    """Return the ISO 3166-1 code of two letters for the number; empty where it is none. "51" is 051."""
    return countries.alpha2(int(number)) if number.isascii() and number.isdigit() and len(number) < 5 else ""


class RowMaker(Protocol):
    """Creates rows that the file is the first to name. Each method returns (primary key, slug)."""

    def actor(self, actor: NamedActor) -> tuple[int, str]: ...
    def place(self, place: NamedPlace) -> tuple[int, str]: ...
    def conflict(self, name: str) -> tuple[int, str]: ...
    def briefing(self, slug: str, source: Source) -> StoredBriefing: ...
    def actor_id(self, actor: NamedActor, pk: int) -> None: ...
    def place_id(self, place: NamedPlace, pk: int) -> None: ...
    def flush(self) -> None: ...


class NameResolver:
    """The names of one import."""

    def __init__(self, options: Options, known: KnownRows, maker: RowMaker):
        self.options, self.known, self.maker = options, known, maker
        self.sources: dict[str, StoredBriefing] = {}  # of the lot, by slug

    def ensure(self, records: list[EventRecord]) -> None:
        """Create what these records name and is not stored yet. One query for each 500 sources."""
        for record in records:
            for actor in self._actors_of(record):
                self._ensure_actor(actor)
            if record.place:
                self._ensure_place(record.place)
            if record.conflict and self.known.conflicts.find(record.conflict) is None:
                self.known.conflicts.add(record.conflict, *self.maker.conflict(record.conflict))
        self._ensure_sources(records)
        self.maker.flush()

    def _actors_of(self, record: EventRecord) -> list[NamedActor]:
        """Return the actors that take part, and those that published a source."""
        data_set = self.options.data_set
        publishers = [
            quote_anchoring.publisher_of(source, data_set) for source in record.sources if not source.briefing
        ]
        return [*(part.actor for part in record.actors), *publishers]

    def _ensure_actor(self, actor: NamedActor) -> None:
        actors = self.known.actors
        if actor.state and actors.find(actor) is None and not actors.is_known(actor.state):
            self._ensure_actor(NamedActor(actor.state, "state"))
        if (pk := actors.find(actor)) is None:
            pk, slug = self.maker.actor(actor)
            actors.add(actor, pk, slug)
            self.maker.actor_id(actor, pk)
        elif actor.value and (actor.scheme, actor.value) not in actors.by_id:
            actors.by_id[actor.scheme, actor.value] = pk
            self.maker.actor_id(actor, pk)

    def _ensure_place(self, place: NamedPlace) -> None:
        places = self.known.places
        if (pk := places.find(place)) is None:
            pk, slug = self.maker.place(place)
            places.add(place, pk, slug)
            self.maker.place_id(place, pk)
        elif place.value and (place.scheme, place.value) not in places.by_id:
            places.by_id[place.scheme, place.value] = pk
            self.maker.place_id(place, pk)

    def _ensure_sources(self, records: list[EventRecord]) -> None:
        data_set = self.options.data_set
        named = {quote_anchoring.slug_of(cited, data_set): cited for record in records for cited in record.sources}
        self.sources = quote_anchoring.stored_briefings(named)
        for slug, source in named.items():
            if slug not in self.sources:
                self.sources[slug] = self.maker.briefing(slug, source)

    def state(self, record: EventRecord) -> State:
        """Return the event in plain values, its names as primary keys; negative ones stand for what is not made yet."""
        known = self.known
        return {
            "title": record.title,
            "summary": record.summary,
            "type": known.types[record.type],
            "edtf": record.edtf,
            "date_as_stated": record.date_as_stated,
            "date_note": record.date_note,
            "time_of_day": record.time_of_day,
            "time_zone": record.time_zone,
            "place": known.places.find(record.place) if record.place else None,
            "place_precision": record.place.precision if record.place else "",
            "conflict": known.conflicts.find(record.conflict) if record.conflict else None,
            "low": record.low,
            "best": record.best,
            "high": record.high,
            "actors": self._parts(record.actors),
            "citations": [self._citation(source) for source in record.sources],
        }

    def _parts(self, parts: Iterable[ActorPart]) -> list[list]:
        """Return the parts of actors. Two names of one actor in one role are one."""
        by_actor_and_role: dict[tuple[int | None, str], list] = {}
        for part in parts:
            pk = self.known.actors.find(part.actor)
            by_actor_and_role.setdefault((pk, part.role), [pk, part.role, part.office])
        return list(by_actor_and_role.values())

    def _citation(self, source: Source) -> list:
        slug = quote_anchoring.slug_of(source, self.options.data_set)
        return [self.sources[slug].key, source.quote, source.act, source.note]
