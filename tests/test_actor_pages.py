import re

import pytest
from django.test import Client

from tests import make
from timeline.models import Actor, ActorAlias, Event
from timeline.views.subject_lists import build_trees

from .clients import csv_rows, page_ids
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TAGS = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    return " ".join(TAGS.sub(" ", html).split())


def met(*actors: Actor, title: str = "", **changes) -> Event:
    """Return a published event in which these actors take part."""
    event = make.published(title, **changes)
    for actor in actors:
        make.participation(event, actor)
    return event


def rows(client: Client) -> list[str]:
    html = client.get("/actors/").content.decode()
    return [words(row) for row in re.findall('<div class="tree__row">(.*?)</div>', html, re.S)]


def head(client: Client, slug: str) -> str:
    """Return what readers read of an actor's page above its events."""
    html = client.get(f"/actors/{slug}/").content.decode()
    return words(html[html.index("<main") : html.index('<div class="record')])


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
    assert [row for row in rows(client) if "Actor " not in row] == [
        "Armenia 2 events",
        "Ministry organisation 1 event",
        "Minister office 1 event",
        "Group 1 event",
    ]


def test_event_of_two_members_counts_once(client, house):
    met(house["minister"], house["ministry"], house["state"])

    assert rows(client)[0] == "Armenia 1 event"


def test_list_counts_what_the_page_shows(client, house):
    met(house["minister"], house["state"])
    met(house["ministry"])
    make.participation(make.event("Draft"), house["state"])

    actors = Actor.objects.public().with_event_count()
    counts = {actor.slug: actor.event_count for actor in actors if actor.event_count}
    shown = {slug: len(page_ids(client, path=f"/actors/{slug}/")) for slug in counts}
    assert counts == shown
    assert counts["armenia"] == 2


def test_actor_that_only_publishes_has_no_events(client):
    make.briefing(publisher=make.actor("Agency"))

    assert rows(client) == ["Agency no events"]


def test_empty_list_says_so(client):
    assert "No published event or source names an actor yet." in client.get("/actors/").content.decode()


def test_circle_of_parents_hides_nobody():
    ring = [Actor(pk=1, name="A", parent_id=2), Actor(pk=2, name="B", parent_id=1), Actor(pk=3, name="C", parent_id=2)]

    (top,) = build_trees(ring)

    assert (top.actor.pk, [member.actor.pk for member in top.members]) == (1, [2])
    assert [member.actor.pk for member in top.members[0].members] == [3]


def test_page_says_who_the_actor_is(client, house):
    met(house["minister"])
    ActorAlias.objects.create(actor=house["ministry"], name="MFA")
    Actor.objects.filter(pk=house["ministry"].pk).update(description="It speaks abroad.")

    assert head(client, "ministry") == (
        "All actors Organisation Ministry It speaks abroad. Belongs to Armenia Also called MFA Includes Minister"
    )
    assert head(client, "armenia").startswith("All actors State · Armenia Armenia")


def test_page_shows_the_events_of_all_members(client, house):
    of_state, of_member, _ = met(house["state"]), met(house["minister"]), met(make.actor())

    assert page_ids(client, path="/actors/armenia/") == [of_state.public_id, of_member.public_id]


def test_export_holds_the_events_of_the_page(client, house):
    event, _ = met(house["minister"]), met(make.actor())

    html = client.get("/actors/armenia/?from=2022").content.decode()

    (address,) = set(re.findall(r'href="/events\.csv\?([^"]+)"', html))
    assert address == "actor=armenia&amp;from=2022"
    assert [row["public_id"] for row in csv_rows(client, address.replace("&amp;", "&"))] == [event.public_id]


def test_page_tells_of_the_actor_as_a_source(client):
    speaker = make.actor("Porter", slug="porter", kind="person")
    met(speaker, briefing=make.briefing(publisher=speaker), cited={"speaker": speaker})

    assert head(client, "porter").endswith("As a source Speaks in 1 citation As a publisher Events cited from 1 source")


def test_page_without_events_says_so(client):
    make.briefing(publisher=make.actor("Agency", slug="agency"))

    page = words(client.get("/actors/agency/").content.decode())
    assert "0 events" in page


def test_filter_narrows_the_page(client, house):
    met(house["state"], edtf="2020-01-01")
    late = met(house["state"], edtf="2022-01-01")

    assert page_ids(client, "from=2021", "/actors/armenia/") == [late.public_id]
