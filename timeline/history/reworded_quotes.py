"""What a new text has in place of words that it has no more, and what becomes of a citation with each."""

from collections.abc import Iterator
from dataclasses import dataclass

from timeline import quotes
from timeline.evidence.choices import VERIFIED_STATES, TurnKind
from timeline.evidence.support import support_of
from timeline.models import Citation
from timeline.models.anchored_quote import is_same_turn
from timeline.models.briefing import transcript_of
from timeline.models.derived_columns import words_of_others
from timeline.text.transcripts import Turn

from .word_diff import Piece, full_diff


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a new text that a citation can have in place of its own, which stay with the earlier text."""

    start: int  # code points of the new text, end excluded
    end: int
    words: str
    turn: str  # who says them and as what, where that is another than before; empty: the same
    support: str  # what they would do for the event (Support)
    pieces: list[Piece]  # both wordings in one


def offer_passage(citation: Citation, before: str, text: str) -> Passage | None:
    """Return the same words where another says them, else the passage of the same speaker that is most like them; None:
    nothing is much like them. No query. `before`: the text in which the words are found."""
    place = citation.find_in(text)
    was = transcript_of(before).turn_at(citation.start) if citation.start is not None else None
    if place.state in VERIFIED_STATES and place.start is not None and place.end is not None:
        return _passage(citation, was, text, place.start, place.end)
    passages = [passage for span in _spans(was, text) if (passage := _nearest(citation, text, *span))]
    best = max(passages, key=lambda passage: passage.score, default=None)
    if best is None or words_of_others(text, best.start, best.end):
        return None
    return _passage(citation, was, text, best.start, best.end)


def _spans(was: Turn | None, text: str) -> Iterator[tuple[int, int]]:
    """Yield where in the text the same speaker has the word: the whole text, where the words were outside any turn."""
    if was is None:
        yield 0, len(text)
    else:
        yield from ((turn.start, turn.end) for turn in transcript_of(text).turns if is_same_turn(was, turn))


def _nearest(citation: Citation, text: str, start: int, end: int) -> quotes.Passage | None:
    nearest = quotes.nearest(citation.quote, text[start:end])
    if nearest is None:
        return None
    return quotes.Passage(start + nearest.start, start + nearest.end, nearest.score, nearest.text)


def _passage(citation: Citation, was: Turn | None, text: str, start: int, end: int) -> Passage:
    now = transcript_of(text).turn_at(start)
    words = text[start:end]
    support = support_in(citation, now)
    return Passage(start, end, words, other_turn(was, now), support, full_diff(citation.quote, words))


def support_in(citation: Citation, turn: Turn | None) -> str:
    """Return what words of a citation's act do for its event in this turn."""
    in_question = turn is not None and turn.kind == TurnKind.QUESTION
    return support_of(citation.act, in_question, citation.event.event_type.claim, citation.event.actuality)


def other_turn(was: Turn | None, now: Turn | None) -> str:
    """Return whose words they are now, and whether a question or an answer, where that has changed; empty: it has not."""
    turns = [(turn.speaker, turn.kind) if turn else ("", "") for turn in (was, now)]
    return "" if turns[0] == turns[1] else " ".join(filter(None, turns[1])) or "outside any turn"
