"""Texts of every kind of character, for tests of quotes."""

from hypothesis import strategies as st

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


# Words as a page prints them, and as they are typed.
PRINTED = (
    ("oﬃcials", "officials"),
    ("conﬁrmed", "confirmed"),
    ("Nagorno-\nKarabakh", "Nagorno-Karabakh"),
    ("cease-\n  fire", "ceasefire"),
    ("cease\u00adfire", "ceasefire"),
    ("co-chair", "co‑chair"),
    ("“so”", "''so''"),
    ("that – there’s", "that—there's"),
    ("worse- — access", "worse - access"),
    ("１０ km²", "10 km2"),
    ("24 March", "24\nMarch"),
)


def has_word(text):
    return any(character.isalnum() for character in text)


REPEATED = "Yes. We agree. No. We agree. Maybe."
