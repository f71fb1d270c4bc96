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
    coded: tuple[Event, ...]  # of the same type, citing what it was proposed for: it is entered already
    near: tuple[Event, ...]  # other events that cite some of the words

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
    words = Words(briefing, one.start, one.end)
    at = briefing.text.find(one.trigger, one.start, one.end)
    span = (at, at + len(one.trigger)) if at >= 0 else (one.start, one.end)
    near = {citation.event: None for citation in _over(cited, one.start, one.end)}
    coded = {
        citation.event: None for citation in _over(cited, *span) if citation.event.event_type.slug == one.event_type
    }
    return Offer(one, words, tuple(coded), tuple(event for event in near if event not in coded))


def _over(cited: list[Citation], start: int, end: int) -> list[Citation]:
    return [one for one in cited if one.start < end and start < one.end]
