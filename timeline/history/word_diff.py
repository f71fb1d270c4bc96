"""Two texts word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import NamedTuple

MOST_CHANGED = 600  # characters of what went or came in one place
CONTEXT = 60  # characters shown of what stayed, beside a difference
MOST_WORDS = 1000  # compared word by word; more are compared line by line first
LEAST_IN_COMMON = 0.3  # share of the words that must be the same; else the one text was written in place of the other
SHOWN_BESIDE = 160  # characters left open beside a difference where long runs of the same text are collapsed
LEAST_COLLAPSED = 80  # characters that are worth collapsing

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    kind: str  # same, out, in
    text: str


def short_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order; empty where they have too little in common to be read as one."""
    pieces = full_diff(before, after)
    same = sum(len(piece.text.strip()) for piece in pieces if piece.kind == "same")
    if same < LEAST_IN_COMMON * max(len(before), len(after)):
        return []
    return list(_shorten_pieces(pieces))


def full_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order, none of them shortened."""
    return _join_runs(_word_pieces(before, after))


def shorten(text: str, most: int = MOST_CHANGED) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _word_pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        yield from _diff_words(old, new)
        return
    for was, now in _changed_lines(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if was == now:
            yield Piece("same", was)
        elif max(len(was), len(now)) <= MOST_WORDS * 5:
            yield from _diff_words(_WORD.findall(was), _WORD.findall(now))
        else:
            yield from _replaced(was, now)


def _changed_lines(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield runs of lines, the same twice where they stayed; changed lines one against one, as far as they go."""
    for kind, first, last, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "".join(old[first:last]), "".join(new[from_:to])
        else:
            yield from zip_longest(old[first:last], new[from_:to], fillvalue="")


def _diff_words(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, first, last, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[first:last]), "".join(new[from_:to])
        yield from [Piece("same", was)] if kind == "equal" else _replaced(was, now)


def _replaced(was: str, now: str) -> Iterator[Piece]:
    yield from (Piece(kind, text) for kind, text in (("out", was), ("in", now)) if text)


def _join_runs(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with a single space between two differences drawn into both: they are read as one."""
    joined: list[Piece] = []
    for _, run in groupby(_bridge_spaces(list(pieces)), lambda piece: piece.kind == "same"):
        texts = {"same": "", "out": "", "in": ""}
        for piece in run:
            texts[piece.kind] += piece.text
        joined += [Piece(kind, text) for kind, text in texts.items() if text]
    return joined


def _bridge_spaces(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        is_between = 0 < number < len(pieces) - 1
        if piece.kind == "same" and is_between and piece.text.isspace() and "\n" not in piece.text:
            yield from (Piece("out", piece.text), Piece("in", piece.text))
        else:
            yield piece


def _shorten_pieces(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        if piece.kind != "same":
            yield Piece(piece.kind, shorten(piece.text))
        elif len(piece.text) <= 2 * CONTEXT + 20:
            yield piece
        else:
            first = piece.text[:CONTEXT] if number else ""
            last = piece.text[-CONTEXT:] if number < len(pieces) - 1 else ""
            yield Piece("same", f"{first}…{last}")


class DiffPart(NamedTuple):
    kind: str  # same, out, in
    head: str  # shown
    folded: str  # shown when asked for; empty: nothing is folded
    tail: str  # shown


def collapse_unchanged(pieces: list[Piece]) -> Iterator[DiffPart]:
    """Yield the pieces in order; every character of both texts is in one of them."""
    for number, piece in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        start = 0 if first else _cut_after(piece.text, SHOWN_BESIDE)
        end = len(piece.text) if last else _cut_before(piece.text, len(piece.text) - SHOWN_BESIDE)
        if piece.kind != "same" or end - start < LEAST_COLLAPSED:
            yield DiffPart(piece.kind, piece.text, "", "")
        else:
            yield DiffPart("same", piece.text[:start], piece.text[start:end], piece.text[end:])


def _cut_after(text: str, at: int) -> int:
    """Return where the word ends that is there."""
    space = text.find(" ", at)
    return at if space < 0 else space + 1


def _cut_before(text: str, at: int) -> int:
    """Return where the word begins that is there; 0 where there is no such place."""
    return max(text.rfind(" ", 0, max(at, 0)) + 1, 0)
