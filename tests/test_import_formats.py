"""What a row of our own table and of TimelineJS becomes, and files that are refused; each data set has a file of its own."""

import json

import pytest

from timeline.imports.events.formats import our_csv
from timeline.models import DataSet, Event

from .beside import SHARED
from .import_files import brought_in, counts, looked_at, table, wrong

pytestmark = pytest.mark.django_db


REAL = SHARED / "data/timelinejs"


OURS = {
    "id": "1",
    "title": "A call",
    "type": "phone-call",
    "date": "21 or 22 March 2022",
    "actors": "Armenia, Foreign Minister [initiator] ‖ Russia [recipient]",
    "quotes": "They spoke. ‖ They did not speak.",
    "acts": "confirms ‖ denies",
    "source_titles": "Readout ‖ Denial",
    "source_publishers": "MFA ‖ MID",
    "source_dates": "2022-03-23 ‖ ",
    "source_urls": "https://a.example/1 ‖ https://b.example/2",
    "deaths_best": "0",
}


def ours(**changes) -> str:
    return table(OURS | changes)


def test_our_row_becomes_an_event_with_all_its_sources(tmp_path):
    brought_in(tmp_path, ours(), "csv", data_set="ours", publish=True)

    event = Event.objects.get()
    assert (event.edtf, event.deaths_best, event.status, event.supporting_count) == (
        "[2022-03-21,2022-03-22]",
        0,
        "published",
        1,
    )
    assert list(event.participations.values_list("actor__name", "role", "office")) == [
        ("Armenia", "initiator", "Foreign Minister"),
        ("Russia", "recipient", ""),
    ]
    columns = ("quote", "act", "briefing__title", "briefing__publisher__name", "briefing__url")
    assert list(event.citations.values_list(*columns)) == [
        ("They spoke.", "confirms", "Readout", "MFA", "https://a.example/1"),
        ("They did not speak.", "denies", "Denial", "MID", "https://b.example/2"),
    ]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"source_urls": "javascript:alert(1) ‖ https://b.example/2"}, "quotes"),
        ({"source_urls": "https://u:p@a.example/ ‖ https://b.example/2"}, "quotes"),
        ({"acts": "says ‖ denies"}, "quotes"),
        ({"acts": "confirms"}, "acts"),
        ({"type": "party"}, "type"),
        ({"date": "2022-02-30"}, "date"),
        ({"date": "some day"}, "date"),
        ({"actors": "Armenia"}, "actors"),
        ({"actors": "Armenia [hero]"}, "actors"),
        ({"actors": "A [initiator] ‖ A [initiator]"}, "actors"),
        ({"title": "x" * 201}, "title"),
        ({"title": "\u202e"}, "title"),
        ({"title": "=cmd()"}, "title"),
        ({"quotes": "--- ‖ two"}, "quotes"),
        ({"source_dates": "2022-13-01 ‖ "}, "source_dates"),
        ({"time_of_day": "10:00"}, "time_zone"),
        ({"time_of_day": "10:00", "time_zone": "Mars/Base", "date": "2022-03-21"}, "time_zone"),
        ({"time_of_day": "10:00", "time_zone": "Asia/Yerevan"}, "time_of_day"),
        ({"place": "X", "country": "XX"}, "country"),
        ({"latitude": "1", "longitude": "1"}, "place"),
    ],
)
def test_our_row_that_breaks_a_rule_is_refused_with_its_column(tmp_path, changes, column):
    summary = looked_at(tmp_path, ours(**changes), "csv", data_set="ours")

    assert counts(summary) == (0, 0, 0, 1)
    assert (2, column) in wrong(summary)


def test_apostrophe_that_guards_a_cell_is_taken_off(tmp_path):
    brought_in(tmp_path, ours(title="'=1+1 is said"), "csv", data_set="ours")

    assert Event.objects.get().title == "=1+1 is said"


