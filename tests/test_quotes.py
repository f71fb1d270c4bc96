import random
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from timeline.folding import fold_marks
from timeline.quotes import (
    Anchor,
    Match,
    Passage,
    anchor,
    context,
    difference,
    find,
    nearest,
    occurrences,
    text_fragment,
)
from timeline.source_text import normalise

BRIEFINGS = Path(__file__).resolve().parents[2] / "shared" / "data" / "whitehouse-briefings"
SENTENCE = re.compile(r"[A-Z“][^.?!]{60,400}[.?!]”?")

# Whole characters as readers see them, some of several code points, and what the copy writes otherwise.
CHARACTERS = (
    *"abcAB1.,;'\"-‘’“”„«–—―−…  \n\n\t\u00a0\u00ad\u200b\u2060\u200f",
    *(
        "--",
        ". .",
        " — ",
        "-\n",
        "é",
        "e\u0301",
        "x\u0302",
        "שָׁ",
        "ك\u064f",
        "한",
        "\u1112\u1161\u11ab",
        "न\u093f",
    ),
    *("😀", "👍🏽", "👩\u200d💻", "❤\ufe0f", "🏴", "𝔸"),
)
PASSAGES = st.lists(st.sampled_from(CHARACTERS), max_size=40)


def has_word(text):
    return any(character.isalnum() for character in text)


# find


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("The first", "The first words", "The first"),
        ("words", "The last words", "words"),
        ("all of it", "all of it", "all of it"),
        ("  padded\n", "it is padded here", "padded"),
        ("one two", "one\r\ntwo", "one\r\ntwo"),
        ("one two", "one\u00a0 two", "one\u00a0 two"),
        ('there\'s a "plan"', "there’s a “plan”", "there’s a “plan”"),
        ("‘quoted’ «so»", "'quoted' \"so\"", "'quoted' \"so\""),
        ("that - there", "something that – there’s", "that – there"),
        ("that—there", "something that – there’s", "that – there"),
        ("that--there", "something that — there’s", "that — there"),
        ("long‑term", "a long-term settlement", "long-term"),
        ("minus -5", "minus −5 degrees", "minus −5"),
        ("— good", "after- — good morning", "— good"),
        ("now -- yes", "just now –- yes", "now –- yes"),
        ("non-proliferation", "the non-\nproliferation talks", "non-\nproliferation"),
        ("a ceasefire holds", "a cease-\n fire holds", "a cease-\n fire holds"),
        ("a cease-\nfire", "a ceasefire holds", "a ceasefire"),
        ("and...", "and… so", "and…"),
        ("wait ... no", "wait . . . no", "wait . . . no"),
        ("caf\u00e9", "un cafe\u0301 noir", "cafe\u0301"),
        ("cafe\u0301", "un caf\u00e9 noir", "caf\u00e9"),
        ("\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("after", "😀😀 after 😀", "after"),
        ("👩\u200d💻 codes", "👍🏽 👩\u200d💻 codes", "👩\u200d💻 codes"),
        ("😀", "a 😀 b", "😀"),
        ("ceasefire", "a cease\u00adfire", "cease\u00adfire"),
        ("one. Two", "One.\n\none.\n\nTwo", "one.\n\nTwo"),
        ("می خواهم", "من می\u200c خواهم", "می\u200c خواهم"),
    ],
)
def test_find_gives_the_words_of_the_text(quote, text, found):
    start = text.index(found)
    assert find(quote, text) == Match(start, start + len(found), "verified")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("not there", "The words are others."),
        ("The words", "the words"),
        ("one, two", "one two"),
        ("one two", "onetwo"),
        ("deescalate", "de-escalate"),
        ("anything", ""),
        ("longer than it", "it"),
        ("cafe", "un cafe\u0301 noir"),
        ("x", "x\u0302"),
        ("न", "न\u093f"),
        ("\u1112\u1161", "\u1112\u1161\u11ab"),
        ("👩", "👩\u200d💻"),
        ("👍", "👍🏽"),
        ("so.", "so…"),
    ],
)
def test_find_gives_none_for_other_words_and_half_characters(quote, text):
    assert find(quote, text) is None


REPEATED = "Yes. We agree. No. We agree. Maybe."


