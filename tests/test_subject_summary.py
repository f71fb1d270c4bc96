"""What the pages of conflicts, actors and places say at a glance, and their lists: search and pages."""

import re

import pytest

from tests import make
from timeline.models import ActorAlias

from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db
TAGS = re.compile(r"<[^>]+>")


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def facts(html: str) -> dict[str, str]:
    """Return the summary of a page, by heading."""
    summary = html.partition('<dl class="facts facts--row summary">')[2].partition("</dl>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", summary, re.S)
    return {name: " ".join(TAGS.sub(" ", text).split()) for name, text in pairs}


@made_once
def war():
    """Return a conflict with four events, two of them agreements, and one that is no part of it."""
    conflict, state = make.conflict("War", slug="war"), make.actor("Armenia", slug="armenia")
    ministry = make.actor("Ministry", slug="ministry", kind="organisation", parent=state)
    agency = make.actor("Agency", slug="agency", kind="organisation")
    source = make.briefing(publisher=agency, read_in_full=True)
    for title, day, type in (
        ("Clash", "2020-09-27", "clash"),
        ("Truce", "2020-11-10", "ceasefire"),
        ("Treaty", "2021-01-11", "agreement"),
        ("Rumour", "[..2022-03-25]", "statement"),
    ):
        event = make.published(title, edtf=day, type=type, conflict=conflict, briefing=source)
        make.participation(event, ministry)
    make.participation(event, make.actor("Azerbaijan", slug="azerbaijan"))
    make.published("Elsewhere", edtf="1999-01-01", type="ceasefire")
    return conflict


def test_conflict_page_says_who_when_and_what_was_agreed(client, war):
    html = page(client, "/conflicts/war/")

    assert facts(html) == {
        "First event": "27 September 2020 Clash",
        "Latest event": "11 January 2021 Treaty",
        "Took part, with number of events": "Armenia 4, Ministry 4, Azerbaijan 1",
        "Ceasefires and agreements": "Treaty 11 January 2021 Truce 10 November 2020",
        "Reported by, with number of events": "Agency 4",
        "Coverage": "1 source, 1 day read A day without an event may be a day that nobody has read.",
        "Follow": "Web calendar Feed (Atom) Feed (JSON) Corrections and other changes",
    }
    assert 'href="/?actor__all=azerbaijan&amp;conflict=war"' in html
    assert 'href="webcal://testserver/events.ics?conflict=war"' in html
    assert 'href="/changes.atom?conflict=war"' in html


def test_charts_lead_to_the_timeline_with_the_same_filter(client, war):
    html = page(client, "/conflicts/war/")

    chart = html.partition('id="overview"')[2].partition("</figure>")[0]
    bars = re.findall(r'<a class="bucket" href="([^"]+)"', chart)
    assert bars
    assert all(re.match(r"/\?conflict=war&amp;from=", bar) for bar in bars)
    assert 'aria-labelledby="lanes-title"' in html


def test_actor_is_no_party_of_its_own_page(client, war):
    assert facts(page(client, "/actors/armenia/"))["Took part, with number of events"] == "Ministry 4, Azerbaijan 1"


def test_publisher_without_events_shows_what_it_reported(client, war):
    html = page(client, "/actors/agency/")

    assert re.search(r"<h2>4 events</h2>", html)
    assert "Reported by, with number of events" not in facts(html)
    assert "This page is about Agency alone." in page(client, "/actors/agency/?publisher=armenia", 400)


def test_speaker_without_events_shows_what_it_said(client):
    person = make.actor("Alex", slug="alex", kind="person")
    make.published("Truce", cited={"speaker": person})

    assert "<h2>1 event</h2>" in page(client, "/actors/alex/")


def test_page_without_a_dated_event_says_no_dates(client):
    make.published("Rumour", edtf="[..2022-03-25]", conflict=make.conflict("War", slug="war"))

    names = list(facts(page(client, "/conflicts/war/")))

    assert names[:2] == ["Reported by, with number of events", "Coverage"]


# Lists


def names(html: str) -> list[str]:
    return re.findall(r'<p class="register__name"><a [^>]*>(.*?)</a>', html)


def test_lists_are_searched_by_name(client, war):
    make.published(place=make.place("Yerevan"), conflict=make.conflict("Other conflict"))
    make.published(place=make.place("Baku"))
    ActorAlias.objects.create(actor=war.events.first().participations.get().actor, name="Foreign office")

    assert names(page(client, "/places/?q=yere")) == ["Yerevan"]
    assert names(page(client, "/conflicts/?q=WAR")) == ["War"]
    assert names(page(client, "/actors/?q=foreign")) == ["Ministry"]
    assert "No actor matches." in page(client, "/actors/?q=nobody")
    assert "No place has a name with these words." in page(client, "/places/?q=nobody")


@pytest.mark.parametrize("name", ["actors", "places", "conflicts"])
@pytest.mark.parametrize("query", ["q=-", "colour=red"])
def test_wrong_search_is_refused(client, war, name, query):
    html = page(client, f"/{name}/?{query}", 400)

    assert f"No {name} are shown until this is corrected." in html
    assert "War" not in html


def test_long_list_of_actors_has_pages(client, monkeypatch, war):
    monkeypatch.setattr("timeline.views.timeline.ROWS_PER_PAGE", 2)

    first, second = page(client, "/actors/"), page(client, "/actors/?page=2")

    assert ("Armenia" in first, "Ministry" in first, "Agency" in first) == (True, True, False)
    assert ("Armenia" in second, "Agency" in second) == (False, True)
    assert client.get("/actors/?page=9").status_code == 404
