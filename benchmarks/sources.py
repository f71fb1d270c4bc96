"""Actors, places, conflicts and briefings of the generated world."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from django_countries import countries

from benchmarks import dates
from timeline.models import Actor, Briefing, Conflict, Place
from timeline.models.actor import derive as derive_actor
from timeline.models.briefing import derive as derive_briefing

STATES, MINISTRIES_EACH, OFFICES_EACH = 30, 3, 2  # 30 + 90 + 180 actors
PLACES, CONFLICTS, BRIEFINGS = 200, 8, 500
DRAFT_SHARE = 0.03
SENTENCES = 60  # in a briefing, of those that are cited
TURNS = 40  # of the talk that makes a briefing long; said over and over

SUBJECTS = ("The ministry", "Our delegation", "The President", "The spokesperson", "The General Staff", "The mission")
VERBS = ("confirmed", "welcomed", "rejected", "condemned", "announced", "recalled", "denied", "discussed")
OBJECTS = ("the ceasefire", "the exchange of prisoners", "the movement of troops", "the road through the corridor")
OBJECTS += ("the statement of the neighbouring state", "the talks on the border", "the shelling of the village")


@dataclass(frozen=True, slots=True)
class Source:
    """A briefing, and where each of its sentences is."""

    briefing: Briefing
    spans: list[tuple[int, int]]


def make_actors() -> list[Actor]:
    """Return 300 actors: states, their ministries, and the offices in these."""
    states = _actors(STATES, "State", [None] * STATES, "state")
    parents = [state for state in states for _ in range(MINISTRIES_EACH)]
    ministries = _actors(len(parents), "Ministry", parents, "organisation")
    parents = [ministry for ministry in ministries for _ in range(OFFICES_EACH)]
    return [*states, *ministries, *_actors(len(parents), "Office", parents, "office")]


def _actors(count: int, word: str, parents: list, kind: str) -> list[Actor]:
    names = [f"{word} number {number}" for number in range(1, count + 1)]
    return Actor.objects.bulk_create(
        Actor(slug=name.lower().replace(" ", "-"), name=name, kind=kind, parent=parent, **derive_actor(name))
        for name, parent in zip(names, parents, strict=True)
    )


def make_places(rng: Random) -> list[Place]:
    codes = rng.sample(list(countries.countries), 30)
    return Place.objects.bulk_create(
        Place(
            slug=f"place-{number}",
            name=f"Place number {number}",
            country=codes[number % len(codes)],
            latitude=round(rng.uniform(-60, 70), 4),
            longitude=round(rng.uniform(-180, 180), 4),
        )
        for number in range(1, PLACES + 1)
    )


def make_conflicts() -> list[Conflict]:
    numbers = range(1, CONFLICTS + 1)
    return Conflict.objects.bulk_create(Conflict(slug=f"conflict-{n}", name=f"Conflict number {n}") for n in numbers)


def make_sources(actors: list[Actor], rng: Random, count: int = BRIEFINGS, characters: int = 0) -> list[Source]:
    """Return briefings with text, of at least so many characters; the first are published, about 3 % at the end are
    drafts."""
    drafts = round(count * DRAFT_SHARE)
    talk = _talk(characters)
    written = [(text + talk[: max(0, characters - len(text))], spans) for text, spans in map(_text, [rng] * count)]
    briefings = Briefing.objects.bulk_create(
        Briefing(
            slug=f"briefing-{number}",
            status="draft" if number >= count - drafts else "published",
            title=f"Press briefing number {number}",
            kind="press_briefing",
            publisher=actors[int(60 * rng.random() ** 2)],
            published_on=dates.day(rng),
            captured_on=dt.date(2026, 7, 1),
            url=f"https://example.org/briefings/{number}",
            **derive_briefing(text),
        )
        for number, (text, _) in enumerate(written)
    )
    return [Source(briefing, spans) for briefing, (_, spans) in zip(briefings, written, strict=True)]


def _text(rng: Random) -> tuple[str, list[tuple[int, int]]]:
    lines, spans, position = [], [], 0
    for number in range(1, SENTENCES + 1):
        line = f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)} in its statement number {number}."
        lines.append(line)
        spans.append((position, position + len(line)))
        position += len(line) + 1
    return "\n".join(lines), spans


def _talk(characters: int) -> str:
    """Return questions and answers that nobody cites, at least so many characters."""
    turns = [
        f"\n\n{'QUESTION' if number % 2 else 'MS PORTER'}: "
        + " ".join(
            f"{SUBJECTS[(number + n) % 6]} {VERBS[(number * n) % 8]} {OBJECTS[n % 7]}." for n in range(number % 9 + 1)
        )
        for number in range(TURNS)
    ]
    return "".join(turns) * (characters // len("".join(turns)) + 1)
