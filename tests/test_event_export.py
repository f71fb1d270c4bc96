"""What the files of events say of each."""

import datetime as dt

import pytest

from tests import make
from timeline.evidence.codebook import CODEBOOK_VERSION
from timeline.exports.columns import WIDE
from timeline.models import Citation, Event, PublicRevision

from . import export_events
from .clients import body, csv_rows, json_file
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

call = made_once(export_events.call)


def moment(at: dt.datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


CALL = {  # what is written alike in CSV and JSON
    "public_id": "e000000001",
    "url": "http://testserver/events/e000000001/",
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
    "time_zone": "",
    "category": "call",
    "type": "phone-call",
    "actuality": "occurred",
    "codebook_version": CODEBOOK_VERSION,
    "place": "Yerevan",
    "country": "AM",
    "place_precision": "near",
    "value_note": "",
    "support": "supports",
    "form": "quote",
    "assertion": "first_hand",
    "contest": "none",
    "first_reported_on": "2022-03-25",
}
CALL_AS_CSV = CALL | {
    "title": "'-Call",
    "time_of_day": "",
    "quad": "1",
    "actors": "Ada, Secretary [initiator] ‖ Ben [recipient]",
    "latitude": "40.1811",
    "longitude": "-44.5136",
    "conflict": "",
    "deaths_low": "",
    "deaths_best": "",
    "deaths_high": "",
    "deaths_out_of_order": "false",
    "values_as_of_today": "false",
    "source_count": "1",
    "data_set": "",
    "external_id": "",
    "citation_count": "1",
    "citation_quotes": "I can confirm the call.",
    "citation_acts": "confirms",
    "citation_speakers": "Porter",
    "citation_states": "verified",
    "citation_briefings": "'=Briefing of March",
    "citation_published_on": "2022-03-25",
    "citation_published_edtf": "2022-03-25",
    "citation_urls": "http://testserver/briefings/march/#q-c000000001",
    "citation_source_urls": "https://www.state.gov/march#:~:text=MS%20PORTER%3A-,I%20can%20confirm%20the%20call.",
}


def test_csv_is_one_safe_row_per_event(client, call):
    event = Event.objects.get()
    changing = {
        "recorded_at": moment(event.recorded_at),
        "revision": str(event.revision),
        "revised_at": moment(event.revised_at),
    }

    assert csv_rows(client) == [CALL_AS_CSV | changing]


def test_csv_lines_end_as_the_standard_says(client, call):
    text = body(client.get("/events.csv")).decode()

    assert text.split("\r\n")[0] == ",".join(column.name for column in WIDE)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


CALL_AS_JSON = CALL | {
    "title": "-Call",
    "time_of_day": None,
    "type_name": "Phone call",
    "claim": "deed",
    "quad": 1,
    "deaths_low": None,
    "deaths_best": None,
    "deaths_high": None,
    "deaths_out_of_order": False,
    "values_as_of_today": False,
    "source_count": 1,
    "data_set": None,
    "data_set_name": None,
    "external_id": None,
    "actors": [
        {"slug": "ada", "name": "Ada", "role": "initiator", "office": "Secretary"},
        {"slug": "ben", "name": "Ben", "role": "recipient", "office": ""},
    ],
    "latitude": 40.1811,
    "longitude": -44.5136,
    "conflict": None,
    "conflict_slug": None,
}


def call_as_json(event: Event) -> dict:
    return CALL_AS_JSON | {
        "recorded_at": moment(event.recorded_at),
        "revision": event.revision,
        "revised_at": moment(event.revised_at),
        "place_slug": event.place.slug,
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
        "locator": None,
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
        "text_sha256": citation.briefing.text_sha256,
        "in_text_from": moment(citation.briefing.recorded_at),
        "in_text_until": None,
        "briefing": {
            "slug": "march",
            "title": "=Briefing of March",
            "kind": "press_briefing",
            "publisher": "Department",
            "origin": "wire",
            "published_on": "2022-03-25",
            "published_edtf": "2022-03-25",
            "url": "http://testserver/briefings/march/",
            "source_url": "https://www.state.gov/march#:~:text=MS%20PORTER%3A-,I%20can%20confirm%20the%20call.",
            "text_sha256": citation.briefing.text_sha256,
        },
    }


def test_json_is_exact_and_says_what_it_is(client, call):
    event = Event.objects.get()
    number, at = PublicRevision.objects.current()
    sentence = "1 event, in the category Call, oldest first"
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

    axes = {
        query: [tuple(row[name] for name in names) for row in json_file(client, query)["events"]]
        for query in ("", "known_by=2022-03-28", "known_by=2022-03-25", "known_by=2022-03-24")
    }

    assert axes == {
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


def test_known_by_hides_later_citations(client, call):
    make.citation(call, make.briefing(published_on=dt.date(2022, 4, 1)), act="denies")

    assert [row["citation_count"] for row in csv_rows(client)] == ["2"]
    assert [row["citation_acts"] for row in csv_rows(client, "known_by=2022-03-25")] == ["confirms"]
