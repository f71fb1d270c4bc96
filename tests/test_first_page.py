"""The address without a query: the order that the owner has set, there alone."""

import json

import pytest
from django.http import QueryDict

from tests import make
from timeline.filters.first_page import address_query, with_first_order, with_query

pytestmark = pytest.mark.django_db


@pytest.fixture
def days() -> list[str]:
    """Return the days of three events, oldest first, with their ids."""
    briefing = make.briefing()
    return [make.published(edtf=day, briefing=briefing).public_id for day in ("2020", "2021-05", "2022-03-24")]


def listed(client, address: str) -> list[str]:
    return [event.public_id for event in client.get(address).context["page"].events]


def test_first_page_has_the_newest_first_and_every_other_address_the_order_it_names(client, days):
    assert listed(client, "/") == days[::-1]
    assert listed(client, "/?utm_source=letter") == days[::-1]
    for old in ("/?from=2000", "/?page=1", "/?lanes=category", "/?order=date", "/embed/"):
        assert listed(client, old) == days
    assert client.get("/events.json").json()["events"][0]["public_id"] == days[0]
    assert client.get("/api/v1/events/").json()["events"][0]["public_id"] == days[0]


@pytest.mark.parametrize("order", ["date", "-date", "-published", "-recorded"])
def test_owner_sets_the_order(client, days, settings, order):
    settings.FIRST_PAGE_ORDER = order

    page = client.get("/")

    assert page.context["event_filter"].order == order
    assert listed(client, "/") == listed(client, f"/?order={order}")
    assert page.context["permalink"] == "http://testserver/"
    assert '<link rel="canonical" href="http://testserver/">' in page.content.decode()


def test_links_between_the_orders_lead_there_and_back(client, days):
    newest = client.get("/")
    oldest = client.get(newest.context["other_order"]["url"])

    assert newest.context["other_order"] == {"label": "Oldest first", "url": "/?order=date"}
    assert oldest.context["other_order"] == {"label": "Newest first", "url": "/"}
    assert [page.context["permalink"] for page in (newest, oldest)] == [
        "http://testserver/",
        "http://testserver/?order=date",
    ]


def test_links_of_the_pages_keep_the_order(client, days, settings):
    settings.EVENTS_PER_PAGE = 1

    for start, expected in (("/", days[::-1]), ("/?order=date", days)):
        numbers = client.get(start).context["numbers"]
        assert listed(client, numbers["first_url"]) == expected[:1]
        assert listed(client, numbers["last_url"]) == expected[-1:]
        assert listed(client, client.get(start).context["next_url"]) == expected[1:2]


def test_files_of_the_first_page_are_in_its_order_and_name_its_address(client, days):
    query = client.get("/").context["event_filter"].query

    assert query == "order=-date"
    assert [event["public_id"] for event in client.get(f"/events.json?{query}").json()["events"]] == days[::-1]


def test_oembed_of_the_first_page_frames_what_it_shows(client, days):
    answer = json.loads(client.get("/oembed/", {"url": "http://testserver/"}).content)

    assert 'src="http://testserver/embed/?order=-date"' in answer["html"]


@pytest.mark.parametrize("query", ["", "order=-date", "order=date", "category=call", "category=call&order=-date"])
def test_what_an_address_has_is_read_as_the_same_list(query):
    read = with_first_order(QueryDict(address_query(query)))

    assert read.urlencode() in {query, f"order=date{query}"}


def test_only_addresses_of_the_timeline_have_another_meaning_without_a_query():
    assert with_query("/", "") == "/?order=date"
    assert with_query("/actors/armenia/", "") == "/actors/armenia/"


def test_list_leads_to_its_years(client, settings, days):
    settings.EVENTS_PER_PAGE = 2
    make.published(edtf="[..2019-01-01]")

    newest, oldest = client.get("/"), client.get("/?order=date")

    assert newest.context["numbers"]["years"] == [
        (2022, 1, "/#y-2022"),
        (2021, 1, "/#y-2021"),
        (2020, 1, "/?order=-date&page=2#y-2020"),
    ]
    assert oldest.context["numbers"]["years"][-1] == (2022, 1, "/?page=2#y-2022")
    assert '<h2 class="year" id="y-2022">2022</h2>' in client.get("/?page=2").content.decode()


def test_list_on_one_page_leads_to_its_headings_alone(client, days):
    assert client.get("/?from=2021").context["numbers"]["years"] == [(2021, 1, "#y-2021"), (2022, 1, "#y-2022")]
    assert client.get("/?from=2022").context["numbers"]["years"] == []
    assert client.get("/?order=-recorded").context["numbers"]["years"] == []


def test_the_order_stays_where_the_last_filter_is_taken_out(client):
    make.published("Fight", type="clash")

    page = client.get("/?category=clash&from=2022").content.decode()
    assert 'href="/?from=2022" aria-label="Remove the filter Category: ' in page
    page = client.get("/?category=clash").content.decode()
    assert 'href="/?order=date" aria-label="Remove the filter Category: ' in page
    assert 'href="/?order=date" rel="nofollow" class="value" id="category-clash" aria-current="true"' in page
    assert '<a id="clear-period" href="/?order=date">' in client.get("/?from=2022").content.decode()
