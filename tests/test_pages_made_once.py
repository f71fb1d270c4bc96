"""While one request makes a page anew, others have the page before as long as that is true enough, and never what was taken away."""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.versions import shown_state
from tracker import page_cache

from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

LAG = 10  # seconds


@pytest.fixture(autouse=True)
def empty_cache(settings):
    settings.PAGE_CACHE_SECONDS, settings.SHOWN_WITHIN = 3600, LAG
    cache.clear()
    yield
    cache.clear()


@made_once
def event():
    return make.published("The ceasefire holds", edtf="2022-03-24")


@pytest.fixture
def clock(monkeypatch):
    """Return what sets the clock so many seconds on."""
    now = time.time()
    advance = lambda seconds: monkeypatch.setattr(shown_state.time, "time", lambda: now + seconds)  # noqa: E731
    advance(0)
    return advance


@pytest.fixture
def made_by_another(monkeypatch):
    """Have each page that was kept be in the making by a request that does not end."""
    monkeypatch.setattr(page_cache, "MAKING", 0)
    monkeypatch.setattr(page_cache, "keep_first", lambda *arguments: False)
    monkeypatch.setattr(page_cache, "being_made", lambda key: "made-by-another")
    cache.set("made-by-another", True, None)


def change(event) -> None:
    event.title = "The ceasefire is broken"
    event.save()


def title_on(client, path: str = "/") -> str:
    """Return how the title ends that a page shows of the event; empty: the page does not show it."""
    content = client.get(path).content.decode()
    return "is broken" if "is broken" in content else "holds" if "The ceasefire" in content else ""


@pytest.mark.parametrize(
    ("seconds", "shown"), [(LAG - 0.1, "holds"), (LAG + 0.1, "holds"), (1.2 * LAG + 0.1, "is broken")]
)
def test_page_before_is_shown_until_all_readers_have_to_see_a_change(
    client, event, clock, made_by_another, seconds, shown
):
    title_on(client)
    change(event)
    clock(seconds)

    assert title_on(client) == shown


def test_page_of_a_state_that_was_long_the_same_is_shown_while_another_is_made(client, event, clock, made_by_another):
    title_on(client)
    clock(1000)
    title_on(client, "/actors/")  # the record is still as it was then
    change(event)
    clock(1000 + LAG + 0.1)
    assert title_on(client) == "holds"

    clock(1000 + 1.2 * LAG + 0.1)
    assert title_on(client) == "is broken"


def test_page_that_shows_what_was_taken_away_is_never_shown(client, event, clock, made_by_another):
    title_on(client)
    event.withdraw("Entered twice.")

    assert title_on(client) == ""


def test_page_before_costs_one_query_and_is_sent_once(client, event, clock, made_by_another):
    etag = client.get("/")["ETag"]
    change(event)
    clock(LAG + 0.1)

    with CaptureQueriesContext(connection) as queries:
        unchanged = client.get("/", headers={"if-none-match": etag})

    assert (unchanged.status_code, unchanged["ETag"], len(queries)) == (304, etag, 1)


def test_one_request_makes_the_page_and_others_wait_for_it(client, event, clock, monkeypatch):
    title_on(client)
    change(event)
    clock(2 * LAG)
    keys = [key.split(":", 2)[2] for key in cache._cache]
    [key] = [key for key in keys if isinstance(cache.get(key), page_cache.KeptPage)]
    cache.set(page_cache.being_made(key), True)

    def make_elsewhere(seconds: float) -> None:
        cache.delete(page_cache.being_made(key))
        title_on(client)

    monkeypatch.setattr(page_cache.time, "sleep", make_elsewhere)
    with CaptureQueriesContext(connection) as queries:
        assert title_on(client) == "is broken"
    made = len(queries)
    with CaptureQueriesContext(connection) as queries:
        assert title_on(client) == "is broken"

    assert (made > 2, len(queries)) == (True, 1)


def test_page_that_could_not_be_made_is_left_to_the_next_request(client, event, clock, monkeypatch):
    path = event.get_absolute_url()
    client.get(path)
    change(event)
    clock(2 * LAG)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(page_cache.PageCache, "_made", fail)
        assert client.get(path).status_code == 500

    assert title_on(client, path) == "is broken"
    assert [key for key in cache._cache if ":made-" in key] == []


def fail(*arguments):
    raise RuntimeError("It cannot be made.")
