"""A text with its cited passages marked: what a page needs to show every character of it, once and in order."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import groupby
from typing import Any, NamedTuple

from .running_heads import passages
from .transcripts import Span, Transcript, Turn

_LINE = re.compile(r"\S[^\n]*")


class CitedSpan(NamedTuple):
    """A stretch of the text, in code points, end excluded, and the citation that quotes it."""

    start: int
    end: int
    citation: Any
    opens: bool = True  # false: behind a running head that the quote runs across
    closes: bool = True  # false: before one


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain text, or the place where a mark opens or closes."""

    text: str = ""
    opens: Any = None  # the citation whose mark opens here
    is_first: bool = False  # the first mark of that citation opens here
    closes: Any = None  # the citation whose mark closes here
    ended: tuple[Any, ...] = ()  # where the outermost of several marks closes: all citations whose words end here


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a label or a line outside any turn, with the white space after it."""

    number: int  # of the paragraph, from 1; 0: not a paragraph
    pieces: tuple[Piece, ...]
    citations: tuple[Any, ...]  # that quote some of it, in the order of the text


@dataclass(frozen=True, slots=True)
class Section:
    """A turn, or what is outside the turns: headline, day, closing lines."""

    turn: Turn | None
    label: Block | None  # "MS PORTER: "; None where no label is printed
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what was spoken is cited. Where nothing is a turn, all of the text counts as spoken."""

    spoken: int  # code points
    cited: int  # code points, each once, however many citations quote it
    turns: int
    turns_cited: int

    @property
    def percent(self) -> int:
        """Return the cited share, rounded down: 100 means all of it."""
        return 100 * self.cited // self.spoken if self.spoken else 0

    @property
    def in_words(self) -> str:
        return "less than 1%" if self.cited and not self.percent else f"{self.percent}%"


class _Row(NamedTuple):
    start: int
    turn: Turn | None
    number: int


def annotate(text: str, transcript: Transcript, spans: Iterable[CitedSpan]) -> tuple[Section, ...]:
    """Return the whole text in sections: the text of all pieces, joined, is `text`.

    Marks nest. One that goes on beyond the mark or the block it opens in is cut there and opens again behind it.
    Of several marks that open at one place the longest is outside; of equal ones, the one given first. A running
    head is in no mark of a quote that runs across it.
    """
    if not text:
        return ()
    rows = list(_rows(text, transcript)) or [_Row(0, None, 0)]
    in_order = sorted((part for span in spans for part in _parts(text, span)), key=lambda span: (span.start, -span.end))
    blocks = zip(rows, _blocks(text, rows, in_order), strict=True)
    return tuple(_section(turn, list(parts)) for turn, parts in groupby(blocks, key=lambda part: part[0].turn))


def _parts(text: str, span: CitedSpan) -> Iterator[CitedSpan]:
    stretches = passages(text, span.start, span.end)
    for start, end in stretches:
        yield CitedSpan(start, end, span.citation, start == span.start, end == span.end)


def coverage(text: str, transcript: Transcript, spans: Iterable[CitedSpan]) -> Coverage:
    """Return the share of the paragraphs that these stretches, taken together, quote."""
    cited = _union(spans)
    spoken = transcript.paragraphs or ((0, len(text)),)
    return Coverage(
        spoken=sum(end - start for start, end in spoken),
        cited=sum(_common(cited, start, end) for start, end in spoken),
        turns=len(transcript.turns),
        turns_cited=sum(_common(cited, turn.start, turn.end) > 0 for turn in transcript.turns),
    )


def _rows(text: str, transcript: Transcript) -> Iterator[_Row]:
    at = number = 0
    for turn in transcript.turns:
        yield from _lines(text, at, turn.label_start)
        if turn.label_start < turn.start:
            yield _Row(turn.label_start, turn, 0)
        for start, _ in turn.paragraphs:
            number += 1
            yield _Row(start, turn, number)
        at = turn.end
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[_Row]:
    for line in _LINE.finditer(text, start, end):
        yield _Row(line.start(), None, 0)


def _section(turn: Turn | None, parts: list[tuple[_Row, Block]]) -> Section:
    blocks = tuple(block for _, block in parts)
    if turn is not None and not blocks[0].number:
        return Section(turn, blocks[0], blocks[1:])
    return Section(turn, None, blocks)


def _blocks(text: str, rows: list[_Row], spans: list[CitedSpan]) -> Iterator[Block]:
    """Yield one block for each row; together they hold the whole text. `spans` are in order."""
    ends = [*(row.start for row in rows[1:]), len(text)]
    start, met = 0, 0
    touching: list[CitedSpan] = []
    for row, end in zip(rows, ends, strict=True):
        touching = [span for span in touching if span.end > start]
        while met < len(spans) and spans[met].start < end:
            touching.append(spans[met])
            met += 1
        citations = {id(cited.citation): cited.citation for cited in touching}  # one quote may have several parts here
        yield Block(row.number, tuple(_pieces(text, start, end, touching)), tuple(citations.values()))
        start = end


def _pieces(text: str, start: int, end: int, spans: list[CitedSpan]) -> Iterator[Piece]:
    """Yield text[start:end] with the marks of these spans."""
    waiting = [(max(span.start, start), -min(span.end, end), order, span) for order, span in enumerate(spans)]
    heapify(waiting)
    open_marks: list[tuple[int, CitedSpan]] = []  # where each closes; the innermost comes last
    at = start
    while waiting or open_marks:
        closes_first = open_marks and (not waiting or open_marks[-1][0] <= waiting[0][0])
        to = open_marks[-1][0] if closes_first else waiting[0][0]
        if at < to:
            yield Piece(text[at:to])
            at = to
        if closes_first:
            yield from _close(open_marks, to)
        else:
            span = _open(waiting, open_marks)
            yield Piece(opens=span.citation, is_first=span.opens and to == span.start)
    if at < end:
        yield Piece(text[at:end])


def _close(open_marks: list[tuple[int, CitedSpan]], at: int) -> Iterator[Piece]:
    closing = [open_marks.pop()[1]]
    while open_marks and open_marks[-1][0] == at:
        closing.append(open_marks.pop()[1])
    *inner, outermost = closing
    for span in inner:
        yield Piece(closes=span.citation)
    yield Piece(
        closes=outermost.citation,
        ended=tuple(span.citation for span in closing[::-1] if span.closes and span.end == at),
    )


def _open(waiting: list[tuple], open_marks: list[tuple[int, CitedSpan]]) -> CitedSpan:
    """Open the next waiting mark inside the innermost open one; what reaches beyond that waits again."""
    _, minus_end, order, span = heappop(waiting)
    end = -minus_end
    if open_marks and open_marks[-1][0] < end:
        end = open_marks[-1][0]
        heappush(waiting, (end, minus_end, order, span))
    open_marks.append((end, span))
    return span


def _union(spans: Iterable[CitedSpan]) -> list[Span]:
    """Return the stretches that these spans cover together, in order, none touching another."""
    joined: list[Span] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _common(cited: list[Span], start: int, end: int) -> int:
    """Return how many code points from start to end are cited."""
    first = bisect_right(cited, start, key=lambda span: span[1])
    common = 0
    for cited_start, cited_end in cited[first:]:
        if cited_start >= end:
            break
        common += min(cited_end, end) - max(cited_start, start)
    return common
