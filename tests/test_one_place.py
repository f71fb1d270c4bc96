"""A place is one real place: entered once, matched by imports, and where it was entered twice merged, with its old address
leading on."""

import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests import make
from timeline.imports.events.event_record import NamedPlace
from timeline.imports.events.matching import Ambiguous, KnownPlaces
from timeline.merging import PlaceMerge
from timeline.models import Citation, Event, Place, PlaceExternalId

from .clients import body, csv_rows, page_ids
from .constraints import problems
from .import_files import brought_in, counts, ged

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KM = Decimal("0.009")  # degrees of latitude, a little more than 1 km


def town(name="Avdiivka", latitude="48", **changes) -> Place:
    return make.place(name, **{"country": "UA", "latitude": Decimal(latitude), "longitude": Decimal("37.7")} | changes)


@pytest.mark.parametrize(
    ("changes", "is_double"),
    [
        ({}, True),
        ({"name": "AVDIIVKA"}, True),
        ({"latitude": 48 + 24 * KM}, True),
        ({"latitude": 48 + 26 * KM}, False),
        ({"country": "RU"}, False),
        ({"name": "Avdiivka village"}, False),
        ({"latitude": None, "longitude": None}, False),
    ],
)
def test_place_is_entered_once(changes, is_double):
    town(slug="avdiivka")

    fields = {"name": "Avdiivka", "country": "UA", "latitude": Decimal(48), "longitude": Decimal("37.7")} | changes
    refused = problems(Place(slug="again", **fields))
    assert [("avdiivka" in words[0]) for words in refused.values()] == [True] * is_double


def test_place_without_a_point_is_entered_once():
    make.place("Line of contact")

    assert "name" in problems(Place(slug="again", name="line of contact"))
    assert problems(Place(slug="again", name="Line of contact", country="AZ")) == {}


def find(*values: str | None) -> int | None:
    return KnownPlaces().find(NamedPlace(*values))


def test_import_finds_the_nearest_of_that_name_within_25_km():
    north, south = town(latitude="48.2"), town()

    assert find("avdiivka", "UA", "48.090000", "37.700000") == south.pk
    assert find("Avdiivka", "", "48.150000", "37.700000") == north.pk
    assert find("Avdiivka", "RU", "48.0", "37.7") is None
    assert find("Avdiivka", "UA", "48.5", "37.7") is None
    with pytest.raises(Ambiguous):
        find("Avdiivka", "UA", None, None)
    whole = make.place("Avdiivka", country="UA")
    assert find("Avdiivka", "UA", None, None) == find("Avdiivka", "UA", "49.5", "37.7") == whole.pk


def test_import_finds_what_was_merged_by_name_slug_and_id():
    gone, stays = town("Shushi", slug="shushi"), town("Shusha", slug="shusha")
    PlaceExternalId.objects.create(scheme="geonames", value="1", place=gone)
    PlaceMerge(gone, stays).apply("One town")

    known = KnownPlaces()
    assert known.find(NamedPlace("Shushi", "UA", "48.0", "37.7")) == stays.pk
    assert known.find(NamedPlace("x", slug="shushi")) == known.find(NamedPlace("x", scheme="geonames", value="1"))
    assert known.near("shusha").near == [("shusha", "Shusha")]


def test_files_with_other_coordinates_of_one_town_make_one_place(tmp_path):
    rows = [{"id": "1"}, {"id": "2", "latitude": "48.01"}, {"id": "3", "latitude": "49.5"}]
    brought_in(tmp_path, ged(*rows), publish=True)
    again = brought_in(tmp_path, ged(*rows))

    assert list(Event.objects.order_by("pk").values_list("place__slug", flat=True)) == [
        "donetsk-town",
        "donetsk-town",
        "donetsk-town-2",
    ]
    assert counts(again) == (0, 0, 3, 0)


def merged(**changes) -> tuple[Place, Place]:
    gone, stays = town(slug="gone"), town(slug="stays", **changes)
    return gone, stays


def test_all_that_names_the_one_names_the_other():
    gone, stays = merged()
    event, within = make.published(place=gone, place_precision="near"), make.place(parent=gone)
    citation, earlier = make.citation(make.event(), place=gone), make.place(merged_into=gone)
    PlaceExternalId.objects.create(scheme="wikidata", value="Q1", place=gone)

    PlaceMerge(gone, stays).apply("Entered twice")

    event.refresh_from_db()
    assert (event.place, event.place_precision, event.country) == (stays, "near", "UA")
    assert Citation.objects.get(pk=citation.pk).place == stays
    assert [Place.objects.get(pk=place.pk).parent for place in (within, gone)] == [stays, None]
    assert [Place.objects.get(pk=place.pk).merged_into for place in (gone, earlier)] == [stays, stays]
    assert PlaceExternalId.objects.get().place == stays
    assert {row.history_change_reason for row in event.history.filter(place=stays)} == {"Entered twice"}


