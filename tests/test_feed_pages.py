"""Feeds: pages by the last change, their names, what the public lost; and the calendar, which is whole."""

import json
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
from django.db import models
from django.http import QueryDict

from tests import make
from timeline.exports import export_header, to_atom
from timeline.exports.event_records import read_records
from timeline.filters import EventFilter
from timeline.models import Actor, Event

from .clients import body, feed_pages
from .export_events import taken
from .format_parsers import READERS
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FEEDS = ("atom", "feed.json")
DELETED = "{http://purl.org/atompub/tombstones/1.0}"


@pytest.fixture(autouse=True)
def pages_of_two(monkeypatch):
    for module in ("export", "feed_pages"):
        monkeypatch.setattr(f"timeline.exports.{module}.PAGE_SIZE", 2)


@made_once
def five():
    """Five events of Armenia's, all changed one after another, against the order of their days."""
    briefing, armenia = make.briefing(), make.actor("Armenia", slug="armenia")
    events = []
    for number in range(1, 6):
        event = make.event(f"Event {number}", edtf=f"2022-03-{30 - number}", public_id=f"e00000000{number}")
        make.participation(event, armenia)
        make.citation(event, briefing)
        event.publish()
        events.append(event)
    return events


def ids(extension: str, page: bytes) -> list[str]:
    return [public_id.removeprefix("e00000000") for public_id in READERS[extension](page)]


@pytest.mark.parametrize("extension", FEEDS)
@pytest.mark.parametrize("query", ["", "order=date", "order=-recorded"])
def test_last_changed_comes_first_whatever_the_order(client, five, extension, query):
    Event.objects.filter(pk=five[1].pk).update(title="Changed")

    pages = feed_pages(client, extension, query)
    assert [ids(extension, page) for page in pages] == [["2", "5"], ["4", "3"], ["1"]]
    assert [(b"5 events, last changed first" in page, b"oldest first" in page) for page in pages] == [(True, False)] * 3


@pytest.mark.parametrize("extension", FEEDS)
def test_page_goes_on_where_it_ended_whatever_changed_meanwhile(client, five, extension):
    first = taken(client, extension)
    address = next_address(extension, first)
    five[3].withdraw("Entered twice.")  # where the first page ended
    Event.objects.filter(pk=five[4].pk).update(title="Changed")
    Event.objects.filter(pk=five[0].pk).update(title="Changed")

    second = body(client.get(address))

    assert (ids(extension, first), ids(extension, second)) == (["5", "4"], ["3", "2"])
    assert ids(extension, taken(client, extension)) == ["1", "5"]


def next_address(extension: str, page: bytes) -> str:
    if extension == "feed.json":
        return json.loads(page)["next_url"]
    return next(link.href for link in feedparser.parse(page).feed.links if link.rel == "next")


@pytest.mark.parametrize("extension", FEEDS)
@pytest.mark.parametrize("mark", ["", "x", "2022-13-01T00:00:00Z_e000000001", "_nobody0000", "_e000000009"])
def test_page_that_begins_nowhere_is_refused(client, five, extension, mark):
    make.event("A draft", public_id="e000000009")

    response = client.get(f"/events.{extension}?changed_before={mark}")

    reason = "No page of the feed begins there. Follow “next” from the first page, without “changed_before”."
    assert (response.status_code, response.json()["errors"]) == (400, {"changed_before": [reason]})


def test_only_feeds_have_pages(client, five):
    response = client.get("/events.ics?changed_before=_e000000001")

    assert (response.status_code, [*response.json()["errors"]]) == (400, ["changed_before"])


NAMES = {
    "": "All events",
    "order=-date": "All events",
    "actor=armenia": "Events involving Armenia",
    "actor=armenia&from=2022&to=2022&category=clash": "Events in the category Clash & strike, involving Armenia, in 2022",
}


@pytest.mark.parametrize("query", NAMES)
def test_feeds_and_calendar_are_named_after_their_subject(client, five, query):
    calendar = icalendar.Calendar.from_ical(taken(client, "ics", query))
    names = [feedparser.parse(taken(client, "atom", query)).feed.title, calendar["name"], calendar["x-wr-calname"]]

    assert [*names, json.loads(taken(client, "feed.json", query))["title"]] == [NAMES[query]] * 4


def test_pages_of_a_list_name_their_feeds(client, five):
    text = client.get("/?actor=armenia&order=-date").content.decode()

    assert 'href="/events.atom?actor=armenia" title="Atom feed: Events involving Armenia">' in text


def test_every_page_says_which_feed_it_is_of(client, five):
    first, second, _ = (feedparser.parse(page).feed for page in feed_pages(client, "atom", "actor=armenia"))
    links = [{link.rel: link.href for link in feed.links} for feed in (first, second)]

    address = "http://testserver/events.atom?actor=armenia"
    assert (first.id, second.id) == (address, address)
    assert links[0] == {
        "alternate": "http://testserver/?actor=armenia",
        "self": address,
        "first": address,
        "next": links[1]["self"],
    }


