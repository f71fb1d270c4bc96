"""Whole public pages: not sent twice, taken from the cache, and never older than they may be. Pages with a moment in
UTC: published on the day that it was then where their publisher is."""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.merging import ActorMerge, PlaceMerge
from timeline.models import Actor, Briefing, DataSet, Event
from timeline.versions import shown_state
from tracker.page_cache import KeptPage

from .shared_fixtures import made_once
from .test_import_briefings import run

pytestmark = pytest.mark.django_db

PATHS = ["/", "/actors/", "/briefings/", "/compare/", "/marks.html", "/export/"]


@pytest.fixture(autouse=True)
def page_cache(settings):
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    yield
    cache.clear()


@made_once
def event():
    return make.published("The ceasefire holds", edtf="2022-03-24")


@pytest.mark.parametrize("path", PATHS)
def test_page_is_sent_once_and_then_costs_one_query(client, event, path):
    first = client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = client.get(path)
        unchanged = client.get(path, headers={"if-none-match": first["ETag"]})

    assert len(queries) == 2
    assert (again.content, headers_of(again)) == (first.content, headers_of(first))
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == "public, no-cache"


def headers_of(response) -> dict[str, str]:
    return {name: text for name, text in response.headers.items() if name != "X-Request-ID"}


def test_each_change_of_the_public_record_makes_another_page(client, event):
    etag = client.get("/")["ETag"]
    draft = make.event("A draft")
    draft.title = "Another title"
    draft.save()
    assert client.get("/")["ETag"] == etag

    event.title = "The ceasefire is broken"
    event.save()

    response = client.get("/", headers={"if-none-match": etag})
    assert (response.status_code, b"The ceasefire is broken" in response.content) == (200, True)
    assert response["ETag"] != etag


def test_ordinary_changes_may_lag_and_what_is_taken_away_may_not(client, event, settings):
    settings.SHOWN_WITHIN = 60
    other = make.published("Troops moved")
    assert b"Troops moved" in client.get("/").content

    event.title = "The ceasefire is broken"
    event.save()
    assert b"The ceasefire holds" in client.get("/").content

    other.withdraw("Entered twice.")
    page = client.get("/").content
    assert (b"Troops moved" in page, b"The ceasefire is broken" in page) == (False, True)


def withhold(data_set: DataSet) -> None:
    data_set.redistributable = False
    data_set.save()


@pytest.mark.parametrize(
    ("path", "gone", "change"),
    [
        ("/", "Shusha", lambda event: PlaceMerge(event.place, make.place("Şuşa")).apply("One.")),
        ("/", "NATO", lambda event: ActorMerge(Actor.objects.get(name="NATO"), make.actor("A")).apply("One.")),
        ("/embed/", "Truce", lambda event: withhold(event.data_set)),
    ],
    ids=["place", "actor", "licence"],
)
def test_merging_and_a_licence_that_ends_do_not_lag(client, settings, path, gone, change):
    settings.SHOWN_WITHIN = 60
    data_set = DataSet.objects.create(slug="set", name="A set", licence="CC0", attribution="Us.")
    event = make.published("Truce", place=make.place("Shusha"), data_set=data_set)
    make.participation(event, make.actor("NATO"))
    before = client.get(path).content.decode()

    change(event)

    assert (gone in before, gone in client.get(path).content.decode()) == (True, False)


def test_lag_ends(client, event, settings, monkeypatch):
    settings.SHOWN_WITHIN = 60
    client.get("/")
    event.title = "The ceasefire is broken"
    event.save()
    now = time.time()
    monkeypatch.setattr(shown_state.time, "time", lambda: now + 61)

    assert b"The ceasefire is broken" in client.get("/").content


def test_desk_reads_what_is_stored_now(client, admin_client, event, settings):
    settings.SHOWN_WITHIN = 60
    client.get("/")
    event.title = "The ceasefire is broken"
    event.save()

    response = admin_client.get("/")

    assert b"The ceasefire is broken" in response.content
    assert (response["Cache-Control"], response.has_header("ETag")) == ("private, no-cache", False)
    assert b"The ceasefire holds" in client.get("/").content


def test_number_that_was_rolled_back_returns_as_another_state(event):
    from django.db import transaction

    with transaction.atomic():
        event.save()
        rolled_back = shown_state.state_of_request()
        transaction.set_rollback(True)
    event.save()

    assert shown_state.state_of_request().number == rolled_back.number
    assert shown_state.state_of_request().key != rolled_back.key


