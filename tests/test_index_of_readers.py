"""While readers are shown one state of the record, a process reads what is written meanwhile once, not for every page."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from tests import make
from timeline.index import current_columns
from timeline.versions import data_version, shown_state

from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, monkeypatch):
    settings.PAGE_CACHE_SECONDS, settings.SHOWN_WITHIN = 3600, 60
    monkeypatch.setattr(data_version, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(data_version, "_of_state", None)
    cache.clear()
    yield
    cache.clear()


@made_once
def event():
    return make.published("The ceasefire holds", edtf="2022-03-24", type="clash")


@pytest.fixture
def read(monkeypatch) -> list[int]:
    """Return the parts that are read from the database from now on."""
    parts, read_shards = [], current_columns.read_shards
    monkeypatch.setattr(current_columns, "read_shards", lambda wanted, values: read_shards(note(wanted), values))

    def note(wanted) -> list[int]:
        parts.extend(wanted)
        return list(wanted)

    return parts


def change(event) -> None:
    event.title = "The ceasefire is broken"
    event.save()


def test_pages_of_one_state_are_made_of_one_index(client, event, read):
    client.get("/")
    assert len(read) == 1
    for path in ("/?category=clash", "/?order=-recorded", "/actors/"):
        change(event)
        make.event("A draft").save()
        assert client.get(path).status_code == 200

    assert len(read) == 1


def test_what_is_taken_away_is_in_no_page_of_the_next_state(client, event, read):
    client.get("/")
    event.withdraw("Entered twice.")

    assert [b"The ceasefire" in client.get(path).content for path in ("/", "/?category=clash")] == [False, False]


def test_next_state_has_what_was_written(client, event, read, monkeypatch):
    client.get("/")
    change(event)
    now = shown_state.time.time()
    monkeypatch.setattr(shown_state.time, "time", lambda: now + 61)

    assert b"is broken" in client.get("/").content
    assert len(read) == 2


def test_desk_reads_what_is_stored_and_readers_then_too(client, admin_client, event, read):
    client.get("/")
    change(event)
    assert b"is broken" in admin_client.get("/?category=clash").content
    parts_read = len(read)

    assert b"is broken" in client.get("/?order=-recorded").content
    assert len(read) == parts_read


def test_export_reads_what_is_stored(client, event):
    client.get("/")
    change(event)
    make.published("Troops moved", type="clash")

    content = client.get("/events.csv").getvalue()

    assert (b"The ceasefire is broken" in content, b"Troops moved" in content) == (True, True)


def test_what_is_not_committed_is_seen_by_nobody_else(event, monkeypatch):
    state = shown_state.state_of_request()
    with shown_state.showing(state):
        committed = data_version._versions_of_request()
    monkeypatch.setattr(data_version, "connection", SimpleNamespace(in_atomic_block=True))
    change(event)
    assert data_version._versions_of_request() != committed

    with shown_state.showing(state):
        assert data_version._versions_of_request() == committed
