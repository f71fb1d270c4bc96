import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text.quote_folding import fold_marks, folded_copy, rejoined_copy, wordings

MARKED = st.text(
    st.one_of(st.sampled_from("ab \n\t\xa0\xad-–—…..'’\"“e\u0301\u200b\u200dﬁﷺ²5½가ᄀ\u1161\u11a8"), st.characters())
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("‘single’ `x´ ′", "'single' 'x' '"),
        ("“double” „low“ «angle» ″", "''double'' ''low'' ''angle'' ''"),
        ("''two singles'' are one \"double\"", "''two singles'' are one ''double''"),
        ("a – b—c -- d ‐ e −5", "a-b-c-d-e-5"),
        ("after- — good - - so", "after-good-so"),
        ("wait… . . . end.", "wait...... end."),
        (" one \t\n\xa0 two ", "one two"),
        ("cease\xadfire zero\u200b width", "ceasefire zero width"),
        ("a cease\xad \n fire", "a ceasefire"),
        ("e\u0301 Case STAYS, so does: punctuation!", "é Case STAYS, so does: punctuation!"),
        ("non-\nproliferation", "non-proliferation"),
        ("oﬃcials of ｔｏｗｎ № ２, Ⅳ km²", "officials of town No 2, IV km2"),
        ("ﻻ ｶﾞ ㄱㅏ", "لا ガ 가"),
        ("10⁵ and 1½, x² and ½", "10⁵ and 1½, x2 and 1⁄2"),
        ("´ ¨ ¸", "' ¨ ¸"),
    ],
)
def test_fold_marks_gives_one_form(text, folded):
    assert fold_marks(text) == folded


def test_rejoined_copy_leaves_hyphens_between_letters_out_and_lists_them():
    copy = rejoined_copy("a cease- \n  fire, 5-\n6 by co-chairs")
    assert (copy.text, copy.hyphens, copy.printed) == ("a ceasefire, 5-6 by cochairs", {7: True, 22: False}, (22,))
    assert copy.span(2, 11) == (2, 16)


@pytest.mark.parametrize(
    ("quote", "without_marks"),
    [
        ("“We agree.”", ["We agree."]),
        ("“He said, “We agree.””", ["He said, “We agree.”", "He said, “We agree."]),
        ("''‘We’ agree''", ["‘We’ agree", "We’ agree"]),
        ("« We agree »", [" We agree ", "We agree"]),
        ("the parties’", []),
        ("– We agree –", ["We agree"]),
        ("−5 degrees", []),
    ],
)
def test_wordings_leave_what_is_around_all_of_a_quote(quote, without_marks):
    assert wordings(quote) == [quote, *without_marks]


@given(MARKED)
def test_folded_copy_is_what_fold_marks_gives(text):
    assert folded_copy(text).text.strip() == fold_marks(text)


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
