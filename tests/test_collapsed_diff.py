"""Two texts in one, with what is the same folded."""

from hypothesis import given
from hypothesis import strategies as st

from timeline.history import full_diff
from timeline.history.word_diff import LEAST_COLLAPSED, SHOWN_BESIDE, collapse_unchanged

LONG = " ".join(f"word{number}" for number in range(200))


def test_long_stretch_between_changes_is_folded_at_words():
    pieces = list(collapse_unchanged(full_diff(f"old {LONG} old", f"new {LONG} new")))

    (same,) = [one for one in pieces if one.kind == "same"]
    assert len(same.head) >= SHOWN_BESIDE
    assert same.head.endswith(" ")
    assert not same.folded.startswith(" ")
    assert same.head + same.folded + same.tail == f" {LONG} "


def test_short_stretch_is_shown():
    pieces = list(collapse_unchanged(full_diff("old words stay old", "new words stay new")))

    assert [(one.kind, one.folded) for one in pieces if one.folded] == []


def test_beginning_and_end_show_what_is_next_to_the_change():
    first, *_, last = collapse_unchanged(full_diff(f"{LONG} old {LONG}", f"{LONG} new {LONG}"))

    assert (first.head, last.tail) == ("", "")
    assert (len(first.tail) >= SHOWN_BESIDE, len(last.head) >= SHOWN_BESIDE) == (True, True)
    assert min(len(first.folded), len(last.folded)) >= LEAST_COLLAPSED


@given(st.text("ab c\n", max_size=400), st.text("ab c\n", max_size=400))
def test_no_character_is_lost(before, after):
    def joined(*kinds: str) -> str:
        return "".join(
            one.head + one.folded + one.tail
            for one in collapse_unchanged(full_diff(before, after))
            if one.kind in kinds
        )

    assert joined("same", "out") == before
    assert joined("same", "in") == after
