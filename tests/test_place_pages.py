import re

import pytest
from django.test import Client

from tests import make
from timeline.models import Place

from .clients import csv_rows, page_ids

pytestmark = pytest.mark.django_db

TAGS = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    return " ".join(TAGS.sub(" ", html).split())


def rows(client: Client) -> list[str]:
    html = client.get("/places/").content.decode()
    return [words(row) for row in re.findall('<li class="register__row.*?">(.*?)</li>', html, re.S)]


def head(client: Client, slug: str) -> str:
    """Return what readers read of a place's page above its events."""
    html = client.get(f"/places/{slug}/").content.decode()
    return words(html[html.index("<main") : html.index('<div class="record')])


def test_list_shows_country_and_count(client):
    yerevan = make.place("Yerevan", country="AM")
    line = make.place("Line of contact")
    for place in (yerevan, yerevan, line):
        make.published(place=place)

    assert rows(client) == [
        "Line of contact 1 event",
        "Yerevan Armenia 2 events",
    ]


def test_empty_list_says_so(client):
    assert "No published event names a place yet." in client.get("/places/").content.decode()


def test_list_has_a_hundred_rows_to_a_page(client):
    event = make.published()
    places = Place.objects.bulk_create(Place(slug=f"p-{n:03}", name=f"Place {n:03}") for n in range(101))
    type(event).objects.bulk_create(
        type(event)(public_id=f"x{n}", place=place, **copied(event)) for n, place in enumerate(places)
    )

    assert len(rows(client)) == 100
    assert "Place 100" in client.get("/places/?page=2").content.decode()
    assert client.get("/places/?page=3").status_code == 404


def copied(event) -> dict:
    names = "status title event_type edtf start_earliest start_latest end_earliest end_latest sort_on published_at"
    return {name: getattr(event, name) for name in names.split()} | {"supporting_count": 1}


def test_page_says_where_the_place_is(client):
    make.published(
        place=make.place("Shushi", slug="shushi", latitude="39.76", longitude="46.75", description="A town.")
    )

    assert head(client, "shushi") == (
        "All places Place Shushi A town. Coordinates, WGS 84 39.76° N, 46.75° E Country Cross-border or disputed"
    )


def test_page_of_a_place_south_and_west_without_trailing_noughts(client):
    make.published(place=make.place("X", slug="x", country="BR", latitude="-20", longitude="-0.5"))

    assert "20° S, 0.5° W" in head(client, "x")
    assert head(client, "x").startswith("All places Place · Brazil X")


def test_page_says_where_coordinates_are_not_known(client):
    make.published(place=make.place("X", slug="x", country="AM"))

    assert head(client, "x").endswith("Coordinates, WGS 84 not known")


def test_page_shows_the_events_of_the_place_and_exports_them(client):
    event, _ = make.published(place=make.place(slug="here")), make.published(place=make.place())

    assert page_ids(client, path="/places/here/") == [event.public_id]
    assert 'href="/events.csv?place=here"' in client.get("/places/here/").content.decode()
    assert [row["public_id"] for row in csv_rows(client, "place=here")] == [event.public_id]
