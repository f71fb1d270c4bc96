import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.history import full_diff
from timeline.history.word_diff import (
    CONTEXT,
    LEAST_COLLAPSED,
    MOST_CHANGED,
    SHOWN_BESIDE,
    Piece,
    collapse_unchanged,
    short_diff,
)

from .hypothesis_examples import examples

WORDS = st.lists(st.sampled_from(["the", "ceasefire", "holds", "troops", "moved", ",", "\n"]), max_size=40)


@pytest.mark.parametrize(
    "pieces",
    [("They spoke on ", "Monday", "Tuesday", "."), ("The ", "old big", "new small", " bridge fell.")],
    ids=["one word for another", "words beside each other are one difference"],
)
def test_words_for_others(pieces):
    before, out, new, after = pieces
    differing = [Piece("same", before), Piece("out", out), Piece("in", new), Piece("same", after)]

    assert short_diff(f"{before}{out}{after}", f"{before}{new}{after}") == differing


def test_words_that_came_or_went():
    assert short_diff("The bridge fell.", "The old bridge fell.") == [
        Piece("same", "The"),
        Piece("in", " old"),
        Piece("same", " bridge fell."),
    ]
    assert short_diff("The old bridge fell.", "The bridge fell.")[1] == Piece("out", " old")


def test_texts_with_little_in_common_are_not_woven():
    assert short_diff("The ceasefire holds.", "Troops moved to the line of contact at dawn.") == []
    assert short_diff("Draft", "In review") == []


def test_long_text_is_shown_where_it_differs():
    same = "word " * 400
    pieces = short_diff(f"{same}old {same}", f"{same}new {same}")

    assert [piece.kind for piece in pieces] == ["same", "out", "in", "same"]
    assert pieces[0].text == f"…{same[-CONTEXT:]}"
    assert pieces[3].text == f" {same[: CONTEXT - 1]}…"


def test_very_long_text_is_compared_quickly():
    lines = [
        f"Line {number}: the minister spoke of the ceasefire and of the line of contact.\n" for number in range(1500)
    ]
    changed = [*lines[:700], "An added line.\n", *lines[701:]]
    started = time.process_time()

    pieces = short_diff("".join(lines), "".join(changed))

    assert time.process_time() - started < 1
    assert {piece.kind for piece in pieces} == {"same", "out", "in"}
    assert all(len(piece.text) <= MOST_CHANGED + 1 for piece in pieces)


@settings(max_examples=examples(60))
@given(WORDS, WORDS)
def test_pieces_hold_both_texts(old, new):
    before, after = " ".join(old), " ".join(new)
    if max(len(before), len(after)) > 2 * CONTEXT or not (pieces := short_diff(before, after)):
        return

    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after


LONG = " ".join(f"word{number}" for number in range(200))


def test_long_stretch_between_changes_is_folded_at_words():
    pieces = list(collapse_unchanged(full_diff(f"old {LONG} old", f"new {LONG} new")))

    (same,) = [piece for piece in pieces if piece.kind == "same"]
    assert len(same.head) >= SHOWN_BESIDE
    assert same.head.endswith(" ")
    assert not same.folded.startswith(" ")
    assert same.head + same.folded + same.tail == f" {LONG} "


def test_short_stretch_is_shown():
    pieces = list(collapse_unchanged(full_diff("old words stay old", "new words stay new")))

    assert [(piece.kind, piece.folded) for piece in pieces if piece.folded] == []


def test_beginning_and_end_show_what_is_next_to_the_change():
    first, *_, last = collapse_unchanged(full_diff(f"{LONG} old {LONG}", f"{LONG} new {LONG}"))

    assert (first.head, last.tail) == ("", "")
    assert (len(first.tail) >= SHOWN_BESIDE, len(last.head) >= SHOWN_BESIDE) == (True, True)
    assert min(len(first.folded), len(last.folded)) >= LEAST_COLLAPSED


@given(st.text("ab c\n", max_size=400), st.text("ab c\n", max_size=400))
def test_no_character_is_lost(before, after):
    def joined(*kinds: str) -> str:
        return "".join(
            piece.head + piece.folded + piece.tail
            for piece in collapse_unchanged(full_diff(before, after))
            if piece.kind in kinds
        )

    assert joined("same", "out") == before
    assert joined("same", "in") == after
