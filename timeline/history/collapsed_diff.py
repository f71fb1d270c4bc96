"""The difference of two long texts, with what stayed the same folded away around the changes."""

from collections.abc import Iterator
from typing import NamedTuple

from .word_diff import Piece

SHOWN_BESIDE = 160  # characters shown beside a difference
LEAST_COLLAPSED = 80  # characters that are worth folding


class DiffPart(NamedTuple):
    kind: str  # same, out, in
    head: str  # shown
    folded: str  # shown when asked for; empty: nothing is folded
    tail: str  # shown


def collapse_unchanged(pieces: list[Piece]) -> Iterator[DiffPart]:
    """Yield the pieces in order; every character of both texts stands in one of them."""
    for number, piece in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        start = 0 if first else _cut_after(piece.text, SHOWN_BESIDE)
        end = len(piece.text) if last else _cut_before(piece.text, len(piece.text) - SHOWN_BESIDE)
        if piece.kind != "same" or end - start < LEAST_COLLAPSED:
            yield DiffPart(piece.kind, piece.text, "", "")
        else:
            yield DiffPart("same", piece.text[:start], piece.text[start:end], piece.text[end:])


def _cut_after(text: str, at: int) -> int:
    """Return where the word ends that stands there."""
    space = text.find(" ", at)
    return at if space < 0 else space + 1


def _cut_before(text: str, at: int) -> int:
    """Return where the word begins that stands there; 0 where there is no such place."""
    return max(text.rfind(" ", 0, max(at, 0)) + 1, 0)
