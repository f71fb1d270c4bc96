from decimal import Decimal

import pytest

from tests import make
from timeline.models import Event, Place

from .constraints import force, problems, refused, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def new_place(**changes) -> Place:
    return Place(**{"slug": "farrukh", "name": "Farrukh", "latitude": "39.9", "longitude": "46.9"} | changes)


@pytest.mark.parametrize(("code", "name"), [("AM", "Armenia"), ("", "")])
def test_place_names_its_country(code, name):
    assert new_place(country=code).country_name == name


@pytest.mark.parametrize(("latitude", "longitude"), [("90", "180"), ("-90", "-180"), ("0", "1"), (None, None)])
def test_place_may_stand_at_the_edge_or_nowhere(latitude, longitude):
    place = new_place(latitude=latitude, longitude=longitude)

    assert problems(place) == {}
    Place.objects.bulk_create([place])


@pytest.mark.parametrize(
    ("name", "value", "limit"),
    [("latitude", "90.000001", 90), ("latitude", "-91", 90), ("longitude", "180.5", 180), ("longitude", "-181", 180)],
)
def test_place_stands_on_the_globe(name, value, limit):
    assert problems(new_place(**{name: value})) == {name: [f"{value} is outside -{limit} to {limit} degrees."]}
    with refused_by(f"place_{name}_range"):
        force(make.place(latitude=1, longitude=1), **{name: Decimal(value)})


def test_place_refuses_a_latitude_of_9999():
    assert problems(new_place(latitude=9999)) == {
        "latitude": [
            "Ensure that there are no more than 3 digits before the decimal point.",
            "9999 is outside -90 to 90 degrees.",
        ]
    }
    with refused():
        force(make.place(latitude=1, longitude=1), latitude=9999)


@pytest.mark.parametrize("value", ["NaN", float("nan"), Decimal("NaN"), float("inf"), "north"])
def test_place_refuses_what_is_no_number(value):
    assert problems(new_place(latitude=value)) == {"latitude": [f"“{value}” value must be a decimal number."]}


@pytest.mark.parametrize("name", ["latitude", "longitude"])
def test_place_has_both_coordinates_or_neither(name):
    assert problems(new_place(**{name: None})) == {"__all__": ["Give latitude and longitude, or neither."]}
    with refused_by("place_coordinates_both_or_neither"):
        force(make.place(latitude=1, longitude=1), **{name: None})


def test_place_country_is_a_code():
    assert problems(new_place(country="ZZ")) == {
        "country": ["“ZZ” is not a country code. Use two capital letters of ISO 3166-1, like AM or AZ."]
    }
    with refused_by("place_country_length"):
        force(make.place(), country="Z")


def test_place_hands_its_country_on_to_its_events():
    place = make.place(country="AM")
    here, elsewhere = make.event(place=place), make.event(place=make.place(country="GE"))

    place.country = "AZ"
    place.save()

    countries = dict(Event.objects.values_list("pk", "country"))
    assert countries == {here.pk: "AZ", elsewhere.pk: "GE"}
