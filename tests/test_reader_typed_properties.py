"""Whatever is typed as a date is understood or refused, and what is shown of a date can be typed again."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from timeline.dates import parse
from timeline.dates.reader import DateNotRead, read

from .date_phrases import to_edtf

MARKS = st.sampled_from(["", "", "?", "~", "%"])
SINGLE_DATES = st.builds(
    lambda day, length, mark: str(day)[:length] + mark, st.dates(), st.sampled_from([4, 7, 10]), MARKS
)
SHAPES = """
    {0} {0}/{1} {0}/.. {0}/ ../{0} /{0} [{0},{1}] {{{0},{1}}} [{0},{1},{2}] {{{0},{1},{2}}} [..{0}] [{0}..]"""


def first_day(edtf: str) -> date:
    return parse(edtf).start_earliest


@settings(deadline=None)
@given(st.lists(SINGLE_DATES, min_size=3, max_size=3, unique_by=first_day), st.sampled_from(SHAPES.split()))
def test_edtf_comes_back_from_itself_and_from_its_display(dates, shape):
    edtf = shape.format(*sorted(dates, key=first_day))
    assert to_edtf(edtf) == edtf
    assert to_edtf(parse(edtf).display) == edtf


@settings(deadline=None)
@given(st.dates(max_value=date(9999, 12, 29)), st.integers(min_value=2, max_value=99), MARKS)
def test_span_of_days_comes_back_from_its_display(day, days, mark):
    last = date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
    for edtf in (f"[{day}{mark}..{last}{mark}]", f"{{{day}{mark}..{last}{mark}}}"):
        assert to_edtf(parse(edtf).display) == edtf


@settings(deadline=None)
@given(st.lists(SINGLE_DATES, min_size=2, max_size=2, unique_by=first_day))
def test_span_between_dates_of_any_precision_comes_back_from_its_display(dates):
    first, last = sorted(dates, key=first_day)
    assume((first_day(last.rstrip("?~%")) - parse(first.rstrip("?~%")).end_latest).days > 1)
    edtf = f"[{first}..{last}]"

    assert to_edtf(edtf) == edtf
    assert to_edtf(parse(edtf).display) == edtf


WORDS = "21 22nd March Nov. 2020 2022-03 or and to - , from since between before about ? c. Monday 2010s"


MONTH_WORDS = st.sampled_from(
    ["March", "Nov.", "mars", "марта", "ноября", "մայիսի", "noyabr", "Kasım", "მაისი", "مايو"]
)
COARSE = """
    {0} 2020|in {0} 2020|about {0} 2020|probably {0} 2020|before {0} 2020|after {0} 2020|since {0} 2020|until {0} 2020|by {0} 2020
    |{0} 2020 or {1} 2022|{0} 2020 to {1} 2022|between {0} 2020 and {1} 2022|{0} 2020 onwards|not before {0} 2020"""


@settings(deadline=None)
@given(MONTH_WORDS, MONTH_WORDS, st.sampled_from([shape.strip() for shape in COARSE.split("|")]))
def test_never_a_day_where_the_words_give_a_month(first, last, shape):
    try:
        edtf = to_edtf(shape.format(first, last))
    except DateNotRead:
        return

    assert max(len(written) for written in re.findall("[0-9-]+", edtf)) == 7


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "early",
                "late",
                "March",
                "May",
                "4th",
                "4",
                "10/11/2020",
                "21",
                "or",
                "and",
                "to",
                "before",
                "since",
                "the",
                "week",
                "of",
                "last",
            ]
        ),
        max_size=5,
    )
)
def test_every_offered_reading_is_read_again(words):
    try:
        to_edtf(" ".join(words))
    except DateNotRead as refused:
        for reading in refused.readings:
            assert to_edtf(reading.edtf) == reading.edtf
            assert first_day(to_edtf(parse(reading.edtf).display)) == first_day(reading.edtf)
    except ValueError:
        return


@settings(deadline=None)
@given(st.text(max_size=30) | st.lists(st.sampled_from(WORDS.split()), max_size=7).map(" ".join))
def test_any_text_is_understood_or_refused(text):
    try:
        edtf = to_edtf(text)
    except ValueError:
        return
    assert parse(edtf).edtf == edtf


def test_plain_dates_are_read_at_once(monkeypatch):
    days = [date(1900, 1, 1) + timedelta(days=number) for number in range(2_000)]
    monkeypatch.delattr("timeline.dates.reader.typed.Words")  # the grammar is not asked

    for written in ("{0.day} {0:%B %Y}", "{0:%B} {0.day}, {0.year}", "{0:%b} {0.day} {0.year}", "{0:%Y%m%d}", "{0}"):
        assert [read(written.format(day)) for day in days] == [day.isoformat() for day in days]


def test_what_is_far_too_long_is_refused_at_once(monkeypatch):
    monkeypatch.delattr("timeline.dates.reader.typed.Words")

    for piece in ("21 or ", "March ", "[", "2020-", "“"):
        with pytest.raises(ValueError, match="200 are the most"):
            read(piece * 4_000)
