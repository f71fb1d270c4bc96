"""The record as known on a day: said at the top, carried by every link, and a step back to today."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from tests import make
from timeline.facets.counting import totals_today
from timeline.filters import EventFilter
from timeline.filters.sentence import AsKnown, as_known
from timeline.models import Event

from .clients import csv_rows, page_ids, words
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


def known(query: str, preset: str = "") -> AsKnown | None:
    event_filter = EventFilter(QueryDict(query), Event.objects.public())
    return as_known(event_filter, preset, lambda: totals_today(event_filter))


@made_once
def record() -> list[Event]:
    """A call known since 1 March, and one known since 20 March, that was cited again on 25 March."""
    early = make.published(type="phone-call", edtf="2022-02-20", briefing=make.briefing(published_on="2022-03-01"))
    late = make.published(type="phone-call", edtf="2022-02-20", briefing=make.briefing(published_on="2022-03-20"))
    make.citation(early, make.briefing(published_on="2022-03-25"), quote="Troops moved.", position=1)
    return [early, late]


def test_today_is_no_day(record):
    assert known("category=call") is None


@pytest.mark.parametrize(
    ("day", "when"),
    [("2022-03-10", "on 10 March 2022"), ("2022-02", "at the end of February 2022"), ("2021", "at the end of 2021")],
)
def test_day_is_said_beside_todays_record(record, day, when):
    assert known(f"from=2022&category=call&known_by={day}") == AsKnown(when, "category=call&from=2022", 2, "")


def test_path_of_a_page_is_no_part_of_the_way_back(record):
    actor = make.actor(slug="armenia")
    make.participation(record[0], actor)

    assert known("actor=armenia&known_by=2022", "actor") == AsKnown("at the end of 2022", "", 1, "")


def test_page_says_the_day_at_its_top_and_leads_back(client, record):
    response = client.get("/?category=call&known_by=2022-03-10")

    page = words(response)
    banner = "The record as known on 10 March 2022. Only information published by that date is included."
    assert page.index("As known on 10 March 2022") < page.index(banner) < page.index("Permanent link")
    assert "Today this filter finds 2 events : see today’s record" in page
    html = response.content.decode()
    assert html.count('<a href="/?category=call">see today’s record</a>') == 1
    assert '<a href="/?category=call" id="today">Show today’s record</a>' in html


def test_page_of_today_says_nothing_of_days(client, record):
    page = words(client.get("/"))

    assert "The record as known" not in page
    assert "Back to today" not in page
    assert "Shows only what sources published by this date had said" in page


def test_page_of_an_actor_says_the_day_too(client, record):
    make.participation(record[0], make.actor("Armenia", slug="armenia"))

    response = client.get("/actors/armenia/?known_by=2022-02")

    assert "The record as known at the end of February 2022." in words(response)
    assert '<a href="/actors/armenia/">see today’s record</a>' in response.content.decode()


def test_every_link_that_passes_the_list_on_carries_the_day(client, record):
    html = client.get("/?category=call&known_by=2022-03-10").content.decode()

    query = "category=call&known_by=2022-03-10"
    escaped = query.replace("&", "&amp;")
    for address in (
        f'href="/events.csv?{escaped}"',
        f'href="/events.json?{escaped}"',
        f'href="http://testserver/embed/?{escaped}"',
        f'href="/compare/?{urlencode({"a": query})}"',
        f'<link rel="canonical" href="http://testserver/?{escaped}">',
        urlencode({"url": f"http://testserver/?{query}"}),
    ):
        assert address in html


def test_every_output_shows_the_record_of_the_day(client, record):
    early, query = record[0].public_id, "known_by=2022-03-10"

    assert page_ids(client, query) == page_ids(client, query, "/embed/") == [early]
    (row,) = csv_rows(client, query)
    assert (row["public_id"], row["citation_count"]) == (early, "1")


def test_wrong_day_is_said_beside_its_field(client, record):
    response = client.get("/?known_by=2022-02-30")

    assert response.status_code == 400
    html = response.content.decode()
    assert re.search(r'name="known_by"[^>]*aria-invalid="true" aria-describedby="error-known_by known-help"', html)
    assert "The record as known" not in html


def test_briefing_leads_to_the_timeline_of_its_day(client, record):
    html = client.get(record[0].citations.first().briefing.get_absolute_url()).content.decode()

    assert '<a href="/?known_by=2022-03-01">The timeline as known on this day</a>' in html


def test_briefing_without_a_day_leads_to_no_timeline(client):
    briefing = make.briefing(published_on=None)

    assert b"as known on this day" not in client.get(briefing.get_absolute_url()).content


@pytest.mark.parametrize(
    ("count", "left_out"),
    [
        (0, ""),
        (1, "1 event rests on sources without a date and cannot be shown as known on a given day."),
        (2, "2 events rest on sources without a date and cannot be shown as known on a given day."),
    ],
)
def test_what_no_day_finds_is_counted_everywhere(client, record, count, left_out):
    undated = {"type": "phone-call", "edtf": "2022-02-20"}
    for _ in range(count):
        make.published(briefing=make.briefing(published_on=None), **undated)
    make.citation(make.event(**undated), make.briefing(published_on=None))  # a draft: nobody is told of it
    make.published(type="visit", briefing=make.briefing(published_on=None))  # not of the filter
    query = "category=call&known_by=2022-03-10"

    assert known(query) == AsKnown("on 10 March 2022", "category=call", 2 + count, left_out)
    for body in (client.get(f"/events.json.manifest?{query}").json(), client.get(f"/api/v1/events/?{query}").json()):
        assert body["without_source_day"] == count
    page = words(client.get(f"/?{query}"))
    assert ("without a date" in page, left_out in page) == (bool(count), True)
    feed = client.get(f"/events.atom?{query}").getvalue().decode()
    assert ("without a date" in feed, left_out in feed) == (bool(count), True)


def test_the_record_of_today_leaves_no_event_out(client, record):
    make.published(type="phone-call", briefing=make.briefing(published_on=None))

    assert client.get("/events.json.manifest?category=call").json()["without_source_day"] == 0
    assert "without a day" not in words(client.get("/?category=call"))
