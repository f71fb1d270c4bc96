"""Dates as people type them: what they become, or why they are refused and what is offered instead."""

from datetime import date

import pytest

from timeline.dates.reader import PERIOD, DateNotRead, Wanted, read, read_day

from .date_phrases import BRIEFING, to_edtf


def readings(text: str, wanted: Wanted = BRIEFING) -> list[str]:
    with pytest.raises(DateNotRead) as refused:
        read(text, wanted)
    return [reading.edtf for reading in refused.value.readings]


ACCEPTED = {
    # EDTF, as typed
    " 2020-11-10 ": "2020-11-10",
    "201x": "201X",
    "2020–11–10": "2020-11-10",
    "[2022-03-21, 2022-03-22]": "[2022-03-21,2022-03-22]",
    "2020-11-10 / ..": "2020-11-10/..",
    # one date
    "2020": "2020",
    "November 2020": "2020-11",
    "Nov. 2020": "2020-11",
    "in November, 2020": "2020-11",
    "24 March 2022": "2022-03-24",
    "24th of March, 2022": "2022-03-24",
    "March 24, 2022": "2022-03-24",
    "on Thursday, 24 March 2022": "2022-03-24",
    "10 March AD 800": "0800-03-10",
    "the 2010s": "201X",
    # qualifiers
    "about November 2020": "2020-11~",
    "c. 2020": "2020~",
    "possibly November 2020": "2020-11?",
    "November 2020?": "2020-11?",
    "about November 2020 (uncertain)": "2020-11%",
    "about 21 or 22 March 2022": "[2022-03-21~,2022-03-22~]",
    "about 21 March 2022 to 24 March 2022": "2022-03-21~/2022-03-24",
    "approximately between 21 and 24 March 2022": "[2022-03-21~..2022-03-24~]",
    # one of, each of
    "21 or 22 March 2022": "[2022-03-21,2022-03-22]",
    "March 21 or 22, 2022": "[2022-03-21,2022-03-22]",
    "21, 22 or 25 March 2022": "[2022-03-21,2022-03-22,2022-03-25]",
    "1999?, 2000 or 2001": "[1999?,2000,2001]",
    "March 21, 22, and 25, 2022": "{2022-03-21,2022-03-22,2022-03-25}",
    "March 21st and 22nd, 2022": "{2022-03-21,2022-03-22}",
    "Monday 21 and Tuesday 22 March 2022": "{2022-03-21,2022-03-22}",
    "between November 2020 and 25 March 2022": "[2020-11..2022-03-25]",
    "between 21 and 24 March 2022": "[2022-03-21..2022-03-24]",
    "every day from 21 to 24 March 2022": "{2022-03-21..2022-03-24}",
    # lasting
    "21-24 March 2022": "2022-03-21/2022-03-24",
    "21 – 24 March 2022": "2022-03-21/2022-03-24",
    "from 21 to 24 March 2022": "2022-03-21/2022-03-24",
    "March 21 through 24, 2022": "2022-03-21/2022-03-24",
    "27 September to 10 November 2020": "2020-09-27/2020-11-10",
    "27 September 2020 to 10 November 2020": "2020-09-27/2020-11-10",
    "2020-09-27 to 2020-11-10": "2020-09-27/2020-11-10",
    "2020-2022": "2020/2022",
    # without an end or a start
    "since 10 November 2020": "2020-11-10/..",
    "from 10 November 2020 and still ongoing": "2020-11-10/..",
    "from 10 November 2020": "2020-11-10/..",
    "from 10 November 2020, end not known": "2020-11-10/",
    "10 November 2020 onwards": "2020-11-10/..",
    "10 November 2020 - present": "2020-11-10/..",
    "until 25 March 2022": "/2022-03-25",
    "until 25 March 2022, start open": "../2022-03-25",
    "before 25 March 2022": "[..2022-03-24]",
    "before March 2022": "[..2022-02]",
    "by 25 March 2022": "[..2022-03-25]",
    "on or before 25 March 2022": "[..2022-03-25]",
    "after 25 March 2022": "[2022-03-26..]",
    "after 2020": "[2021..]",
    "in or after December 1760": "[1760-12..]",
    "not before 4 May 2023": "[2023-05-04..]",
    "up to 10 November 2020": "[..2020-11-10]",
    "shortly after 10 November 2020": "[2020-11-11..]",
    "by the end of 2020": "[..2020]",
    # as desks write them
    "on or about 12 June 2023": "2023-06-12~",
    "10 November 2020 (approx.)": "2020-11-10~",
    "reportedly 10 November 2020": "2020-11-10?",
    "overnight 13–14 April 2024": "[2024-04-13,2024-04-14]",
    "the night of 13 April 2024": "[2024-04-13,2024-04-14]",
    "midnight 10 November 2020": "[2020-11-09,2020-11-10]",
    "13/14 April 2024": "[2024-04-13,2024-04-14]",
    "13–14.04.2024": "2024-04-13/2024-04-14",
    "1–3 and 5 June 2023": "{2023-06-01..2023-06-03,2023-06-05}",
    "Q3 2020": "[2020-07..2020-09]",
    "H1 2021": "[2021-01..2021-06]",
    "the third quarter of 2020": "[2020-07..2020-09]",
    "first half of March 2022": "[2022-03-01..2022-03-15]",
    "the last Tuesday of March 2024": "2024-03-26",
    "a few days before 25 March 2022": "[2022-03-19~..2022-03-23]",
    "within 3 days of 10 November 2020": "[2020-11-07..2020-11-13]",
    "the eve of 27 September 2020": "2020-09-26",
    "3 days from 27 September 2020": "2020-09-30",
    "Nov 2020/Mar 2021": "2020-11/2021-03",
    "morning of 27 September 2020": "2020-09-27",
    "10 November 2020 at 00:00": "2020-11-10",
    # figures that can be read in one way
    "10-Nov-2020": "2020-11-10",
    "25/Mar/2022": "2022-03-25",
    "24/3/2022": "2022-03-24",
    "2020/11/10": "2020-11-10",
    "20201110": "2020-11-10",
    # other languages
    "10 novembre 2020": "2020-11-10",
    "avant le 10 novembre 2020": "[..2020-11-09]",
    "10 ноября 2020 г.": "2020-11-10",
    "после 10 ноября 2020 года": "[2020-11-11..]",
    "10 листопада 2020 року": "2020-11-10",
    "10 նոյեմբերի 2020": "2020-11-10",
    "2020 թ. նոյեմբերի 10": "2020-11-10",
    "10 noyabr 2020": "2020-11-10",
    "2020-ci il 10 noyabr": "2020-11-10",
    "10 noyabr 2020-dən əvvəl": "[..2020-11-09]",
    "10 Kasım 2020": "2020-11-10",
    "10 ნოემბერი 2020": "2020-11-10",
    "2020 წლის 10 ნოემბერი": "2020-11-10",
    "10 نوفمبر 2020": "2020-11-10",
    "١٠ تشرين الثاني ٢٠٢٠": "2020-11-10",
    "10 أيار/مايو 2020": "2020-05-10",
}

