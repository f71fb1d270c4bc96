"""Replace a briefing's text by one captured again: first a preview of what would change, then the change."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from timeline.evidence.choices import VERIFIED_STATES, QuoteState, TurnKind
from timeline.evidence.support import support_of
from timeline.models import Briefing, Citation, Event
from timeline.models.history_field import ChangeClass
from timeline.text import source_text, transcripts

from .change_reason import reason_for_change

KINDS = ("lost", "ambiguous", "moves", "found", "stays", "still")  # as they are listed: what needs work comes first


class StaleText(ValueError):
    """The text, its citations or their events have changed since the preview."""


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """What becomes of a citation."""

    citation: Citation
    state: str  # a value of QuoteState: how the quote stands in the new text
    place: tuple[int, int] | None  # there, in code points, end excluded; None: nowhere
    kind: str  # one of KINDS
    support: str  # what it does for its event there (Support): words that come to stand in a question only ask
    turn: str  # whose turn it stands in then, where that is another than now; empty: the same

    @property
    def bears_event(self) -> bool:
        """Return whether its event may rest on it in the new text."""
        return self.state in VERIFIED_STATES and self.citation.event.is_borne_by(self.support)


class TextReplacement:
    """A new text for a briefing, compared with the stored one. Four queries; nothing is written."""

    def __init__(self, briefing: Briefing, text: str):
        self.briefing, self.text = briefing, source_text.normalise(text)
        self.transcript = transcripts.parse(self.text)
        citations = briefing.citations.in_text().with_event()
        self.outcomes = [self._outcome(citation) for citation in citations]

    @property
    def is_same(self) -> bool:
        return self.text == self.briefing.text

    def by_kind(self) -> list[tuple[str, list[QuoteOutcome]]]:
        """Return the fates by KINDS, those that occur."""
        sorted_out = [(kind, [outcome for outcome in self.outcomes if outcome.kind == kind]) for kind in KINDS]
        return [(kind, outcomes) for kind, outcomes in sorted_out if outcomes]

    @cached_property
    def unsupported_events(self) -> list[Event]:
        """Return published events that would have no verified quote to rest on any more, and have one now."""
        if not self.briefing.is_public:
            return []
        events = {
            outcome.citation.event_id: outcome.citation.event
            for outcome in self.outcomes
            if outcome.citation.event.is_public
        }
        citations = Citation.objects.filter(event__in=events).bearing().public_source().checkable()
        verified = set(citations.values_list("event", flat=True))
        still_verified = set(citations.exclude(briefing=self.briefing).values_list("event", flat=True))
        still_verified |= {outcome.citation.event_id for outcome in self.outcomes if outcome.bears_event}
        return [event for pk, event in events.items() if pk in verified - still_verified]

    @property
    def fingerprint(self) -> str:
        """Return a digest that changes with either text, a citation, or the status of an event."""
        state = [self.briefing.pk, self.briefing.text_sha256, source_text.sha256(self.text), self.briefing.status]
        state += [_fingerprint_of(outcome) for outcome in self.outcomes]
        state += [event.pk for event in self.unsupported_events]
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()

    def _outcome(self, citation: Citation) -> QuoteOutcome:
        anchor = citation.find_in(self.text)
        place = None if anchor.start is None else (anchor.start, anchor.end)
        turn = _new_turn(self.briefing.transcript, self.transcript, citation, place)
        support = _new_support(self.transcript, citation, place)
        return QuoteOutcome(citation, anchor.state, place, _outcome_kind(citation, anchor.state), support, turn)


def _outcome_kind(citation: Citation, now: str) -> str:
    if now == QuoteState.MISSING:
        return "still" if citation.state == QuoteState.MISSING else "lost"
    if now == QuoteState.AMBIGUOUS:
        return "still" if citation.state == QuoteState.AMBIGUOUS else "ambiguous"
    if citation.state not in VERIFIED_STATES:
        return "found"
    return "moves" if now == QuoteState.MOVED else "stays"


def _new_support(after: transcripts.Transcript, citation: Citation, place: tuple[int, int] | None) -> str:
    turn = after.turn_at(place[0]) if place else None
    in_question = turn is not None and turn.kind == TurnKind.QUESTION
    return support_of(citation.act, in_question, citation.event.event_type.claim, citation.event.actuality)


def _new_turn(before, after, citation: Citation, place: tuple[int, int] | None) -> str:
    if place is None or citation.start is None:
        return ""
    was, now = before.turn_at(citation.start), after.turn_at(place[0])
    turns = [(turn.speaker, turn.kind) if turn else ("", "") for turn in (was, now)]
    return "" if turns[0] == turns[1] else " ".join(filter(None, turns[1])) or "outside any turn"


def _fingerprint_of(outcome: QuoteOutcome) -> tuple:
    citation = outcome.citation
    return (
        citation.pk,
        citation.event_id,
        citation.event.status,
        citation.quote,
        citation.act,
        citation.state,
        citation.start,
        citation.end,
        outcome.state,
    )


@transaction.atomic
def replace_text(
    briefing_id: int,
    text: str,
    *,
    seen: str,
    captured_on: dt.date | None,
    reason: str,
    withdrawal_reason: str = "",
) -> TextReplacement:
    """Store the new text: the old one goes to the earlier texts, each citation finds its place again, and what would stand public without a
    verified quote is withdrawn with `withdrawal_reason`.

    `seen` is the fingerprint of what was confirmed. Raises StaleText where that has changed, ValueError where events must be
    withdrawn and no reason says why; then nothing is written.
    """
    briefing = Briefing.objects.locked(briefing_id)
    replacement = TextReplacement(briefing, text)
    if replacement.fingerprint != seen:
        raise StaleText("The text, its citations or their events have changed since you compared.")
    unsupported = list(replacement.unsupported_events)
    if unsupported and not withdrawal_reason.strip():
        raise ValueError("Say why the events that lose their last matched quote are withdrawn.")
    _withdraw(unsupported, withdrawal_reason)
    briefing.text, briefing.captured_on = replacement.text, captured_on
    with reason_for_change(reason, change_class=ChangeClass.SOURCE):
        briefing.save()
    return replacement


def _withdraw(events: Iterable[Event], reason: str) -> None:
    with reason_for_change(reason):
        for event in events:
            event.withdraw(reason)


def outcome_counts(replacement: TextReplacement) -> Iterator[str]:
    """Yield in words how many citations stay, move and so on."""
    words = {
        "lost": "lost",
        "ambiguous": "ambiguous",
        "moves": "moved",
        "found": "found again",
        "stays": "where they were",
        "still": "still not matched",
    }
    for kind, outcomes in replacement.by_kind():
        yield f"{len(outcomes)} {words[kind]}"
