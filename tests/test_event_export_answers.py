"""How files of events are sent: which events, under which name, in which order, and not again while they are the same."""

import base64
import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from timeline.database.keyset_paging import COLUMNS
from timeline.exports import FORMATS
from timeline.exports.export import Export, ExportBroken
from timeline.exports.to_csv import escape_formula, unescape_formula
from timeline.index import EventIndex
from timeline.models import Event, PublicRevision

from . import export_events
from .clients import body, csv_rows, json_file, let_go
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

call = made_once(export_events.call)


@pytest.mark.parametrize("extension", FORMATS)
def test_page_marks_are_no_filter_of_an_export(client, call, extension):
    assert client.get(f"/events.{extension}?after={call.public_id}").status_code == 400


def test_unknown_format_is_not_found(client):
    response = client.get("/events.exe")

    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    words = f"There is no format “exe”. Formats: {', '.join(FORMATS)}."
    assert response.json() == {"errors": {"format": [words]}, "status": 404}


@pytest.mark.parametrize("extension", FORMATS)
def test_file_is_named_and_counted(client, call, extension):
    make.older_revision()
    response = client.get(f"/events.{extension}?category=call")
    number, at = PublicRevision.objects.current()

    kind = "inline" if extension in ("atom", "feed.json", "ics") else "attachment"
    assert response["Content-Disposition"] == f'{kind}; filename="events-category-call-r{number}.{extension}"'
    assert response["X-Total-Count"] == "1"
    assert response["X-Data-Revision"] == str(number)
    assert response["Link"] == f'<http://testserver/events.{extension}.manifest?category=call>; rel="describedby"'
    assert response["Last-Modified"] == http_date(at.timestamp())
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_nothing_found_is_a_file_without_events(client):
    assert csv_rows(client) == []
    empty = json_file(client)
    assert (empty["sentence"], empty["total"], empty["revision"], empty["events"]) == (
        "0 events, oldest first",
        0,
        0,
        [],
    )


def test_drafts_reviews_and_withdrawn_events_are_not_exported(client, call):
    make.event("Draft")
    reviewed = make.event("In review")
    reviewed.submit()
    withdrawn = make.published("Withdrawn")
    withdrawn.withdraw("Entered twice.")

    assert [row["public_id"] for row in csv_rows(client)] == [call.public_id]


@made_once
def alone() -> Event:
    make.participation(event := make.published())
    return event


@pytest.mark.parametrize("order", COLUMNS)
def test_more_events_than_a_chunk_are_all_exported_in_order(client, monkeypatch, order):
    monkeypatch.setattr("timeline.exports.event_records.CHUNKS", (2,))
    briefing = make.briefing()
    for number, edtf in enumerate(["2022-03", "2020-11", "../2021", "2022-03", "2020-11-10"]):
        make.published(f"Event {number}", briefing=briefing, edtf=edtf)

    exported = [row["public_id"] for row in csv_rows(client, f"order={order}")]

    assert exported == list(Event.objects.in_order(order).values_list("public_id", flat=True))
    assert len(exported) == 5


@pytest.mark.parametrize("extension", FORMATS)
def test_file_that_is_the_same_is_not_sent_again(client, call, extension):
    make.older_revision()
    first = client.get(f"/events.{extension}")
    let_go(first)

    for condition in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get(f"/events.{extension}", headers=condition)
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("extension", ["atom", "feed.json", "ics"])
def test_correction_reaches_those_who_subscribe(client, call, extension):
    make.older_revision()
    first = client.get(f"/events.{extension}")
    before = body(first)
    call.title, call.change_reason = "The call", "A name was wrong."
    call.save()

    conditions = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    again = client.get(f"/events.{extension}", headers=conditions)

    assert (again.status_code, b"The call" in before, b"The call" in body(again)) == (200, False, True)


def test_change_of_this_second_has_no_date_yet(client):
    make.published()
    response = client.get("/events.atom")
    let_go(response)

    assert "Last-Modified" not in response


def test_another_licence_is_another_file(client, call, settings):
    marks = set()
    for settings.DATA_LICENCE in ("CC BY 4.0", "CC0"):
        response = client.get("/events.csv")
        let_go(response)
        marks.add(response["ETag"])

    assert len(marks) == 2


@pytest.mark.parametrize("extension", FORMATS)
def test_number_of_queries_grows_by_the_chunk_alone(client, monkeypatch, alone, extension):
    monkeypatch.setattr("timeline.exports.event_records.CHUNKS", (4,))
    make.copies(alone, 3)
    taken = []
    for _ in range(3):
        EventIndex()  # so that no part of it is read for the file
        with CaptureQueriesContext(connection) as made:
            body(client.get(f"/events.{extension}"))
        taken.append(len(made))
        make.copies(alone, 4)

    assert taken[2] - taken[1] == taken[1] - taken[0]
    assert taken[2] - taken[1] <= 12  # a package reads the events three times


def test_workbook_that_cannot_hold_the_rows_is_refused_before_it_is_begun(client, call, monkeypatch):
    monkeypatch.setattr("timeline.exports.to_xlsx.MOST_ROWS", 1)

    response = client.get("/events.xlsx")

    words = "A sheet holds 1 rows, and there are 1. Use CSV."
    assert (response.status_code, response.json()["errors"]) == (400, {"format": [words]})


def test_small_file_is_sent_whole_with_its_length_and_digest(client, call):
    answer = client.get("/events.csv")

    digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert (answer.streaming, answer["Content-Length"]) == (False, str(len(answer.content)))
    assert answer["Repr-Digest"] == f"sha-256=:{digest}:"
    assert "Repr-Digest" not in client.get("/events.csv", headers={"Accept-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("limit", "extension"), [("SMALL", "csv"), ("QUICK", "ics"), ("QUICK", "xlsx"), ("QUICK", "zip")]
)
def test_large_or_slow_file_begins_at_once(client, call, monkeypatch, limit, extension):
    whole = body(client.get(f"/events.{extension}"))
    monkeypatch.setattr(f"timeline.exports.stream.{limit}", 0)

    parts = client.get(f"/events.{extension}").streaming_content
    first = next(parts)

    assert 0 < len(first) < len(whole)
    assert first + b"".join(parts) == whole


def test_small_file_of_data_that_changes_meanwhile_is_refused(client, call, monkeypatch):
    def changed(*_):
        raise ExportBroken("The data changed while this file was written.")

    monkeypatch.setattr(Export, "_check", changed)
    answer = client.get("/events.csv")

    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert answer.json()["errors"] == {"export": ["The data changed while this file was written."]}


TRIGGERS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-33", "'-33"),
        ("'=1", "''=1"),
        ("＝1", "'＝1"),
        ("plain", "plain"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_safe_puts_an_apostrophe_before_what_would_run(text, cell):
    assert escape_formula(text) == cell


@given(st.text(alphabet=st.sampled_from("'=+-@a\t\r\n＝ "), max_size=8) | st.text(max_size=20))
def test_safe_is_undone_and_never_runs(text):
    cell = escape_formula(text)

    assert unescape_formula(cell) == text
    assert not cell or cell[0] not in TRIGGERS
