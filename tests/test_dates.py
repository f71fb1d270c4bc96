"""What each kind of date becomes, and what is said of those that are refused. Stored dates follow the bounds of
`dates.parse`, without a new row in any history."""

import datetime as dt
import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from tests import make
from timeline.dates import parse
from timeline.models import Event

from .edtf_dates import bounds, refusal

MIN, MAX = str(date.min), str(date.max)

BOUNDS = {  # start_earliest, start_latest, end_earliest, end_latest; the first five are the table of the design
    "2020-11-10": ("2020-11-10", "2020-11-10", "2020-11-10", "2020-11-10"),
    "2020-11": ("2020-11-01", "2020-11-30", "2020-11-01", "2020-11-30"),
    "[2022-03-21..2022-03-24]": ("2022-03-21", "2022-03-24", "2022-03-21", "2022-03-24"),
    "2022-03-21/2022-03-24": ("2022-03-21", "2022-03-21", "2022-03-24", "2022-03-24"),
    "2020-11-10/..": ("2020-11-10", "2020-11-10", "2020-11-10", MAX),
    "201X": ("2010-01-01", "2019-12-31", "2010-01-01", "2019-12-31"),
    "1985-04-12T23:20:30-04": ("1985-04-12", "1985-04-12", "1985-04-12", "1985-04-12"),
    "2020-11/2020-12": ("2020-11-01", "2020-11-30", "2020-12-01", "2020-12-31"),
    "1111-01-01/1111": ("1111-01-01", "1111-01-01", "1111-01-01", "1111-12-31"),
    "2020-11-10/": ("2020-11-10", "2020-11-10", "2020-11-10", MAX),
    "2020-11/..": ("2020-11-01", "2020-11-30", "2020-11-30", MAX),
    "2022-03-24~": ("2022-03-21", "2022-03-27", "2022-03-21", "2022-03-27"),
    "2022-03-24?": ("2022-03-24", "2022-03-24", "2022-03-24", "2022-03-24"),
    "2022-03~": ("2022-02-01", "2022-04-30", "2022-02-01", "2022-04-30"),
    "2022~": ("2021-01-01", "2023-12-31", "2021-01-01", "2023-12-31"),
    "199X~": ("1980-01-01", "2009-12-31", "1980-01-01", "2009-12-31"),
    "0001-01-02~": (MIN, "0001-01-05", MIN, "0001-01-05"),
    "9999%": ("9998-01-01", MAX, "9998-01-01", MAX),
    "2022-03-21~/2022-03-22": ("2022-03-18", "2022-03-22", "2022-03-22", "2022-03-22"),
    "[2022-03-21~,2022-03-22]": ("2022-03-18", "2022-03-24", "2022-03-18", "2022-03-24"),
    "../2022-03-25": (MIN, "2022-03-25", "2022-03-25", "2022-03-25"),
    "/2022-03": (MIN, "2022-03-31", "2022-03-01", "2022-03-31"),
    "[2020-11,2022-03-05]": ("2020-11-01", "2022-03-05", "2020-11-01", "2022-03-05"),
    "[2020-11..2022-03-25]": ("2020-11-01", "2022-03-25", "2020-11-01", "2022-03-25"),
    "[2020-11..2021]": ("2020-11-01", "2021-12-31", "2020-11-01", "2021-12-31"),
    "[..2022-03-25]": (MIN, "2022-03-25", MIN, "2022-03-25"),
    "[1760-12..]": ("1760-12-01", MAX, "1760-12-01", MAX),
    "{2022-03-21,2022-03-22}": ("2022-03-21", "2022-03-21", "2022-03-22", "2022-03-22"),
    "{1667,1668,1670..1672}": ("1667-01-01", "1667-12-31", "1672-01-01", "1672-12-31"),
    "{..1984}": (MIN, MIN, "1984-01-01", "1984-12-31"),
    "{1760-12..}": ("1760-12-01", "1760-12-31", MAX, MAX),
}
DISPLAYS = {
    "2020-11": "November 2020",
    "2020-11-10": "10 November 2020",
    "0800-03-10": "10 March AD 800",
    "2022-03-24~": "about 24 March 2022",
    "2020-11?": "November 2020 (uncertain)",
    "2020-11%": "about November 2020 (uncertain)",
    "201X": "2010s",
    "201X~": "about the 2010s",
    "200X": "between 2000 and 2009",
    "20XX": "between 2000 and 2099",
    "2004-XX": "2004, month not known",
    "1985-04-XX": "April 1985, day not known",
    "1985-XX-XX": "1985, month and day not known",
    "1985-04-12T23:20:30": "12 April 1985, 23:20:30 local time",
    "1985-04-12T23:20:00Z": "12 April 1985, 23:20 UTC",
    "1985-04-12T23:20:30+04:30": "12 April 1985, 23:20:30 UTC+04:30",
    "1985-04-12T23:20:30-04": "12 April 1985, 23:20:30 UTC-04:00",
    "2022-03-21/2022-03-24": "21 to 24 March 2022",
    "2020-09-27/2020-11-10": "27 September to 10 November 2020",
    "2020-12-27/2021-01-03": "27 December 2020 to 3 January 2021",
    "2020-11/2020-11": "November 2020",
    "2005/2006-02": "2005 to February 2006",
    "2022-03-21~/2022-03-24~": "about 21 to 24 March 2022",
    "2022-03-21/2022-03-24~": "21 March 2022 to about 24 March 2022",
    "2020-12-27?/2021-01-03?": "27 December 2020 (uncertain) to 3 January 2021 (uncertain)",
    "2020-11-10/..": "10 November 2020, ongoing",
    "2020-11~/..": "about November 2020, ongoing",
    "2020-11-10/": "from 10 November 2020, end not known",
    "../2022-03-25": "until 25 March 2022, start open",
    "/2022-03-25": "until 25 March 2022, start not known",
    "[2022-03-21,2022-03-22]": "21 or 22 March 2022",
    "[2022-03-21..2022-03-22]": "21 or 22 March 2022",
    "[2022-03-21..2022-03-24]": "between 21 and 24 March 2022",
    "[2022-03-30..2022-04-02]": "between 30 March and 2 April 2022",
    "[2022-03-21~..2022-03-24~]": "approximately between 21 and 24 March 2022",
    "[2020-11,2022-03]": "November 2020 or March 2022",
    "[2020-11..2022-03-25]": "between November 2020 and 25 March 2022",
    "[2019~..2020-11]": "between about 2019 and November 2020",
    "[201X,2022-XX]": "2010s or 2022",
    "[2022-03-25,2022-03-21,2022-03-22]": "21, 22 or 25 March 2022",
    "[2022-03-30,2022-03-31,2022-04-02]": "30 March, 31 March or 2 April 2022",
    "[..2022-03-25]": "on or before 25 March 2022",
    "[1760-12..]": "in or after December 1760",
    "[1760-01,1760-02,1760-12..]": "January 1760, February 1760, or in or after December 1760",
    "{2022-03-21,2022-03-22}": "21 and 22 March 2022",
    "{2022-03-21..2022-03-24}": "every day from 21 to 24 March 2022",
    "{1667,1668,1670..1672}": "1667, 1668, and every year from 1670 to 1672",
    "{..1984}": "every year up to 1984",
    "{1760-12..}": "every month from December 1760",
}
MESSAGES = {
    "": "The date is empty. Write for example 2020-11-10 (a day), 2020-11 (a month) or 2020 (a year).",
    "2021-02-29": '"2021-02-29" does not exist: February 2021 has 28 days. '
    "Write a day from 2021-02-01 to 2021-02-28, or 2021-02 if the day is not known.",
    "2001-21/2002": '"2001-21" is a season. Seasons are not accepted: their months differ from place to '
    "place. Write the months meant, for example [2001-03..2001-05].",
    "0000": '"0000" has the year 0000. Years run from 0001 to 9999: write one of these, for example 1066, '
    "or leave the date empty and keep the words of the source.",
    "20201110": '"20201110" needs hyphens, and two digits for month and day. Write 2020-11-10.',
    "[2020, 2021]": '"[2020, 2021]" contains white space, which EDTF does not have. Write [2020,2021].',
    "2004/open": '"2004/open" says "open", as in the draft of 2012; an open end is now two dots. Write 2004/..',
    "2004?-06-11": '"2004?-06-11" marks a part of the date (EDTF level 2). '
    "Mark the whole, at the end: write 2004-06-11?.",
    "1XXX": '"1XXX" has X where it may not be: X is for the last one or two digits of a year, '
    "a whole month or a whole day, with nothing known to its right. Write [1000..1999].",
    "198X/1999": '"198X/1999" has X inside an interval (EDTF level 2). Write the dates without X: 1980/1999.',
    "../..": '"../.." has no date, so it says nothing. Write one, for example 2020-11-10/.. (ongoing).',
    "{2020-11..2022-03-25}": '"2020-11..2022-03-25" needs the same precision on both sides of the dots. '
    "Write 2020-11-01..2022-03-25 inside the set.",
    "[2020-11-05..2020-11]": '"2020-11-05..2020-11" has one end inside the other. '
    "Write 2020-11-05..2020-11-30 inside the set.",
    "[2020-11..2020-11-05]": '"2020-11..2020-11-05" has one end inside the other. '
    "Write 2020-11-01..2020-11-05 inside the set.",
    "2004-06-11/2004-06": '"2004-06-11/2004-06" may end before it starts, because 2004-06 begins before '
    "2004-06-11. Write the end as a day, for example 2004-06-11/2004-06-30, or the start as coarsely as the "
    "end: 2004-06/2004-06.",
}
OTHER_MISTAKES = """
    ٢٠٢٠ 2020–11 2022-3-5 01/02/2022 2022.03.24 99/99/2022 20201 2004?~ ?? 2016-13 P1M 198u 201x [] [2020
    156X-12-25 1560-XX-25 1984-1X 20X0-10 XXXX-12 000X 00XX 1950S2 Y33E2S3 2000-13-XX/2012 /199X? 2020\x0011
    2001-24 9999-28 2001-30 2001-34 2001-38 2001-41 2004/2005/2006 2022-03-25/2022-03-20 198X/.. {2022..2020}
    2005-07-25T10:10:10Z/2006 2005-07T10:10:10 2005-07-25T1:10:10 T10:10:10 2004-(06)?-11 open/unknown
    2020..2021 [2020,] [2020,2021]~ [2020,2021]/2022 [2020..,2021] [2020,..2021] [201X..] {2020-11..2021} [2021-12..2020]
    [2020...2021] 2020-11..2021-12 \ud800 [ [..] November Y17000 -0999"""


