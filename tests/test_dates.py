import csv
import random
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import EventDate, parse

from .beside import SHARED

SUITE = "data/edtf-cases/edtf_cases.csv"
MIN, MAX = "0001-01-01", "9999-12-31"

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
    "1XXX": '"1XXX" has X where it may not stand: X is for the last one or two digits of a year, '
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
SPACES = ["[1667, 1668, 1670..1672]", "[1760-01, 1760-02, 1760-12..]", "[1667, 1760-12]"]
NOT_LABELLED = """
    2004?-06-11 2004-06~-11 2004-06-~11 2004-%06 2004-?06-?11 2004?-06-~11 ?2004-%06 2004?-%06 2004?-~06-~04
    2011-~06-~04 156X-12-25 15XX-12-25 1560-XX-25 15XX-12-XX XXXX-XX-23 1950S2 1953S2 1953S3
    2004-06-~01/2004-06-~20 2004-06-XX/2004-07-03"""
DIFFERENT = {  # valid in a suite, refused here
    "an interval without a date says nothing": ["/..", "../", "../.."],
    "X for more than two digits of a year is level 2": ["1XXX", "1XXX~"],
    "the specification has no spaces in a set": [*SPACES, "{1667,1668, 1670..1672}", "{1960, 1961-12}"],
    "level 2 without sets, not labelled by its suite": NOT_LABELLED.split(),
}
TEN_YEARS_GUESSED = {"/2006", "2004-06-01/", "1984-06-02?/"}  # for an unknown end, by python-edtf


def bounds(found: EventDate) -> tuple[date, date, date, date]:
    return found.start_earliest, found.start_latest, found.end_earliest, found.end_latest


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


def refusal(text: str) -> str:
    with pytest.raises(ValueError, match="rite |eave the date empty") as refused:
        parse(text)
    return str(refused.value)


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


def without_width(edtf: str) -> str:
    return edtf.replace("~", "").replace("%", "?")


def suite_class(row: dict[str, str]) -> str:
    text = row["edtf"]
    if row["verdict"] == "invalid":
        return "invalid"
    if different := [reason for reason, texts in DIFFERENT.items() if text in texts]:
        return different[0]
    if re.search(r"(?:^|[/\[{,])[?%]?[-Y]|(?<![0-9])0000", text):
        return "year"
    if re.search(r"(?<![0-9-])[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])(?![0-9])", text):
        return "season"
    return "level 2" if row["level"] == "2" and text[0] not in "[{" else "accepted"


@pytest.mark.beside(SUITE)
def test_suites_agree_but_for_listed_rows():
    rows = list(csv.DictReader((SHARED / SUITE).read_text(encoding="utf-8").splitlines()))
    reasons = {"year": "Years run from 0001 to 9999", "season": " months"}
    for row in rows:
        if (kind := suite_class(row)) != "accepted":
            assert reasons.get(kind, "rite ") in refusal(row["edtf"]).replace("Leave", "Write")
            continue
        found = parse(without_width(row["edtf"]))
        expected = row["lower"].replace("-inf", MIN), row["upper"].replace("inf", MAX)
        if row["lower"] and row["edtf"] not in TEN_YEARS_GUESSED:
            assert (str(found.start_earliest), str(found.end_latest)) == expected
    counts = Counter(map(suite_class, rows))
    kinds = ("accepted", "invalid", "year", "season", "level 2", *DIFFERENT)
    assert [counts[kind] for kind in kinds] == [92, 72, 89, 22, 51, 3, 2, 5, 30]


def span(written: str) -> tuple[date, date]:
    first = date.fromisoformat((written + "-01-01")[:10])
    after = str(first + timedelta(days={4: 366, 7: 31, 10: 1}[len(written)]))[: len(written)]
    return first, date.fromisoformat((after + "-01-01")[:10]) - timedelta(days=1)


def widened(written: str, mark: str) -> tuple[date, date]:
    """Return the first and the last day of a date with a mark: "about" is three days, a month or a year wide on each side."""
    first, last = span(written)
    if mark not in ("~", "%"):
        return first, last
    if len(written) == 10:
        return first - timedelta(days=3), last + timedelta(days=3)
    around = [str(first - timedelta(days=1))[: len(written)], str(last + timedelta(days=1))[: len(written)]]
    return span(around[0])[0], span(around[1])[1]


MARKS = st.sampled_from(["", "", "?", "~", "%"])
LENGTHS = st.sampled_from([4, 7, 10])
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9990, 1, 1))


