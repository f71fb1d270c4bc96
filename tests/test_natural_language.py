from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import parse
from timeline.dates.natural_language import to_edtf

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
    "from 10 November 2020": "2020-11-10/",
    "until 25 March 2022": "/2022-03-25",
    "until 25 March 2022, start open": "../2022-03-25",
    "before 25 March 2022": "[..2022-03-24]",
    "before March 2022": "[..2022-02]",
    "by 25 March 2022": "[..2022-03-25]",
    "on or before 25 March 2022": "[..2022-03-25]",
    "after 25 March 2022": "[2022-03-26..]",
    "after 2020": "[2021..]",
    "in or after December 1760": "[1760-12..]",
}

EXAMPLES = "for example 24 March 2022, November 2020, 21 or 22 March 2022, or 2022-03-24"
ON_BRIEFING = (
    "depends on the day it was said. Resolve it against the date of the briefing and write the day, "
    "for example 24 March 2022."
)
REFUSED = {
    "rubbish": f'"rubbish" is not understood as a date. Write {EXAMPLES}.',
    "01/02/2022": '"01/02/2022" could be 1 February or 2 January. Write 2022-02-01 or 2022-01-02.',
    "24/3/2022": '"24/3/2022" is not year, month and day with hyphens. Write 2022-03-24.',
    "1.2.22": '"1.2.22" has no year of four digits. Write for example 24 March 2022.',
    "24 March 22": '"24 March 22" has no year of four digits. Write for example 24 March 2022.',
    "24 March": '"24 March" has no year. Say the year, for example 24 March 2022.',
    "March 21st and 22nd": '"March 21st and 22nd" has no year. Say the year, for example March 21st and 22nd 2022.',
    "yesterday": f'"yesterday" {ON_BRIEFING}',
    "Last week": f'"Last week" {ON_BRIEFING}',
    "on Thursday": f'"on Thursday" {ON_BRIEFING}',
    "spring 2021": '"spring 2021" is a season, and seasons differ from place to place. '
    "Write the months, for example between March and May 2021.",
    "early November 2020": '"early November 2020" does not say which days. '
    "Write the first and the last day it can be, for example between 1 and 10 November 2020.",
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
    "20201110": '"20201110" needs hyphens, and two digits for month and day. Write 2020-11-10.',
    "18 63-03-29": '"18 63-03-29" contains white space, which EDTF does not have. Write 1863-03-29.',
}
NOT_UNDERSTOOD = ["21, 22 March 2022", "21 or 22 and 25 March 2022", "21 or March 2022", "not 24 March 2022"]


@pytest.mark.parametrize("text", ACCEPTED)
def test_words_become_edtf(text):
    assert to_edtf(text) == ACCEPTED[text]


@pytest.mark.parametrize("text", REFUSED)
def test_error_says_what_would_be_right(text):
    with pytest.raises(ValueError, match=" ") as refused:
        to_edtf(text)
    assert str(refused.value) == REFUSED[text]


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_doubtful_words_are_not_guessed(text):
    with pytest.raises(ValueError, match="is not understood as a date"):
        to_edtf(text)


MARKS = st.sampled_from(["", "", "?", "~", "%"])
ONE = st.builds(lambda day, length, mark: str(day)[:length] + mark, st.dates(), st.sampled_from([4, 7, 10]), MARKS)
SHAPES = """
    {0} {0}/{1} {0}/.. {0}/ ../{0} /{0} [{0},{1}] {{{0},{1}}} [{0},{1},{2}] {{{0},{1},{2}}} [..{0}] [{0}..]"""


def first_day(edtf: str) -> date:
    return parse(edtf).start_earliest


@given(st.lists(ONE, min_size=3, max_size=3, unique_by=first_day), st.sampled_from(SHAPES.split()))
def test_edtf_comes_back_from_itself_and_from_its_display(dates, shape):
    edtf = shape.format(*sorted(dates, key=first_day))
    assert to_edtf(edtf) == edtf
    assert to_edtf(parse(edtf).display) == edtf


@given(st.dates(max_value=date(9999, 12, 29)), st.integers(min_value=2, max_value=99), MARKS)
def test_span_of_days_comes_back_from_its_display(day, days, mark):
    last = date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
    for edtf in (f"[{day}{mark}..{last}{mark}]", f"{{{day}{mark}..{last}{mark}}}"):
        assert to_edtf(parse(edtf).display) == edtf


WORDS = "21 22nd March Nov. 2020 2022-03 or and to - , from since between before about ? c. Monday 2010s"


@given(st.text(max_size=30) | st.lists(st.sampled_from(WORDS.split()), max_size=7).map(" ".join))
def test_any_text_is_understood_or_refused(text):
    try:
        edtf = to_edtf(text)
    except ValueError:
        return
    assert parse(edtf).edtf == edtf