def test_place_that_lies_within_the_other_takes_its_place():
    region = make.place("Region")
    gone = town(slug="gone", parent=region)
    stays = make.place("Avdiivka", parent=gone)

    PlaceMerge(gone, stays).apply("One town")

    stays.refresh_from_db()
    assert stays.parent == region
    assert {place.pk for place in Place.objects.within([region.pk])} == {region.pk, stays.pk}  # the merged lies nowhere


@pytest.mark.parametrize("take", [(), ("point", "country")])
def test_target_takes_over_what_is_chosen(take):
    gone, stays = town(), make.place("Avdiivka")
    event = make.event(place=stays)

    PlaceMerge(gone, stays).apply("One town", take)

    stays.refresh_from_db()
    event.refresh_from_db()
    taken = bool(take)
    assert (stays.latitude, stays.country, event.country) == ((48, "UA", "UA") if taken else (None, "", ""))


def test_what_was_merged_is_not_merged_again():
    gone, stays = merged()
    PlaceMerge(gone, stays).apply("One")
    gone.refresh_from_db()

    with pytest.raises(ValidationError, match="merged into another place before"):
        PlaceMerge(gone, stays).apply("Again")
    assert PlaceMerge(stays, stays).obstacles() == ["These are one place already. Choose another."]


def test_old_address_leads_on_everywhere(client):
    gone, stays = merged()
    event = make.published(place=gone)
    PlaceMerge(gone, stays).apply("One")

    page = client.get("/places/gone/")
    assert (page.status_code, page["Location"]) == (301, "/places/stays/")
    assert page_ids(client, "place=gone") == [event.public_id]
    assert [row["public_id"] for row in csv_rows(client, "place=gone")] == [event.public_id]
    api = client.get("/api/v1/places/gone/")
    assert (api.status_code, api["Location"]) == (308, "http://testserver/api/v1/places/stays/")


def test_event_saved_with_a_place_that_was_merged_meanwhile_names_the_target():
    gone, stays = merged()
    event = make.event()
    PlaceMerge(gone, stays).apply("One")

    event.place = gone
    event.save()
    make.citation(event, place=gone)

    assert (Event.objects.get().place, Citation.objects.get().place) == (stays, stays)


@pytest.mark.parametrize(
    ("scheme", "value", "refused"),
    [
        ("geonames", "616052", False),
        ("geonames", "Yerevan", True),
        ("wikidata", "Q1953", False),
        ("wikidata", "1953", True),
        ("osm", "relation/364087", False),
        ("pcode", "UA14", False),
        ("gdelt-feature", "-123", False),
    ],
)
def test_id_elsewhere_is_one_of_that_list(scheme, value, refused):
    assert ("value" in problems(PlaceExternalId(scheme=scheme, value=value, place=town()))) == refused


def test_id_of_another_place_says_that_the_two_are_one():
    PlaceExternalId.objects.create(scheme="geonames", value="1", place=town(slug="first"))

    refused = problems(PlaceExternalId(scheme="geonames", value="1", place=town("Other")))
    assert "“Avdiivka” (first) has this id: the two are one place. Merge them." in refused["value"]


def test_page_api_and_package_have_ids_elsewhere_and_no_others(client):
    place = town(slug="avdiivka", parent=make.place("District", slug="district"))
    for scheme, value in (("wikidata", "Q1"), ("name-ours", "avdiivka")):
        PlaceExternalId.objects.create(scheme=scheme, value=value, place=place)
    make.published(place=place)

    html = client.get("/places/avdiivka/").content.decode()
    assert ('<a href="https://www.wikidata.org/wiki/Q1" rel="external">Q1</a>' in html, "name-ours" in html) == (
        True,
        False,
    )
    record = json.loads(client.get("/api/v1/places/avdiivka/").content)["place"]
    assert (record["parent"], record["external_ids"]) == ("district", [{"scheme": "wikidata", "value": "Q1"}])
    with zipfile.ZipFile(io.BytesIO(body(client.get("/events.zip")))) as package:
        rows = package.read("places.csv").decode().splitlines()
    assert [row.split(",")[-2:] for row in rows] == [["parent", "external_ids"], ["district", "wikidata Q1"], ["", ""]]
