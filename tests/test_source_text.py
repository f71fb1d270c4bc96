import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.source_text import NORMALISATION_VERSION, find_control, normalise, sha256, white_space_notes

from .beside import SEED, SHARED

# Letters, marks, and most of what `normalise` replaces, removes or writes out.
AWKWARD = st.text(
    st.one_of(
        st.sampled_from("ab \n\r\t\x00\x0b\f\x85\xad\xa0\u0301\u2007\u2028\u2029\u202e\u202f\u2066\u200d\ufeff\uffff"),
        st.characters(codec=None),
    )
)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("", ""),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("one\r\xad\ntwo", "one\ntwo"),
        ("tab\tstays, so do  two spaces ", "tab\tstays, so do  two spaces "),
        ("10\xa0November\u202f2020,\u20075 p.m.", "10 November 2020, 5 p.m."),
        ("\ufeffcease\xadfire", "ceasefire"),
        ("Ag\u0306dam", "A\u011fdam"),
        ("e\xad\u0301", "\u00e9"),
        ("a\x00b\x7fc\x80d", "a[U+0000]b[U+007F]c[U+0080]d"),
        ("line\x0bline\x85line", "line\nline\nline"),
        ("that was\n\fannounced\r\n\f\f now\f\nand\fso", "that was\nannounced\n now\nand\nso"),
        ("parties.\n\f\nNext", "parties.\n\nNext"),
        ("a cease\xad \r\n fire, 5\xad\n6", "a cease- \n fire, 5\n6"),
        ("\u202etxet\u202c", "[U+202E]txet[U+202C]"),
        ("\u2066isolated\u2069", "[U+2066]isolated[U+2069]"),
        ("tag\U000e0041\U000e007f", "tag[U+E0041][U+E007F]"),
        ("half \ud83d pair", "half [U+D83D] pair"),
        ("no character \uffff", "no character [U+FFFF]"),
        ("“curly” – dashes — and … stay", "“curly” – dashes — and … stay"),
    ],
)
def test_normalise_gives_the_stored_text(text, stored):
    assert normalise(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "מִצְרַיִם",  # Hebrew with points
        "וקף‏ – 1\u200f",  # right-to-left mark
        "می\u200cخواهم",  # Farsi, zero-width non-joiner
        "ه\u200d.ق",  # Arabic, zero-width joiner
        "\u061cالعربية",  # Arabic letter mark
        "👩\u200d💻 👍🏽",
    ],
)
def test_normalise_keeps_living_scripts(text):
    assert normalise(text) == unicodedata.normalize("NFC", text)


@given(AWKWARD)
def test_normalise_changes_nothing_the_second_time(text):
    assert normalise(normalise(text)) == normalise(text)


@given(AWKWARD)
def test_normalise_leaves_nothing_a_form_would_refuse(text):
    assert find_control(normalise(text), lines=True) is None


@pytest.mark.beside(SEED)
def test_normalise_leaves_the_seed_briefing_as_it_is():
    text = (SHARED / SEED).read_bytes().decode()
    assert len(text) == 2143
    assert normalise(text) == text


def test_normalisation_version_is_the_second():
    assert NORMALISATION_VERSION == 2


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("a\r\n\tb\u2028", []),
        ("a\fb", ["1 page break read as white space"]),
        ("a\fb\f\x0b\x85", ["2 page breaks and 1 vertical tab and 1 next-line mark read as white space"]),
    ],
)
def test_white_space_notes_count_what_is_not_plain_to_see(text, notes):
    assert white_space_notes(text) == notes


def test_sha256_is_of_the_utf_8():
    assert sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_sha256_refuses_what_utf_8_cannot_hold():
    with pytest.raises(UnicodeEncodeError):
        sha256("\ud800")


@pytest.mark.parametrize(
    ("text", "in_one_line", "in_lines"),
    [
        ("", None, None),
        ("Ağdam – “ceasefire”", None, None),
        ("می\u200cخواهم \u200f", None, None),
        ("a\x00", (1, "U+0000"), (1, "U+0000")),
        ("\u202etxet", (0, "U+202E"), (0, "U+202E")),
        ("ab\u2067", (2, "U+2067"), (2, "U+2067")),
        ("x\U000e0041", (1, "U+E0041"), (1, "U+E0041")),
        ("\ud800", (0, "U+D800"), (0, "U+D800")),
        ("a\tb\x85", (1, "U+0009"), (3, "U+0085")),
        ("a\nb", (1, "U+000A"), None),
        ("a\r\nb", (1, "U+000D"), None),
        ("a\rb", (1, "U+000D"), (1, "U+000D")),
    ],
)
def test_find_control_gives_the_first_position_and_name(text, in_one_line, in_lines):
    assert (find_control(text), find_control(text, lines=True)) == (in_one_line, in_lines)
