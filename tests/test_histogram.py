import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings

from tests import make
from tests.test_parity import queries, world  # noqa: F401
from timeline.charts.histogram import histogram, window_histogram

from .filter_hits import filter_of
from .hypothesis_examples import examples

pytestmark = pytest.mark.database


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_bars_sum_up_to_the_list(world, query):  # noqa: F811
    event_filter = filter_of(query)
    if event_filter.messages:
        return
    drawn = histogram(event_filter)
    assert drawn.total == event_filter.events.count()
    assert sum(bar.certain + bar.possible for bar in drawn.bars) + drawn.undated == pytest.approx(drawn.total, abs=1e-6)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_bars_of_the_period_hold_no_more_than_the_list_and_say_what_is_in_none(world, query):  # noqa: F811
    event_filter = filter_of(query)
    if event_filter.messages:
        return
    drawn = window_histogram(event_filter)
    in_bars = drawn.total - drawn.undated - drawn.outside
    assert sum(bar.certain for bar in drawn.bars) <= in_bars
    assert sum(bar.certain + bar.possible for bar in drawn.bars) <= in_bars + 1e-6
    for name, bar in (("from", drawn.bars[:1]), ("to", drawn.bars[-1:])):
        if (day := event_filter.wanted[name]) and bar:
            assert day.first <= bar[0].first if name == "from" else bar[0].last <= day.last


@pytest.mark.django_db
def test_what_may_have_begun_on_any_day_from_some_day_on_stands_in_no_bar():
    for edtf in ("[2022-03-24..]", "2022-03-24"):
        make.published(edtf=edtf)

    drawn = histogram(filter_of())

    day = dt.date(2022, 3, 24)
    assert (drawn.undated, drawn.first, drawn.last, len(drawn.bars)) == (1, day, day, 1)


@pytest.mark.django_db
def test_open_side_of_a_period_ends_with_the_last_day_of_the_record():
    for edtf in ("2019-05-01", "2022-03-21", "2022-03-25"):
        make.published(edtf=edtf)

    drawn = window_histogram(filter_of("from=2022-03-20"))

    days = dt.date(2022, 3, 20), dt.date(2022, 3, 25)
    assert (drawn.first, drawn.last) == (drawn.bars[0].first, drawn.bars[-1].last) == days


@pytest.mark.django_db
def test_first_and_last_bar_of_a_period_are_cut_to_it():
    for edtf in ("2020-03", "2022-06"):
        make.published(edtf=edtf)

    bars = window_histogram(filter_of("from=2020-03-10&to=2022-06-12")).bars

    assert [bars[0].label, bars[1].label, bars[-1].label] == ["10 to 31 March 2020", "April 2020", "1 to 12 June 2022"]
    assert [bars[0].query, bars[-1].query] == ["from=2020-03-10&to=2020-03-31", "from=2022-06-01&to=2022-06-12"]


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "day"), [("from=2023", (2023, 1, 1)), ("to=2018", (2018, 12, 31))])
def test_period_beyond_the_record_has_the_day_at_its_own_edge(query, day):
    make.published(edtf="2019-05-01/..")

    drawn = window_histogram(filter_of(query))

    assert (drawn.first, drawn.last) == (dt.date(*day), dt.date(*day))
