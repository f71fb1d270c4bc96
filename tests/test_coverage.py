"""The days on which sources were read in full, under the chart and in the gaps of the list."""

import datetime as dt

import pytest

from tests import make
from timeline.charts.axis import TimeScale
from timeline.charts.coverage import MOST_ROWS, OTHERS, CoverageRow, count_words, coverage_rows, read_sources
from timeline.charts.window import Window

from .filter_hits import filter_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2022, 3, 25)
TEN_DAYS = TimeScale(Window(dt.date(2022, 3, 21), dt.date(2022, 3, 30)))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "no source read in full"),
        ([1], "1 source, 1 day read"),
        ([1, 1, 2], "3 sources, 2 days read"),
    ],
)
def test_sources_are_counted_beside_their_days(days, words):
    assert count_words([("Ministry", dt.date(2022, 3, day)) for day in days]) == words


def test_only_public_sources_with_a_day_that_are_marked_are_read():
    publisher = make.actor("Ministry", slug="ministry")
    make.briefing(publisher=publisher, published_on=DAY, read_in_full=True)
    make.briefing(publisher=publisher, published_on=DAY)
    make.briefing(publisher=publisher, published_on=None, read_in_full=True)
    make.briefing(publisher=publisher, published_on=DAY, read_in_full=True, status="draft")

    assert read_sources(filter_of()) == (("Ministry", DAY),)
    assert read_sources(filter_of("known_by=2022-03-24")) == ()


def test_reading_follows_a_write():
    briefing = make.briefing(published_on=DAY)
    assert read_sources(filter_of()) == ()

    briefing.read_in_full = True
    briefing.save()

    assert len(read_sources(filter_of())) == 1


def test_each_publisher_has_its_days_on_the_axis_of_the_lanes():
    sources = [("Ministry", dt.date(2022, 3, 22)), ("Ministry", dt.date(2022, 3, 22)), ("Army", dt.date(2022, 3, 30))]

    assert coverage_rows([*sources, ("Army", dt.date(2022, 4, 1))], TEN_DAYS) == [
        CoverageRow("Ministry", "2 sources, 1 day read", "M1000 100v-100h1000v100z"),
        CoverageRow("Army", "1 source, 1 day read", "M9000 100v-100h1000v100z"),
    ]


def test_many_publishers_share_the_last_row():
    sources = [(f"Publisher {number}", DAY) for number in range(MOST_ROWS + 1)]

    rows = coverage_rows(sources, TEN_DAYS)

    assert [row.publisher for row in rows] == [f"Publisher {number}" for number in range(MOST_ROWS - 1)] + [OTHERS]
    assert rows[-1].words == "2 sources, 1 day read"


def test_page_says_which_days_were_read_and_what_an_empty_one_means(client):
    briefing = make.briefing(published_on=DAY, read_in_full=True)
    for edtf in ("2020-11", "2022-03-21"):
        make.published(edtf=edtf, briefing=briefing)
    make.briefing("MS PORTER: No news.", published_on=dt.date(2021, 5, 5), read_in_full=True)

    page = client.get("/").content.decode()

    assert page.count("1 year 4 months: no event recorded; 1 source, 1 day read.") == 1
    assert "1 year 4 months, 2 December 2020 to 19 March 2022: no event recorded; 1 source, 1 day read" in page
    assert "1 source, 1 day read. A blank day that was read has no event in these sources" in page
    assert "No events recorded in this list (which does not mean that nothing happened):" in page


def test_page_without_a_source_read_says_so(client):
    make.published()

    assert "a day without events may be a day that nobody has read" in client.get("/").content.decode()


def test_page_of_a_source_says_that_it_was_read_in_full(client):
    read, other = (make.briefing(read_in_full=flag) for flag in (True, False))

    assert "Read in full" in client.get(read.get_absolute_url()).content.decode()
    assert "Read in full" not in client.get(other.get_absolute_url()).content.decode()


def test_history_has_the_mark():
    briefing = make.briefing()
    briefing.read_in_full = True
    briefing.save()

    assert [row.read_in_full for row in briefing.history.order_by("history_id")] == [False, True]


def test_bar_of_a_longer_cell_is_as_high_as_the_share_of_days_read():
    year = TimeScale(Window(dt.date(2022, 1, 1), dt.date(2022, 12, 31)), 144)  # cells of a month
    sources = [("Ministry", dt.date(2022, 4, day)) for day in range(1, 16)]

    assert [row.path for row in coverage_rows(sources, year)] == ["M2466 100v-50h822v50z"]