@st.composite
def points(draw, length=LENGTHS):
    """Return text, first and last day of one date, known by its ISO text alone."""
    written = str(draw(DAYS))[: draw(length)]
    unknown = draw(st.sampled_from(["", "", "-XX"])) if len(written) < 10 else ""
    mark = draw(MARKS)
    return written, unknown, mark, *widened(written, mark)


@given(points())
def test_one_date_spans_what_its_text_leaves_open(point):
    written, unknown, mark, first, last = point
    found = parse(written + unknown + mark)
    assert (bounds(found), found.qualifier) == ((first, last, first, last), mark)


@given(points(), points())
def test_interval_takes_start_and_end_as_they_are(one, other):
    (start, _, mark, *begin), (end, _, last_mark, *finish) = sorted((one, other), key=lambda point: span(point[0])[0])
    found = parse(f"{start}{mark}/{end}{last_mark}")
    assert bounds(found) == (begin[0], min(begin[1], finish[1]), max(begin[0], finish[0]), finish[1])
    start, end = f"{start}{mark}", f"{end}{last_mark}"
    assert bounds(parse(f"{start}/..")) == bounds(parse(f"{start}/")) == (*begin, begin[1], date.max)
    assert bounds(parse(f"/{end}")) == bounds(parse(f"../{end}")) == (date.min, finish[1], *finish)


def pairs(length):
    return length.flatmap(lambda one: st.tuples(points(st.just(one)), points(st.just(one))))


@given(st.lists(points(), min_size=1, max_size=5), st.booleans(), pairs(LENGTHS))
def test_set_reaches_from_the_earliest_to_the_latest(members, has_range, ends):
    texts = ["".join(member[:3]) for member in members]
    texts += ["..".join(written + mark for written, _, mark, *_ in sorted(ends))] * has_range
    firsts, lasts = zip(*(member[3:] for member in (*members, *ends * has_range)), strict=True)
    assert bounds(parse(f"[{','.join(texts)}]")) == (min(firsts), max(lasts)) * 2
    assert bounds(parse(f"{{{','.join(texts)}}}")) == (min(firsts), min(lasts), max(firsts), max(lasts))


@given(st.text("0123459X?~%-/.,[]{}TZ:+ u", max_size=30) | st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse(text)
    except ValueError:
        return
    start, start_latest, end_earliest, end = bounds(found)
    assert (found.edtf, parse.__wrapped__(found.edtf)) == (text, found)
    assert start <= min(start_latest, end)
    assert end_earliest <= end


WRAPPERS = """
    {0} {0}/.. {0}/ ../{0} /{0} {0}/{1} [..{0}] [{0}..] {{..{0}}} {{{0}..}} [{0},{1}] {{{0},{1}}}
    [{0}..{1}] {{{0}..{1}}} [{0}..{1},9999] [0999,{0},{1}]"""


@given(pairs(st.sampled_from([4, 7])), st.sampled_from(WRAPPERS.split()))
def test_display_has_no_day_where_none_is_known(ends, wrapper):
    plain = "/" in wrapper or ".." in wrapper  # where X may not stand
    texts = [start + unknown * (not plain) + mark for start, unknown, mark, *_ in sorted(ends)]
    display = parse(wrapper.format(*texts)).display.replace("AD 999", "")
    assert not re.search(r"(?<![0-9])[0-9]{1,3}(?![0-9])", display)


def simple_edtf(choice: random.Random) -> str:
    days = sorted(date(1000, 1, 1) + timedelta(choice.randrange(3_280_000)) for _ in range(2))
    length = choice.choice([4, 7, 10])
    first, last = (str(day)[:length] + choice.choice(["", "", "?", "~", "%"]) for day in days)
    unspecified = choice.choice([f"{first[:3]}X", f"{first[:2]}XX", f"{first[:4]}-XX", f"{days[0]:%Y-%m}-XX"])
    return choice.choice([first, first, f"{first}/{last}", unspecified, f"{first[:4]}-XX-XX"])


def test_strict_bounds_agree_with_the_edtf_package():
    choice = random.Random(2019)  # noqa: S311
    texts = [simple_edtf(choice) for _ in range(100)]
    texts = [without_width(text) for text in texts]
    ours = {text: (parse(text).start_earliest, parse(text).end_latest) for text in texts}
    theirs = {text: (parse_edtf(text).lower_strict(), parse_edtf(text).upper_strict()) for text in texts}
    assert ours == {text: tuple(date(*day[:3]) for day in days) for text, days in theirs.items()}
