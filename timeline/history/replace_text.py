"""Replace a briefing's text by one captured again: first a preview of what would change, then the change."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from timeline.evidence.choices import VERIFIED_STATES, QuoteState
from timeline.models import Briefing, Citation, EarlierText, Event
from timeline.models.history_field import ChangeClass
from timeline.text import source_text, transcripts

from .change_reason import reason_for_change
from .reworded_quotes import Passage, offer_passage, other_turn, support_in

# As they are listed: what needs work comes first
KINDS = ("reworded", "reattributed", "gone", "lost", "ambiguous", "moves", "found", "stays", "still")


class StaleText(ValueError):
    """The text, its citations or their events have changed since the preview."""


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """What becomes of a citation."""

    citation: Citation
    state: str  # a value of QuoteState: how the quote is found, in the new text or in the version that it stays with
    place: tuple[int, int] | None  # in the new text, in code points, end excluded; None: nowhere
    kind: str  # one of KINDS
    support: str  # what it does for its event there (Support): words that come to be in a question only ask
    turn: str  # whose turn it is in then, where that is another than now; empty: the same
    offer: Passage | None = None  # of the new text, in place of its words

    @property
    def keeps_version(self) -> bool:
        """Return whether the words stay with the text that is replaced, or with an earlier one."""
        return self.state in VERIFIED_STATES and self.place is None

    def bears_event(self, accepted: Collection[int]) -> bool:
        """Return whether its event may rest on it then, where the passages offered to these citations are taken."""
        support = self.offer.support if self.offer and self.citation.pk in accepted else self.support
        return self.state in VERIFIED_STATES and self.citation.event.is_borne_by(support)


class TextReplacement:
    """A new text for a briefing, compared with the stored one. Three queries; nothing is written."""

    def __init__(self, briefing: Briefing, text: str):
        self.briefing, self.text = briefing, source_text.normalise(text)
        self.transcript = transcripts.parse(self.text)
        self.replaced = EarlierText(text=briefing.text, was_public=briefing.is_public) if briefing.text else None
        citations = briefing.citations.in_text().with_event()
        self.outcomes = [self._outcome(citation) for citation in citations]

    @property
    def is_same(self) -> bool:
        return self.text == self.briefing.text

    def by_kind(self) -> list[tuple[str, list[QuoteOutcome]]]:
        """Return the outcomes by KINDS, those that occur."""
        sorted_out = [(kind, [outcome for outcome in self.outcomes if outcome.kind == kind]) for kind in KINDS]
        return [(kind, outcomes) for kind, outcomes in sorted_out if outcomes]

    def unsupported_events(self, accepted: Collection[int]) -> list[Event]:
        """Return published events that would have no verified quote to rest on any more, and have one now, where the passages
        offered to these citations (primary keys) are taken. Two queries."""
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
        still_verified |= {outcome.citation.event_id for outcome in self.outcomes if outcome.bears_event(accepted)}
        return [event for pk, event in events.items() if pk in verified - still_verified]

    @property
    def fingerprint(self) -> str:
        """Return a digest that changes with either text, a citation, or the status of an event."""
        state = [self.briefing.pk, self.briefing.text_sha256, source_text.sha256(self.text), self.briefing.status]
        state += [_fingerprint_of(outcome) for outcome in self.outcomes]
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()

    def _outcome(self, citation: Citation) -> QuoteOutcome:
        before = citation.version_text
        anchor = citation.find_in(self.text)
        if self._is_kept(citation, before):
            kind = _kept_kind(citation, anchor.state)
            offer = offer_passage(citation, before, self.text)
            if kind == "gone" and offer:
                kind = "reworded"
            return QuoteOutcome(citation, QuoteState.VERIFIED, None, kind, citation.support, "", offer)
        place = None if anchor.start is None or anchor.end is None else (anchor.start, anchor.end)
        now = self.transcript.turn_at(place[0]) if place else None
        was = transcripts.parse(before).turn_at(citation.start) if citation.start is not None else now
        turn, support = other_turn(was, now) if place else "", support_in(citation, now)
        return QuoteOutcome(citation, anchor.state, place, _outcome_kind(citation, anchor.state), support, turn)

    def _is_kept(self, citation: Citation, before: str) -> bool:
        """Return whether the words stay with the version in which they are found, as AnchoredQuote.follow_text has it."""
        is_past = citation.earlier_text_id is not None or citation.is_kept_with(self.replaced)
        return is_past and not citation.is_said_again(before, self.text)


def _kept_kind(citation: Citation, now: str) -> str:
    if citation.earlier_text_id is not None:
        return "still"
    kinds: dict[str, str] = {QuoteState.MISSING: "gone", QuoteState.AMBIGUOUS: "ambiguous"}
    return kinds.get(now, "reattributed" if now in VERIFIED_STATES else "gone")


def _outcome_kind(citation: Citation, now: str) -> str:
    if now == QuoteState.MISSING:
        return "still" if citation.state == QuoteState.MISSING else "lost"
    if now == QuoteState.AMBIGUOUS:
        return "still" if citation.state == QuoteState.AMBIGUOUS else "ambiguous"
    if citation.state not in VERIFIED_STATES or citation.earlier_text_id is not None:
        return "found"
    return "moves" if now == QuoteState.MOVED else "stays"


def _fingerprint_of(outcome: QuoteOutcome) -> tuple:
    citation = outcome.citation
    return (
        *(citation.pk, citation.event_id, citation.event.status, citation.event.support, citation.quote, citation.act),
        *(citation.state, citation.earlier_text_id, citation.start, citation.end),
        *(outcome.state, outcome.kind, (outcome.offer.start, outcome.offer.end) if outcome.offer else None),
    )


@transaction.atomic
def replace_text(
    briefing_id: int,
    text: str,
    *,
    seen: str,
    captured_on: dt.date | None,
    reason: str,
    accepted: Collection[int] = (),
) -> TextReplacement:
    """Store the new text: the old one goes to the earlier texts, each citation finds its place again or stays with the version
    that has its words. `accepted`: primary keys of citations that take the passage offered to them instead.

    `seen` is the fingerprint of what was confirmed. Raises StaleText where that has changed, ValidationError where a passage
    cannot be taken: it is no one speaker's, or a published event would rest on nothing. Then nothing is written.
    """
    briefing = Briefing.objects.locked(briefing_id)
    replacement = TextReplacement(briefing, text)
    if replacement.fingerprint != seen:
        raise StaleText("The text, its citations or their events have changed since you compared.")
    if unsupported := replacement.unsupported_events(accepted):
        names = "; ".join(f"“{event}”" for event in unsupported)
        raise ValidationError(
            f"With the passages that you selected, nothing would support {names}: leave those citations with the earlier text."
        )
    briefing.text, briefing.captured_on = replacement.text, captured_on
    briefing.rewordings = {
        outcome.citation.pk: (outcome.offer.start, outcome.offer.end)
        for outcome in replacement.outcomes
        if outcome.offer and outcome.citation.pk in accepted
    }
    with reason_for_change(reason, change_class=ChangeClass.SOURCE):
        briefing.save()
    return replacement


def outcome_counts(replacement: TextReplacement) -> Iterator[str]:
    """Yield in words how many citations stay, move and so on."""
    words = {
        "reworded": "reworded by the source",
        "reattributed": "said by another now",
        "gone": "not in the new text",
        "lost": "lost",
        "ambiguous": "ambiguous",
        "moves": "moved",
        "found": "found again",
        "stays": "where they were",
        "still": "as before",
    }
    for kind, outcomes in replacement.by_kind():
        yield f"{len(outcomes)} {words[kind]}"
