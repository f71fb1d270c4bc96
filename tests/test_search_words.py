"""The words of a text as they are searched, and their places in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.folding import fold
from timeline.text.search_query import parse, spellings_of
from timeline.text.search_words import LONGEST, index_words, plain_words, singular
from timeline.text.source_text import Snippet, first_snippet
from timeline.text.word_marks import find_words, mark_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("– … !", ""),
        ("Ağdam, İstanbul", " agdam istanbul "),
        ("The U.S. side, the U.N., the U.S.-brokered truce", " the us side the un the us brokered truce "),
        ("J.K.Rowling", " jk rowling "),
        ("cease-fire", " ceasefire "),
        ("A cease fire", " a ceasefire "),
        ("ceasefires", " ceasefires § ceasefire "),
        ("air strikes", " airstrikes § air § airstrike § strike "),
        ("co-chairs", " co chairs § chair § cochair § cochairs "),
        ("Ukraine’s UKRAINE'S", " ukraine ukraine "),
        ("O'Brien O’Brien OʼBrien", " obrien obrien obrien § brien "),
        ("الســـلام ٢٠٢٢", " السلام 2022 "),
        ("Əliyev", " aliyev § eliyev "),
        ("parties, clashes; areas of Hamas", " parties clashes areas of hamas § area § clash § party "),
        ("停火 协议", " 停火 协议 "),
        ("x" * 100, f" {'x' * LONGEST} "),
    ],
)
def test_words_that_are_stored(text, words):
    assert index_words(text) == words


def test_no_phrase_goes_on_from_one_text_into_another():
    assert index_words("Talks", "", "held") == " talks § held § talk "


@pytest.mark.parametrize(
    "word", ["news", "crisis", "caucasus", "congress", "laos", "hamas", "was", "1990s", "армс", "us"]
)
def test_words_that_look_like_plurals_stay(word):
    assert singular(word) == word


@given(st.text(), st.text())
def test_words_of_two_texts_are_the_words_of_both(text, other):
    assert set(index_words(text, other).split()) - {"§"} == set(index_words(f"{text} | {other}").split()) - {"§"}


@given(st.text())
def test_words_are_folded_and_none_is_long(text):
    words = index_words(text).replace("§", "").split()

    assert [word for word in words if fold(word) != f" {word} " or len(word) > LONGEST] == []
    assert index_words(text) == "" or index_words(text).startswith(f" {plain_words(text)} ")


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text, spellings_of(parse(query)))]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("ceasefire", "A cease-fire, a cease fire and ceasefires", ["cease-fire", "cease fire", "ceasefires"]),
        ("fire", "a cease fire (and fire)", ["fire"]),
        ("cease fires", "a ceasefire", ["ceasefire"]),
        ("strike", "air strikes, airstrike", ["air strikes", "airstrike"]),
        ("us", "The (U.S.) use of us.", ["U.S.", "us"]),
        ('"minsk group"', "Minsk, the “Minsk Group”", ["Minsk Group"]),
        ("minsk group", "Minsk Group", ["Minsk", "Group"]),
        ("karabakh", "of Nagorno-Karabakh’s.", ["Nagorno-Karabakh’s"]),
        ("nagorno-kara", "Nagorno Karabakh", ["Nagorno Karabakh"]),
        ("eliyev", "met Əliyev.", ["Əliyev"]),
        ("agreement -truce", "agreements, truce", ["agreements"]),
        ("absent", "nothing", []),
    ],
)
def test_words_are_found_where_they_stand(query, text, words):
    assert marked(query, text) == words


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_found_is_what_the_index_holds(query, text):
    """Where the stored words hold a spelling it is somewhere in the text, and nowhere else does."""
    try:
        spellings = spellings_of(parse(query))
    except ValueError:
        return
    stored = index_words(text)

    assert bool(find_words(text, spellings)) == any(spelling in stored for spelling in spellings)


@given(
    st.lists(
        st.sampled_from(["U.S.", "cease-fire", "cease", "strikes", "air", "Əli", "O'Neil", "co-chairs", "a"]),
        max_size=6,
    )
)
def test_text_finds_itself(words):
    text = " ".join(words)
    for query in [*words, *([f'"{text}"'] if words else [])]:
        spellings = spellings_of(parse(query))
        assert any(spelling in index_words(text) for spelling in spellings), query
        assert find_words(text, spellings), query


def test_marked_words_stand_in_their_surroundings():
    pieces = mark_words("word " * 50 + "here, " + "word " * 50, [" here"], around=12)

    assert [(piece.text, piece.is_searched) for piece in pieces] == [
        ("… word word ", False),
        ("here", True),
        (", word word …", False),
    ]
    assert mark_words("nothing", [" here"]) == []


@pytest.mark.parametrize("letter", ["ა", "a", "a'", "-a", "a.", "1a"])
def test_word_without_end_is_read_in_one_pass(letter):
    assert index_words(letter * 100_000).strip()


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