@pytest.mark.parametrize("extension", FEEDS)
def test_entry_says_in_words_who_says_what(client, extension):
    speaker = make.actor("Ann Lee")
    event = make.event("Appeal")
    make.citation(event, act="calls_for", speaker=speaker), make.citation(event, quote="Troops moved.")
    event.publish()

    assert b"Ann Lee calls for: The ceasefire holds." in body(client.get(f"/events.{extension}"))


def test_calendar_holds_all_events(client, five):
    assert ids("ics", taken(client, "ics")) == ["5", "4", "3", "2", "1"]


@pytest.fixture
def lost(five):
    """What the public lost, between a draft and an event of a draft's that it never saw."""
    make.event("Never public")
    five[0].withdraw("Entered twice.")
    five[1].merge_into(five[2])
    hidden = make.event("Never public either")
    five[3].merge_into(hidden)
    return [("1", "Withdrawn: Entered twice."), ("2", "Merged into http://testserver/events/e000000003/")] + [
        ("4", "Merged into an event that was never public.")
    ]


def test_atom_has_a_deleted_entry_for_what_the_public_lost(client, lost):
    for _ in range(3):
        make.participation(make.published(), Actor.objects.get(slug="armenia"))
    first, *rest = feed_pages(client, "atom", "actor=armenia")
    tombs = ElementTree.fromstring(first).findall(f"{DELETED}deleted-entry")  # noqa: S314 (our own)

    deleted = [(tomb.get("ref")[-1], tomb.find(f"{DELETED}comment").text) for tomb in tombs]
    assert deleted == lost[::-1]
    moments = {event.public_id: event.revised_at for event in Event.objects.taken_back()}
    assert [tomb.get("when") for tomb in tombs] == [
        moments[f"e00000000{number}"].isoformat().replace("+00:00", "Z") for number, _ in deleted
    ]
    assert [b"deleted-entry" in page for page in rest] == [False, False]


def test_what_was_lost_before_moments_were_counted_is_not_listed(client, lost):
    models.QuerySet(Event).filter(public_id="e000000001").update(revised_at=None)

    assert [event["public_id"][-1] for event in json.loads(taken(client, "feed.json"))["_removed"]] == ["4", "2"]


def test_json_feed_lists_what_the_public_lost(client, lost):
    removed = json.loads(taken(client, "feed.json"))["_removed"]

    assert [(event["public_id"][-1], event["status"], event["reason"], event["merged_into"]) for event in removed] == [
        ("4", "merged", "", None),
        ("2", "merged", "", "e000000003"),
        ("1", "withdrawn", "Entered twice.", None),
    ]
    assert removed[-1]["url"] == "http://testserver/events/e000000001/"


def test_event_published_again_is_no_longer_lost(client, five):
    five[0].withdraw("Entered twice.")
    five[0].publish()

    assert json.loads(taken(client, "feed.json"))["_removed"] == []
    assert ids("feed.json", taken(client, "feed.json")) == ["1", "5"]


@pytest.mark.parametrize("extension", FEEDS)
def test_manifest_of_a_page_counts_its_entries(client, five, extension):
    address = next_address(extension, feed_pages(client, extension)[1])
    manifest = client.get(address.replace(f".{extension}", f".{extension}.manifest")).json()

    assert (manifest["total"], manifest["rows"], manifest["options"]) == (5, 1, address.partition("?")[2])


def records() -> list[dict]:
    return list(read_records(EventFilter(QueryDict(), Event.objects.public())))


def test_announced_event_is_said_to_be_announced():
    make.published(
        "Talks", type="meeting", edtf="2022-06-01", actuality="announced", cited={"act": "announces", "quote": "Troops moved."}
    )  # fmt: skip

    (record,) = records()

    assert to_atom.headline(record) == "Talks, announced for 1 June 2022"
    known = "Quote matched in our stored text; asserted, basis not stated; not contested; 1 source."
    assert export_header.known_words(record) == known
    assert to_atom.entry_html(record).startswith(f"<p>announced for 1 June 2022</p><p>{known}</p><blockquote>")


def test_source_that_a_data_set_lists_is_no_quote():
    source = make.briefing("", kind="data_record", publisher=make.actor("Reuters"), url="https://ucdp.example/")
    make.published("Clash", type="clash", briefing=source, cited={"quote": "Five killed"})

    (record,) = records()

    assert "Recorded by a data set" in export_header.known_words(record)
    assert ">Source listed by a data set: Reuters, 25 March 2022</a></p>" in to_atom.entry_html(record)
    assert "blockquote" not in to_atom.entry_html(record)
