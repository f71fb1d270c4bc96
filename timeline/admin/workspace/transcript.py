"""The transcript as editors work on it: every passage with its place in the text, and what cites it in any state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timeline.annotation import Block, Cited, Coverage, annotate, coverage
from timeline.models import Briefing, Citation
from timeline.passages import Note, Part, Passage, numbered, parts
from timeline.suggest.sentences import sentences


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage and where it begins in the text, in code points."""

    passage: Passage
    start: int
    sentence_ends: str  # code points, with a space between

    @property
    def is_spoken(self) -> bool:
        return self.passage.block.number > 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one speaker says in one go, or what stands outside the turns: no quote runs on after its end."""

    part: Part
    start: int
    end: int
    spots: list[Spot]


@dataclass(frozen=True, slots=True)
class Desk:
    """A briefing's text with all that is made of it."""

    stretches: list[Stretch]
    events: list[Note]
    unplaced: list[Citation]
    coverage: Coverage


def desk(briefing: Briefing, citations: list[Citation]) -> Desk:
    """Return the whole text in order. `citations` come as `in_text()` orders them, with their events."""
    notes = numbered(citations)
    spans = [Cited(one.start, one.end, one) for one in citations if one.start is not None]
    spans.sort(key=lambda span: span.citation.event_number)
    sections = annotate(briefing.text, briefing.transcript, spans)
    return Desk(
        stretches=list(_stretches(briefing.text, parts(sections, briefing.speakers.all()))),
        events=list(notes.values()),
        unplaced=[one for one in citations if one.start is None],
        coverage=coverage(briefing.text, briefing.transcript, spans),
    )


def _stretches(text: str, found: Iterable[Part]) -> Iterator[Stretch]:
    at = 0
    for part in found:
        first = at + _length(part.label)
        spots = []
        at = first
        for passage in part.passages:
            end = at + _length(passage.block)
            ends = " ".join(str(last) for _, last in sentences(text, at, end))
            spots.append(Spot(passage, at, ends))
            at = end
        yield Stretch(part, *_bounds(text, part, first, at), spots)


def _bounds(text: str, part: Part, start: int, end: int) -> tuple[int, int]:
    """Return where the words begin and end, without the white space around them."""
    if part.turn:
        return part.turn.start, part.turn.end
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _length(block: Block | None) -> int:
    return sum(len(piece.text) for piece in block.pieces) if block else 0
