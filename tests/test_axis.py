import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.charts.axis import LAST_LABEL, NARROW_TICKS, WIDE_TICKS, DayScale, svg_number, ticks

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))


def texts(first: str, last: str, width: str = "wide") -> list[str]:
    drawn = ticks(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    return [tick.text for tick in drawn if tick.only in ("", width)]


def test_days_stand_by_their_share_of_the_width():
    across = DayScale(dt.date(2022, 3, 1), dt.date(2022, 3, 4))
    assert [across.start_of(dt.date(2022, 3, 2)), across.end_of(dt.date(2022, 3, 2))] == [25, 50]


def test_day_outside_stands_at_the_edge():
    across = DayScale(dt.date(2022, 3, 1), dt.date(2022, 3, 4))
    assert [across.start_of(dt.date(2021, 3, 2)), across.end_of(dt.date.max)] == [0, 100]


@pytest.mark.parametrize(("value", "text"), [(50.0, "50"), (33.33333, "33.333"), (0.1, "0.1"), (0, "0"), (100, "100")])
def test_number_has_no_idle_zeros(value, text):
    assert svg_number(value) == text


def test_months_name_the_year_where_it_begins():
    assert texts("2020-11-01", "2022-03-31") == ["2021", "Apr", "Jul", "Oct", "2022"]
    assert texts("2020-11-01", "2022-03-31", "narrow") == ["2021", "Jul", "2022"]


def test_first_label_names_the_year_where_none_begins():
    assert texts("2022-03-01", "2022-08-31") == ["Mar 2022", "Apr", "May", "Jun", "Jul", "Aug"]


def test_days_are_named_with_their_month():
    assert texts("2022-03-21", "2022-03-25") == ["21 Mar 2022", "22 Mar", "23 Mar", "24 Mar", "25 Mar"]


def test_weeks_are_named_by_their_monday():
    assert texts("2022-03-01", "2022-04-17") == ["7 Mar 2022", "14 Mar", "21 Mar", "28 Mar", "4 Apr", "11 Apr"]


def test_long_times_are_named_by_round_years():
    assert texts("1815-01-01", "2024-12-31") == ["1850", "1900", "1950", "2000"]


@pytest.mark.parametrize(
    ("unit", "labels"),
    [
        ("week", ["7 Nov 2022", "14 Nov", "21 Nov", "28 Nov"]),
        ("month", ["Nov 2022"]),
        ("quarter", []),
        ("year", []),
    ],
)
def test_no_label_is_finer_than_the_bars(unit, labels):
    drawn = ticks(dt.date(2022, 11, 1), dt.date(2022, 11, 30), unit)
    assert [tick.text for tick in drawn if tick.only != "narrow"] == labels


def test_end_of_all_days_is_no_obstacle():
    assert texts("9999-11-01", "9999-12-31")[0] == "1 Nov 9999"


@given(DAYS, DAYS)
def test_labels_are_few_and_stand_in_order_inside(day, other):
    first, last = sorted([day, other])
    drawn = ticks(first, last)
    for width, most in (("wide", WIDE_TICKS), ("narrow", NARROW_TICKS)):
        places = [float(tick.x) for tick in drawn if tick.only in ("", width)]
        assert len(places) <= most
        assert all(0 <= place <= LAST_LABEL for place in places)
        assert places == sorted(set(places)) or width == "narrow"
