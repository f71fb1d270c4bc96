import datetime as dt

import pytest

from tests import make
from timeline.models import Event
from timeline.pages.event_groups import AFTER_PAGE, Gap, by_start, find_gaps

pytestmark = pytest.mark.django_db


def events(*edtfs: str) -> list[Event]:
    return sorted((make.event(title=edtf, edtf=edtf) for edtf in edtfs), key=lambda event: (event.sort_on, event.pk))


def headings(*edtfs: str) -> list[tuple[str, str, list[str]]]:
    years = by_start(events(*edtfs), {})
    return [
        (year.heading, month.heading, [event.title for event in month.events])
        for year in years
        for month in year.months
    ]


def test_events_stand_under_year_and_month():
    assert headings("2020-11", "2020-11-10", "2022-03-24", "2022-04-01") == [
        ("2020", "November", ["2020-11", "2020-11-10"]),
        ("2022", "March", ["2022-03-24"]),
        ("2022", "April", ["2022-04-01"]),
    ]


def test_heading_is_no_more_precise_than_the_date():
    assert headings("2019/..", "201X", "[2020-11-30..2020-12-02]", "[2021-03..2021-06]", "[2022-12,2023-01]") == [
        ("Between 2010 and 2019", "", ["201X"]),
        ("2019", "", ["2019/.."]),
        ("2020", "November or December", ["[2020-11-30..2020-12-02]"]),
        ("2021", "March to June", ["[2021-03..2021-06]"]),
        ("2022 or 2023", "", ["[2022-12,2023-01]"]),
    ]


def test_heading_names_no_last_year_where_there_is_none():
    assert headings("[2025..]") == [("In or after 2025", "", ["[2025..]"])]


@pytest.mark.parametrize(
    ("first", "last", "length"),
    [
        (dt.date(2020, 12, 1), dt.date(2022, 3, 20), "1 year 4 months"),
        (dt.date(2020, 12, 1), dt.date(2021, 1, 1), "1 month"),
        (dt.date(2020, 1, 1), dt.date(2020, 12, 31), "1 year"),
        (dt.date(2000, 1, 1), dt.date(2010, 3, 1), "10 years 2 months"),
    ],
)
def test_gap_says_its_length(first, last, length):
    assert Gap(first, last).length == length


def gaps(*edtfs: str, covered=None, newest_first=False) -> dict[str, Gap]:
    listed = events(*edtfs)
    if newest_first:
        listed.reverse()
    titles = {event.public_id: event.title for event in listed}
    gaps_by_id = find_gaps(listed, covered, newest_first=newest_first)
    return {titles.get(public_id, public_id): gap for public_id, gap in gaps_by_id.items()}


def test_gap_stands_between_two_events():
    gap = Gap(dt.date(2020, 12, 1), dt.date(2022, 3, 20))

    assert gaps("2020-11", "{2022-03-21,2022-03-22}") == {"{2022-03-21,2022-03-22}": gap}
    assert gaps("2020-11", "{2022-03-21,2022-03-22}", newest_first=True) == {"2020-11": gap}


def test_31_days_are_no_gap_and_32_are():
    assert gaps("2022-01-01", "2022-02-01") == {}
    assert gaps("2022-01-01", "2022-02-02") == {"2022-02-02": Gap(dt.date(2022, 1, 2), dt.date(2022, 2, 1))}


def test_what_lasted_leaves_no_gap():
    assert gaps("2020-01-01/2022-01-01", "2020-02-01", "2022-01-15") == {}


def test_ongoing_and_loosely_dated_events_do_not_hide_a_gap():
    gap = Gap(dt.date(2020, 11, 11), dt.date(2022, 3, 23), ongoing=True)

    assert gaps("2020-11-10/..", "[2020-11..2022-03]", "2022-03-24") == {"2022-03-24": gap}


def test_gap_at_the_edge_of_a_page():
    covered = dt.date(2020, 1, 1)
    gap = Gap(dt.date(2020, 1, 2), dt.date(2022, 3, 23))

    assert gaps("2022-03-24", covered=covered) == {"2022-03-24": gap}
    assert gaps("2022-03-24", covered=covered, newest_first=True) == {AFTER_PAGE: gap}
