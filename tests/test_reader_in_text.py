"""Words that say when, as they stand in texts, seen from Friday, 25 March 2022."""

import re
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dates import parse
from timeline.dates.reader import DatePhrase, find

from .hypothesis_examples import examples

DAY = date(2022, 3, 25)  # a Friday

FOUND = {  # text: words, EDTF
    "what he told them on March 21st and 22nd, which was": [("on March 21st and 22nd", "{2022-03-21,2022-03-22}")],
    "They spoke on March 24th.": [("on March 24th", "2022-03-24")],
    "following the November 2020 ceasefire": [("November 2020", "2020-11")],
    "Yesterday the State Department urged": [("Yesterday", "2022-03-24")],
    "On Friday, March 25, 2022, they met.": [("On Friday, March 25, 2022", "2022-03-25")],
    "on Friday, March 26, 2021": [("on Friday, March 26, 2021", "2021-03-26")],
    "signed on 10 November 2020": [("on 10 November 2020", "2020-11-10")],
    "the 24th of March": [("the 24th of March", "2022-03-24")],
    "on 2022-03-24": [("on 2022-03-24", "2022-03-24")],
    "on the 19th, they": [("on the 19th", "2022-03-19")],
    "on the 31st.": [("on the 31st", "2022-01-31")],
    "on the 21st and 22nd.": [("on the 21st and 22nd", "{2022-03-21,2022-03-22}")],
    "in the 21st century, on the 30th anniversary": [],
    "they met on the 4th of July": [("on the 4th of July", "2021-07-04")],
    "either March 21 or 22, 2022": [("either March 21 or 22, 2022", "[2022-03-21,2022-03-22]")],
    "March 21, 22 and 23": [("March 21, 22 and 23", "{2022-03-21,2022-03-22,2022-03-23}")],
    "between 27 September and 10 November 2020": [
        ("between 27 September and 10 November 2020", "[2020-09-27..2020-11-10]")
    ],
    "from March 21 to April 2": [("from March 21 to April 2", "2022-03-21/2022-04-02")],
    "from 27 September to 10 November 2020": [("from 27 September to 10 November 2020", "2020-09-27/2020-11-10")],
    "from December 20 to January 5": [("from December 20 to January 5", "2021-12-20/2022-01-05")],
    "March 21–22, 2022": [("March 21–22, 2022", "2022-03-21/2022-03-22")],
    "between March and June 2021": [("between March and June 2021", "[2021-03..2021-06]")],
    "in November and December": [("in November and December", "{2021-11,2021-12}")],
    "in November": [("in November", "2021-11")],
    "in March": [("in March", "2022-03")],
    "in early March 2022": [("in early March 2022", "2022-03")],
    "mid-November": [("mid-November", "2021-11")],
    "last March": [("last March", "2021-03")],
    "in March of last year": [("in March of last year", "2021-03")],
    "in 2014": [("in 2014", "2014")],
    "since May 2020": [("since May 2020", "2020-05/..")],
    "Beginning on April 24, 1915, with": [("Beginning on April 24, 1915", "1915-04-24/")],
    "until April 2021": [("until April 2021", "/2021-04")],
    "before March 24": [("before March 24", "[..2022-03-23]")],
    "by March 24": [("by March 24", "[..2022-03-24]")],
    "after 10 November 2020": [("after 10 November 2020", "[2020-11-11..]")],
    "on or about March 24": [("on or about March 24", "2022-03-24~")],
    "the week of March 16": [("the week of March 16", "[2022-03-14..2022-03-20]")],
    "today and this morning": [("today", "2022-03-25"), ("this morning", "2022-03-25")],
    "last night": [("last night", "[2022-03-24,2022-03-25]")],
    "the day before yesterday": [("the day before yesterday", "2022-03-23")],
    "two days ago": [("two days ago", "2022-03-23")],
    "a year ago": [("a year ago", "2021~")],
    "106 years ago today": [("106 years ago today", "1916-03-25")],
    "three months ago": [("three months ago", "2021-12~")],
    "two weeks ago": [("two weeks ago", "[2022-03-07..2022-03-13]")],
    "a few days ago": [("a few days ago", "[2022-03-19~..2022-03-23]")],
    "in the last 24 hours": [("in the last 24 hours", "[2022-03-24..2022-03-25]")],
    "over the past week": [("over the past week", "[2022-03-18..2022-03-25]")],
    "in recent weeks": [("in recent weeks", "[2022-02-11~..2022-03-25]")],
    "last week": [("last week", "[2022-03-14..2022-03-20]")],
    "this week": [("this week", "[2022-03-21..2022-03-25]")],
    "on Tuesday of last week": [("on Tuesday of last week", "2022-03-15")],
    "over the weekend": [("over the weekend", "[2022-03-19,2022-03-20]")],
    "this weekend": [("this weekend", "[2022-03-19,2022-03-20,2022-03-26,2022-03-27]")],
    "last month": [("last month", "2022-02")],
    "earlier this month": [("earlier this month", "[2022-03-01..2022-03-25]")],
    "last year": [("last year", "2021")],
    "earlier this year": [("earlier this year", "[2022-01..2022-03-25]")],
    "on Tuesday": [("on Tuesday", "2022-03-22")],
    "Tuesday night": [("Tuesday night", "[2022-03-22,2022-03-23]")],
    "on Friday": [("on Friday", "[2022-03-18,2022-03-25]")],
    "last Tuesday": [("last Tuesday", "[2022-03-15,2022-03-22]")],
    "Happy Friday. Good Friday, every Monday": [],
    "March 25 percent of 2,000 people in may, june": [],
    "May 5,000 people march": [],
    "between 2000 and 2500 people": [],
    "on 24/03/2022": [("on 24/03/2022", "2022-03-24")],
    "on 10/11/2020": [],
    "February 30, 2022": [],
    "likely after fiscal year 2023": [],
    "made worse by the 2017 tax law": [],
    "what he will go through tomorrow": [("tomorrow", "2022-03-26")],
    "by end of July. Then": [("by end of July", "[..2022-07]")],
    "last summer": [("last summer", "")],
    "recently": [("recently", "")],
}  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_find(text):
    assert [(phrase.words, phrase.edtf) for phrase in find(text, DAY)] == FOUND[text]


