import datetime as dt

import pytest

from timeline import dates
from timeline.charts.marks.uncertainty_shape import Bounds, Shape, shape

SPOKEN = dt.date(2022, 3, 25)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(first: str, last: str = "") -> tuple[dt.date, dt.date]:
    return day(first), day(last or first)


def bounds(edtf: str) -> Bounds:
    date = dates.parse(edtf)
    days = (date.start_earliest, date.start_latest, date.end_earliest, date.end_latest)
    return Bounds(*days, date.qualifier, date.is_ongoing)


@pytest.mark.parametrize(
    ("edtf", "drawn"),
    [
        ("2022-03-24", Shape(solid=span("2022-03-24"), is_one_day=True)),
        ("2020-11", Shape(hatched=(span("2020-11-01", "2020-11-30"),))),
        ("[2022-03-21..2022-03-24]", Shape(hatched=(span("2022-03-21", "2022-03-24"),))),
        ("2022-03-21/2022-03-24", Shape(solid=span("2022-03-21", "2022-03-24"))),
        (
            "2020-09/2020-11",
            Shape(
                hatched=(span("2020-09-01", "2020-09-29"), span("2020-11-02", "2020-11-30")),
                solid=span("2020-09-30", "2020-11-01"),
            ),
        ),
        ("2022-03-24~", Shape(hatched=(span("2022-03-21", "2022-03-27"),))),
        ("2022-03-21/2022-03-24?", Shape(hatched=(span("2022-03-21", "2022-03-24"),))),
        ("[..2022-03-25]", Shape(stop=span("2022-03-25"), arrow="start")),
        ("[2022-03-25..]", Shape(stop=span("2022-03-25"), arrow="end")),
        ("/2020", Shape(hatched=(span("2020-01-01", "2020-12-31"),), stop=span("2020-12-31"), arrow="start")),
        ("../2022-03-25", Shape(solid=span("2022-03-25"), stop=span("2022-03-25"), arrow="start")),
        ("2020-11-10/", Shape(solid=span("2020-11-10"), stop=span("2020-11-10"), arrow="end")),
        (
            "2020-11/",
            Shape((span("2020-11-01", "2020-11-29"),), span("2020-11-30"), stop=span("2020-11-01"), arrow="end"),
        ),
        ("2020-11-10/..", Shape(solid=span("2020-11-10", "2022-03-25"), is_torn=True)),
        (
            "2020-11/..",
            Shape(hatched=(span("2020-11-01", "2020-11-29"),), solid=span("2020-11-30", "2022-03-25"), is_torn=True),
        ),
    ],
)
def test_shape_draws_what_is_known_and_no_more(edtf, drawn):
    assert shape(bounds(edtf), SPOKEN) == drawn


def test_ongoing_event_of_which_no_dated_briefing_speaks_is_torn_where_it_began():
    assert shape(bounds("2020-11-10/..")) == Shape(solid=span("2020-11-10"), is_torn=True)


def test_only_one_known_day_bears_a_shape():
    known = [
        edtf for edtf in ("2022-03-24", "2022-03-24?", "2022-03", "[2022-03-24,2022-03-25]") if bounds(edtf).is_one_day
    ]

    assert known == ["2022-03-24"]


def test_shape_reaches_from_its_first_day_to_its_last():
    drawn = shape(bounds("2020-09/2020-11"))

    assert (drawn.first, drawn.last) == (day("2020-09-01"), day("2020-11-30"))
