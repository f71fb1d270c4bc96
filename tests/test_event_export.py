import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from tests import make
from timeline.database.keyset_paging import COLUMNS
from timeline.exports import FORMATS
from timeline.exports.columns import WIDE
from timeline.models import Citation, Event, PublicRevision

from .clients import body, csv_rows, json_file, let_go
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


def moment(at: dt.datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


@made_once
def call():
    """One event with everything a row can hold, under ids that do not change."""
    briefing = make.briefing(
        "MS PORTER: I can confirm the call.",
        slug="march",
        title="=Briefing of March",
        publisher=make.actor("Department"),
        url="https://www.state.gov/march",
        origin=make.actor("Wire", slug="wire"),
    )
    place = make.place("Yerevan", country="AM", latitude="40.181100", longitude="-44.513600")
    event = make.event(
        "-Call", edtf="2020-11", type="phone-call", place=place, public_id="e000000001", date_as_stated="in November"
    )
    make.participation(event, make.actor("Ada", slug="ada"), "initiator", office="Secretary", position=1)
    make.participation(event, make.actor("Ben", slug="ben"), "recipient", position=2)
    speaker = make.actor("Porter", slug="porter")
    values = {"basis": "first_hand", "deaths_best": 3, "place": make.place("Gyumri", slug="gyumri")}
    words = {"quote": "I can confirm the call.", "act": "confirms", "speaker": speaker}
    make.citation(event, briefing, public_id="c000000001", **words, **values)
    event.publish()
    return event


def test_csv_is_one_safe_row_per_event(client, call):
    event = Event.objects.get()
    assert csv_rows(client) == [
        {
            "public_id": "e000000001",
            "url": "http://testserver/events/e000000001/",
            "title": "'-Call",
            "summary": "",
            "date": "November 2020",
            "date_as_stated": "in November",
            "edtf": "2020-11",
            "start_earliest": "2020-11-01",
            "start_latest": "2020-11-30",
            "end_earliest": "2020-11-01",
            "end_latest": "2020-11-30",
            "date_qualifier": "",
            "date_note": "",
            "time_of_day": "",
            "time_zone": "",
            "category": "call",
            "type": "phone-call",
            "quad": "1",
            "actuality": "occurred",
            "codebook_version": "1.0",
            "actors": "Ada, Secretary [initiator] ‖ Ben [recipient]",
            "place": "Yerevan",
            "country": "AM",
            "latitude": "40.1811",
            "longitude": "-44.5136",
            "place_precision": "exact",
            "conflict": "",
            "deaths_low": "",
            "deaths_best": "",
            "deaths_high": "",
            "deaths_out_of_order": "false",
            "values_as_of_today": "false",
            "value_note": "",
            "support": "supports",
            "form": "quote",
            "assertion": "first_hand",
            "contest": "none",
            "source_count": "1",
            "first_reported_on": "2022-03-25",
            "data_set": "",
            "external_id": "",
            "recorded_at": moment(event.recorded_at),
            "revision": str(event.revision),
            "revised_at": moment(event.revised_at),
            "citation_count": "1",
            "citation_quotes": "I can confirm the call.",
            "citation_acts": "confirms",
            "citation_speakers": "Porter",
            "citation_states": "verified",
            "citation_briefings": "'=Briefing of March",
            "citation_published_on": "2022-03-25",
            "citation_urls": "http://testserver/briefings/march/#q-c000000001",
            "citation_source_urls": "https://www.state.gov/march#:~:text=MS%20PORTER%3A-,I%20can%20confirm%20the%20call.",
        }
    ]


def test_csv_lines_end_as_the_standard_says(client, call):
    text = body(client.get("/events.csv")).decode()

    assert text.split("\r\n")[0] == ",".join(column.name for column in WIDE)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


def call_as_json(event: Event) -> dict:
    return {
        "public_id": "e000000001",
        "url": "http://testserver/events/e000000001/",
        "title": "-Call",
        "summary": "",
        "date": "November 2020",
        "date_as_stated": "in November",
        "edtf": "2020-11",
        "start_earliest": "2020-11-01",
        "start_latest": "2020-11-30",
        "end_earliest": "2020-11-01",
        "end_latest": "2020-11-30",
        "date_qualifier": "",
        "date_note": "",
        "time_of_day": None,
        "time_zone": "",
        "category": "call",
        "type": "phone-call",
        "type_name": "Phone call",
        "claim": "deed",
        "quad": 1,
        "actuality": "occurred",
        "codebook_version": "1.0",
        "deaths_low": None,
        "deaths_best": None,
        "deaths_high": None,
        "deaths_out_of_order": False,
        "values_as_of_today": False,
        "value_note": "",
        "support": "supports",
        "form": "quote",
        "assertion": "first_hand",
        "contest": "none",
        "source_count": 1,
        "data_set": None,
        "data_set_name": None,
        "external_id": None,
        "recorded_at": moment(event.recorded_at),
        "revision": event.revision,
        "revised_at": moment(event.revised_at),
        "actors": [
            {"slug": "ada", "name": "Ada", "role": "initiator", "office": "Secretary"},
            {"slug": "ben", "name": "Ben", "role": "recipient", "office": ""},
        ],
        "place": "Yerevan",
        "place_slug": event.place.slug,
        "country": "AM",
        "latitude": 40.1811,
        "longitude": -44.5136,
        "place_precision": "exact",
        "conflict": None,
        "conflict_slug": None,
        "first_reported_on": "2022-03-25",
        "citations": [citation_as_json(event.citations.get())],
    }


def citation_as_json(citation: Citation) -> dict:
    return {
        "public_id": "c000000001",
        "act": "confirms",
        "supports": True,
        "quote": "I can confirm the call.",
        "prefix": "MS PORTER: ",
        "suffix": "",
        "start": 11,
        "end": 34,
        "state": "verified",
        "turn_kind": "statement",
        "speaker": {"slug": "porter", "name": "Porter"},
        "date_as_stated": "",
        "edtf": None,
        "basis": "first_hand",
        "support": "supports",
        "deaths_low": None,
        "deaths_best": 3,
        "deaths_high": None,
        "place": "gyumri",
        "reliability": "",
        "credibility": "",
        "note": "",
        "position": 0,
        "url": "http://testserver/briefings/march/#q-c000000001",
        "briefing": {
            "slug": "march",
            "title": "=Briefing of March",
            "kind": "press_briefing",
            "publisher": "Department",
            "origin": "wire",
            "published_on": "2022-03-25",
            "url": "http://testserver/briefings/march/",
            "source_url": "https://www.state.gov/march#:~:text=MS%20PORTER%3A-,I%20can%20confirm%20the%20call.",
            "text_sha256": citation.briefing.text_sha256,
        },
    }


def test_json_is_exact_and_says_what_it_is(client, call):
    event = Event.objects.get()
    number, at = PublicRevision.objects.current()
    sentence = "1 event, of the category Call, oldest first"
    url = "http://testserver/?category=call"
    day = f"{at.day} {at:%B} {at.year}"
    assert json_file(client, "category=call") == {
        "sentence": sentence,
        "query": "category=call",
        "url": url,
        "total": 1,
        "known_by": None,
        "without_source_day": 0,
        "revision": number,
        "revised_at": moment(at),
        "publisher": "Conflict event timeline",
        "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "attribution": f"Conflict event timeline: {sentence}, revision {number} of {day}. {url}",
        "left_out": [],
        "events": [call_as_json(event)],
    }


def test_how_an_event_is_known_is_told_as_it_was_known(client):
    event = make.published(briefing=make.briefing(published_on=dt.date(2022, 3, 25)), cited={"basis": "hearsay"})
    make.citation(event, make.briefing(published_on=dt.date(2022, 3, 28)), basis="first_hand")
    make.citation(event, make.briefing(published_on=dt.date(2022, 3, 30)), act="denies")
    names = ("form", "assertion", "contest", "source_count")

    told = {
        query: [tuple(row[name] for name in names) for row in json_file(client, query)["events"]]
        for query in ("", "known_by=2022-03-28", "known_by=2022-03-25", "known_by=2022-03-24")
    }

    assert told == {
        "": [("quote", "first_hand", "denied", 2)],
        "known_by=2022-03-28": [("quote", "first_hand", "none", 2)],
        "known_by=2022-03-25": [("quote", "hearsay", "none", 1)],
        "known_by=2022-03-24": [],
    }


def test_open_ends_are_empty_and_no_day(client):
    make.published(edtf="2020-11-10/..")
    make.published(edtf="[..2022-03-25]")

    days = [
        [row["start_earliest"], row["start_latest"], row["end_earliest"], row["end_latest"]]
        for row in json_file(client)["events"]
    ]

    assert days == [["2020-11-10", "2020-11-10", "2020-11-10", None], [None, "2022-03-25", None, "2022-03-25"]]


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
    found = json_file(client)
    assert (found["sentence"], found["total"], found["revision"], found["events"]) == (
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


def test_known_by_hides_later_citations(client, call):
    make.citation(call, make.briefing(published_on=dt.date(2022, 4, 1)), act="denies")

    assert [row["citation_count"] for row in csv_rows(client)] == ["2"]
    assert [row["citation_acts"] for row in csv_rows(client, "known_by=2022-03-25")] == ["confirms"]


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

    found = [row["public_id"] for row in csv_rows(client, f"order={order}")]

    assert found == list(Event.objects.in_order(order).values_list("public_id", flat=True))
    assert len(found) == 5


# Asked again


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
        with CaptureQueriesContext(connection) as made:
            body(client.get(f"/events.{extension}"))
        taken.append(len(made))
        make.copies(alone, 4)

    assert taken[2] - taken[1] == taken[1] - taken[0]
    assert taken[2] - taken[1] <= 12  # a package reads the events three times


def test_workbook_that_cannot_hold_the_rows_is_refused_before_it_is_begun(client, call, monkeypatch):
    monkeypatch.setattr("timeline.exports.to_xlsx.MOST_ROWS", 1)

    response = client.get("/events.xlsx")

    words = "A sheet holds 1 rows, and there are 1. Take CSV."
    assert (response.status_code, response.json()["errors"]) == (400, {"format": [words]})
