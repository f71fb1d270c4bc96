"""A list on one page, and what helps to reach it: on paper, on a phone, by keyboard."""

import re

import pytest

from tests import make
from timeline.views import list_pages

from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_pages(settings):
    settings.EVENTS_PER_PAGE = 2


@made_once
def world():
    for number in range(5):
        make.published(f"Event {number}", edtf=f"2022-03-0{number + 1}", conflict=make.conflict(slug=f"war-{number}"))


def listed(html: str) -> list[str]:
    """Return the public ids of the events on a page, in order."""
    return re.findall(r'<\w+ [^>]*id="e-(\w+)"', html)


def page(client, query: str, status: int = 200) -> str:
    answer = client.get(f"/?{query}")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("order", ["date", "-date", "-published", "-recorded"])
def test_all_events_are_on_one_page_in_order(client, world, order):
    pages = [listed(page(client, f"order={order}&page={number}")) for number in (1, 2, 3)]

    html = page(client, f"order={order}&page=all")

    assert listed(html) == [public_id for ids in pages for public_id in ids]
    assert len(listed(html)) == 5
    assert 'class="pages"' not in html


def test_list_offers_itself_whole_where_that_is_possible(client, world, monkeypatch):
    link = '<a href="/?order=-date&amp;page=all#list" rel="nofollow">All on one page</a>'
    assert link in page(client, "order=-date")

    monkeypatch.setattr("timeline.views.timeline.MOST_TOGETHER", 4)
    monkeypatch.setattr(list_pages, "MOST_TOGETHER", 4)

    assert "All on one page</a>" not in page(client, "order=-date")
    assert "5 events are too many for one page: at most 4. Export them." in page(client, "page=all", 400)


def test_paper_says_which_events_it_has(client, world):
    words = "Printed here: events 3 to 4 of 5."

    assert words in page(client, "page=2")
    assert "Printed here" not in page(client, "page=all")


def test_open_filter_leads_to_the_events_with_their_number(client, world):
    show = re.search(r'<p class="filters__show"><a [^>]*href="#list">(.*?)</a>', page(client, "conflict=war-1"))

    assert show[1] == "Show 1 event"
    assert "filters__show" not in page(client, "conflict=unknown", 400)


def test_links_skip_to_what_is_on_the_page(client, world):
    html = page(client, "")

    targets = re.findall(r'<a class="skip" href="#(\w+)">', html)
    assert targets == ["main", "lanes", "list"]
    assert all(f'id="{target}"' in html for target in targets)
