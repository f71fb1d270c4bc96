"""The lists and pages of actors, places and conflicts."""

import re

import pytest
from django.test import Client

from tests import make
from timeline.models import Actor, ActorAlias, Event, Place
from timeline.views.subject_lists import build_trees, event_counts

from .clients import csv_rows, page_ids, words
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TREE_ROW = '<div class="tree__row">(.*?)</div>'
REGISTER_ROW = '<li class="register__row.*?">(.*?)</li>'


def rows(client: Client, path: str) -> list[str]:
    """Return what readers read of each row of a list."""
    html = client.get(path).content.decode()
    return list(map(words, re.findall(TREE_ROW if path == "/actors/" else REGISTER_ROW, html, re.DOTALL)))


def head(client: Client, path: str) -> str:
    """Return what readers read of a page above its events."""
    html = client.get(path).content.decode()
    return words(html[html.index("<main") : html.index('<div class="record')])


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/actors/", "No published event or source names an actor yet."),
        ("/places/", "No published event names a place yet."),
        ("/conflicts/", "No published event belongs to a conflict yet."),
    ],
)
def test_empty_list_says_so(client, path, sentence):
    assert sentence in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/places/", "/conflicts/"])
def test_page_that_is_not_there_is_a_404(client, path):
    assert client.get(f"{path}?page=2").status_code == 404


@pytest.mark.parametrize("kind", ["actor", "place", "conflict"])
def test_page_shows_its_events_which_can_be_narrowed_and_exported(client, kind):
    rows = [getattr(make, kind)(slug=slug) for slug in ("here", "elsewhere")]
    early, late, _ = (
        met(row, edtf=date) if kind == "actor" else make.published(edtf=date, **{kind: row})
        for row, date in ((rows[0], "2020-01-01"), (rows[0], "2022-01-01"), (rows[1], "2022-01-01"))
    )
    path = f"/{kind}s/here/"

    assert page_ids(client, path=path) == [early.public_id, late.public_id]
    assert page_ids(client, "from=2021", path) == [late.public_id]
    (address,) = set(re.findall(r'href="/events\.csv\?([^"]+)"', client.get(f"{path}?from=2021").content.decode()))
    assert address == "&amp;".join(sorted([f"{kind}=here", "from=2021"]))
    assert [row["public_id"] for row in csv_rows(client, address.replace("&amp;", "&"))] == [late.public_id]


def met(*actors: Actor, title: str = "", **changes) -> Event:
    """Return a published event in which these actors take part."""
    event = make.published(title, **changes)
    for actor in actors:
        make.participation(event, actor)
    return event


@made_once
def house() -> dict[str, Actor]:
    """Return a state, its ministry and that ministry's minister."""
    state = make.actor("Armenia", slug="armenia", country="AM")
    ministry = make.actor("Ministry", slug="ministry", kind="organisation", parent=state)
    return {"state": state, "ministry": ministry, "minister": make.actor("Minister", kind="office", parent=ministry)}


def test_list_groups_by_kind_and_shows_members_under_their_actor(client, house):
    met(house["minister"], make.actor("Group", kind="organisation", slug="group"))
    met(house["state"])

    html = client.get("/actors/").content.decode()

    assert [words(heading) for heading in re.findall("<h2>(.*?)</h2>", html)] == ["States", "Organisations"]
    assert [row for row in rows(client, "/actors/") if "Actor " not in row] == [
        "Armenia 2 events",
        "Ministry organisation 1 event",
        "Minister office 1 event",
        "Group 1 event",
    ]


def test_event_of_two_members_counts_once(client, house):
    met(house["minister"], house["ministry"], house["state"])

    assert rows(client, "/actors/")[0] == "Armenia 1 event"


def test_list_counts_what_the_page_shows(client, house):
    met(house["minister"], house["state"])
    met(house["ministry"])
    make.participation(make.event("Draft"), house["state"])

    counted, slugs = event_counts("actor"), dict(Actor.objects.values_list("pk", "slug"))
    counts = {slugs[pk]: count for pk, (count, _) in counted.items() if count}
    shown = {slug: len(page_ids(client, path=f"/actors/{slug}/")) for slug in counts}
    assert counts == shown
    assert counts["armenia"] == 2


def test_actor_that_only_publishes_has_no_events(client):
    make.briefing(publisher=make.actor("Agency"))

    assert rows(client, "/actors/") == ["Agency no events"]


def test_circle_of_parents_hides_nobody():
    ring = [Actor(pk=1, name="A", parent_id=2), Actor(pk=2, name="B", parent_id=1), Actor(pk=3, name="C", parent_id=2)]

    (top,) = build_trees(ring)

    assert (top.actor.pk, [member.actor.pk for member in top.members]) == (1, [2])
    assert [member.actor.pk for member in top.members[0].members] == [3]


