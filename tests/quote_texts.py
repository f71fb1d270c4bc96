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


def has_word(text):
    return any(character.isalnum() for character in text)


REPEATED = "Yes. We agree. No. We agree. Maybe."
