import pytest
from hypothesis import given, settings

from timeline.quotes import (
    Anchor,
    anchor,
    context,
)

from .quote_texts import PASSAGES, REPEATED

# anchor


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Yes. We agree. No.", Anchor("verified", 5, 13)),
        ("Yes. We agree, we agree, We agree", Anchor("verified", 5, 13)),
        ("Well. Yes. We agree. No.", Anchor("moved", 11, 19)),
        ("We agree", Anchor("moved", 0, 8)),
        ("Yes. We  agree. No.", Anchor("moved", 5, 14)),
        ("We agree! Oh yes. We agree. No.", Anchor("ambiguous", 0, 8)),
        ("We agree! Oh. Yes. We agree. No.", Anchor("moved", 19, 27)),
        ("Yes. We disagree. No.", Anchor("missing", None, None)),
        ("Yes. We agree\u0302. No.", Anchor("missing", None, None)),
        ("", Anchor("missing", None, None)),
    ],
)
def test_anchor_gives_the_place_in_a_changed_text(text, now):
    assert anchor("We agree", text, "Yes. ", ". No.", 5, 13) == now


@pytest.mark.parametrize(
    ("start", "now"),
    [
        (2, Anchor("moved", 5, 13)),
        (21, Anchor("moved", 23, 31)),
        (14, Anchor("ambiguous", 5, 13)),
        (None, Anchor("ambiguous", 5, 13)),
    ],
)
def test_anchor_takes_the_nearest_of_the_places_that_agree(start, now):
    text = "Yes. We agree. No Yes. We agree. No."
    end = start + 8 if start is not None else None
    assert anchor("We agree", text, "Yes. ", ". No", start, end) == now


def test_anchor_does_not_count_an_old_position_from_the_end():
    assert anchor("agree", "We agree", "", "", -5, 8) == Anchor("moved", 3, 8)


def test_anchor_without_context_does_not_guess_by_distance():
    assert anchor("We agree", REPEATED, "", "", 6, 14) == Anchor("ambiguous", 5, 13)


def test_anchor_without_an_old_position_answers_as_find_does():
    assert anchor("We agree", REPEATED, "No. ", "", None, None) == Anchor("verified", 19, 27)


@given(PASSAGES, PASSAGES, PASSAGES, PASSAGES)
@settings(deadline=None)
def test_anchor_follows_a_quote_when_something_is_put_before_it(before, inside, after, added):
    before, inside, after, added = map("".join, (before, inside, after, added))
    quote = f"Quote {inside} ends"
    text = f"{before} {quote} {after}"
    start, end = text.index(quote), text.index(quote) + len(quote)
    assert anchor(quote, text, *context(text, start, end), start, end) == Anchor("verified", start, end)
    now = anchor(quote, f"{added} {text}", *context(text, start, end), start, end)
    shift = len(added) + 1
    assert now == Anchor("moved", start + shift, end + shift)


@given(PASSAGES, PASSAGES, PASSAGES)
@settings(deadline=None)
def test_anchor_misses_a_quote_that_was_edited(before, inside, after):
    before, inside, after = map("".join, (before, inside, after))
    quote = f"Quote {inside} ends"
    start = len(before) + 1
    for edited in (f"Quote {inside} now ends", f"Quote {inside} end", f"quote {inside} ends"):
        now = anchor(quote, f"{before} {edited} {after}", "", "", start, start + len(quote))
        assert now == Anchor("missing", None, None)


# context


@pytest.mark.parametrize(
    ("text", "start", "end", "sides"),
    [
        ("abc", 0, 3, ("", "")),
        ("one two three", 4, 7, ("one ", " three")),
        ("a" * 40 + "Q" + "b" * 40, 40, 41, ("a" * 32, "b" * 32)),
        ("x\u0302" + "a" * 31 + "Q", 33, 34, ("a" * 31, "")),
        ("Q" + "b" * 31 + "x\u0302", 0, 1, ("", "b" * 31)),
        ("👩\u200d💻" + "a" * 31 + "Q", 34, 35, ("a" * 31, "")),
    ],
)
def test_context_gives_32_code_points_and_no_half_character(text, start, end, sides):
    assert context(text, start, end) == sides


def test_context_takes_another_size():
    assert context("one two three", 4, 7, size=2) == ("e ", " t")
