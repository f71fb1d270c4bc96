"""The lists of actors, places, conflicts and sources, narrowed and put in order."""

import pytest

from tests import make
from timeline.models import Event, Place

from .clients import words

pytestmark = pytest.mark.django_db


def names(client, address: str) -> list[str]:
    """Return the names that a list shows, in its order."""
    return [str(row) for row in client.get(address).context["page"]]


@pytest.fixture
def parties():
    """Return nothing; there are three actors and three places, in two countries and in none, with one to three events."""
    rows = [("Army", "armed_group", "AM"), ("Baku", "state", "AZ"), ("Council", "organisation", "")]
    for count, (name, kind, country) in enumerate(rows, 1):
        actor, place = make.actor(name, kind=kind, country=country), make.place(f"{name} hill", country=country)
        for _ in range(count):
            make.participation(make.published(place=place, briefing=make.briefing(publisher=actor)), actor)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=state", ["Baku"]),
        ("kind=person", []),
        ("kind=state&kind=armed_group", ["Army", "Baku"]),
        ("country=AM", ["Army"]),
        ("country=am", ["Army"]),
        ("country=FR", []),
        ("country=AM&kind=state", []),
        ("q=army&kind=state&country=AZ", []),
        ("q=baku&kind=state&country=AZ", ["Baku"]),
        ("order=events", ["Council", "Baku", "Army"]),
        ("order=events&kind=state&kind=armed_group", ["Baku", "Army"]),
    ],
)
def test_actors_are_narrowed(client, parties, query, expected):
    assert names(client, f"/actors/?{query}") == expected


def test_actors_are_grouped_where_nothing_is_asked(client, parties):
    for query in ("", "?q=&kind=&country=&order=name"):
        groups = client.get(f"/actors/{query}").context["groups"]
        assert [plural for plural, _ in groups] == ["States", "Organisations", "Armed groups"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=AZ", ["Baku hill"]),
        ("country=FR", []),
        ("order=events", ["Council hill", "Baku hill", "Army hill"]),
        ("order=name", ["Army hill", "Baku hill", "Council hill"]),
        ("q=hill&country=AM", ["Army hill"]),
    ],
)
def test_places_are_narrowed(client, parties, query, expected):
    assert names(client, f"/places/?{query}") == expected


def test_countries_to_choose_from_are_those_of_what_is_public(client, parties):
    make.event(place=make.place("Hidden", country="FR"))
    make.participation(make.event(), make.actor("Hidden", country="FR"))

    expected = [("AM", "Armenia"), ("AZ", "Azerbaijan")]
    assert client.get("/places/").context["countries"] == expected
    assert client.get("/actors/").context["countries"] == expected


def test_conflicts_with_most_events_come_first_with_their_days(client):
    for name, days in (("First war", ["2020-11"]), ("Second war", ["2021", "2022-03-24"])):
        conflict = make.conflict(name)
        for day in days:
            make.published(edtf=day, conflict=conflict)

    rows = client.get("/conflicts/?order=events").context["rows"]

    assert [(str(conflict), conflict.event_count, *days) for conflict, *days in rows] == [
        ("Second war", 2, "2021", "24 March 2022"),
        ("First war", 1, "November 2020", "November 2020"),
    ]


@pytest.fixture
def documents():
    """Return two publishers: of a statement and a report of March, and of a report of April; the latter has a listed source too."""
    first, second = make.actor("First Office", slug="first"), make.actor("Second Office", slug="second")
    make.briefing(title="Statement", kind="statement", publisher=first, published_on="2022-03-24")
    make.briefing(title="Report", kind="report", publisher=first, published_on="2022-03-31")
    make.briefing(title="April", kind="report", publisher=second, published_on="2022-04-01")
    listed = make.actor("Listed only", slug="listed")
    make.briefing("", title="Row", kind="data_record", publisher=listed, url="https://sets.example/1")
    make.briefing(title="Draft", publisher=make.actor("Hidden"), status="draft")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("publisher=first", ["Report", "Statement"]),
        ("publisher=first&publisher=second", ["April", "Report", "Statement"]),
        ("publisher=listed", []),
        ("publisher=listed&kind=data_record", ["Row"]),
        ("from=2022-04", ["April"]),
        ("to=2022-03-30", ["Statement"]),
        ("from=2022-03-31&to=2022-03-31", ["Report"]),
        ("from=2023", []),
        ("kind=report&publisher=first&to=2022&q=ceasefire", ["Report"]),
    ],
)
def test_sources_are_narrowed(client, documents, query, expected):
    assert [briefing.title for briefing in client.get(f"/briefings/?{query}").context["page"]] == expected


def test_publishers_to_choose_from_are_those_of_documents(client, documents):
    page = client.get("/briefings/")

    assert page.context["publishers"] == [("first", "First Office"), ("second", "Second Office")]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/actors/?kind=nobody", "“nobody”: not known here."),
        ("/actors/?country=XX", "“XX”: no such country code."),
        ("/actors/?order=size", "“size” is not known here."),
        ("/places/?kind=state", "There is no filter “kind”."),
        ("/places/?country=Armenia", "“ARMENIA”: no such country code."),
        ("/conflicts/?country=AM", "There is no filter “country”."),
        ("/briefings/?publisher=nobody", "“nobody” is not known here."),
        ("/briefings/?publisher=hidden", "“hidden” is not known here."),
        ("/briefings/?from=2022-02-30", "“2022-02-30” does not exist"),
        ("/briefings/?from=2023&to=2022", "The period ends (2022) before it begins (2023). Swap the two."),
    ],
)
def test_wrong_lists_are_refused_beside_the_field(client, parties, documents, address, message):
    page = client.get(address)

    assert page.status_code == 400
    assert message in words(page.content.decode())
    assert "page" not in page.context


def test_pages_have_a_first_and_a_last(client):
    villages = Place.objects.bulk_create(
        Place(slug=f"v-{number:03}", name=f"Village {number:03}", country="AM") for number in range(201)
    )
    for village, event in zip(villages, make.copies(make.published(), 201), strict=True):
        Event.objects.filter(pk=event.pk).update(place=village)

    page = client.get("/places/?country=AM&page=2").content.decode()

    assert "101 to 200 of 201" in page
    assert '<a href="?country=AM">First</a>' in page
    assert '<a href="?country=AM&amp;page=3">Last</a>' in page