@pytest.mark.parametrize(
    "path", ["/?from=never", "/nowhere/", "/events.csv", "/verify/", "/healthz", "/embed/?from=never"]
)
def test_other_answers_are_not_kept(client, event, path):
    client.get(path)
    stored = [entry for entry in map(cache.get, cache_keys()) if isinstance(entry, KeptPage)]

    assert stored == []


def cache_keys() -> list[str]:
    return [key.split(":", 2)[2] for key in cache._cache]


@pytest.mark.parametrize("broken", ["get", "set"])
def test_pages_are_read_without_a_cache(client, event, monkeypatch, caplog, broken):
    def fail(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(type(cache._connections[cache._alias]), broken, fail)

    assert client.get("/").status_code == 200
    assert "results are computed again" in caplog.text


def test_files_hold_what_memory_does(client, event, settings, tmp_path):
    in_memory = client.get("/").content
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    }
    cold, warm = client.get("/").content, client.get("/").content

    assert (cold, warm) == (in_memory, in_memory)
    assert Event.objects.count() == 1
    assert list(tmp_path.iterdir()) != []


OWN_HEADERS = ["/embed/", "/embed/?category=clash", "/api/v1/events/", "/api/v1/facets/?q=ceasefire", "/api/docs/"]
OF_SITES = ("Content-Security-Policy", "X-Frame-Options", "Access-Control-Allow-Origin", "Cache-Control")


@pytest.mark.parametrize("path", OWN_HEADERS)
def test_frames_and_the_api_are_cached_with_the_headers_of_their_own(client, event, path):
    first = client.get(path)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(path)
        unchanged = client.get(path, headers={"if-none-match": first["ETag"]})

    assert len(queries) == 2
    assert (again.content, headers_of(again)) == (first.content, headers_of(first))
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", first["ETag"])
    assert [unchanged.get(name) for name in OF_SITES] == [first.get(name) for name in OF_SITES]


def test_frames_may_be_framed_from_the_cache_and_nothing_else(client, event):
    for _ in range(2):
        assert "frame-ancestors *" in client.get("/embed/")["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in client.get("/")["Content-Security-Policy"]
        assert client.get("/").get("X-Frame-Options") == "DENY"
        assert client.get("/embed/").get("X-Frame-Options") is None


def test_api_and_frames_lose_what_is_withdrawn_at_once(client, event, settings):
    settings.SHOWN_WITHIN = 60
    paths = ["/embed/", "/api/v1/events/"]
    assert all(b"The ceasefire holds" in client.get(path).content for path in paths)

    event.withdraw("Entered twice.")

    assert not any(b"The ceasefire holds" in client.get(path).content for path in paths)


def test_search_finds_another_name_as_soon_as_it_is_entered(client, event):
    make.participation(event, actor := make.actor("Ministry of Defence"))
    assert b"The ceasefire holds" not in client.get("/?q=MoD").content

    alias = actor.aliases.create(name="MoD")
    assert b"The ceasefire holds" in client.get("/?q=MoD").content

    alias.delete()
    assert b"The ceasefire holds" not in client.get("/?q=MoD").content


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Late note</title>
<meta property="article:published_time" content="{stamp}"></head>
<body><article><h1>Late note</h1><p>The ministers spoke again, and all of them said so.</p></article></body></html>"""


@pytest.mark.parametrize(
    ("zone", "stamp", "day"),
    [
        ("America/New_York", "2022-03-28T03:30:00Z", "2022-03-27"),
        ("America/New_York", "2022-03-28T04:00:00Z", "2022-03-28"),
        ("Asia/Yerevan", "2022-03-27T21:30:00Z", "2022-03-28"),
        ("Asia/Yerevan", "2022-03-27T19:59:00Z", "2022-03-27"),
        ("Asia/Tokyo", "2022-12-31T15:00:00+00:00", "2023-01-01"),
    ],
)
def test_day_is_that_of_the_publishers_clock(tmp_path, zone, stamp, day):
    make.actor("Office", kind="organisation", time_zone=zone)
    (tmp_path / "note.html").write_text(PAGE.format(stamp=stamp))

    out, code = run(tmp_path, "--publisher", "Office")

    assert (code, Briefing.objects.get().published_on.isoformat()) == (0, day), out
    assert f"in {zone}" in out or stamp[:10] == day


def test_day_of_a_publisher_whose_clock_is_not_known_is_that_of_the_stamp_and_said_so(tmp_path):
    make.actor("Office", kind="organisation")
    (tmp_path / "note.html").write_text(PAGE.format(stamp="2022-03-28T03:30:00Z"))

    out, _ = run(tmp_path, "--publisher", "Office")

    assert Briefing.objects.get().published_on.isoformat() == "2022-03-28"
    assert "time zone" in out
