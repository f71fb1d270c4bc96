"""Two texts word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import NamedTuple

SHOWN = 600  # characters of what went or came in one place
AROUND = 60  # characters shown of what stayed, beside a difference
MOST_WORDS = 1000  # compared word by word; more are compared line by line first
ALIKE = 0.3  # share of the words that must be the same; else the one text was written in place of the other

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    kind: str  # same, out, in
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order; empty where they have too little in common to be read as one."""
    pieces = whole(before, after)
    same = sum(len(piece.text.strip()) for piece in pieces if piece.kind == "same")
    if same < ALIKE * max(len(before), len(after)):
        return []
    return list(_shortened(pieces))


def whole(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order, none of them shortened."""
    return _joined(_pieces(before, after))


def shortened(text: str, most: int = SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        yield from _matched(old, new)
        return
    for was, now in _changed_lines(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if was == now:
            yield Piece("same", was)
        elif max(len(was), len(now)) <= MOST_WORDS * 5:
            yield from _matched(_WORD.findall(was), _WORD.findall(now))
        else:
            yield from _whole(was, now)


def _changed_lines(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield runs of lines, the same twice where they stayed; changed lines one against one, as far as they go."""
    for kind, first, last, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "".join(old[first:last]), "".join(new[from_:to])
        else:
            yield from zip_longest(old[first:last], new[from_:to], fillvalue="")


def _matched(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, first, last, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[first:last]), "".join(new[from_:to])
        yield from [Piece("same", was)] if kind == "equal" else _whole(was, now)


def _whole(was: str, now: str) -> Iterator[Piece]:
    yield from (Piece(kind, text) for kind, text in (("out", was), ("in", now)) if text)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with a single space between two differences drawn into both: they are read as one."""
    joined: list[Piece] = []
    for _, run in groupby(_bridged(list(pieces)), lambda piece: piece.kind == "same"):
        texts = {"same": "", "out": "", "in": ""}
        for piece in run:
            texts[piece.kind] += piece.text
        joined += [Piece(kind, text) for kind, text in texts.items() if text]
    return joined


def _bridged(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        is_between = 0 < number < len(pieces) - 1
        if piece.kind == "same" and is_between and piece.text.isspace() and "\n" not in piece.text:
            yield from (Piece("out", piece.text), Piece("in", piece.text))
        else:
            yield piece


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        if piece.kind != "same":
            yield Piece(piece.kind, shortened(piece.text))
        elif len(piece.text) <= 2 * AROUND + 20:
            yield piece
        else:
            first = piece.text[:AROUND] if number else ""
            last = piece.text[-AROUND:] if number < len(pieces) - 1 else ""
            yield Piece("same", f"{first}…{last}")
