"""The transcript as editors work on it: every passage with its place in the text, and what cites it in any state."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timeline.models import Briefing, Citation
from timeline.pages.marked_passages import Part, Passage, number_events, transcript_parts
from timeline.suggest.sentences import sentences
from timeline.text import transcripts
from timeline.text.annotation import Block, CitedSpan, Coverage, annotate, coverage

from .suggestion_offers import Proposed

MOST_SHOWN = 5  # citations of the same words, the newest; a statement of the day may be cited by a hundred events
MOST_LOST = 50  # citations whose words do not occur in the text

Place = tuple[int, int, int | None, int | None]  # primary keys of citation and event, start and end


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage and where it begins in the text, in code points."""

    passage: Passage
    start: int
    sentence_ends: str  # code points, with a space between
    more: int  # citations that begin here and are not shown
    proposed: list[Proposed]  # events that words beginning here may report

    @property
    def is_spoken(self) -> bool:
        return self.passage.block.number > 0


@dataclass(frozen=True, slots=True)
class TranscriptSection:
    """A speaker's turn, or text outside the turns. No quote goes beyond its end."""

    part: Part
    start: int
    end: int
    passages: list[PlacedPassage]


@dataclass(frozen=True, slots=True)
class WorkspaceTranscript:
    """A briefing's text with all that is made of it."""

    sections: list[TranscriptSection]
    event_count: int
    unplaced: list[Citation]
    unplaced_count: int
    coverage: Coverage


def citations_to_show(places: list[Place]) -> set[int]:
    """Return the citations to show beside the text: the newest of each span. `places`: newest first."""
    newest = defaultdict(list)
    for pk, _, start, end in places:
        if len(newest[start, end]) < (MOST_LOST if start is None else MOST_SHOWN):
            newest[start, end].append(pk)
    return {pk for keys in newest.values() for pk in keys}


def build_transcript(
    briefing: Briefing, places: list[Place], citations: list[Citation], proposed: Iterable[Proposed] = ()
) -> WorkspaceTranscript:
    """Return the whole text in order, `proposed` at the words that each begins with. `places` are those of all citations; `citations`, those that are shown, come as
    `in_text()` orders them, with their events."""
    number_events(citations)
    spans = [CitedSpan(*citation.place_now, citation) for citation in citations if citation.place_now]
    spans.sort(key=lambda span: span.citation.event_number)
    sections = annotate(briefing.text, briefing.transcript, spans)
    known = {citation.pk for citation in citations}
    hidden = sorted(start for pk, _, start, _ in places if start is not None and pk not in known)
    cited = {(start, end) for _, _, start, end in places if start is not None}
    return WorkspaceTranscript(
        sections=list(
            _sections(briefing.text, transcript_parts(sections, briefing.speakers.all()), hidden, list(proposed))
        ),
        event_count=len({event for _, event, _, _ in places}),
        unplaced=[citation for citation in citations if citation.place_now is None],
        unplaced_count=sum(start is None for _, _, start, _ in places),
        coverage=coverage(briefing.text, briefing.transcript, [CitedSpan(*span, None) for span in cited]),
    )


def _sections(
    text: str, text_parts: Iterable[Part], hidden: list[int], proposed: list[Proposed]
) -> Iterator[TranscriptSection]:
    at = 0
    for part in text_parts:
        before, first = at, at + _length(part.label)
        passages = []
        at = first
        for passage in part.passages:
            end = at + _length(passage.block)
            ends = " ".join(str(last) for _, last in sentences(text, at, end))
            more = bisect_left(hidden, end) - bisect_left(hidden, before)
            here = [entry for entry in proposed if before <= entry.suggestion.start < end]
            passages.append(PlacedPassage(passage, at, ends, more, here))
            before = at = end
        yield TranscriptSection(part, *_bounds(text, part, first, at), passages)


def _bounds(text: str, part: Part, start: int, end: int) -> tuple[int, int]:
    """Return where the words begin and end, without the white space around them."""
    if part.turn:
        return part.turn.start, part.turn.end
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _length(block: Block | None) -> int:
    return sum(len(piece.text) for piece in block.pieces) if block else 0


# How many turns of each briefing of a list are coded, without reading every text again for each list.

MOST_READ = 1_000_000  # characters of texts not met before that one list reads; about 60 ms
MOST_CACHED = 5_000  # texts

_turns: dict[str, tuple[array, array]] = {}  # SHA-256 of a text -> starts and ends of its turns


def count_coded_turns(briefings: Iterable[Briefing]) -> None:
    """Set `turns_coded` of each: (with a citation, all); None where there is no text, or none was read yet.

    At most two queries. What one list leaves unread the next one reads.
    """
    briefings = list(briefings)
    _read([briefing for briefing in briefings if briefing.text_sha256 and briefing.text_sha256 not in _turns])
    turns_of = {briefing.pk: _turns[briefing.text_sha256] for briefing in briefings if briefing.text_sha256 in _turns}
    coded = _coded(turns_of) if turns_of else {}
    for briefing in briefings:
        briefing.turns_coded = (
            (len(coded[briefing.pk]), len(turns_of[briefing.pk][0])) if briefing.pk in turns_of else None
        )


def _read(briefings: list[Briefing]) -> None:
    read = 0
    rows = Briefing.objects.with_text_of(briefings) if briefings else ()
    for sha256, text in rows:
        turns = transcripts.parse(text).turns
        _turns[sha256] = array("L", (turn.start for turn in turns)), array("L", (turn.end for turn in turns))
        read += len(text)
        if read > MOST_READ:
            break
    for oldest in list(_turns)[: max(0, len(_turns) - MOST_CACHED)]:
        _turns.pop(oldest, None)


def _coded(turns_of: dict[int, tuple[array, array]]) -> dict[int, set[int]]:
    """Return the numbers of the turns that citations quote, by briefing."""
    coded = defaultdict(set)
    for pk, start, end in Citation.objects.places_in(turns_of):
        starts, ends = turns_of[pk]
        coded[pk].update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return coded