def test_source_without_any_address_is_refused(tmp_path):
    DataSet.objects.create(slug="no-address", name="No address", licence="CC0", attribution="Us.")
    row = table({"id": "1", "title": "A call", "type": "phone-call", "date": "2022", "quotes": "They spoke."})

    assert wrong(looked_at(tmp_path, row, "csv", data_set="no-address")) == [(2, "quotes")]


def test_template_is_a_file_that_can_be_brought_in(tmp_path):
    summary = looked_at(tmp_path, our_csv.template(), "csv", data_set="ours")

    assert (summary.first_problems, counts(summary)) == ([], (1, 0, 0, 0))
    assert all(f"`{name}`" in our_csv.readme() for name in our_csv.MEANINGS)


TIMELINE = {
    "Year": "1948",
    "Month": "3",
    "Day": "",
    "Time": "00:00",
    "End Year": "1950",
    "Display Date": "Spring",
    "Headline": "<b>Edith</b> Clarke &amp; others",
    "Text": "<p>She speaks.</p>",
    "Media": "https://example.org/a.jpg",
    "Type": "",
}


def test_timelinejs_slide_becomes_an_event_without_a_made_up_day(tmp_path):
    brought_in(tmp_path, table(TIMELINE, TIMELINE | {"Type": "title", "Year": ""}), "timelinejs", data_set="ours")

    event = Event.objects.get()
    assert (event.title, event.summary) == ("Edith Clarke & others", "She speaks.")
    assert (event.edtf, event.date_as_stated) == ("1948-03/1950", "Spring")
    assert (event.citations.get().quote, event.citations.get().note) == (
        "She speaks.",
        "Media: https://example.org/a.jpg",
    )


def test_timelinejs_json_is_read_as_its_csv(tmp_path):
    slide = {
        "start_date": {"year": 1948, "month": "3"},
        "end_date": {"year": "1950"},
        "text": {"headline": "A", "text": "B"},
        "unique_id": "a1",
    }
    brought_in(tmp_path, json.dumps({"events": [slide]}), "timelinejs", data_set="ours")

    event = Event.objects.get()
    assert (event.title, event.edtf, event.imported.external_id) == ("A", "1948-03/1950", "a1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "This is not JSON"),
        ("[" * 100_000, "This is not JSON"),
        ('{"slides": []}', "no list “events”"),
        ('{"events": {}}', "no list “events”"),
    ],
    ids=["open", "deep", "other", "no list"],
)
def test_json_that_is_no_timeline_is_refused(tmp_path, text, message):
    assert message in looked_at(tmp_path, text, "timelinejs", data_set="ours").fatal


def test_slides_that_are_no_slides_are_refused_each(tmp_path):
    text = json.dumps({"events": [None, {"text": "x"}, {"start_date": {"year": "-5"}, "text": {"headline": "Old"}}]})

    summary = looked_at(tmp_path, text, "timelinejs", data_set="ours")

    assert counts(summary) == (0, 0, 0, 3)


@pytest.mark.beside("data/timelinejs")
@pytest.mark.parametrize("name", ["women_in_computing.csv", "women_in_computing.json"])
def test_official_example_comes_in(tmp_path, name):
    batch = brought_in(tmp_path, (REAL / name).read_bytes(), "timelinejs", data_set="ours")

    assert batch.refused == 0
    assert batch.created == batch.rows > 5
    assert counts(brought_in(tmp_path, (REAL / name).read_bytes(), "timelinejs", data_set="ours")) == (
        0,
        0,
        batch.rows,
        0,
    )


@pytest.mark.parametrize(
    ("slide", "column"),
    [
        ({"End Month": "11", "End Day": "12"}, "End Month"),
        ({"End Year": "2020", "End Day": "12"}, "End Day"),
        ({"Month": ""}, "Day"),
    ],
)
def test_part_of_a_slides_date_without_its_larger_part_is_refused(tmp_path, slide, column):
    row = {
        "Year": "2020",
        "Month": "11",
        "Day": "10",
        "End Year": "",
        "End Month": "",
        "End Day": "",
        "Headline": "Talks",
    }

    assert wrong(looked_at(tmp_path, table(row | slide), "timelinejs", data_set="ours")) == [(2, column)]
