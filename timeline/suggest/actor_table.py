"""States, territories and organisations that are known by name before anybody has entered them. See actor_table.tsv.

No actor is made of them before one is used. Who is listed, and under which name, says nothing of statehood.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q

from timeline.models import Actor, ActorAlias
from timeline.text.search_words import plain_words

TABLE = Path(__file__).with_name("actor_table.tsv")
MOST = 8  # candidates


@dataclass(frozen=True, slots=True)
class ListedActor:
    kind: str  # an ActorKind
    name: str  # in English
    country: str  # ISO 3166-1; empty: none, or several
    parent: str  # name of the listed actor that it belongs to; empty: none
    number: str  # of Gleditsch and Ward; empty: not theirs, or not known
    years: str  # "1922-1991", of what is no more; empty: it is there
    other_names: tuple[str, ...]


@cache
def listed_actors() -> tuple[ListedActor, ...]:
    """Return the table, in its order."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple(ListedActor(*row[:6], tuple(filter(None, row[6].split("|")))) for row in rows)


@cache
def _folded() -> tuple[tuple[ListedActor, tuple[str, ...]], ...]:
    return tuple((listed, tuple(map(plain_words, (listed.name, *listed.other_names)))) for listed in listed_actors())


def lookup(term: str) -> list[ListedActor]:
    """Return who is called so, at most MOST: by the name, by another name, by the beginning of one, by a word of one. Case,
    accents and scripts as in search. No query."""
    words = plain_words(term)
    ranked = [(rank, listed) for listed, names in _folded() if (rank := _rank(words, names)) is not None]
    return [listed for _, listed in sorted(ranked, key=lambda pair: pair[0])[:MOST]] if words else []


def _rank(words: str, names: tuple[str, ...]) -> int | None:
    if words in names:
        return min(names.index(words), 1)
    if any(name.startswith(words) for name in names):
        return 2
    return 3 if any(f" {words}" in name for name in names) else None


def listed_as(name: str) -> ListedActor | None:
    """Return the one that has just this name or other name; None: nobody, or several have it."""
    words = plain_words(name)
    called = [listed for listed, names in _folded() if words and words in names]
    return called[0] if len(called) == 1 else None


def entered_as(listed: ListedActor) -> Actor | None:
    """Return the actor that it is already: the state with its country code, or one with one of its names. Two queries."""
    actors = Actor.objects.not_merged()
    of_code = actors.filter(kind="state", country=listed.country).exclude(country="").order_by("pk")
    if listed.kind == "state" and (by_code := of_code.first()):
        return by_code
    named = Q()
    for name in (listed.name, *listed.other_names):
        named |= Q(name__iexact=name) | Q(aliases__name__iexact=name)
    return actors.filter(named).order_by("pk").first()


def complete(actor: Actor, listed: ListedActor) -> None:
    """Give an actor that was made of it the other names of the table, and what it belongs to where that is entered."""
    taken = {plain_words(name) for name in [actor.name, *actor.aliases.values_list("name", flat=True)]}
    for name in (listed.name, *listed.other_names):
        if (folded := plain_words(name)) not in taken:
            taken.add(folded)
            ActorAlias.objects.create(actor=actor, name=name)
    parent = listed_as(listed.parent) if listed.parent else None
    if parent and actor.parent_id is None and (owner := entered_as(parent)):
        actor.parent = owner
        actor.save()
