"""Deaths in the overview: by data set, with their range, and with what is not counted."""

import pytest

from tests import make
from timeline.models import DataSet

pytestmark = pytest.mark.django_db
TERMS = {
    "publisher": "Somebody",
    "url": "https://example.org/",
    "licence": "CC BY 4.0",
    "attribution": "Somebody, 2022",
}


def killed(edtf: str, best: int | None, low: int | None = None, high: int | None = None, data_set=None) -> None:
    make.published(edtf=edtf, deaths_low=low, deaths_best=best, deaths_high=high, data_set=data_set)


def drawn(client, query: str = ""):
    return client.get(f"/?measure=deaths{query}").context["overview"].deaths


def test_deaths_are_summed_by_bar_with_their_range(client):
    killed("2022-03-01", 10, 8, 20)
    killed("2022-03-01", 5)
    killed("2022-03-03", 0)

    (chart,) = drawn(client)

    assert (chart.data_set, chart.words, chart.not_counted) == ("Entered here", "15 deaths, 13 to 25, in 3 events", 0)
    assert [column.title for column in chart.columns] == [
        "1 March 2022: 15 deaths, 13 to 25, in 2 events",
        "3 March 2022: 0 deaths, in 1 event",
    ]
    assert [[mark.kind for mark in column.marks] for column in chart.columns] == [["b-solid", "b-hatch", "b-best"], []]


def test_nothing_is_summed_over_data_sets(client):
    for slug, best in (("one", 3), ("other", 4)):
        killed("2022-03-01", best, data_set=DataSet.objects.create(slug=slug, name=slug.capitalize(), **TERMS))

    charts = drawn(client)

    assert [(chart.data_set, chart.words) for chart in charts] == [
        ("One", "3 deaths, in 1 event"),
        ("Other", "4 deaths, in 1 event"),
    ]


def test_what_cannot_be_counted_is_said(client):
    killed("2022-03-01", 1)
    killed("2022-03-02", None, low=4)  # no best estimate
    killed("2022-03-02", 3, low=9)  # contradicts itself
    killed("2022-03", 7)  # in no one bar
    killed("2022-03-02", None)

    (chart,) = drawn(client)

    assert (chart.words, chart.not_counted) == ("1 death, in 1 event", 4)


def test_deaths_follow_the_period_and_are_offered_only_where_there_are_any(client):
    killed("2022-03-01", 1)
    killed("2022-05-01", 2)
    make.published(type="phone-call", edtf="2022-05-01")

    (chart,) = drawn(client, "&from=2022-05")
    page = client.get("/?from=2022-05").content.decode()

    assert chart.words == "2 deaths, in 1 event"
    assert '<a id="measure" href="/?from=2022-05&amp;measure=deaths" rel="nofollow">Show deaths</a>' in page
    assert 'id="measure"' not in client.get("/?category=call").content.decode()
    assert "Hide deaths" in client.get("/?measure=deaths").content.decode()
    assert "No event of this list has a best estimate" in client.get("/?measure=deaths&category=call").content.decode()
