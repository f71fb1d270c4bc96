import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.quotes import (
    Anchor,
    Match,
    anchor,
    context,
    find,
    occurrences,
)

from .hypothesis_examples import examples
from .quote_texts import PASSAGES, PRINTED, REPEATED, has_word

# find


@pytest.mark.parametrize(
    ("quote", "text", "words"),
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
        ("— good", "after- — good morning", "- — good"),
        ("worse—access", "have worsened, worse- — access to", "worse- — access"),
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
        ("The officials confirmed it", "The oﬃcials conﬁrmed it.", "The oﬃcials conﬁrmed it"),
        ("the oﬃce of Ⅳ ﻻ", "the office of IV لا", "the office of IV لا"),
        ("km2 of land", "5 km² of land", "km² of land"),
        ("“We agree.”", "and We agree. So", "We agree."),
        ("''We agree''", "“We agree” now", "“We agree”"),
        ("\"'We agree'\"", "so ‘We agree,’ he said", "We agree"),
        ("– We agree –", "so We agree now", "We agree"),
        ("we ``agree'' now", "we “agree” now", "we “agree” now"),
        (
            "the Nagorno-Karabakh war and the ceasefire",
            "the Nagorno-\nKarabakh war and the cease-\nfire",
            "the Nagorno-\nKarabakh war and the cease-\nfire",
        ),
        (
            "— good cease-fire, a ceasefire",
            "so — good cease-\nfire, a cease-\nfire",
            "good cease-\nfire, a cease-\nfire",
        ),
        ("a co-\nchair of a cease\u00ad\nfire", "a co-chair of a cease-\nfire", "a co-chair of a cease-\nfire"),
    ],
)
def test_find_gives_the_words_of_the_text(quote, text, words):
    start = text.index(words)
    assert find(quote, text) == Match(start, start + len(words), "verified")


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
        ("of", "oﬃcials"),
        ("on 10", "on 10⁵ days"),
        ("on 105", "on 10⁵ days"),
        ("1 month", "½ month"),
        ("The parties'", "The parties agree"),
        ("5-6 of a ceasefire", "56 of a cease-\nfire"),
        ("a cochair of a ceasefire", "a co-chair of a cease-\nfire"),
        ("a re-form of a ceasefire", "a reform of a cease-\nfire"),
    ],
)
def test_find_gives_none_for_other_words_and_half_characters(quote, text):
    assert find(quote, text) is None


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
    return 0 < at < len(text) and all(unicodedata.category(character) in letters for character in text[at - 1 : at + 1])


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


def words_alone(text):
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


@given(st.text(), st.text())
@settings(deadline=None)
def test_find_gives_only_the_letters_and_digits_of_the_quote(quote, text):
    text = f"{text} {quote} {text}"
    match = find(quote, text) if has_word(quote) else None
    assert match is None or words_alone(text[match.start : match.end]) == words_alone(quote)


@given(st.lists(st.sampled_from(PRINTED), min_size=2, max_size=12), st.data())
@settings(max_examples=examples(300), deadline=None)
def test_find_finds_a_printed_text_as_it_is_typed_and_nothing_with_one_character_changed(words, data):
    """One letter, digit or capital of a quote is changed: no place of it is found."""
    printed, typed = (" ".join(side) for side in zip(*words, strict=True))
    text = f"Before it {printed} behind it"
    assert find(f"“{typed}”", text).start == len("Before it ")
    at = data.draw(st.sampled_from([at for at, character in enumerate(typed) if character.isalnum()]))
    for other in {typed[at].swapcase(), "z", "7"} - {typed[at]}:
        assert find(typed[:at] + other + typed[at + 1 :], text) is None


@given(PASSAGES, PASSAGES, PASSAGES)
@settings(deadline=None)
def test_context_singles_out_a_place_or_leaves_it_ambiguous(before, between, after):
    text = "".join([*before, "We agree", *between, "We agree", *after])
    for start, end in occurrences("We agree", text):
        match = find("We agree", text, *context(text, start, end))
        assert match.state == "ambiguous" or (match.start, match.end) == (start, end)
