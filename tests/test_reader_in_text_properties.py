"""What holds for every text in which words say when, whatever the day it was said."""

import re
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dates import parse
from timeline.dates.reader import find

from .date_phrases import ANNOUNCED, DAY, PHRASES
from .hypothesis_examples import examples

days = st.dates(date(1000, 1, 1), date(9990, 12, 31))
PHRASES = [
    *PHRASES, *ANNOUNCED, "this Tuesday", "on the 30th.", "Feb. 29", "a couple of weeks ago", "next weekend", "six hours ago"
]  # fmt: skip


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(PHRASES), days)
def test_every_date_is_edtf_and_stands_where_it_says(text, day):
    for phrase in find(text, day):
        assert text[phrase.start : phrase.end] == phrase.words
        assert not phrase.edtf or parse(phrase.edtf).edtf == phrase.edtf


WITHIN = {  # phrase: days back from the reference that it must allow, all of them
    "yesterday": (1, 1),
    "today": (0, 0),
    "last night": (0, 1),
    "two days ago": (2, 2),
    "over the past week": (0, 7),
    "in the last three days": (0, 3),
    "in recent days": (0, 6),
}


@settings(max_examples=examples(60), deadline=None)
@given(st.sampled_from(list(WITHIN)), days)
def test_bounds_hold_what_the_phrase_allows(text, day):
    (phrase,) = find(text, day)
    known = parse(phrase.edtf)
    least, most = WITHIN[text]

    width = timedelta(days=3 if "~" in phrase.edtf else 0)

    assert (known.start_earliest + width, known.end_latest) == (day - timedelta(days=most), day - timedelta(days=least))


@settings(max_examples=examples(60), deadline=None)
@given(days)
def test_last_week_is_the_seven_days_before_this_week(day):
    (phrase,) = find("last week", day)
    known = parse(phrase.edtf)

    assert known.start_earliest.weekday() == 0
    assert known.end_latest == known.start_earliest + timedelta(days=6)
    assert 7 <= (day - known.start_earliest).days <= 13


@settings(max_examples=examples(80), deadline=None)
@given(
    st.sampled_from(
        [
            "they met in May",
            "last month",
            "last November",
            "they met in early June",
            "in 2014",
            "next month",
            "last year",
        ]
    ),
    days,
)
def test_never_a_day_for_a_month_or_a_year(text, day):
    (phrase,) = find(text, day)

    assert len(phrase.edtf) in (4, 7)


@settings(max_examples=examples(60), deadline=None)
@given(st.dates(date(1600, 1, 1), date(2900, 1, 1)), st.integers(0, 300))
def test_a_day_without_a_year_is_the_last_one_not_after_the_briefing(then, later):
    said = f"they met on {then:%B} {then.day}"
    (phrase,) = find(said, then + timedelta(days=later))

    assert phrase.edtf == then.isoformat()


@settings(max_examples=examples(60), deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                re.findall(
                    r"\S+",
                    "on the in last next this March May Sunday 21st 22 31 2020 2022 and or , - to from between since week "
                    "ago two recent days month years early before 24 hours of",
                )
            ),
            max_size=12,
        ).map(" ".join),
    ),
    st.one_of(st.none(), st.dates()),
)
def test_find_never_raises(text, day):
    phrases = find(text, day)

    assert [phrase.words for phrase in phrases] == [text[phrase.start : phrase.end] for phrase in phrases]
    assert all(phrase.end <= following.start for phrase, following in zip(phrases, phrases[1:], strict=False))
    assert all(parse(phrase.edtf) for phrase in phrases if phrase.edtf)


DENSE = [
    "March 21, ",
    "1 or ",
    "21 and ",
    "between March 3 and ",
    "before ",
    "“today ",
    "1/",
    "a few ",
    "the ",
    "May 4 or 2020-",
    "not ",
    "about ",
    "between and ",
    "(March ",
    "مارس 21 ",
    "    ",
    "13/14 April ",
    "27-dən ",
    "Monday, ",
]


def calls(text: str) -> int:
    """Return how many functions of the reader are called to find the dates of a text."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event == "call" and "dates/reader" in frame.f_code.co_filename

    sys.setprofile(count)
    try:
        find(text, DAY)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.long
@pytest.mark.parametrize("piece", DENSE)
def test_work_grows_no_faster_than_the_text(piece):
    text = piece * (8_000 // len(piece))

    assert calls(text) < 5 * calls(text[:2_000]) + 1_000  # four times as long