EXAMPLES = "for example 24 March 2023, November 2023, 21 or 22 March 2023, between 3 and 5 May 2023, before 25 March 2023, or 2023-03-24"
REFUSED = {
    "rubbish": f'"rubbish" is not understood as a date. Write {EXAMPLES}.',
    "01/02/2022": '"01/02/2022" could be 1 February or 2 January. Write 2022-02-01 or 2022-01-02.',
    "1.2.22": '"1.2.22" has no year of four digits. Write for example 24 March 2023.',
    "24 March 22": '"24 March 22" has no year of four digits. Write for example 24 March 2022.',
    "24 March": '"24 March" has no year. Say the year, for example 24 March 2023.',
    "March 21st and 22nd": '"March 21st and 22nd" has no year. Say the year, for example March 21st and 22nd 2023.',
    "yesterday": '"yesterday" depends on the day it was said. By this briefing it is 31 May 2023: write that, or the day meant.',
    "Last week": '"Last week" depends on the day it was said. By this briefing it is between 22 and 28 May 2023: write that, '
    "or the day meant.",
    "on Thursday": '"on Thursday" depends on the day it was said. By this briefing it is 25 May or 1 June 2023: write that, '
    "or the day meant.",
    "spring 2021": '"spring 2021" is a season, and seasons differ from place to place. '
    "Write the months: between March and May 2021 in the north, between September and November 2021 in the south.",
    "early November 2020": '"early November 2020" does not say which days. '
    "Write the first and the last day it can be, for example between 1 and 10 November 2020.",
    "unknown": '"unknown" says no date. Leave the field empty where the date is not known.',
    "44644": '"44644" is Excel’s number for 24 March 2022. If that is meant, write 2022-03-24.',
    "2022-082": '"2022-082" could be day 82 of 2022, which is 23 March 2022. If that is meant, write 2022-03-23.',
    "1988-94": '"1988-94" could be a month or a year. Write 1988 to 1994 for the years.',
    "10 March 1911 O.S.": '"10 March 1911 O.S." is a day of the Julian calendar (Old Style). '
    "Write the day of the Gregorian calendar, for example 1911-03-23.",
    "25 October (7 November) 1917": '"25 October (7 November) 1917" gives a day in the Julian and in the Gregorian calendar. '
    "Write the Gregorian one: 1917-11-07.",
    "10 February 1731/32": '"10 February 1731/32" gives two years, as was done where the year began in March. '
    "Write the later one: 10 February 1732.",
    "27 Aban 1399": '"27 Aban 1399" is a date of the Solar Hijri calendar: 1399 there is from March 2020 to March 2021. '
    "Write the day of the Gregorian calendar, for example 24 March 2020.",
    "10 Ramadan 1442": '"10 Ramadan 1442" is a date of the Hijri calendar: 1442 there is between August 2020 and August 2021, about. '
    "Write the day of the Gregorian calendar, for example 24 March 2021.",
    "the 1900s": '"the 1900s" could be ten years or a hundred. '
    "Write for example 190X (1900 to 1909) or 19XX (1900 to 1999).",
    "24 March 2022 at 10:00": '"24 March 2022 at 10:00" has a clock time. '
    "Write the day alone, or for example 2022-03-24T18:30:00+04:00.",
    "31 November 2020": '"2020-11-31" does not exist: November 2020 has 30 days. '
    "Write a day from 2020-11-01 to 2020-11-30, or 2020-11 if the day is not known.",
    "Friday 24 March 2022": "24 March 2022 is a Thursday, not a Friday. "
    "Write Thursday 24 March 2022, or the day meant.",
    "27 December to 3 January 2021": '"27 December to 3 January 2021" would run backwards. Say the year of both dates.',
    "24 to 21 March 2022": '"2022-03-24/2022-03-21" ends before it starts. '
    "Write the earlier date first: 2022-03-21/2022-03-24.",
    "after 31 December 9999": "There is nothing beyond 9999-12-31: days run from 0001-01-01 to 9999-12-31.",
    "18 63-03-29": '"18 63-03-29" contains white space, which EDTF does not have. Write 1863-03-29.',
}
OFFERED = {
    "May 4th": ["2023-05-04", "2024-05-04"],
    "early March 2022": ["[2022-03-01..2022-03-10]", "2022-03"],
    "late March or early April 2022": ["[2022-03-21..2022-04-10]", "[2022-03,2022-04]"],
    "the week of 21 March": ["[2023-03-20..2023-03-26]", "[2024-03-18..2024-03-24]"],
    "10/11/2020": ["2020-11-10", "2020-10-11"],
    "winter 2020": ["[2020-12..2021-02]", "[2020-06..2020-08]"],
    "10-Nov-20": ["2020-11-10"],
    "rubbish": [],
}
NOT_UNDERSTOOD = ["21, 22 March 2022", "21 or March 2022", "not 24 March 2022"]


