"""Why a search of words found an event: the texts of it that have them, marked. By the tokenizer that the search itself uses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timeline.models import Actor, Event
from timeline.text.search_query import Group, spellings_of
from timeline.text.word_marks import MarkedPiece, mark_words

MOST_REASONS = 6  # of one event


@dataclass(frozen=True, slots=True)
class MatchReason:
    where: str  # "Title", "Quote", "Publisher" ...
    pieces: list[MarkedPiece]


def add_reasons(events: Iterable[Event], groups: Iterable[Group]) -> None:
    """Set `match_reasons` of each of these events of `for_timeline`. One query, for the other names of actors."""
    spellings, names = spellings_of(groups), _all_names(events)
    for event in events:
        event.match_reasons = _reasons(event, spellings, names)


def _reasons(event: Event, spellings: list[str], names: dict[str, list[str]]) -> list[MatchReason]:
    reasons: dict[tuple[str, str], MatchReason] = {}
    for where, text in _texts(event, names):
        if len(reasons) < MOST_REASONS and (where, text) not in reasons and (pieces := mark_words(text, spellings)):
            reasons[where, text] = MatchReason(where, pieces)
    return list(reasons.values())


def _texts(event: Event, names: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield what is searched of an event, each with what it is."""
    yield from (("Title", event.title), ("Summary", event.summary))
    for citation in event.visible_citations:
        yield "Source listed" if citation.briefing.is_listed else "Quote", citation.quote
    for participation in event.participations.all():
        yield from _named("Actor", names[participation.actor.slug])
    yield "Place", event.place.name if event.place else ""
    yield "Conflict", event.conflict.name if event.conflict else ""
    yield "Type", event.event_type.name
    for citation in event.visible_citations:
        yield from _named("Publisher", names[citation.briefing.publisher.slug])


def _named(where: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of an actor, and its other names as those."""
    yield where, names[0]
    yield from ((f"Other name of {names[0]}", name) for name in names[1:])


def _all_names(events: Iterable[Event]) -> dict[str, list[str]]:
    """Return name and other names of the actors and publishers of these events, by slug. One query."""
    actors = {participation.actor for event in events for participation in event.participations.all()}
    actors |= {citation.briefing.publisher for event in events for citation in event.visible_citations}
    names: dict[str, list[str]] = defaultdict(list, {actor.slug: [actor.name] for actor in actors})
    for slug, name in Actor.objects.aliases_of(list(names)):
        names[slug].append(name)
    return names
