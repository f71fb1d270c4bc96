from hypothesis import given
from hypothesis import strategies as st

from timeline.suggest.sentences import clauses, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


def test_sentences():
    assert cut("He spoke. She left!  “Did they?” Yes… (Laughter.) 12 people") == [
        "He spoke.", "She left!", "“Did they?”", "Yes…", "(Laughter.)", "12 people",
    ]  # fmt: skip


def test_abbreviations_end_no_sentence():
    text = "Mr. Sullivan met Dr. Kalin on Nov. 3 at 5 p.m. EST in the U.S. Capitol. J. D. Smith left."

    assert cut(text) == [text[: text.index("J. D.")].strip(), "J. D. Smith left."]


def test_an_abbreviation_may_end_one():
    assert cut("He is in the U.S. They left.") == ["He is in the U.S.", "They left."]


def test_only_the_part_that_is_asked_for_is_cut():
    assert list(sentences("One. Two. Three.", 5, 9)) == [(5, 9)]
    assert list(sentences("   ", 0, 3)) == []


def test_clauses():
    sentence = "He spoke with Russia on Monday, and she met Armenia; it rained"

    assert [sentence[start:end] for start, end in clauses(sentence)] == [
        "He spoke with Russia on Monday",
        "she met Armenia",
        "it rained",
    ]


def test_a_list_is_one_clause():
    assert clauses("Armenia, Georgia, and the United States met") == [(0, 43)]


@given(st.text("ab. A!?…\n“", max_size=60))
def test_no_word_is_lost(text):
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