@pytest.mark.parametrize("text", BOUNDS)
def test_bounds(text):
    assert tuple(day.isoformat() for day in bounds(parse(text))) == BOUNDS[text]


@pytest.mark.parametrize("text", DISPLAYS)
def test_display(text):
    assert parse(text).display == DISPLAYS[text]


def test_qualifier_is_that_of_the_whole():
    texts = ("2020", "2020~/2021", "2020?/2021?", "2020~/2021?", "[2020,2021%]", "{2020~..2021}", "2020?/..")
    assert [parse(text).qualifier for text in texts] == ["", "~", "?", "%", "%", "~", "?"]


def test_exact_day_is_one_known_day_without_qualifier():
    exact = ("2022-03-24", "2022-03-24/2022-03-24", "2022-03-24T10:00:00Z")
    inexact = ("2022-03-24~", "2022-03-24/..", "2022-03", "2022-03-XX", "[2022-03-24,2022-03-25]")
    assert [text for text in (*exact, *inexact) if parse(text).is_exact_day] == [*exact]


def test_start_is_known_unless_open():
    texts = ("2022-03-24", "2020/..", "/2022", "../2022", "[..2022]", "{..2022}")
    assert [parse(text).has_known_start for text in texts] == [True, True, False, False, False, False]


@pytest.mark.parametrize("text", MESSAGES)
def test_error_says_what_would_be_right(text):
    assert refusal(text) == MESSAGES[text]


