"""What a row of ACLED becomes, and rows that are refused."""

import json
from importlib import import_module

import pytest
from django.apps import apps

from timeline.imports.events.event_import import check
from timeline.imports.events.import_summary import lines
from timeline.models import Citation, DataSet, Event, ImportedEvent

from .import_files import ACLED, brought_in, looked_at, options, table, wrong

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("precision", "edtf"),
    [("1", "2022-03-25"), ("2", "[2022-03-22..2022-03-28]"), ("3", "2022-03")],
    ids=["day", "week", "month"],
)
def test_acled_date_is_as_precise_as_time_precision_says(tmp_path, precision, edtf):
    brought_in(tmp_path, table(ACLED | {"time_precision": precision}), "acled")

    event = Event.objects.get()
    assert (event.edtf, event.known_on is not None) == (edtf, precision == "1")


def test_acled_row_becomes_an_event_that_stays_here(tmp_path):
    brought_in(tmp_path, table(ACLED), "acled")

    event = Event.objects.get()
    assert event.title == "Armed clash: Military Forces of Armenia and Civilians (Armenia) at Goris"
    assert (event.event_type.slug, event.deaths_low, event.deaths_best) == ("clash", None, 3)
    assert [participation.actor.name for participation in event.participations.all()] == [
        "Military Forces of Armenia",
        "A",
        "B",
    ]
    citation = Citation.objects.get()
    assert (citation.quote, citation.note) == (ACLED["notes"], "Sources by ACLED: Armenpress; TASS")
    assert not DataSet.objects.get(slug="acled").redistributable
    assert not Event.objects.redistributable().exists()


def test_acled_counts_no_deaths_where_none_are_reported(tmp_path):
    brought_in(tmp_path, table(ACLED | {"fatalities": "0"}), "acled")

    event = Event.objects.get()
    assert (event.deaths_low, event.deaths_best, event.summary) == (
        None,
        None,
        "ACLED event_type Battles, sub_event_type Armed clash. ACLED has no deaths reported.",
    )


@pytest.mark.parametrize(("low", "best"), [(3, 3), (0, None)])
def test_stored_counts_of_acled_become_best_estimates_without_a_change(tmp_path, low, best):
    brought_in(tmp_path, table(ACLED), "acled")
    event, imported = Event.objects.get(), ImportedEvent.objects.get()
    for rows in (Event.objects, Event.history):
        rows.update(deaths_low=low, deaths_best=None)
    baseline = json.loads(imported.baseline) | {"low": low, "best": None}
    ImportedEvent.objects.update(baseline=json.dumps(baseline, separators=(",", ":")))

    import_module("timeline.migrations._acled_deaths").move_counts(apps, None)

    rows = [*Event.objects.all(), *event.history.all()]
    assert [(row.deaths_low, row.deaths_best) for row in rows] == [(None, best)] * 2
    assert json.loads(ImportedEvent.objects.get().baseline) == baseline | {"low": None, "best": best}


def test_acled_place_is_not_known_by_the_rule_of_ucdp(tmp_path):
    brought_in(tmp_path, table(ACLED | {"geo_precision": "2"}), "acled")

    assert Event.objects.get().get_place_precision_display() == "in a part of the region; the point is a town of it"


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"time_precision": "4"}, "time_precision"),
        ({"event_date": "2022-02-30"}, "event_date"),
        ({"event_type": "Battle"}, "event_type"),
        ({"geo_precision": "9"}, "geo_precision"),
        ({"year": "2025"}, "year"),
        ({"iso": "999", "country": "Armena"}, "iso"),
        ({"country": "Armena"}, "country"),
        ({"latitude": "0", "longitude": "0.000"}, "latitude"),
        ({"fatalities": "some"}, "fatalities"),
    ],
)
def test_acled_row_that_is_wrong_is_refused(tmp_path, change, column):
    assert wrong(looked_at(tmp_path, table(ACLED | change), "acled")) == [(2, column)]


@pytest.mark.parametrize(
    ("country", "iso", "code"),
    [
        ("Armenia", "", "AM"),
        ("Republic of Congo", "178", "CG"),
        ("Akrotiri and Dhekelia", "196", "CY"),
        ("Armenia", "51", "AM"),
        ("", "", ""),
    ],
)
def test_acled_country_is_that_of_its_number(tmp_path, country, iso, code):
    nowhere = {"latitude": "", "longitude": ""}
    brought_in(tmp_path, table(ACLED | {"country": country, "iso": iso} | nowhere), "acled")

    assert Event.objects.get().country == code


def test_acled_actors_are_what_the_file_says_and_nobody_where_it_says_nothing(tmp_path):
    row = {
        "actor1": "Military Forces of Armenia (2018-)",
        "inter1": "State forces",
        "assoc_actor_1": "Taxi Drivers; NA",
    }
    row |= {"actor2": "Example Front", "inter2": "2", "assoc_actor_2": "Labour Group (Armenia)"}
    brought_in(tmp_path, table(ACLED | row), "acled")

    actors = Event.objects.get().participations.values_list("actor__name", "actor__kind", "role")
    assert set(actors) == {
        ("Military Forces of Armenia (2018-)", "organisation", "participant"),
        ("Example Front", "armed_group", "participant"),
        ("Taxi Drivers", "group", "participant"),
        ("Labour Group (Armenia)", "group", "participant"),
    }


def test_country_that_is_taken_by_its_number_is_listed(tmp_path):
    nowhere = {"latitude": "", "longitude": "", "country": "Akrotiri and Dhekelia", "iso": "196"}
    rows = [ACLED | nowhere, ACLED | nowhere | {"event_id_cnty": "2"}, ACLED | {"event_id_cnty": "3", "iso": "51"}]
    wanted = options(tmp_path, table(*(row | {"iso": row["iso"]} for row in rows)), "acled")
    summary = check(wanted)

    assert summary.remarks == {"country “Akrotiri and Dhekelia” is taken for CY, by its number": 2}
    assert "  country “Akrotiri and Dhekelia” is taken for CY, by its number: 2 rows" in list(lines(summary, wanted))
