"""Where a text has searched words, found by the tokenizer that the search itself uses."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .search_words import as_one, beside_token, words_of_chunk

_CHUNK = re.compile(r"\S+")
_EDGES = re.compile(r"^\W+|\W+$")


class MarkedPiece(NamedTuple):
    text: str
    is_searched: bool


class _Located(NamedTuple):
    token: str
    beside: tuple[str, ...]
    start: int
    end: int


def find_words(text: str, spellings: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words are that these spellings look for (see search_query.Term), in order, start included and end
    excluded; none overlaps another."""
    located = list(_locate(text))
    matches = {span for spelling in spellings for span in _find(located, spelling)}
    spans: list[tuple[int, int]] = []
    for start, end in sorted(matches):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def mark_words(text: str, spellings: Iterable[str], around: int = 60) -> list[MarkedPiece]:
    """Return a text in pieces, those that are searched marked; so many characters before the first and behind the last are
    left, cut between words. Empty: nothing that is searched is there."""
    if not (spans := find_words(text, spellings)):
        return []
    first, last = max(0, spans[0][0] - around), min(len(text), spans[0][1] + around)
    spans = [span for span in spans if span[1] <= last]
    before, behind = text[first : spans[0][0]], text[spans[-1][1] : last]
    if first:
        before = f"… {before.partition(' ')[2]}"
    if last < len(text):
        behind = f"{behind.rpartition(' ')[0]} …"
    pieces, at = [MarkedPiece(before, False)], spans[0][0]
    for start, end in spans:
        pieces += [MarkedPiece(text[at:start], False), MarkedPiece(text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, MarkedPiece(behind, False)] if piece.text]


def _locate(text: str) -> Iterator[_Located]:
    """Yield the words of a text with their places; all words of one stretch without white space have its place."""
    last: _Located | None = None
    for match in _CHUNK.finditer(text):
        tokens, beside = words_of_chunk(match[0])
        start, end = _trimmed(match)
        for token in tokens:
            if last and (whole := as_one(last.token, token)):
                last = _Located(whole, (*last.beside, *beside, *beside_token(whole)), last.start, end)
                continue
            if last:
                yield last
            last = _Located(token, beside, start, end)
    if last:
        yield last


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Return the place of a stretch without the punctuation at its ends."""
    trimmed = _EDGES.sub("", match[0])
    start = match.start() + max(match[0].find(trimmed), 0)
    end = start + len(trimmed)
    return start, end + (match.string[end : end + 1] == "." and "." in trimmed)  # "U.S." has its own full stop


def _find(located: list[_Located], spelling: str) -> Iterator[tuple[int, int]]:
    words, is_whole = spelling.split(), spelling.endswith(" ")
    for number, first in enumerate(located):
        row = located[number : number + len(words)]
        if len(words) == 1:
            if any(
                word == words[0] if is_whole else word.startswith(words[0]) for word in (first.token, *first.beside)
            ):
                yield first.start, first.end
        elif len(row) == len(words) and _goes_on(row, words, is_whole):
            yield first.start, row[-1].end


def _goes_on(row: list[_Located], words: list[str], is_whole: bool) -> bool:
    *most, last = row
    same = [word.token for word in most] == words[:-1]
    return same and (last.token == words[-1] if is_whole else last.token.startswith(words[-1]))
