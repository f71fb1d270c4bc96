"""Slides of TimelineJS are where their event may have been."""

import datetime as dt
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests import make
from tests.edtf_dates import LENGTHS, WRAPPERS, bounds, pairs
from tests.test_dates import BOUNDS
from timeline.dates import EventDate, parse
from timeline.exports import to_timelinejs
from timeline.exports.event_records import NO_BOUND

from .clients import body

ENDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def day(year: int, month: int, day: int) -> dict:
    return {"year": year, "month": month, "day": day}


SPANS = {
    "2022-03-24": (day(2022, 3, 24), None),
    "2020-11": ({"year": 2020, "month": 11}, None),
    "2020": ({"year": 2020}, None),
    "2020-11-10/..": (day(2020, 11, 10), None),
    "2020-11/2020-12": ({"year": 2020, "month": 11}, {"year": 2020, "month": 12}),
    "1111-01-01/1111": (day(1111, 1, 1), {"year": 1111}),
    "[2022-03-21..2022-03-24]": (day(2022, 3, 21), day(2022, 3, 24)),
    "[2022-03-28..2022-04-03]": (day(2022, 3, 28), day(2022, 4, 3)),
    "[2022-03-01..2022-03-31]": ({"year": 2022, "month": 3}, None),
    "[2020-11,2022-03]": (day(2020, 11, 1), day(2022, 3, 31)),
    "201X": (day(2010, 1, 1), day(2019, 12, 31)),
    "[1760-12..]": (day(1760, 12, 1), None),
    "[..2022-03-25]": (day(2022, 3, 25), None),
    "/2022-03": (day(2022, 3, 31), None),
    "9999": (day(9999, 1, 1), None),
}


def days(date: EventDate) -> dict[str, str | None]:
    """Return the bounds as a record has them."""
    day_texts = map(str, bounds(date))
    return {name: None if text in NO_BOUND else text for name, text in zip(ENDS, day_texts, strict=True)}


@pytest.mark.parametrize("edtf", SPANS)
def test_slide_spans_the_days_it_may_have_been(edtf):
    record = days(parse(edtf))

    assert (to_timelinejs.slide_start(record), to_timelinejs.slide_end(record)) == SPANS[edtf]


def test_event_without_any_day_has_no_slide():
    assert to_timelinejs.slide_start(days(parse("[..9999]"))) is None


def read(part: dict) -> str:
    """Return the day that TimelineJS takes a date for: the first of what is left out."""
    return dt.date(part["year"], part.get("month", 1), part.get("day", 1)).isoformat()


@st.composite
def dates(draw) -> EventDate:
    texts = [f"{written}{mark}" for written, _, mark, *_ in sorted(draw(pairs(LENGTHS)))]
    text = draw(st.sampled_from([*(wrapper.format(*texts) for wrapper in WRAPPERS.split()), *BOUNDS]))
    try:
        return parse(text)
    except ValueError:
        assume(False)


@given(dates())
def test_no_slide_begins_before_its_event_or_ends_after_it(date):
    record = days(date)
    start, end = to_timelinejs.slide_start(record), to_timelinejs.slide_end(record)
    assume(start)

    earliest, latest = record["start_earliest"] or str(dt.date.min), record["end_latest"] or str(dt.date.max)
    assert earliest <= read(start) <= latest
    assert end is None or read(start) <= read(end) <= latest


@pytest.mark.django_db
def test_words_of_the_date_stand_beside_its_days(client):
    make.published(edtf="[2022-03-28..2022-04-03]")

    (slide,) = json.loads(body(client.get("/events.timelinejs.json")))["events"]

    words = "between 28 March and 3 April 2022"
    assert (slide["start_date"], slide["end_date"], slide["display_date"]) == (
        day(2022, 3, 28) | {"display_date": words},
        day(2022, 4, 3),
        words,
    )