@pytest.mark.parametrize("text", ACCEPTED)
def test_words_become_edtf(text):
    assert to_edtf(text) == ACCEPTED[text]


@pytest.mark.parametrize("text", REFUSED)
def test_error_says_what_would_be_right(text):
    with pytest.raises(ValueError, match=" ") as refused:
        to_edtf(text)
    assert str(refused.value) == REFUSED[text]


@pytest.mark.parametrize("text", OFFERED)
def test_what_the_words_can_mean_is_offered(text):
    assert readings(text) == OFFERED[text]


def test_without_the_day_of_a_source_the_refusal_asks_for_it():
    with pytest.raises(DateNotRead, match="Resolve it against the date of the source"):
        read("yesterday")


def test_a_period_may_depend_on_today():
    wanted = Wanted(PERIOD, date(2023, 6, 1))

    assert read("last 30 days", wanted) == "[2023-05-02..2023-06-01]"
    assert read("this year", wanted) == "2023"
    assert readings("May 4th", wanted) == ["2023-05-04", "2024-05-04"]


def test_the_day_of_a_source_is_one_known_day():
    assert read_day("June 1, 2023") == date(2023, 6, 1)
    assert read_day("yesterday", date(2023, 6, 1)) == date(2023, 5, 31)
    with pytest.raises(DateNotRead, match="is not a known day. Write one, for example 24 March 2023"):
        read_day("June 2023", date(2023, 6, 1))


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_doubtful_words_are_not_guessed(text):
    with pytest.raises(ValueError, match="is not understood as a date"):
        to_edtf(text)
