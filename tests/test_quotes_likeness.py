import pytest
from hypothesis import given, settings

from timeline.quotes import (
    Passage,
    difference,
    nearest,
)

from .quote_texts import PASSAGES

SAID = """QUESTION: Why?

MS PORTER: Troop movements and other escalatory measures are
irresponsible. Thank you – all."""


@pytest.mark.parametrize(
    ("quote", "score", "passage"),
    [
        ("Troop movements and escalatory measures", 0.909, "Troop movements and other escalatory measures"),
        (
            "Troop movements and other measures are reckless.",
            0.8,
            "Troop movements and other escalatory measures are\nirresponsible.",
        ),
        ("troop movements and other", 1.0, "Troop movements and other"),
        ("thank you - ALL", 1.0, "Thank you – all"),
        ("“escalatory steps are irresponsible.”", 0.75, "escalatory measures are\nirresponsible."),
    ],
)
def test_nearest_gives_the_passage_most_like_the_quote(quote, score, passage):
    start = SAID.index(passage)
    assert nearest(quote, SAID) == Passage(start, start + len(passage), score, passage)


def test_nearest_takes_straight_and_curly_apostrophes_for_one():
    assert nearest("There's no plan", "and there’s no plan") == Passage(4, 19, 1.0, "there’s no plan")


def test_nearest_is_not_led_astray_by_one_rare_word():
    others = " So what? ".join(["agree", "talk", "we", "to"] * 5)
    text = f"A zebra. {others} But we agree to talk. {others}"
    start = text.index("But")
    assert nearest("zebra: we agree to talk", text) == Passage(start, start + 20, 0.8, "But we agree to talk")


@pytest.mark.parametrize("quote", ["", "…", "zebra", "nothing of this was said by you at all, ever"])
def test_nearest_gives_none_when_nothing_is_like_the_quote(quote):
    assert nearest(quote, SAID) is None


def test_nearest_gives_none_in_an_empty_text():
    assert nearest("Troop movements", "") is None


@given(PASSAGES, PASSAGES)
@settings(deadline=None)
def test_nearest_gives_a_passage_of_the_text(quote, text):
    quote, text = "".join(quote), "".join(text)
    passage = nearest(quote, text)
    assert passage is None or (passage.text == text[passage.start : passage.end] and 0.5 <= passage.score <= 1)


@pytest.mark.parametrize(
    ("quote", "passage", "shown"),
    [
        ("one two", "one\ntwo", [("same", "one\ntwo")]),
        ("that—there's", "that – there’s", [("same", "that – there’s")]),
        ("One two three", "one two, three", [("quote", "One two"), ("text", "one two,"), ("same", "three")]),
        ("a long-term plan", "a plan", [("same", "a"), ("quote", "long-term"), ("same", "plan")]),
        ("a plan", "a long-term plan", [("same", "a"), ("text", "long-term"), ("same", "plan")]),
        ("", "all new", [("text", "all new")]),
    ],
)
def test_difference_shows_the_words_that_differ(quote, passage, shown):
    assert difference(quote, passage) == shown
