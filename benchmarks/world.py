"""A world of any size, the same each time: events with dates of every precision, actors, places and sources."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import count
from random import Random

from django.db import transaction

from benchmarks import dates, sources
from benchmarks.sources import DRAFT_SHARE, Source
from timeline.database.transactions import refresh
from timeline.models import Citation, Event, EventType, Participation, Place
from timeline.models.derived_columns import derive_event, derive_search
from timeline.models.participation import Role
from timeline.models.validators import ID_ALPHABET, ID_LENGTH
from timeline.quotes import CONTEXT

BATCH = 2_000  # events at once
SAYING = ("announces", "confirms", "reports", "calls_for", "condemns", "mentions")
MOMENT = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


class World:
    """What the events are made of."""

    def __init__(self, rng: Random, **briefings: int):
        self.rng = rng
        self.actors = sources.make_actors()
        self.places = sources.make_places(rng)
        self.conflicts = sources.make_conflicts()
        briefings = sources.make_sources(self.actors, rng, **briefings)
        self.sources = [source for source in briefings if source.briefing.is_public]
        self.any_sources = briefings
        self.types = list(EventType.objects.order_by("pk"))
        self.numbers = count(1)

    def often_first(self, rows: list):
        """Return one of the rows, those at the beginning far more often."""
        return rows[int(len(rows) * self.rng.random() ** 2.5)]

    def public_id(self) -> str:
        return "".join(self.rng.choices(ID_ALPHABET, k=ID_LENGTH))


def fill(events: int, say: Callable[[str], None] = lambda text: None, **briefings: int) -> None:
    """Write a world with so many events into an empty database; `briefings`: their count and least characters."""
    with transaction.atomic():
        world = World(Random(20201109), **briefings)  # noqa: S311 (the same world each time)
        for done in range(0, events, BATCH):
            add_events(world, min(BATCH, events - done))
            say(f"{min(done + BATCH, events):,} of {events:,} events")
        refresh()  # or PostgreSQL reads all citations for each event
        Event.objects.refresh_evidence()
    refresh()


def add_events(world: World, number: int) -> None:
    events = Event.objects.bulk_create([new_event(world) for _ in range(number)])
    Participation.objects.bulk_create(row for event in events for row in participations(world, event))
    Citation.objects.bulk_create(row for event in events for row in citations(world, event))


def new_event(world: World) -> Event:
    rng, number = world.rng, next(world.numbers)
    kind, place = world.often_first(world.types), _maybe(rng, 0.9, world.often_first(world.places))
    public_id, conflict = world.public_id(), _maybe(rng, 0.85, world.often_first(world.conflicts))
    edtf, title = dates.edtf(dates.day(rng), rng), f"{kind.name}, event number {number}"
    summary = f"What the sources say of event number {number}, and what they leave open."
    event = Event(
        public_id=public_id,
        title=title,
        summary=summary,
        event_type=kind,
        place=place,
        conflict=conflict,
        supporting_count=1,
        **derive_event(edtf=edtf, title=title, summary=summary, country=place.country if place else ""),
    )
    if rng.random() >= DRAFT_SHARE:
        event.status, event.published_at = "published", MOMENT
    return event


def _maybe(rng: Random, share: float, row: Place) -> Place | None:
    return row if rng.random() < share else None


def participations(world: World, event: Event) -> Iterator[Participation]:
    """Yield two, of two actors."""
    first = second = world.often_first(world.actors)
    while second == first:
        second = world.often_first(world.actors)
    for position, actor in enumerate((first, second)):
        yield Participation(event=event, actor=actor, role=world.rng.choice(Role.values), position=position)


def citations(world: World, event: Event) -> Iterator[Citation]:
    """Yield one that supports the event, in a briefing that the public can read, and sometimes another."""
    yield citation(world, event, world.often_first(world.sources), world.rng.choice(SAYING), 0)
    if world.rng.random() < 0.5:
        act = "denies" if world.rng.random() < 0.15 else world.rng.choice(SAYING)
        yield citation(world, event, world.often_first(world.any_sources), act, 1)


def citation(world: World, event: Event, source: Source, act: str, position: int) -> Citation:
    start, end = world.rng.choice(source.spans)
    text = source.briefing.text
    return Citation(
        public_id=world.public_id(),
        event=event,
        briefing=source.briefing,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        state="verified",
        turn_kind="statement",
        act=act,
        speaker=world.often_first(world.actors) if world.rng.random() < 0.8 else None,
        position=position,
        **derive_search(text[start:end]),
    )
