"""Which of the proposed events are new, and which are entered already."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from timeline.admin.workspace.words import Words, address
from timeline.models import Briefing, Citation, Event
from timeline.suggest import Suggestion, known_actors, suggestions


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposed event, and the events that cite its words."""

    suggestion: Suggestion
    words: Words
    coded: tuple[Event, ...]  # of its type, citing some of its words: it is entered already
    near: tuple[Event, ...]  # of other types, citing some of its words

    @property
    def key(self) -> str:
        return self.suggestion.key

    def address(self, user: User) -> str:
        """Return the part of an address that opens it in the form for a new event."""
        return address(self.words, user, self.key)


def offers(briefing: Briefing) -> list[Offer]:
    """Return what the text proposes, in its order. Six queries, whatever the number of proposals."""
    found = suggestions(briefing, known_actors())
    cited = list(briefing.citations.in_text().exclude(start=None).with_event())
    return [_offer(briefing, one, cited) for one in found]


def _offer(briefing: Briefing, one: Suggestion, cited: list[Citation]) -> Offer:
    found = dict.fromkeys(citation.event for citation in _over(cited, one.start, one.end))
    coded = tuple(event for event in found if event.event_type.slug == one.event_type)
    near = tuple(event for event in found if event not in coded)
    return Offer(one, Words(briefing, one.start, one.end), coded, near)


def _over(cited: list[Citation], start: int, end: int) -> list[Citation]:
    return [one for one in cited if one.start < end and start < one.end]
