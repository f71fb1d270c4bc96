"""A marked text with the events beside it: what the public page of a briefing and the editors' one both show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from timeline.models import BriefingSpeaker, Citation, Event
from timeline.text.annotation import Block, Section
from timeline.text.transcripts import QUESTION, Turn


@dataclass(slots=True)
class Note:
    """An event as the margin names it: its number on the page, and the citations that mention it there."""

    number: int
    event: Event
    citations: list[Citation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    anchor: str
    block: Block
    notes: list[Note]
    number: str  # of the paragraph, as printed; "": not a paragraph
    plain: str  # its words, where nothing of it is marked: most of a long text, and quick to print


@dataclass(frozen=True, slots=True)
class Part:
    """A turn with its speaker, or what is outside the turns."""

    turn: Turn | None
    label: Block | None
    speaker: BriefingSpeaker | None
    passages: list[Passage]

    @property
    def plain_label(self) -> str:
        return plain_words(self.label) if self.label else ""

    @property
    def asks_unsaid(self) -> bool:
        """Return whether it is a question whose label, like "Q", does not say so in words."""
        return self.turn is not None and self.turn.kind == QUESTION and QUESTION not in self.turn.speaker.lower()


def number_events(citations: Iterable[Citation], numbers: Mapping[int, int] | None = None) -> dict[int, Note]:
    """Return the events by primary key, numbered as they first appear, or with these numbers by primary key; each citation
    learns its event's number."""
    notes: dict[int, Note] = {}
    for citation in citations:
        number = numbers[citation.event_id] if numbers else len(notes) + 1
        note = notes.setdefault(citation.event_id, Note(number, citation.event))
        note.citations.append(citation)
        citation.event_number = note.number
    return notes


def transcript_parts(sections: Iterable[Section], speakers: Iterable[BriefingSpeaker]) -> Iterator[Part]:
    by_label = {speaker.label: speaker for speaker in speakers}
    for number, section in enumerate(sections, 1):
        speaker = by_label.get(section.turn.speaker) if section.turn else None
        yield Part(section.turn, section.label, speaker, list(section_passages(section, number)))


def section_passages(section: Section, section_number: int) -> Iterator[Passage]:
    """Yield the blocks with their notes; what is cited in the label is noted beside the first words."""
    in_label = section.label.citations if section.label else ()
    for number, block in enumerate(section.blocks, 1):
        anchor = f"p{block.number}" if block.number else f"o{section_number}-{number}"
        cited = [*in_label, *(citation for citation in block.citations if citation not in in_label)]
        yield Passage(
            anchor, block, list(group_by_event(cited)) if cited else [], str(block.number or ""), plain_words(block)
        )
        in_label = ()


def plain_words(block: Block) -> str:
    """Return the words of a block in which nothing is marked; "" for any other."""
    return block.pieces[0].text if len(block.pieces) == 1 else ""


def group_by_event(citations: Iterable[Citation]) -> Iterable[Note]:
    notes: dict[int, Note] = {}
    for citation in citations:
        note = notes.setdefault(citation.event_id, Note(citation.event_number, citation.event))
        note.citations.append(citation)
    return notes.values()
