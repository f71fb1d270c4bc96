"""Words that say when, as they appear in texts, seen from Friday, 25 March 2022."""

from datetime import date

import pytest

from timeline.dates.reader import DatePhrase, find

from .date_phrases import ANNOUNCED, DAY, PHRASES


@pytest.mark.parametrize("text", PHRASES)
def test_find(text):
    assert [(phrase.words, phrase.edtf) for phrase in find(text, DAY)] == PHRASES[text]


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
        DatePhrase(38, 47, "yesterday", "2022-03-24", "The day before the source of 25 March 2022.", False)
    ]


NOTES = {
    "on March 24": "The text gives the day without a year; taken for the last on or before the source of 25 March 2022.",
    "in May": "Could be May 2021 or May 2022: the text gives no year.",
    "they met in May": "The text gives the month without a year; taken for the last not after the source of 25 March 2022.",
    "November 2020": "",
    "on Thursday, March 25, 2022": "The text says Thursday, which this day is not.",
    "last summer": "A season: seasons differ from place to place. Write the months.",
    "on Friday": "The day of the source of 25 March 2022, a Friday, or the Friday a week before.",
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
    phrases = find("Yesterday, on March 24th, last week, as in November 2020 and on March 3, 2021", None)

    assert [(phrase.words, phrase.edtf) for phrase in phrases] == [
        ("Yesterday", ""),
        ("on March 24th", ""),
        ("last week", ""),
        ("in November 2020 and on March 3, 2021", "{2020-11,2021-03-03}"),
    ]
    assert {phrase.note for phrase in phrases[:3]} == {"Depends on the day it was said, which is not known."}


def test_phrases_at_the_ends_of_the_calendar_have_no_date():
    assert [
        phrase.edtf for phrase in find("yesterday, last week, last month, on the 31st, two years ago", date.min)
    ] == [""] * 5
    assert [phrase.edtf for phrase in find("tomorrow, next week, next month, next year", date.max)] == ["", "", "", ""]