@pytest.mark.parametrize(
    ("prefix", "suffix", "match"),
    [
        ("", "", Match(5, 14, "ambiguous")),
        ("Yes. ", "", Match(5, 14, "verified")),
        ("No.", "", Match(19, 28, "verified")),
        ("", " Maybe", Match(19, 28, "verified")),
        ("Yes.  ", "\nNo", Match(5, 14, "verified")),
        ("Yes. ", " Maybe.", Match(5, 14, "ambiguous")),
        ("es. ", "", Match(5, 14, "verified")),
        (". ", "", Match(5, 14, "ambiguous")),
        ("Perhaps. ", "", Match(5, 14, "ambiguous")),
    ],
)
def test_find_lets_prefix_and_suffix_single_out_one_place(prefix, suffix, match):
    assert find("We agree.", REPEATED, prefix, suffix) == match


def test_find_does_not_ask_for_context_when_there_is_one_place():
    assert find("Maybe", REPEATED, "other prefix", "other suffix") == Match(29, 34, "verified")


def test_find_counts_places_that_overlap():
    assert find("ana ana", "ana ana ana") == Match(0, 7, "ambiguous")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("responsible and provocative", "They are irresponsible and provocative."),
        ("necessarily provocative", "unnecessarily provocative"),
        ("They are respons", "They are responsible."),
        ("on 4 March", "on 24 March"),
        ("on March 2", "on March 24"),
    ],
)
def test_a_quote_that_cuts_a_word_is_not_found(quote, text):
    assert find(quote, text) is None
    assert anchor(quote, text, "", "", text.find(quote), text.find(quote) + len(quote)).state == "missing"


@pytest.mark.parametrize(
    ("quote", "text"),
    [("March", "(March)"), ("S", "U.S."), ("和平", "实现和平进程"), ("Armenia", "Armenia’s"), ("24", "24–25 March")],
)
def test_a_quote_may_end_wherever_a_word_does(quote, text):
    assert find(quote, text).state == "verified"


def test_find_does_not_trust_context_beyond_a_thousand_places():
    text = "so yes" + " no yes" * 1000
    assert find("yes", text, "so ") == Match(3, 6, "ambiguous")
    assert anchor("yes", text, "no ", "", 20, 23) == Anchor("ambiguous", 3, 6)


@pytest.mark.parametrize("quote", ["", " \n", "…", "“—”, –!", "\u0301", "$"])
@pytest.mark.parametrize("ask", [find, occurrences, lambda quote, text: anchor(quote, text, "", "", 0, 1)])
def test_a_quote_without_a_word_is_refused(ask, quote):
    with pytest.raises(ValueError, match="^The quote is empty or only punctuation: give the exact words of the text.$"):
        ask(quote, "Some text – with marks…")


def test_occurrences_gives_every_place():
    assert occurrences("We agree", REPEATED) == [(5, 13), (19, 27)]


def cuts_a_word(text, at):
    letters = {"Lu", "Ll", "Lt", "Nd"}
    return 0 < at < len(text) and all(unicodedata.category(one) in letters for one in text[at - 1 : at + 1])


@given(PASSAGES, st.data())
@settings(max_examples=examples(300), deadline=None)
def test_find_finds_any_slice_of_any_text(characters, data):
    first = data.draw(st.integers(0, len(characters)))
    last = data.draw(st.integers(first, len(characters)))
    text, quote = "".join(characters), "".join(characters[first:last])
    if not has_word(quote):
        return
    bare = quote.strip(" \n\t\u00a0\u00ad\u200b\u2060\u200f")
    start = text.index(bare, len("".join(characters[:first])))
    if cuts_a_word(text, start) or cuts_a_word(text, start + len(bare)):
        return
    match = find(quote, text)
    assert match.state == "ambiguous" or match.start <= start < start + len(bare) <= match.end


@given(st.text(), st.text())
@settings(deadline=None)
def test_find_gives_only_what_folds_to_the_quote(quote, text):
    text = f"{text} {quote} {text}"
    match = find(quote, text) if has_word(quote) else None
    assert match is None or fold_marks(text[match.start : match.end]) == fold_marks(quote)


