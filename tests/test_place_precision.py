"""How precisely a place is known belongs to the event: entered, imported, exported, and moved there by a migration."""

import json
import re

import pytest

from tests import make
from timeline.imports.events.snapshot import parse_state
from timeline.models import Event, ImportedEvent, Place

from .clients import csv_rows
from .constraints import force, problems, refused_by
from .import_files import ACLED, brought_in, counts, ged, looked_at, table, wrong

pytestmark = pytest.mark.django_db


def test_event_says_nothing_of_it_until_somebody_does():
    assert make.event(place=make.place()).place_precision == ""


def test_precision_is_one_of_nine_or_none():
    event = make.event(place=make.place())

    event.place_precision = "vague"
    assert problems(event) == {"place_precision": ["Value 'vague' is not a valid choice."]}
    with refused_by("event_place_precision_known"):
        force(event, place_precision="vague")


def test_precision_needs_a_place():
    event = make.event()

    event.place_precision = "near"
    assert problems(event) == {"place_precision": ["Choose the place, or leave this empty."]}
    with refused_by("event_precision_of_a_place"):
        force(event, place_precision="near")


@pytest.mark.parametrize(
    ("precision", "words"),
    [("near", "within about 25 km of the point"), ("exact", "exact place"), ("", "precision not stated")],
)
def test_page_of_an_event_says_what_its_point_stands_for(client, precision, words):
    event = make.published(place=make.place("Goris"), place_precision=precision)

    page = client.get(event.get_absolute_url()).content.decode()
    assert re.search("(?s)<dt>Place</dt>.*?<small>(.*?)</small>", page)[1] == words


def test_two_events_of_a_file_are_at_one_place_each_with_its_precision(tmp_path):
    text = ged({"id": "1"}, {"id": "2", "where_prec": "2"})
    brought_in(tmp_path, text, publish=True)

    assert list(Event.objects.order_by("pk").values_list("place__name", "place_precision")) == [
        ("Donetsk town", "exact"),
        ("Donetsk town", "near"),
    ]
    assert Place.objects.count() == 1
    assert counts(looked_at(tmp_path, text)) == (0, 0, 2, 0)


def test_csv_and_geojson_have_the_precision_of_each_event(client):
    place = make.place("Goris", latitude="39.5", longitude="46.3")
    for precision in ("near", ""):
        make.published(place=place, place_precision=precision)

    assert [row["place_precision"] for row in csv_rows(client, "")] == ["near", ""]
    features = json.loads(client.get("/events.geojson").getvalue())["features"]
    assert [feature["properties"]["place_precision"] for feature in features] == ["near", None]


def test_file_without_a_precision_presets_none(tmp_path):
    row = {"id": "1", "title": "Talks", "type": "meeting", "date": "2022-03-24", "place": "Goris"}
    columns = [*row, "place_precision", "quotes", "source_titles"]
    rows = [row | {"place_precision": precision, "id": precision or "none"} for precision in ("", "area")]
    brought_in(tmp_path, table(*rows, columns=columns), "csv", data_set="ours")

    assert sorted(Event.objects.values_list("imported__external_id", "place_precision")) == [
        ("area", "area"),
        ("none", ""),
    ]
    refused = table(row | {"place_precision": "roughly"}, columns=columns)
    assert wrong(looked_at(tmp_path, refused, "csv", data_set="ours")) == [(2, "place_precision")]


def test_newer_file_changes_the_precision_alone(tmp_path):
    brought_in(tmp_path, table(ACLED), "acled")
    summary = looked_at(tmp_path, table(ACLED | {"geo_precision": "2"}), "acled")
    brought_in(tmp_path, table(ACLED | {"geo_precision": "2"}), "acled")

    assert summary.first_updated[0][2] == "how precisely the place is known"
    assert Event.objects.get().place_precision == "area"


def test_place_taken_away_here_takes_no_precision_from_a_newer_file(tmp_path):
    brought_in(tmp_path, table(ACLED), "acled")
    event = Event.objects.get()
    event.place, event.place_precision = None, ""
    event.save()

    brought_in(tmp_path, table(ACLED | {"geo_precision": "2"}), "acled")

    event.refresh_from_db()
    assert (event.place, event.place_precision) == (None, "")
    assert parse_state(ImportedEvent.objects.get().baseline)["place_precision"] == "area"
