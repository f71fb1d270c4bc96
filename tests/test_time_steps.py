import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.charts.time_steps import (
    LADDER,
    LEAST_CELL,
    MOST_CELLS,
    NAMED,
    Step,
    divide,
    edges_of,
    period,
    step_for,
    words,
)

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(1, 1, 1), dt.date(9998, 12, 31))


@given(days, st.sampled_from(LADDER))
def test_cell_holds_its_day(day, step):
    index = step.index(day)

    assert step.first(index) <= day <= step.last(index)


@given(days, st.sampled_from(LADDER))
def test_cells_follow_each_other_without_a_gap(day, step):
    index = step.index(day)

    assert step.first(index + 1) in (step.last(index) + DAY, dt.date.max)


@given(days, st.sampled_from([step for step in LADDER if step.unit == "day"]))
def test_cell_of_days_is_the_number_of_the_day_divided(day, step):
    assert step.index(day) == (day.toordinal() - 1) // step.size


def test_weeks_begin_on_monday():
    week = Step(7, "day")

    assert week.first(week.index(dt.date(2022, 3, 25))) == dt.date(2022, 3, 21)


@given(days, st.integers(1, 40_000), st.integers(200, 4000))
def test_cells_are_about_twelve_pixels_wide(first, length, px):
    last = dt.date.fromordinal(min(first.toordinal() + length, dt.date.max.toordinal()))
    shown = (last - first).days + 1

    step = step_for(shown, px)

    assert shown / step.days <= min(MOST_CELLS, px / LEAST_CELL)
    finer = [other for other in LADDER if other.days < step.days]
    assert not finer or shown / finer[-1].days > min(MOST_CELLS, px // LEAST_CELL)


@pytest.mark.parametrize(
    ("step", "day", "label"),
    [
        (Step(1, "day"), dt.date(2022, 3, 24), "24 March 2022"),
        (Step(2, "day"), dt.date(2022, 3, 24), "23 to 24 March 2022"),
        (Step(14, "day"), dt.date(2022, 3, 24), "21 March 2022 to 3 April 2022"),
        (Step(7, "day"), dt.date(2022, 3, 24), "week of 21 March 2022"),
        (Step(1, "month"), dt.date(2020, 11, 9), "November 2020"),
        (Step(3, "month"), dt.date(2020, 11, 9), "4th quarter 2020"),
        (Step(12, "month"), dt.date(2020, 11, 9), "2020"),
        (Step(120, "month"), dt.date(2020, 11, 9), "2020s"),
    ],
)
def test_label_names_the_cell(step, day, label):
    assert step.label(step.index(day)) == label


def test_step_says_its_size():
    assert [str(step) for step in LADDER[:7]] == [
        "a day",
        "2 days",
        "4 days",
        "7 days",
        "14 days",
        "a month",
        "3 months",
    ]
    assert str(Step(12, "month")) == "a year"
    assert str(Step(60, "month")) == "5 years"


def test_part_of_a_cell_is_named_by_its_days():
    month = Step(1, "month")

    assert words(month, dt.date(2022, 3, 10), dt.date(2022, 3, 31)) == "10 to 31 March 2022"
    assert words(month, dt.date(2022, 3, 10), dt.date(2022, 3, 10)) == "10 March 2022"


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        ((2022, 1, 1), (2023, 12, 31), ["2022", "2023"]),
        ((2022, 3, 1), (2022, 3, 31), ["2022-03", "2022-03"]),
        ((2022, 3, 1), (2022, 3, 30), ["2022-03-01", "2022-03-30"]),
        ((9999, 1, 1), (9999, 12, 31), ["9999", "9999"]),
        ((1, 1, 1), (2022, 12, 31), ["1000", "2022"]),
    ],
)
def test_period_is_as_short_as_it_can_be_said(first, last, texts):
    assert list(period(dt.date(*first), dt.date(*last)).values()) == texts


@given(days, st.integers(0, 400_000), st.integers(1, 60))
def test_pieces_cover_the_days_and_are_no_more_than_asked_for(first, length, most):
    last = dt.date.fromordinal(min(first.toordinal() + length, dt.date.max.toordinal()))

    step, edges = divide(first, last, most)

    assert edges == edges_of(step, first, last) == sorted(set(edges))
    assert edges[0] <= first.toordinal() <= last.toordinal() < edges[-1]
    assert len(edges) - 1 <= most or step == NAMED[-1]
