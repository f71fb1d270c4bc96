"""Facets and histogram for programs: the numbers of the page."""

import pytest

from tests import make
from timeline.charts.histogram import histogram
from timeline.facets import facets
from timeline.models import DataSet, Event

from .api_client import ask, refusal
from .filter_hits import filter_of
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


@made_once
def three():
    events = [
        make.published(edtf=date, type=kind) for date, kind in [("2020-11", "clash"), ("2022-03-24", "statement")]
    ]
    events.append(make.published(edtf="[..2022-03-25]", type="clash"))
    make.participation(events[0])
    return events


@pytest.mark.parametrize("query", ["", "category=clash", "from=2022&when=certain", "q=nowhere"])
def test_facets_are_those_of_the_page(client, three, query):
    answer, shown = ask(client, f"facets/?{query}"), facets(filter_of(query))

    assert answer["total"] == filter_of(query).events.count()
    assert [(facet["name"], facet["more"]) for facet in answer["facets"]] == [
        (facet.name, facet.more) for facet in shown
    ]
    assert [
        [(value["value"], value["count"], value["selected"], value["query"]) for value in facet["values"]]
        for facet in answer["facets"]
    ] == [[(value.value, value.count, value.selected, value.query) for value in facet.values] for facet in shown]


def test_one_facet_has_all_its_values(client):
    for number in range(15):
        make.participation(make.published(f"Event {number}"))

    assert len(ask(client, "facets/actor/")["facet"]["values"]) == 15
    listed = next(facet for facet in ask(client, "facets/")["facets"] if facet["name"] == "actor")
    assert (len(listed["values"]), listed["more"]) == (12, 3)


@pytest.mark.parametrize("name", ["nothing", "%00", "9" * 5000])
def test_unknown_facet_is_not_found(client, name):
    status, errors = refusal(client, f"facets/{name}/")

    assert (status, errors["name"][0][:38]) == (404, "There is no such facet. Facets: catego")


@pytest.mark.parametrize("query", ["", "from=2022-01&to=2022-12"])
def test_bars_are_those_of_the_page(client, three, query):
    answer, drawn = ask(client, f"histogram/?{query}"), histogram(filter_of(query))

    assert (answer["unit"], answer["undated"], answer["total"]) == (drawn.unit, drawn.undated, drawn.total)
    assert [(bar["first"], bar["certain"], bar["possible"], bar["events"]) for bar in answer["bars"]] == [
        (bar.first.isoformat(), bar.certain, bar.possible, bar.events) for bar in drawn.bars
    ]


def test_no_event_has_no_bars(client):
    answer = ask(client, "histogram/")

    assert (answer["bars"], answer["first"], answer["last"], answer["total"]) == ([], None, None, 0)
    assert ask(client, "facets/")["facets"][0]["values"] == []


@pytest.mark.parametrize("path", ["facets/", "facets/category/", "histogram/"])
def test_counts_leave_out_what_lists_do_and_say_so(client, three, path):
    data = {"licence": "terms of ACLED", "attribution": "ACLED", "redistributable": False}
    Event.objects.filter(pk=three[0].pk).update(data_set=DataSet.objects.create(slug="acled", name="ACLED", **data))

    answer = ask(client, path)

    why = "1 event of ACLED left out: its licence (terms of ACLED) forbids redistribution."
    assert answer["total"] == 2
    assert answer["left_out"] == [{"data_set": "acled", "count": 1, "why": why, "attribution": "ACLED"}]


@pytest.mark.parametrize("path", ["facets/", "facets/category/", "histogram/"])
@pytest.mark.parametrize("query", ["frm=1", "from=2022-02-30", "limit=1"])
def test_wrong_filter_is_refused(client, three, path, query):
    assert refusal(client, f"{path}?{query}")[0] == 400