@given(PASSAGES, PASSAGES, PASSAGES)
@settings(deadline=None)
def test_context_singles_out_a_place_or_leaves_it_ambiguous(before, between, after):
    text = "".join([*before, "We agree", *between, "We agree", *after])
    for start, end in occurrences("We agree", text):
        match = find("We agree", text, *context(text, start, end))
        assert match.state == "ambiguous" or (match.start, match.end) == (start, end)


# Real sentences


@cache
def real_sentences():
    """Return 6,000 sentences, each as (text of its briefing, start, end), chosen alike in every run."""
    if not BRIEFINGS.exists():
        pytest.skip("the real briefings are not on this machine")
    texts = [normalise(path.read_bytes().decode()) for path in sorted(BRIEFINGS.glob("*.md"))]
    sentences = [(text, *found.span()) for text in texts for found in SENTENCE.finditer(text)]
    chosen = random.Random(20220325).sample(range(len(sentences)), 6000)  # noqa: S311 (not a secret)
    return [sentences[number] for number in sorted(chosen)]


def as_it_is(sentence):
    return sentence


def with_straight_marks(sentence):
    return sentence.translate(str.maketrans("‘’“”", "''\"\"")).replace("…", "...")


def with_hyphens(sentence):
    return re.sub("[–—]", "-", sentence)


def with_single_spaces(sentence):
    return " ".join(sentence.split())


def with_all_of_it(sentence):
    return with_single_spaces(with_hyphens(with_straight_marks(sentence)))


FORMS = (as_it_is, with_straight_marks, with_hyphens, with_single_spaces, with_all_of_it)


def is_found(quote, text, start, end):
    """Return whether it is found at its own place: at once or, if it was said more often, by its context."""
    match = find(quote, text)
    if match and match.state == "ambiguous":
        match = find(quote, text, *context(text, start, end))
    return match == Match(start, end, "verified")


def with_one_word_changed(sentence):
    words = sentence.split()
    words[len(words) // 2] = "zebras"
    return " ".join(words)


@pytest.mark.long
def test_find_finds_real_sentences_however_copied_and_none_with_a_word_changed():
    lost, invented = [], []
    for text, start, end in real_sentences():
        quotes = [written(text[start:end]) for written in FORMS]
        lost += [quote for quote in quotes if not is_found(quote, text, start, end)]
        invented += filter(lambda quote: find(quote, text), [with_one_word_changed(text[start:end])])
    assert (lost, invented) == ([], [])


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


# nearest, difference

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


@pytest.mark.long
def test_nearest_finds_the_real_sentences_a_word_was_changed_in():
    lost = []
    for text, start, end in real_sentences()[::150]:
        passage = nearest(with_one_word_changed(text[start:end]), text)
        if passage is None or (passage.start, passage.end) != (start, end):
            lost.append((text[start:end], passage))
    assert lost == []


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


# text_fragment


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix", "fragment"),
    [
        ("ceasefire", "", "", "ceasefire"),
        ("50% & more, a co-chair", "", "", "50%25%20%26%20more%2C%20a%20co%2Dchair"),
        ("there’s #1/2?", "", "", "there%E2%80%99s%20%231%2F2%3F"),
        ("the side", "of ", " said", "of-,the%20side,-said"),
        ("the side", "x" * 25 + " and of ", " said, " + "y" * 25, "and%20of-,the%20side,-said%2C"),
        ("the side", "x" * 32, "y" * 32, "the%20side"),
        (
            "Yes.",
            "the region?\n\nMS PORTER: ",
            "\n\nQUESTION: And",
            "MS%20PORTER%3A-,Yes.,-QUESTION%3A%20And",
        ),
        ("Yes.", "Good.  Fine. ", "  So", "Fine.-,Yes.,-So"),
        ("one\n\ntwo", "", "", "one,two"),
        ("one.  Two", "", "", "one.,Two"),
        (
            "1 2 3 4 5 6 7 8 9\n1 2 3 4 5 6 7 8 9",
            "",
            "",
            "1%202%203%204%205%206%207%208,2%203%204%205%206%207%208%209",
        ),
        ("words " * 60, "", "", "words" + "%20words" * 7 + ",words" + "%20words" * 7),
        ("長" * 301, "", "", "%E9%95%B7" * 301),
    ],
)
def test_text_fragment_names_the_words_for_a_browser(quote, prefix, suffix, fragment):
    assert text_fragment(quote, prefix, suffix) == f"#:~:text={fragment}"