SAID = {  # day on which it was said, words: EDTF; "" where they keep their words and have no date
    ("2024-04-14", "about 10 days ago they met"): "2024-04-04~",
    ("2024-04-14", "some ten days ago they met"): "2024-04-04~",
    ("2024-04-14", "probably some nine days ago they met"): "2024-04-05%",
    ("2024-04-14", "maybe 10 days ago they met"): "2024-04-04?",
    ("2024-04-14", "roughly two weeks ago they met"): "[2024-03-25~..2024-03-31~]",
    ("2024-04-14", "less than two weeks ago they met"): "[2024-04-01..2024-04-14]",
    ("2024-04-14", "more than a week ago they met"): "[..2024-04-06]",
    ("2024-04-14", "at least two days ago they met"): "[..2024-04-12]",
    ("2024-04-14", "no more than ten days ago they met"): "[2024-04-04..2024-04-14]",
    ("2024-04-14", "over a year ago they began to talk"): "[..2023-04-13]",
    ("2024-04-14", "it will not happen before May"): "[2024-05..]",
    ("2024-04-14", "no earlier than June 16 they will meet"): "[2024-06-16..]",
    ("2024-04-14", "they left not later than April 3"): "[..2024-04-03]",
    ("2024-04-14", "they probably met on April 3"): "2024-04-03?",
    ("2024-04-14", "they possibly met on April 3 or 4"): "[2024-04-03?,2024-04-04?]",
    ("2024-04-14", "they met on April 3 or 4"): "[2024-04-03,2024-04-04]",
    ("2024-04-14", "two or three days ago they met"): "[2024-04-11,2024-04-12]",
    ("2024-04-14", "half a year ago they met"): "2023-10~",
    ("2024-04-14", "since the end of March they have met"): "2024-03/..",
    ("2024-04-14", "until the end of March they met"): "/2024-03",
    ("2024-04-14", "before the end of March they met"): "[..2024-03]",
    ("2024-04-14", "they stayed through April 1"): "/2024-04-01",
    ("2024-04-14", "from April 1 they stayed"): "2024-04-01/..",
    ("2024-04-14", "ahead of April 3 they met"): "[..2024-04-02]",
    ("2024-04-14", "on the eve of April 3 they met"): "2024-04-02",
    ("2024-04-14", "within days of April 3 they met"): "2024-04-03~",
    ("2024-04-14", "the day after April 3 they met"): "2024-04-04",
    ("2024-04-14", "on the last Tuesday of March they met"): "2024-03-26",
    ("2024-04-14", "the weekend of April 6 they met"): "[2024-04-06,2024-04-07]",
    ("2024-04-14", "the November 9-10 meeting"): "2023-11-09/2023-11-10",
    ("2024-04-14", "on the night of April 12 they struck"): "[2024-04-12,2024-04-13]",
    ("2024-04-14", "last summer they met"): "",
    ("2024-04-14", "over the last four years they met"): "2020~/2024-04-14",
    ("2021-10-20", "by his November 12th inauguration"): "[..2021-11-12]",
    ("2021-05-24", "On July 16, the President will meet his counterpart"): "2021-07-16",
    ("2021-05-24", "on July 16th, they will meet"): "2021-07-16",
    ("2021-05-24", "the summit is on July 16"): "2021-07-16",
    ("2021-02-12", "the mandate runs through May 20th"): "/2021-05-20",
    ("2024-04-14", "from April 1 to the present"): "2024-04-01/..",
    ("2024-04-14", "between April 1 and today"): "[2024-04-01..2024-04-14]",
    ("2024-04-14", "not on April 3 but on April 4 they met"): "2024-04-04",
    ("2024-04-14", "the night between April 13 and 14"): "[2024-04-13,2024-04-14]",
    ("2024-04-14", "over the weekend of April 6"): "[2024-04-06,2024-04-07]",
    ("2024-04-14", "since at least April 3"): "2024-04-03~/..",
    ("2024-04-14", "two to three weeks ago"): "[2024-03-18..2024-03-31]",
    ("2024-04-14", "half a year ago"): "2023-10~",
    ("2024-04-14", "a year ago in April"): "2023-04",
    ("2024-04-14", "the statement from April 3"): "2024-04-03",
    ("2024-04-14", "he posted, “Today we struck.”"): "",
    ("2024-04-08", "they met this week"): "2024-04-08",  # a Monday
    ("2021-08-26", "partners of ours, after the 31st."): "[2021-09-01..]",
    ("2021-08-26", "they will go by the end of the month"): "[..2021-08]",
    ("2021-12-10", "the pause that expires in February"): "2022-02",
    ("2021-02-02", "he will go on Thursday — that was planned earlier"): "2021-02-04",
    ("2022-07-15", "a trip in June; the next summit will be held in Rome"): "2022-06",
    ("2023-07-18", "back in May, he will say, the plan was new"): "2023-05",
    ("2022-07-05", "it is clear that due to the events of January 6th it is not so"): "2022-01-06",
    ("2023-10-18", "Probably until Friday."): "/2023-10-20?",
    ("2022-09-28", "they will show it tomorrow and Thursday"): "2022-09-29",
    ("2022-04-05", "in the coming 24 to 48 hours"): "[2022-04-05..2022-04-07]",
    ("2023-11-27", "in about an hour they will speak"): "[2023-11-27,2023-11-28]",
    ("2023-06-05", "jobs made in the last two and a half years"): "[2020-12..2023-06-05]",
    ("2023-02-21", "over the course of the past year"): "[2022-02..2023-02-21]",
    ("2024-11-18", "over the next decade they will lend"): "[2024-11-18..2034-11-18]",
    ("2021-06-28", "I wanted to ask about the July 4th event"): "",
    ("2022-07-28", "if you look at the last decade"): "[2012-07..2022-07-28]",
    ("2024-04-14", "in the last couple of weeks"): "[2024-03-31~..2024-04-14]",
    ("2022-01-20", "earlier this year"): "[2022-01-01..2022-01-20]",
    ("2023-03-09", "some of the data from 2022 were revised"): "2022",
    ("2021-03-01", "it rose from 1 percent in early November to now 28"): "2020-11",
    ("2024-05-07", "I spoke of — about this last week"): "[2024-04-29..2024-05-05]",
    ("2022-03-25", "as we do Monday, Wednesday, and Friday"): "",
    ("2022-03-25", "From the late 1990s until 2001 it was so"): "",
    ("2024-04-08", "they will meet this week"): "[2024-04-08..2024-04-14]",
}


