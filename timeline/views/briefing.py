from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from timeline.annotation import Block, Cited, Section, annotate, coverage
from timeline.exports import FORMATS
from timeline.exports.rows import absolute
from timeline.models import Briefing, BriefingSpeaker, Citation, Event
from timeline.models.citation import QuoteState
from timeline.structured import of_briefing
from timeline.transcripts import QUESTION, Transcript, Turn

from .listing import page_of


@dataclass(slots=True)
class Note:
    """An event as the margin names it: its number on the page, and the citations that speak of it there."""

    number: int
    event: Event
    citations: list[Citation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    anchor: str
    block: Block
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class Part:
    """A turn with its speaker, or what stands outside the turns."""

    turn: Turn | None
    label: Block | None
    speaker: BriefingSpeaker | None
    passages: list[Passage]

    @property
    def asks_unsaid(self) -> bool:
        """Return whether it is a question whose label, like "Q", does not say so in words."""
        return self.turn is not None and self.turn.kind == QUESTION and QUESTION not in self.turn.speaker.lower()


@require_safe
def briefing_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Briefing.objects.public().newest_first().for_list())
    return render(request, "timeline/briefing_list.html", {"page": page, "current": "briefings"})


@require_safe
def briefing_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a briefing with its cited passages marked. Three queries for any number of citations."""
    briefing = get_object_or_404(Briefing.objects.public().for_page(), slug=slug)
    citations = list(briefing.citations.public().in_text().with_event())
    return render(request, "timeline/briefing_detail.html", context(briefing, citations))


def context(briefing: Briefing, citations: list[Citation]) -> dict:
    notes = numbered(citations)
    transcript = briefing.transcript
    spans = [Cited(one.start, one.end, one) for one in citations if one.start is not None]
    spans.sort(key=lambda span: span.citation.event_number)
    sections = annotate(briefing.text, transcript, spans)
    return {
        "briefing": briefing,
        "citations": citations,
        "unplaced": [one for one in citations if one.start is None],
        "states": states(citations),
        "events": list(notes.values()),
        "parts": list(parts(sections, briefing.speakers.all())),
        "transcript": transcript,
        "coverage": coverage(briefing.text, transcript, spans),
        "minimap": minimap(briefing.text, transcript, spans),
        "addresses": addresses(briefing),
        "formats": FORMATS.values(),
        "permalink": absolute(briefing.get_absolute_url()),
        "meta": of_briefing(briefing, len(notes)),
        "current": "briefings",
    }


def numbered(citations: Iterable[Citation]) -> dict[int, Note]:
    """Return the events by primary key, numbered as they first appear; each citation learns its event's number."""
    notes: dict[int, Note] = {}
    for citation in citations:
        note = notes.setdefault(citation.event_id, Note(len(notes) + 1, citation.event))
        note.citations.append(citation)
        citation.event_number = note.number
    return notes


def states(citations: Iterable[Citation]) -> list[tuple[str, str, int]]:
    """Return (state, its label, number of citations) for each state that occurs."""
    counted = Counter(citation.state for citation in citations)
    return [(state.value, state.label, counted[state]) for state in QuoteState if counted[state]]


def parts(sections: Iterable[Section], speakers: Iterable[BriefingSpeaker]) -> Iterator[Part]:
    by_label = {speaker.label: speaker for speaker in speakers}
    for number, one in enumerate(sections, 1):
        speaker = by_label.get(one.turn.speaker) if one.turn else None
        yield Part(one.turn, one.label, speaker, list(passages(one, number)))


def passages(section: Section, section_number: int) -> Iterator[Passage]:
    """Yield the blocks with their notes; what is cited in the label is noted beside the first words."""
    in_label = section.label.citations if section.label else ()
    for number, block in enumerate(section.blocks, 1):
        anchor = f"p{block.number}" if block.number else f"o{section_number}-{number}"
        cited = [*in_label, *(one for one in block.citations if one not in in_label)]
        yield Passage(anchor, block, list(notes_of(cited)))
        in_label = ()


def notes_of(citations: Iterable[Citation]) -> Iterable[Note]:
    notes: dict[int, Note] = {}
    for citation in citations:
        note = notes.setdefault(citation.event_id, Note(citation.event_number, citation.event))
        note.citations.append(citation)
    return notes.values()


NARROWEST = 0.15  # per cent of the text, so that a short quote is seen in a long one
MOST_LINES = 60  # more than this would cover the map


def minimap(text: str, transcript: Transcript, spans: Iterable[Cited]) -> dict:
    """Return where marks and lines stand on the map of the text, in per cent with three decimals."""

    def per_cent(position: int) -> str:
        return f"{100 * position / len(text):.3f}"

    marks = [
        (per_cent(one.start), f"{max(NARROWEST, 100 * (one.end - one.start) / len(text)):.3f}", one.citation)
        for one in sorted(spans, key=lambda one: one.start - one.end)
    ]
    turns = [per_cent(turn.label_start) for turn in transcript.turns[1:]]
    return {"marks": marks, "turns": turns if len(turns) <= MOST_LINES else []}


def addresses(briefing: Briefing) -> list[tuple[str, str]]:
    """Return (what it is, address) of the source and of its archived copy, as far as there are any."""
    known = [("Source", briefing.url), ("Archived copy", briefing.archive_url)]
    return [(name, address) for name, address in known if address]
