import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline.text.transcripts import parse

from .hypothesis_examples import examples
from .real_transcripts import check_shape, spoken

PIECES = [
    *(
        "Q",
        "Q  ",
        "A:",
        "MS. PSAKI:",
        "POE:",
        "MS.",
        "Moderator:",
        "(off mike)",
        "[x]",
        "**",
        "---\n",
        "a: b\n",
    ),
    *(
        "END",
        "###",
        "1:48 P.M. EDT",
        "why?",
        ".",
        ":",
        "\n",
        "\n\n",
        "  \n",
        "\r\n",
        " ",
        "\N{NO-BREAK SPACE}",
    ),
    *("\\", "é", "\u2028", "\ufeff"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
@example("Q\n\n###\nQ")
@example("\n\nEND\nMS.\nPSAKI:END")
def test_parse_accepts_any_text(text):
    transcript = parse(text)

    check_shape(text, transcript)
    assert {turn.kind for turn in transcript.turns} <= {"question", "answer", "statement"}


NAMES = st.sampled_from(["Q", "QUESTION:", "MS. PSAKI:", "MR. O’NEILL-DÍAZ JR.:", "THE PRESIDENT:", "MODERATOR:"])
SENTENCES = st.text("abcdefg ,—’é", min_size=1, max_size=60).map(str.strip).filter(bool).map("So {}.".format)
WORDS = st.lists(SENTENCES, min_size=1, max_size=4).map("\n\n".join)


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(st.tuples(NAMES, WORDS), min_size=1, max_size=12),
    st.sampled_from([" ", "  ", "\N{NO-BREAK SPACE}   "]),
    st.sampled_from(["\n\n", "  \n \n", "  \n"]),
    st.sampled_from(["", "Press Room\n\n12:43 P.M. EST\n\n", "---\ntitle: So\n---\n\n"]),
)
def test_parse_gives_a_dialogue_back(dialogue, space, gap, opening):
    text = opening + gap.join(f"{label}{space}{words}" for label, words in dialogue) + "\n\n1:27 P.M. EST\n"

    turns = [(speaker, words) for speaker, _, words in spoken(text)]
    assert turns == [(label.removesuffix(":"), words) for label, words in dialogue]


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "\n",
        " ",
        "A: ",
        "A A ",
        ". ",
        ".A",
        "Q\n",
        "MR. A:\n",
        ".MR. A: ",
        "(",
        "?(",
        "# ",
        "END\n",
        "?\n",
    ],
)
def test_parse_reads_long_repetitions(piece):
    """A step that took quadratic time would take seconds."""
    text = "MR. A: So.\n" + piece * (50_000 // len(piece))

    assert parse(text).turns[0].speaker == "MR. A"
