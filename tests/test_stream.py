"""Exports on their way: a failure breaks the transfer, a writer need not wait, and there are never too many."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.http import QueryDict

from tests import make
from timeline.exports import event_records, stream
from timeline.exports.export import Export, ExportBroken
from timeline.filters import EventFilter
from timeline.models import Actor, Briefing, Conflict, Event, Place

from .clients import let_go
from .shared_fixtures import made_once


@made_once
def events():
    briefing = make.briefing()
    return [make.published(f"Event {number}", briefing=briefing) for number in range(5)]


def send_each_part(monkeypatch) -> None:
    """Have no file sent whole, and each part of it at once."""
    monkeypatch.setattr(stream, "LOT", 1)
    monkeypatch.setattr(stream, "SMALL", 0)


# The place of an export


@pytest.mark.django_db
def test_more_exports_than_allowed_are_asked_to_wait_and_the_page_is_not(client, events, settings, monkeypatch):
    send_each_part(monkeypatch)
    settings.EXPORTS_AT_ONCE = 2
    live = [client.get("/events.csv") for _ in range(2)]

    refused = client.get("/events.csv")

    assert (refused.status_code, refused["Retry-After"]) == (429, "30")
    assert refused.json()["errors"] == {"export": ["Other exports are being sent. Try again in 30 seconds."]}
    assert client.get("/").status_code == client.get("/export/").status_code == 200
    for response in live:
        let_go(response)


@pytest.mark.django_db
def test_reader_who_goes_away_frees_the_place(client, events, settings, monkeypatch):
    send_each_part(monkeypatch)
    settings.EXPORTS_AT_ONCE = 1
    begun = client.get("/events.csv")
    next(iter(begun.streaming_content))
    let_go(begun)

    again = client.get("/events.csv")

    assert (again.status_code, stream._live) == (200, 1)
    assert len(b"".join(again.streaming_content).splitlines()) == 6
    assert stream._live == 0


@pytest.mark.django_db
def test_broken_export_frees_the_place(client, events, settings, monkeypatch):
    send_each_part(monkeypatch)
    monkeypatch.setattr(Export, "_check", broken)

    with pytest.raises(ExportBroken):
        b"".join(client.get("/events.csv").streaming_content)

    assert stream._live == 0


def broken(*_):
    raise ExportBroken("The data changed.")


@pytest.mark.django_db
def test_event_published_meanwhile_breaks_the_file(client, events, monkeypatch):
    monkeypatch.setattr("timeline.exports.event_records.CHUNKS", (2,))
    send_each_part(monkeypatch)
    parts = iter(client.get("/events.csv").streaming_content)
    next(parts)
    make.published("Another")

    with pytest.raises(ExportBroken, match="The data changed while this file was written"):
        list(parts)


def rename(model, **lookup):
    row = model.objects.get(**lookup)
    row.title = row.name = "Another name"
    row.save()


NAMED = {
    "actor": lambda: rename(Actor, slug="ada"),
    "place": lambda: rename(Place, slug="yerevan"),
    "conflict": lambda: rename(Conflict, slug="war"),
    "briefing": lambda: rename(Briefing, slug="march"),
    "publisher": lambda: rename(Actor, slug="department"),
}


@made_once
def named():
    """Return an event with all names that it can share with others."""
    where, war = make.place("Yerevan", slug="yerevan"), make.conflict("War", slug="war")
    event = make.event("Call", place=where, conflict=war)
    make.participation(event, make.actor("Ada", slug="ada"))
    make.citation(event, make.briefing(slug="march", publisher=make.actor("Department", slug="department")))
    event.publish()
    return event


def first_part(client, address: str):
    """Return the parts of a file after the first, of which each was sent at once."""
    parts = iter(client.get(address).streaming_content)
    next(parts)
    return parts


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["csv", "json", "zip", "bib", "ris", "csl.json"])
@pytest.mark.parametrize("what", NAMED)
def test_name_changed_meanwhile_breaks_the_file(client, named, monkeypatch, what, extension):
    send_each_part(monkeypatch)
    parts = first_part(client, f"/events.{extension}")
    NAMED[what]()

    with pytest.raises(ExportBroken, match="The data changed while this file was written"):
        list(parts)


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["csv", "zip", "bib"])
def test_event_withdrawn_meanwhile_breaks_the_file(client, named, monkeypatch, extension):
    send_each_part(monkeypatch)
    make.published("Another")
    parts = first_part(client, f"/events.{extension}")
    Event.objects.get(title="Another").withdraw("Entered twice.")

    with pytest.raises(ExportBroken):
        list(parts)


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["csv", "bib"])
def test_edit_of_an_event_outside_the_filter_breaks_no_file(client, named, monkeypatch, extension):
    send_each_part(monkeypatch)
    other = make.published("Another")
    parts = first_part(client, f"/events.{extension}?q=call")
    other.title, other.change_reason = "Other words", "Its name."
    other.save()

    b"".join(parts)  # does not break


@pytest.mark.django_db
def test_work_on_a_draft_breaks_no_file(client, events, monkeypatch):
    monkeypatch.setattr("timeline.exports.event_records.CHUNKS", (2,))
    send_each_part(monkeypatch)
    parts = iter(client.get("/events.csv").streaming_content)
    next(parts)
    make.event("Draft")

    assert b"".join(parts).count(b"\r\n") == 5


# Beside a writer, and over a real connection: in a file of its own, as a server has it


@pytest.fixture
def file(tmp_path):
    """Return the path of a database with five events, in the journal that blocks most."""
    if connection.vendor != "sqlite":
        pytest.skip("the file's own locks")
    for number in range(5):
        make.published(f"Event {number}")
    path = tmp_path / "events.sqlite3"
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.execute("PRAGMA journal_mode=DELETE")
    copy.close()
    return path


@pytest.fixture
def reading_file(file):
    """Have Django read that file."""
    open_connection, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield file
    connection.connection.close()
    connection.connection, connection.settings_dict["NAME"] = open_connection, name


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_editor_saves_between_two_chunks(reading_file, monkeypatch):
    monkeypatch.setattr("timeline.exports.event_records.CHUNKS", (2,))
    records = event_records.read_records(EventFilter(QueryDict(""), Event.objects.public()))
    next(records)

    with sqlite3.connect(reading_file, timeout=0) as writer:  # waits for nobody
        writer.execute("UPDATE timeline_event SET summary = 'saved'")
    writer.close()

    assert [record["summary"] for record in records] == ["", "saved", "saved", "saved"]


@pytest.fixture
def broken_server(file):
    """Return the address of gunicorn, whose every export breaks at its end (see broken_exports)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    command = [sys.executable, "-m", "gunicorn", "tests.breaking_server", "--bind", f"{host}:{port}"]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    with subprocess.Popen([*command, "--threads", "2", "--no-control-socket"], env=environment) as server:  # noqa: S603
        wait_for(host, port)
        yield host, port
        server.terminate()


def wait_for(host: str, port: int) -> None:
    for _ in range(300):
        try:
            return socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
    pytest.fail("The server did not start.")


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("extension", ["csv", "json"])
def test_failure_breaks_the_transfer_and_is_no_text_in_the_file(broken_server, extension):
    client = http.client.HTTPConnection(*broken_server, timeout=60)
    client.request("GET", f"/events.{extension}")
    response, parts = client.getresponse(), []

    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        collect(response, parts)

    received = b"".join(parts)
    assert (response.status, b"Event 4" in received, b"data changed" in received) == (200, True, False)
    client.close()


def collect(response: http.client.HTTPResponse, parts: list[bytes]) -> None:
    while part := response.read1():
        parts.append(part)
