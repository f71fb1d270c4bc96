import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.charts.axis import FOLD, LAST_LABEL, NARROW_TICKS, WIDE_TICKS, TimeScale, svg_number, ticks
from timeline.charts.window import Window

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))


def texts(first: str, last: str, width: str = "wide") -> list[str]:
    drawn = ticks(TimeScale(Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last))))
    return [tick.text for tick in drawn if tick.only in ("", width)]


def test_days_stand_by_their_share_of_the_width():
    across = TimeScale(Window(dt.date(2022, 3, 1), dt.date(2022, 3, 4)))
    assert [across.start_of(dt.date(2022, 3, 2)), across.end_of(dt.date(2022, 3, 2))] == [25, 50]


def test_day_outside_is_a_little_beyond_the_edge():
    across = TimeScale(Window(dt.date(2022, 3, 1), dt.date(2022, 3, 4)))
    assert [across.start_of(dt.date(2021, 3, 2)), across.end_of(dt.date.max)] == [-0.6, 100.6]


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
    drawn = ticks(TimeScale(Window(dt.date(2022, 11, 1), dt.date(2022, 11, 30))), unit)
    assert [tick.text for tick in drawn if tick.only != "narrow"] == labels


def test_end_of_all_days_is_no_obstacle():
    assert texts("9999-11-01", "9999-12-31")[0] == "1 Nov 9999"


@given(DAYS, DAYS)
def test_labels_are_few_and_stand_in_order_inside(day, other):
    first, last = sorted([day, other])
    drawn = ticks(TimeScale(Window(first, last)))
    for width, most in (("wide", WIDE_TICKS), ("narrow", NARROW_TICKS)):
        places = [float(tick.x) for tick in drawn if tick.only in ("", width)]
        assert len(places) <= most
        assert all(0 <= place <= LAST_LABEL for place in places)
        assert places == sorted(set(places)) or width == "narrow"


NOVEMBER, MARCH = (
    Window(dt.date(2020, 11, 1), dt.date(2020, 11, 30)),
    Window(dt.date(2022, 3, 21), dt.date(2022, 3, 30)),
)
BETWEEN = Window(dt.date(2020, 12, 1), dt.date(2022, 3, 20))


def folded() -> TimeScale:
    return TimeScale(Window(NOVEMBER.first, MARCH.last), 960, (BETWEEN,), (1, 12))


def test_fold_takes_little_and_more_dates_more_of_the_width():
    scale = folded()

    wide = [(piece.is_fold, round(piece.end - piece.x, 1), str(piece.step)) for piece in scale.pieces]
    assert wide == [(False, 31.8, "2 days"), (True, FOLD, "6 months"), (False, 63.6, "a day")]
    assert scale.end_of(NOVEMBER.last) == scale.start_of(BETWEEN.first)
    assert [scale.start_of(NOVEMBER.first), scale.end_of(MARCH.last)] == [0, 100]


def test_both_sides_of_a_fold_have_labels_of_their_own_unit():
    drawn = [tick.text for tick in ticks(folded()) if tick.only != "narrow"]

    assert drawn == ["Nov 2020", "21 Mar 2022", "23 Mar", "25 Mar", "27 Mar", "29 Mar"]


def test_last_stretch_that_has_few_of_many_dates_has_room_for_its_label_which_ends_with_it():
    scale = TimeScale(
        Window(dt.date(2014, 1, 1), MARCH.last), 960, (Window(dt.date(2019, 1, 1), dt.date(2022, 3, 20)),), (900, 1)
    )

    assert [round(piece.end - piece.x, 1) for piece in scale.open_pieces] == [86.3, 9.1]
    assert [(tick.x, tick.text) for tick in ticks(scale) if tick.only != "narrow"][-1] == ("100", "21 Mar 2022")


def test_cell_ends_at_a_fold_and_a_fold_is_one_cell():
    scale = folded()

    assert scale.cell(dt.date(2020, 11, 30))[1] == NOVEMBER.last
    assert scale.cell(dt.date(2021, 7, 1)) == (BETWEEN.first, BETWEEN.last)
    assert scale.cell(dt.date(2020, 10, 1)) == (dt.date.min, dt.date(2020, 10, 31))


@given(st.lists(DAYS, min_size=6, max_size=6, unique=True), DAYS, DAYS)
def test_later_days_are_never_further_left(edges, day, other):
    first, start, end, again, until, last = sorted(edges)
    folds = tuple(
        Window(start, end) for start, end in ((start, end), (again, until)) if (end - start).days and start > first
    )
    scale = TimeScale(Window(first, last), 960, folds if again > end + dt.timedelta(days=1) else folds[:1])

    early, late = sorted([day, other])
    assert scale.start_of(early) <= scale.end_of(early) <= scale.end_of(late)
    for each in (early, late):
        cell = scale.cell(each)
        assert cell[0] <= each <= cell[1]
