"""Which days the charts show, and which of them are folded."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from timeline.charts.window import Extent, Window, full_extent

from .filter_hits import filter_of

pytestmark = pytest.mark.django_db


def window(first: str, last: str) -> Window:
    return Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def extent_of(*edtfs: str, query: str = "") -> Extent | None:
    briefing = make.briefing(published_on=dt.date(2022, 3, 25))
    for edtf in edtfs:
        make.published(edtf=edtf, briefing=briefing)
    return full_extent(filter_of(query))


def test_window_is_all_days_of_the_events_with_a_margin():
    extent = extent_of("2022-03-01", "2022-03-20/2022-06-08")

    assert (extent.window, extent.whole) == (window("2022-02-28", "2022-06-09"), window("2022-02-28", "2022-06-09"))


def test_window_is_the_period_and_the_whole_is_without_it():
    extent = extent_of("2022-03-01", "2022-06-08", query="from=2022-03&to=2022-04-02")

    assert (extent.window, extent.whole) == (window("2022-03-01", "2022-04-02"), window("2022-03-01", "2022-06-08"))


def test_open_side_of_a_period_reaches_as_far_as_the_record():
    assert extent_of("2022-03-01", "2022-06-08", query="from=2022-06-01").window == window("2022-06-01", "2022-06-09")


def test_nothing_found_means_no_extent():
    assert extent_of("2022-03-01", query="category=clash") is None


@pytest.mark.parametrize(("query", "last"), [("", "2022-03-25"), ("known_by=2022-03-24", "2022-02-01")])
def test_record_is_known_until_its_last_source_of_that_day(query, last):
    for day in ("2022-02-01", "2022-03-25"):
        make.published(edtf="2022-01", briefing=make.briefing(published_on=dt.date.fromisoformat(day)))

    assert full_extent(filter_of(query)).known_until == dt.date.fromisoformat(last)


@pytest.mark.parametrize(
    ("edtfs", "folds"),
    [
        (["2020-11", "2022-03-21"], [window("2020-12-02", "2022-03-19")]),
        (["2020-11", "2022-03-21", "2020-11/2022-03-25"], [window("2020-12-02", "2022-03-19")]),
        (["2020-11-10/..", "2022-03-21"], [window("2020-11-12", "2022-03-19")]),  # what goes on is no new event
        (["2021", "2022-03-21"], [window("2022-01-02", "2022-03-19")]),  # any day of 2021 may be meant
        (["2021"], []),
        (["2021-01-02", "2021"], []),  # nothing firm comes after it
        (["2021-01-02", "2021", "2021-12-30"], [window("2021-01-04", "2021-12-28")]),  # as in the gaps of the list
        (["2022-03-01", "2022-03-31"], []),  # a month is not much
        ([f"2021-{month:02}-01" for month in range(1, 13)], []),
    ],
)
def test_long_stretch_without_events_is_folded(edtfs, folds):
    briefing = make.briefing(published_on=dt.date(2022, 3, 25))
    for edtf in edtfs:
        make.published(edtf=edtf, briefing=briefing)

    assert list(full_extent(filter_of()).folds) == folds


def test_period_that_begins_long_before_its_events_is_folded_from_its_first_day():
    extent = extent_of("2022-03-01", "2022-03-25", query="from=2020&to=2022-03-25")

    assert extent.folds == (window("2020-01-01", "2022-02-27"),)
    assert extent.dates == (2,)


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


@given(st.lists(DAYS, min_size=2, max_size=12, unique=True))
def test_stretches_and_folds_are_the_window(days):
    first, *inner, last = sorted(days)
    starts, ends = inner[::2], inner[1::2]
    folds = tuple(Window(start, end) for start, end in zip(starts, ends, strict=False) if first < start < end < last)
    whole = Window(first, last)

    stretches = whole.without(folds)

    assert sum(stretch.days for stretch in [*stretches, *folds]) == whole.days
    assert all(whole.holds(stretch) for stretch in stretches)
