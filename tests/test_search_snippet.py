import pytest

from timeline.text.search_query import parse, spellings_of
from timeline.text.source_text import Snippet, first_snippet

TEXT = "MS PORTER: The ceasefire\nholds. The Minsk Group met in Nagorno-Karabakh."


def looked_for(query: str) -> list[str]:
    return spellings_of(parse(query))


def snippet_of(query: str, text: str = TEXT) -> str | None:
    hit = first_snippet(text, looked_for(query))
    return hit and hit.words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("cease", "ceasefire"),
        ("CEASEFIRE", "ceasefire"),
        ('"minsk group"', "Minsk Group"),
        ("nagorno-kara", "Nagorno-Karabakh"),
        ("none met", "met"),
        ("fire", None),
        ('"minsk grou"', None),
        ("none", None),
    ],
)
def test_words_that_are_shown(query, words):
    assert snippet_of(query) == words


def test_hit_stands_in_its_surroundings():
    assert first_snippet(TEXT, looked_for("holds")) == Snippet(
        "MS PORTER: The ceasefire ", "holds", ". The Minsk Group met in Nagorno-Karabakh.", "#:~:text=holds"
    )


def test_surroundings_are_cut_between_words():
    hit = first_snippet("word " * 50 + "here, " + "word " * 50, looked_for("here"))

    assert (hit.before[:7], hit.before[-5:], len(hit.before) <= 93) == ("… word ", "word ", True)
    assert (hit.after[:6], hit.after[-6:]) == (", word", "word …")


def test_dash_in_a_fragment_is_written_out():
    assert first_snippet(TEXT, looked_for("nagorno-kara")).fragment == "#:~:text=Nagorno%2DKarabakh"


def test_text_that_is_not_stored_has_none():
    assert first_snippet("", looked_for("word")) is None