@pytest.mark.parametrize(("said_on", "words"), SAID)
def test_what_is_said(said_on, words):
    assert [phrase.edtf for phrase in find(words, date.fromisoformat(said_on))] == [SAID[said_on, words]]


def test_where_two_years_are_as_near_both_are_offered():
    (phrase,) = find("the 4th of July", DAY)

    assert [phrase.edtf, *(reading.edtf for reading in phrase.readings)] == ["", "2021-07-04", "2022-07-04"]


def test_the_words_hold_their_hedge():
    phrases = find("They probably met on April 3, some ten days ago", date(2024, 4, 14))

    assert [phrase.words for phrase in phrases] == ["probably met on April 3", "some ten days ago"]


ANNOUNCED = {
    "They will meet on March 28.": ("on March 28", "2022-03-28"),
    "He will travel on Tuesday": ("on Tuesday", "2022-03-29"),
    "tomorrow": ("tomorrow", "2022-03-26"),
    "next week": ("next week", "[2022-03-28..2022-04-03]"),
    "this coming week": ("this coming week", "[2022-03-28..2022-04-03]"),
    "next month": ("next month", "2022-04"),
    "next Tuesday": ("next Tuesday", "2022-03-29"),
    "this Sunday": ("this Sunday", "2022-03-27"),
    "a summit on 3 June 2022": ("on 3 June 2022", "2022-06-03"),
    "in the coming weeks": ("in the coming weeks", ""),
}


