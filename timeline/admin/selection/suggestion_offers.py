"""Which of the events that a text proposes are new, and which are entered already."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from timeline.models import Briefing, Citation, Event
from timeline.suggest import KnownActors, Suggestion, suggestions

from .selected_words import Selection, signed_part

MOST_NAMED = 5  # events that cite the words proposed, the newest: of the type proposed, and of others

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SuggestionOffer:
    """A proposed event, and the events that cite its words."""

    suggestion: Suggestion
    words: Selection
    coded: tuple[Event, ...]  # of its type, citing some of its words: it is entered already
    near: tuple[Event, ...]  # of other types, citing some of its words

    @property
    def key(self) -> str:
        return self.suggestion.key

    def part(self, user: User) -> str:
        """Return the part of an address that opens it in the form for a new event."""
        return signed_part(self.words, user, self.key)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed event as the transcript shows it beside its words."""

    suggestion: Suggestion
    part: str  # of the address that opens it
    near: tuple[Event, ...]  # of other types, citing some of its words

    @property
    def is_titled_by_quote(self) -> bool:
        """Return whether the title is the quote, or its beginning."""
        quote = " ".join(self.suggestion.quote.split()).lower()
        return quote.startswith(self.suggestion.title.rstrip("…").lower())


def new_proposals(briefing: Briefing, user: User, actors: KnownActors) -> list[Proposed]:
    """Return what the text proposes and nobody has entered, in its order. Five queries."""
    offers = [offer for offer in offer_suggestions(briefing, actors) if not offer.coded]
    return [Proposed(offer.suggestion, offer.part(user), offer.near) for offer in offers]


def offer_suggestions(briefing: Briefing, actors: KnownActors) -> list[SuggestionOffer]:
    """Return what the text proposes, in its order. Five queries, whatever the number of proposals."""
    proposed = suggestions(briefing, actors)
    cited = _by_stretch(briefing.citations.typed_places())
    keys = [
        (_newest(cited, suggestion, is_same=True), _newest(cited, suggestion, is_same=False)) for suggestion in proposed
    ]
    wanted = {key for pair in keys for side in pair for key in side}
    citations = list(briefing.citations.by_key(wanted).in_text().with_event())
    return [
        SuggestionOffer(
            suggestion,
            Selection(briefing, suggestion.start, suggestion.end),
            *(_events(citations, side) for side in pair),
        )
        for suggestion, pair in zip(proposed, keys, strict=True)
    ]


def _by_stretch(places: Iterable[tuple[int, int, int, str]]) -> dict[Span, dict[str, list[int]]]:
    """Return the citations of each stretch of words by the type of their event, the newest first."""
    by_span = defaultdict(lambda: defaultdict(list))
    for pk, start, end, event_type in places:
        by_span[start, end][event_type].append(pk)
    return by_span


def _newest(cited: dict[Span, dict[str, list[int]]], suggestion: Suggestion, *, is_same: bool) -> set[int]:
    """Return the newest citations of some of these words, by events of the type proposed or of others."""
    over = [types for (start, end), types in cited.items() if start < suggestion.end and suggestion.start < end]
    keys = [
        key
        for types in over
        for name, keys in types.items()
        if (name == suggestion.event_type) is is_same
        for key in keys
    ]
    return set(sorted(keys, reverse=True)[:MOST_NAMED])


def _events(citations: list[Citation], keys: set[int]) -> tuple[Event, ...]:
    return tuple(dict.fromkeys(citation.event for citation in citations if citation.pk in keys))
