import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from timeline.charts.marks.chart_view import View, read_days, read_view
from timeline.charts.window import SHORTEST, Window

MARCH = Window(dt.date(2022, 3, 1), dt.date(2022, 3, 31))
YEAR = Window(dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def test_view_reads_its_parameters():
    view = read_view(
        QueryDict("lanes=actor&lane=b&lane=a&axis=reported&scale=root&measure=deaths&event=8y045x5whx&px=640")
    )

    assert view == View("actor", ("a", "b"), "reported", "root", "deaths", 640, "8y045x5whx")
    assert view.query == "axis=reported&event=8y045x5whx&lane=a&lane=b&lanes=actor&measure=deaths&scale=root"


def test_view_says_only_what_differs_from_the_usual():
    assert View().query == ""
    assert View("actor", px=640).query == "lanes=actor"


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        (
            "lanes=colour",
            {"lanes": ["“colour”: not known here. Choose from: category, type, actor, place, publisher, speaker."]},
        ),
        ("axis=up", {"axis": ["“up”: not known here. Choose from: lanes, reported."]}),
        ("scale=log", {"scale": ["“log”: not known here. Choose from: linear, root."]}),
        ("measure=tears", {"measure": ["“tears”: not known here. Choose from: events, deaths."]}),
        ("px=wide", {"px": ["“wide” is not a number of pixels. Write it like 960."]}),
        ("lanes=actor&lanes=place", {"lanes": ["“lanes” is given more than once. Keep one."]}),
        ("&".join(f"lane={n}" for n in range(8)), {"lane": ["8 lanes are too many. Choose up to 7."]}),
    ],
)
def test_view_refuses_what_is_wrong(query, messages):
    with pytest.raises(ValidationError) as refused:
        read_view(QueryDict(query))

    assert refused.value.message_dict == messages


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        ("first=2022-02-30&last=2022-03-01", {"first": ["“2022-02-30” is not a day. Write it like 2022-03-25."]}),
        ("first=2022-03-01", {"first": ["Give the days of the cell, “first” and “last”."]}),
        (
            "first=2022-03-02&last=2022-03-01",
            {"last": ["The cell ends (2022-03-01) before it begins (2022-03-02). Swap the two."]},
        ),
    ],
)
def test_days_of_a_cell_are_refused_where_wrong(query, messages):
    with pytest.raises(ValidationError) as refused:
        read_days(QueryDict(query))

    assert refused.value.message_dict == messages


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_moved_window_stays_inside_and_is_never_too_short(first, last):
    moved = MARCH.moved(first, last, YEAR)

    assert YEAR.holds(moved)
    assert moved.days >= SHORTEST


def test_window_that_would_leave_the_extent_is_shifted_back_whole():
    assert MARCH.moved(-3, -3, YEAR) == Window(dt.date(2022, 1, 1), dt.date(2022, 1, 31))