def test_page_says_who_the_actor_is(client, house):
    met(house["minister"])
    ActorAlias.objects.create(actor=house["ministry"], name="MFA")
    Actor.objects.filter(pk=house["ministry"].pk).update(description="It speaks abroad.")

    assert head(client, "/actors/ministry/") == (
        "All actors Organisation Ministry It speaks abroad. Belongs to Armenia Also called MFA Includes Minister"
    )
    assert head(client, "/actors/armenia/").startswith("All actors State · Armenia Armenia")


def test_page_shows_the_events_of_all_members(client, house):
    of_state, of_member, _ = met(house["state"]), met(house["minister"]), met(make.actor())

    assert page_ids(client, path="/actors/armenia/") == [of_state.public_id, of_member.public_id]


def test_page_tells_of_the_actor_as_a_source(client):
    speaker = make.actor("Porter", slug="porter", kind="person")
    met(speaker, briefing=make.briefing(publisher=speaker), cited={"speaker": speaker})

    assert head(client, "/actors/porter/").endswith(
        "As a source Speaks in 1 citation As a publisher Events cited from 1 source"
    )


def test_page_without_events_says_so(client):
    make.briefing(publisher=make.actor("Agency", slug="agency"))

    page = words(client.get("/actors/agency/").content.decode())
    assert "0 events" in page


# Places


def test_list_shows_country_and_count(client):
    yerevan = make.place("Yerevan", country="AM")
    line = make.place("Line of contact")
    for place in (yerevan, yerevan, line):
        make.published(place=place)

    assert rows(client, "/places/") == [
        "Line of contact 1 event",
        "Yerevan Armenia 2 events",
    ]


def test_list_has_a_hundred_rows_to_a_page(client):
    event = make.published()
    places = Place.objects.bulk_create(Place(slug=f"p-{n:03}", name=f"Place {n:03}") for n in range(101))
    type(event).objects.bulk_create(
        type(event)(public_id=f"x{n}", place=place, **copied(event)) for n, place in enumerate(places)
    )

    assert len(rows(client, "/places/")) == 100
    assert "Place 100" in client.get("/places/?page=2").content.decode()
    assert client.get("/places/?page=3").status_code == 404


def copied(event) -> dict:
    names = "status title event_type edtf start_earliest start_latest end_earliest end_latest sort_on published_at"
    return {name: getattr(event, name) for name in names.split()} | {"supporting_count": 1}


def test_page_says_where_the_place_is(client):
    make.published(
        place=make.place("Shushi", slug="shushi", latitude="39.76", longitude="46.75", description="A town.")
    )

    assert head(client, "/places/shushi/") == (
        "All places Place Shushi A town. Coordinates, WGS 84 39.76° N, 46.75° E Country Cross-border or disputed"
    )


def test_page_of_a_place_south_and_west_without_trailing_noughts(client):
    make.published(place=make.place("X", slug="x", country="BR", latitude="-20", longitude="-0.5"))

    assert "20° S, 0.5° W" in head(client, "/places/x/")
    assert head(client, "/places/x/").startswith("All places Place · Brazil X")


def test_page_says_where_coordinates_are_not_known(client):
    make.published(place=make.place("X", slug="x", country="AM"))

    assert head(client, "/places/x/").endswith("Coordinates, WGS 84 not known")


# Conflicts


def test_list_shows_first_and_latest_event_as_precisely_as_they_are_known(client):
    conflict = make.conflict("Karabakh")
    for date in ("2022-03-24", "2020-11", "[..2019-01-01]", "[2022-03-25,2022-03-26]"):
        make.published(conflict=conflict, edtf=date)

    assert rows(client, "/conflicts/") == ["Karabakh First event: November 2020 · latest: 25 or 26 March 2022 4 events"]


@pytest.mark.parametrize(("edtf", "first"), [("2020-11~", "about November 2020"), ("[..2019-01-01]", "not stated")])
def test_list_of_one_event_names_its_date_once(client, edtf, first):
    make.published(conflict=make.conflict("Karabakh"), edtf=edtf)

    assert rows(client, "/conflicts/") == [f"Karabakh First event: {first} 1 event"]


def test_page_shows_what_the_conflict_is(client):
    make.published(conflict=make.conflict("Karabakh", slug="karabakh", description="Armenia and Azerbaijan."))

    assert head(client, "/conflicts/karabakh/").startswith("All conflicts Conflict Karabakh Armenia and Azerbaijan.")
