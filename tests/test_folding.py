import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.folding import fold, fold_marks, folded_copy

MARKED = st.text(
    st.one_of(st.sampled_from("ab \n\t\xa0\xad-–—…..'’\"“e\u0301\u200b\u200d가ᄀ\u1161\u11a8"), st.characters())
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        (" –!… ", ""),
        ("Ceasefire", " ceasefire "),
        ("Nagorno-Karabakh: the  “Minsk Group”!", " nagorno karabakh the minsk group "),
        ("there’s U.S. mediation", " there s u s mediation "),
        ("Ağdam, Şuşa, Bakı, İlham", " agdam susa baki ilham "),
        ("Ag\u0306dam", " agdam "),
        ("Łódź Ørsted STRASSE straße", " lodz orsted strasse strasse "),
        ("cease\xadfire zero\u200bwidth", " ceasefire zerowidth "),
        ("Ереван й", " ереван и "),
        ("مِصر می\u200cخواهم", " مصر میخواهم "),
        ("ℋ ﬁ ² ①", " h fi 2 1 "),
        ("100% of snake_case", " 100 of snake case "),
    ],
)
def test_fold_gives_plain_words_between_spaces(text, folded):
    assert fold(text) == folded


def test_fold_makes_a_prefix_of_a_word_findable():
    folded = fold("The cease-fire and the Ceasefire")
    assert [" ceasefi" in folded, " fire" in folded, " easefire" in folded] == [True, True, False]


@given(st.text())
def test_fold_changes_nothing_the_second_time(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_leaves_words_and_single_spaces(text):
    assert re.fullmatch(r"( [^\W_]+)+ |", fold(text))


@given(st.text(), st.text())
def test_fold_of_two_texts_is_the_words_of_both(text, other):
    assert fold(f"{text} | {other}").split() == fold(text).split() + fold(other).split()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("‘single’ `x´ ′", "'single' 'x' '"),
        ("“double” „low“ «angle» ″", '"double" "low" "angle" "'),
        ("a – b—c -- d ‐ e −5", "a-b-c-d-e-5"),
        ("after- — good", "after--good"),
        ("wait… . . . end.", "wait...... end."),
        (" one \t\n\xa0 two ", "one two"),
        ("cease\xadfire zero\u200b width", "ceasefire zero width"),
        ("e\u0301 Case STAYS, so does: punctuation!", "é Case STAYS, so does: punctuation!"),
        ("non-\nproliferation", "non-proliferation"),
    ],
)
def test_fold_marks_gives_one_form(text, folded):
    assert fold_marks(text) == folded


def test_fold_marks_mends_a_broken_word_when_asked():
    assert fold_marks("a cease- \n  fire, 5-\n6", mend=True) == "a ceasefire, 5-6"


@given(MARKED, st.booleans())
def test_folded_copy_is_what_fold_marks_gives(text, mend):
    assert folded_copy(text, mend=mend).text.strip() == fold_marks(text, mend=mend)


@given(MARKED)
def test_folded_copy_maps_each_character_into_the_text(text):
    copy = folded_copy(text)
    assert len(copy.text) == len(copy.starts) == len(copy.ends)
    assert list(copy.starts) == sorted(copy.starts)
    assert [at for at in range(len(copy.text)) if not copy.starts[at] < copy.ends[at] <= len(text)] == []


def test_folded_copy_gives_no_span_that_cuts_a_character():
    copy = folded_copy("so… yes")
    assert copy.text == "so... yes"
    assert [copy.span(0, 2), copy.span(0, 3), copy.span(0, 5), copy.span(4, 9)] == [
        (0, 2),
        None,
        (0, 3),
        None,
    ]
