"""Characters that act without being seen: which they are, and what a text is without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.unseen import clean_line, clean_lines, find_unseen, split_at_unseen, write_out

TEXTS = st.text(st.one_of(st.sampled_from("a \t\n\r\x85\xad\u200b\u200c\u200d\u200f\u202eیक्😀"), st.characters()))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", None),
        ("Plain – “é” ❤\ufe0f", None),
        ("می\u200cخواهم", None),  # Farsi
        ("क्\u200dष", None),  # Devanagari
        ("ලක්\u200dෂ", None),  # Sinhala
        ("\u200cمی", (0, "U+200C")),
        ("co\u200cfee", (2, "U+200C")),
        ("👩\u200d💻", (1, "U+200D")),
        ("zero\u200bwidth", (4, "U+200B")),
        ("a\u2060b", (1, "U+2060")),
        ("שלום\u200f", (4, "U+200F")),
        ("soft\xadhyphen", (4, "U+00AD")),
        ("a\u2028b", (1, "U+2028")),
        ("a\ufeffb", (1, "U+FEFF")),
        ("a\uffff", (1, "U+FFFF")),
        ("a\tb", (1, "U+0009")),
    ],
)
def test_find_in_one_line(text, problem):
    assert find_unseen(text) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [("a\tb\nc\r\nd", None), ("a\rb", (1, "U+000D")), ("a\x0bb", (1, "U+000B")), ("a\n\u200b", (2, "U+200B"))],
)
def test_find_in_lines(text, problem):
    assert find_unseen(text, lines=True) == problem


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        ("Cease\u200bfire", "Ceasefire", "Ceasefire"),
        (" Two\x0bwords\u202e ", "Two words", " Two\nwords "),
        ("a\x07b", "a b", "a b"),
        ("first\r\nsecond\x85third", "first second third", "first\nsecond\nthird"),
        ("می\u200bخ\u200c", "میخ\u200c", "میخ\u200c"),
        ("ی\u200b\u200c", "ی", "ی"),
        ("a\u061c\u200d", "a", "a"),
        ("👩\u200d💻", "👩💻", "👩💻"),
        ("\u200b", "", ""),
    ],
)
def test_clean(text, line, lines):
    assert (clean_line(text), clean_lines(text)) == (line, lines)


@given(TEXTS)
def test_what_was_cleaned_is_clean_and_stays(text):
    line, lines = clean_line(text), clean_lines(text)

    assert (find_unseen(line), find_unseen(lines, lines=True)) == (None, None)
    assert (clean_line(line), clean_lines(lines)) == (line, lines)
    assert find_unseen(write_out(text)) is None


def test_write_out_keeps_every_other_character():
    assert write_out("a\u200bb\n", lines=True) == "a[U+200B]b\n"
    assert write_out("a\u200bb\n") == "a[U+200B]b[U+000A]"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain", ["plain"]),
        ("é", ["é"]),
        ("a\u200bb\u2060", ["a", "\u200b", "b", "\u2060", ""]),
        ("שלום\u200f", ["שלום\u200f"]),
        ("می\u200cخ", ["می\u200cخ"]),
    ],
)
def test_split_at_unseen(text, pieces):
    assert split_at_unseen(text) == pieces