@pytest.mark.parametrize("text", ANNOUNCED)
def test_find_what_is_still_to_come(text):
    (phrase,) = find(text, DAY)

    assert (phrase.words, phrase.edtf, phrase.announced) == (*ANNOUNCED[text], True)


def test_words_that_announce_reach_no_further_than_their_sentence():
    phrases = find("They will meet again. On Tuesday they spoke.", DAY)

    assert [(phrase.edtf, phrase.announced) for phrase in phrases] == [("2022-03-22", False)]


def test_a_phrase_whole():
    text = "I can confirm that she spoke with him yesterday."

    assert find(text, DAY) == [
        DatePhrase(38, 47, "yesterday", "2022-03-24", "The day before the briefing of 25 March 2022.", False)
    ]


NOTES = {
    "on March 24": "The text gives the day without a year; taken for the last on or before the briefing of 25 March 2022.",
    "in May": "Could be May 2021 or May 2022: the text gives no year.",
    "they met in May": "The text gives the month without a year; taken for the last not after the briefing of 25 March 2022.",
    "November 2020": "",
    "on Thursday, March 25, 2022": "The text says Thursday, which this day is not.",
    "last summer": "A season: seasons differ from place to place. Write the months.",
    "on Friday": "The day of the briefing of 25 March 2022, a Friday, or the Friday a week before.",
}


@pytest.mark.parametrize("text", NOTES)
def test_the_note_says_how_it_was_understood(text):
    assert [phrase.note for phrase in find(text, DAY)] == [NOTES[text]]


def test_a_weekday_that_the_day_is_not_makes_it_uncertain():
    assert [phrase.edtf for phrase in find("on Thursday, March 25, 2022", DAY)] == ["2022-03-25?"]


def test_a_weekday_tells_the_year():
    # 25 March was a Thursday in 2021.
    assert [phrase.edtf for phrase in find("on Thursday, March 25", DAY)] == ["2021-03-25"]


def test_without_the_day_of_the_briefing_only_whole_dates_are_resolved():
    found = find("Yesterday, on March 24th, last week, as in November 2020 and on March 3, 2021", None)

    assert [(phrase.words, phrase.edtf) for phrase in found] == [
        ("Yesterday", ""),
        ("on March 24th", ""),
        ("last week", ""),
        ("in November 2020 and on March 3, 2021", "{2020-11,2021-03-03}"),
    ]
    assert {phrase.note for phrase in found[:3]} == {"Depends on the day it was said, which is not known."}


def test_phrases_at_the_ends_of_the_calendar_have_no_date():
    assert [
        phrase.edtf for phrase in find("yesterday, last week, last month, on the 31st, two years ago", date.min)
    ] == [""] * 5
    assert [phrase.edtf for phrase in find("tomorrow, next week, next month, next year", date.max)] == ["", "", "", ""]


days = st.dates(date(1000, 1, 1), date(9990, 12, 31))
PHRASES = [
    *FOUND, *ANNOUNCED, "this Tuesday", "on the 30th.", "Feb. 29", "a couple of weeks ago", "next weekend", "six hours ago"
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
    found = find(text, day)

    assert [phrase.words for phrase in found] == [text[phrase.start : phrase.end] for phrase in found]
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    assert all(parse(phrase.edtf) for phrase in found if phrase.edtf)


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
