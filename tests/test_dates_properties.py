"""Dates of any text: their bounds, and what others that read EDTF make of the same ones."""

import csv
import random
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import parse

from .beside import SHARED
from .edtf_dates import LENGTHS, WRAPPERS, bounds, pairs, points, refusal, span

MIN, MAX = str(date.min), str(date.max)

SUITE = "data/edtf-cases/edtf_cases.csv"
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
        event_date = parse(without_width(row["edtf"]))
        expected = row["lower"].replace("-inf", MIN), row["upper"].replace("inf", MAX)
        if row["lower"] and row["edtf"] not in TEN_YEARS_GUESSED:
            assert (str(event_date.start_earliest), str(event_date.end_latest)) == expected
    counts = Counter(map(suite_class, rows))
    kinds = ("accepted", "invalid", "year", "season", "level 2", *DIFFERENT)
    assert [counts[kind] for kind in kinds] == [92, 72, 89, 22, 51, 3, 2, 5, 30]


@given(points())
def test_one_date_spans_what_its_text_leaves_open(point):
    written, unknown, mark, first, last = point
    event_date = parse(written + unknown + mark)
    assert (bounds(event_date), event_date.qualifier) == ((first, last, first, last), mark)


@given(points(), points())
def test_interval_takes_start_and_end_as_they_are(point, other):
    (start, _, mark, *begin), (end, _, last_mark, *finish) = sorted((point, other), key=lambda ends: span(ends[0])[0])
    event_date = parse(f"{start}{mark}/{end}{last_mark}")
    assert bounds(event_date) == (begin[0], min(begin[1], finish[1]), max(begin[0], finish[0]), finish[1])
    start, end = f"{start}{mark}", f"{end}{last_mark}"
    assert bounds(parse(f"{start}/..")) == bounds(parse(f"{start}/")) == (*begin, begin[1], date.max)
    assert bounds(parse(f"/{end}")) == bounds(parse(f"../{end}")) == (date.min, finish[1], *finish)


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
        event_date = parse(text)
    except ValueError:
        return
    start, start_latest, end_earliest, end = bounds(event_date)
    assert (event_date.edtf, parse.__wrapped__(event_date.edtf)) == (text, event_date)
    assert start <= min(start_latest, end)
    assert end_earliest <= end


@given(pairs(st.sampled_from([4, 7])), st.sampled_from(WRAPPERS.split()))
def test_display_has_no_day_where_none_is_known(ends, wrapper):
    plain = "/" in wrapper or ".." in wrapper  # where X may not be
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
