"""Dates in EDTF that Hypothesis makes up, known by their text alone, and what reading one gives."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from timeline.dates import EventDate, parse

LENGTHS = st.sampled_from([4, 7, 10])  # in characters: a year, a month, a day
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9990, 1, 1))
MARKS = st.sampled_from(["", "", "?", "~", "%"])
WRAPPERS = """
    {0} {0}/.. {0}/ ../{0} /{0} {0}/{1} [..{0}] [{0}..] {{..{0}}} {{{0}..}} [{0},{1}] {{{0},{1}}}
    [{0}..{1}] {{{0}..{1}}} [{0}..{1},9999] [0999,{0},{1}]"""


def bounds(event_date: EventDate) -> tuple[date, date, date, date]:
    return event_date.start_earliest, event_date.start_latest, event_date.end_earliest, event_date.end_latest


def refusal(text: str) -> str:
    """Return what is said of a date that is refused."""
    with pytest.raises(ValueError, match="rite |eave the date empty") as refused:
        parse(text)
    return str(refused.value)


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


@st.composite
def points(draw, length=LENGTHS):
    """Return text, first and last day of one date, known by its ISO text alone."""
    written = str(draw(DAYS))[: draw(length)]
    unknown = draw(st.sampled_from(["", "", "-XX"])) if len(written) < 10 else ""
    mark = draw(MARKS)
    return written, unknown, mark, *widened(written, mark)


def pairs(length):
    """Draw two dates of one length."""
    return length.flatmap(lambda characters: st.tuples(points(st.just(characters)), points(st.just(characters))))
