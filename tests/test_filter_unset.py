"""The filter by what is not set: hits, misses, the bounds of each part, what is refused, and how it is said."""

import re

import pytest

from tests import make
from timeline.exports.export_header import export_header
from timeline.filters.sentence import clauses, sentence
from timeline.index import index_for
from timeline.models import Conflict, DataSet

from .clients import csv_rows, json_file
from .filter_hits import filter_of, hits, messages
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PARTS = ["place", "conflict", "actor", "start", "deaths", "data_set"]


@made_once
def world():
    """An event with everything, one with nothing, and for each part one that lacks it alone; a draft lacks all."""
    DataSet.objects.create(slug="ged", name="GED", licence="CC0", attribution="Us.")
    everything = {
        "place": make.place("Shusha"),
        "conflict": Conflict.objects.create(slug="war", name="War"),
        "start": "2022-03-24",
        "deaths": {"deaths_low": 0},
        "data_set": DataSet.objects.get(),
        "actor": make.actor("Armenia", slug="armenia"),
    }
    for title, missing in (("Everything", []), ("Nothing", PARTS), *((part, [part]) for part in PARTS)):
        made = make.published(
            title, **fields_of({part: row for part, row in everything.items() if part not in missing})
        )
        if "actor" not in missing:
            make.participation(made, everything["actor"])
    make.event("Draft")


def fields_of(parts: dict) -> dict:
    """Return the fields of an event that has these parts."""
    rows = {part: parts[part] for part in ("place", "conflict", "data_set") if part in parts}
    return rows | parts.get("deaths", {}) | {"edtf": parts.get("start", "[..2022-03-24]")}


@pytest.mark.parametrize("part", PARTS)
def test_finds_what_lacks_a_part_and_nothing_else(world, part):
    assert sorted(hits(f"unset={part}")) == sorted(["Nothing", part])


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("unset=place&unset=conflict", ["Nothing"]),
        ("unset=place&unset=place", ["place", "Nothing"]),
        ("&".join(f"unset={part}" for part in PARTS), ["Nothing"]),
        ("unset=place&actor=armenia", ["place"]),
        ("unset=actor&actor=armenia", []),
        ("unset=conflict&conflict=war", []),
        ("unset=deaths&deaths_min=1", []),
        ("unset=start&known_by=1999", []),
    ],
)
def test_all_of_several_are_missing(world, query, titles):
    assert hits(query) == titles


@pytest.mark.parametrize("deaths", ["deaths_low", "deaths_best", "deaths_high"])
def test_any_count_of_deaths_is_one_even_none_killed(deaths):
    make.published("Counted", **{deaths: 0})

    assert hits("unset=deaths") == []


def test_about_and_from_the_first_day_on_are_stated_starts():
    for edtf in ("2022-03~", "1000", "[..2022-03-24]", "2022-03/.."):
        make.published(edtf, edtf=edtf)

    assert hits("unset=start") == ["[..2022-03-24]"]


@pytest.mark.parametrize("part", PARTS)
def test_index_finds_what_the_database_does(world, part):
    event_filter = filter_of(f"unset={part}&known_by=2030")
    index = index_for(event_filter)

    assert sorted(index.keys(index.matching(filter_of(f"unset={part}")))) == sorted(
        filter_of(f"unset={part}").events.values_list("pk", flat=True)
    )
    assert sorted(index.keys(index.matching(event_filter))) == sorted(event_filter.events.values_list("pk", flat=True))


def test_index_follows_when_a_part_is_set(world):
    without = filter_of("unset=place").events.get(title="place")
    before = index_for(filter_of("unset=place"))
    assert without.pk in before.keys(before.matching(filter_of("unset=place")))

    without.place = make.place("Lachin")
    without.save()

    after = index_for(filter_of("unset=place"))
    assert without.pk not in after.keys(after.matching(filter_of("unset=place")))


def test_wrong_value_is_refused_with_the_right_ones(client, world):
    refusal = "“plaec”: not known here. Choose from: place, conflict, actor, start, deaths, data_set."

    assert messages("unset=plaec&unset=place") == {"unset": [refusal]}
    assert client.get("/events.json?unset=plaec").json() == {"errors": {"unset": [refusal]}, "status": 400}
    html = client.get("/?unset=plaec&unset=place").content.decode()
    assert f'<p class="facet__error" id="error-unset">{refusal}</p>' in html
    assert html.count('name="unset"') == len(PARTS)


def test_sentence_chip_and_address(world):
    event_filter = filter_of("unset=place&unset=conflict&actor=armenia")

    assert event_filter.query == "actor=armenia&unset=conflict&unset=place"
    assert sentence(event_filter, 0, 0, with_order=False) == (
        "0 events, involving Armenia, without a place and without a conflict"
    )
    chip = clauses(event_filter)[-1]
    assert (chip.label, chip.value, chip.query_without) == ("Not set", "a place and a conflict", "actor=armenia")
    assert sentence(filter_of("unset=actor"), 2, 0, with_order=False) == "2 events, without any participant"
    assert export_header(event_filter).sentence.startswith("0 events, involving Armenia, without a place and without")


def test_exports_and_api_find_the_same(client, world):
    titles = [event["title"] for event in json_file(client, "unset=data_set")["events"]]

    assert titles == [row["title"] for row in csv_rows(client, "unset=data_set")] == ["data_set", "Nothing"]
    assert [event["title"] for event in client.get("/api/v1/events/?unset=data_set").json()["events"]] == titles


def test_form_keeps_what_is_ticked_and_sends_it_once(client, world):
    html = client.get("/?unset=place&unset=actor").content.decode()
    html = html.partition('id="filter-form"')[2].partition("</form>")[0]

    assert re.findall(r'name="unset" id="unset-(\w+)" value="\w+"( checked)?>([^<]*)<', html) == [
        ("place", " checked", "a place"),
        ("conflict", "", "a conflict"),
        ("actor", " checked", "any participant"),
        ("start", "", "a known start"),
        ("deaths", "", "a count of deaths"),
        ("data_set", "", "a data set"),
    ]
    assert '<input type="hidden" name="unset"' not in html


def test_form_of_a_comparison_lists_it(client, world):
    html = client.get("/compare/?a=unset%3Dplace&b=").content.decode()

    assert '<input type="checkbox" name="a-unset" value="place" checked>a place</label>' in html
    assert '<input type="checkbox" name="b-unset" value="place">a place</label>' in html
    assert 'name="a-mode-unset"' not in html
    sent = client.get("/compare/?a-unset=place&a-unset=actor&b-q=x")
    assert (sent.status_code, sent["Location"]) == (302, "/compare/?a=unset%3Dactor%26unset%3Dplace&b=q%3Dx")