NOTHING_TO_PROPOSE = ["XXXX-12"]


@pytest.mark.parametrize("text", [*MESSAGES, *OTHER_MISTAKES.split(), "2020-11-10 ", "2020" * 99])
def test_error_proposes_only_what_is_accepted(text):
    _, _, advice = refusal(text).partition("rite ")
    words = [word.strip("():,;") if word.endswith("..") else word.strip("():,;.") for word in advice.split()]
    proposals = [word for word in words if re.search(r"[0-9]{4}|[0-9]X", word)]
    assert proposals or text in NOTHING_TO_PROPOSE
    for proposal in proposals:
        parse(f"[{proposal}]" if "inside the set" in advice else proposal)


NAMES = ("start_earliest", "start_latest", "end_earliest", "end_latest")
BEFORE = {  # as they were derived before
    "2022-03-24~": ("2022-03-24", "2022-03-24", "2022-03-24", "2022-03-24"),
    "2020-11-10/..": ("2020-11-10", "2020-11-10", "9999-12-31", "9999-12-31"),
    "2020-11/": ("2020-11-01", "2020-11-30", "2020-11-01", "9999-12-31"),
    "2022-03-24": ("2022-03-24", "2022-03-24", "2022-03-24", "2022-03-24"),
}
AFTER = BEFORE | {
    "2022-03-24~": ("2022-03-21", "2022-03-27", "2022-03-21", "2022-03-27"),
    "2020-11-10/..": ("2020-11-10", "2020-11-10", "2020-11-10", "9999-12-31"),
    "2020-11/": ("2020-11-01", "2020-11-30", "2020-11-30", "9999-12-31"),
}


def days(bounds: tuple[str, ...]) -> dict[str, dt.date]:
    return dict(zip(NAMES, map(dt.date.fromisoformat, bounds), strict=True))


@pytest.mark.django_db
@pytest.mark.database
def test_stored_bounds_are_derived_anew_in_the_history_too():
    events = {edtf: make.published(edtf=edtf) for edtf in BEFORE}
    rows = Event.history.count()
    for edtf, event in events.items():
        Event.objects.filter(pk=event.pk).update(**days(BEFORE[edtf]), sort_on=BEFORE[edtf][0])
        event.history.update(**days(BEFORE[edtf]))

    import_module("timeline.migrations._date_bounds").derive_bounds(apps, None)

    expected = {edtf: days(AFTER[edtf]) for edtf in AFTER}
    assert {row.pop("edtf"): row for row in Event.objects.values("edtf", *NAMES)} == expected
    assert {row.pop("edtf"): row for row in Event.history.values("edtf", *NAMES)} == expected
    assert Event.history.count() == rows
    assert Event.objects.get(edtf="2022-03-24~").sort_on == dt.date(2022, 3, 21)
