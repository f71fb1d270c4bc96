"""Events by the data set they came from: filter, facet, sentence and page; and their counts of deaths."""

import pytest
from django.test import Client

from tests import make
from timeline.facets import facets
from timeline.filters.sentence import sentence
from timeline.models import DataSet

from .clients import csv_rows
from .filter_hits import filter_of
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def make_data_set(slug: str, **changes) -> DataSet:
    return DataSet.objects.create(
        **{"slug": slug, "name": slug.upper(), "licence": "CC0", "attribution": "Us."} | changes
    )


@made_once
def world():
    """Two public events of one data set, one of another, one entered here, and a draft of a third."""
    first, second, hidden = make_data_set("first"), make_data_set("second"), make_data_set("hidden")
    briefing = make.briefing()
    for title, data_set in (("A", first), ("B", first), ("C", second), ("D", None)):
        make.published(title, briefing=briefing, data_set=data_set)
    make.event("E", data_set=hidden)


def titles(query: str) -> list[str]:
    return list(filter_of(query).events.order_by("title").values_list("title", flat=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("data_set=first", ["A", "B"]),
        ("data_set=second", ["C"]),
        ("data_set=first&data_set=second", ["A", "B", "C"]),
        ("data_set__not=first", ["C", "D"]),
        ("data_set__not=first&data_set__not=second", ["D"]),
        ("data_set=", ["A", "B", "C", "D"]),
        ("data_set=first&data_set__not=first", []),
        ("data_set=hidden", []),  # only a draft is of it, so that the public does not know it
        ("data_set=none", []),
    ],
)
def test_filter_by_data_set(world, query, expected):
    assert titles(query) == expected


@pytest.mark.parametrize("slug", ["hidden", "none", "FIRST%00"])
def test_data_set_that_the_public_does_not_know_is_refused(world, slug):
    event_filter = filter_of(f"data_set={slug}")

    assert "data_set" in event_filter.messages
    assert "is not known here" in event_filter.messages["data_set"][0]


def test_facet_counts_each_data_set(world):
    (facet,) = facets(filter_of(""), "data_set")

    assert [(facet_value.value, facet_value.label, facet_value.count) for facet_value in facet.values] == [
        ("first", "FIRST", 2),
        ("second", "SECOND", 1),
    ]


def test_sentence_names_the_data_set(world):
    assert sentence(filter_of("data_set=first"), 2, 0) == "2 events, from the data set FIRST, oldest first"


def test_page_of_an_event_names_its_data_set_and_its_counts():
    data_set = make_data_set("first", redistributable=False, url="https://data.example/")
    event = make.published("A", data_set=data_set, deaths_low=5, deaths_best=2, deaths_high=0)
    page = Client().get(event.get_absolute_url()).content.decode()

    assert "It may not be redistributed" in page
    assert "<dt>At least</dt><dd>5</dd>" in page
    assert "<dt>At most</dt><dd>0</dd>" in page
    assert "These counts contradict each other" in page


def test_page_of_an_event_without_counts_says_nothing_of_deaths():
    page = Client().get(make.published("A").get_absolute_url()).content.decode()

    assert "Deaths" not in page


@pytest.mark.parametrize(
    ("counts", "out_of_order"),
    [
        ((1, 2, 3), False),
        ((2, 2, 2), False),
        ((3, 2, 3), True),
        ((1, 4, 3), True),
        ((4, None, 3), True),
        ((None, 2, None), False),
        ((None, None, None), False),
        ((0, 0, 0), False),
    ],
)
def test_counts_are_marked_where_they_contradict_each_other(counts, out_of_order):
    low, best, high = counts
    event = make.published("A", deaths_low=low, deaths_best=best, deaths_high=high)
    event.refresh_from_db()
    (row,) = csv_rows(Client())

    assert event.deaths_out_of_order == out_of_order
    names = ("deaths_low", "deaths_best", "deaths_high", "deaths_out_of_order")
    texts = ["" if number is None else str(number) for number in counts]
    assert [row[name] for name in names] == [*texts, "true" if out_of_order else "false"]
