"""What a file states that can hardly be so: refused by row and column, and taken with a mark where its kind is accepted."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.imports.doubts import KINDS
from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import NamedPlace
from timeline.imports.events.plausibility import is_far_from_country
from timeline.models import Event, ImportBatch, Place

from .desk_client import member
from .hypothesis_examples import examples
from .import_files import ACLED, GED, brought_in, counts, looked_at, options, table, wrong
from .import_page import in_this_process, ucdp, upload, url

pytestmark = pytest.mark.django_db

page_process = pytest.fixture(in_this_process)
data_set = pytest.fixture(ucdp)

OURS = {"id": "1", "title": "Talks", "type": "negotiation", "date": "2022-03-24"}
OURS |= {"place": "Goris", "country": "AM", "latitude": "39.5", "longitude": "46.3"}
OURS |= {"quotes": "They met.", "acts": "reports", "source_titles": "Note", "source_publishers": "Office"}
OURS |= {"source_dates": "2022-03-25", "source_urls": "https://example.org/1"}
SLIDE = {"Year": "2020", "Month": "11", "Day": "10", "Time": "", "End Year": "", "End Month": "", "End Day": ""}
SLIDE |= {"Headline": "Talks", "unique_id": "1"}
NAMES = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "EventCode", "Actor1Name", "Actor2Name"]
NAMES += ["ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_Lat", "ActionGeo_Long", "DATEADDED", "SOURCEURL"]
LEAD = dict.fromkeys(NAMES, "") | {"GLOBALEVENTID": "1", "SQLDATE": "20150218", "EventCode": "042"}
LEAD |= {"Actor1Name": "ARMENIA", "Year": "2015", "MonthYear": "201502", "SOURCEURL": "https://example.org/1"}
LEAD |= {"ActionGeo_Type": "4", "ActionGeo_FullName": "Goris, Syunik, Armenia", "DATEADDED": "20150219"}
ROWS = {"csv": OURS, "ucdp-ged": GED, "acled": ACLED, "timelinejs": SLIDE, "gdelt": LEAD}
OF_A_DATA_SET = ("ucdp-ged", "acled", "gdelt")

DOUBTS = [  # format, what is other than in the row above, column, kind
    ("timelinejs", {"End Month": "11", "End Day": "12"}, "End Month", "partial-date"),
    ("timelinejs", {"End Year": "2021", "End Day": "12"}, "End Day", "partial-date"),
    ("timelinejs", {"Month": ""}, "Day", "partial-date"),
    ("csv", {"date": "24 March"}, "date", "partial-date"),
    ("timelinejs", {"Time": "10:00"}, "Time", "clock-time"),
    ("csv", {"date": "2022-03-24 14:30"}, "date", "clock-time"),
    ("csv", {"source_dates": "2022-03-25 14:30"}, "source_dates", "clock-time"),
    ("ucdp-ged", {"date_start": "2014-08-15 10:00:00"}, "date_start", "clock-time"),
    ("acled", {"event_date": "2022-03-25 10:00"}, "event_date", "clock-time"),
    ("ucdp-ged", {"country": "Ukrania"}, "country", "unknown-country"),
    ("acled", {"country": "Armena"}, "country", "unknown-country"),
    ("gdelt", {"ActionGeo_FullName": "Goris, Syunik, Armena"}, "ActionGeo_FullName", "unknown-country"),
    ("csv", {"country": "Armena"}, "country", "unknown-country"),
    ("acled", {"iso": "268"}, "country", "conflicting-country"),
    ("ucdp-ged", {"iso3": "GEO"}, "country", "conflicting-country"),
    ("ucdp-ged", {"year": "2013"}, "year", "conflicting-year"),
    ("acled", {"year": "2021"}, "year", "conflicting-year"),
    ("gdelt", {"Year": "2014"}, "Year", "conflicting-year"),
    ("gdelt", {"MonthYear": "201501"}, "MonthYear", "conflicting-year"),
    ("csv", {"latitude": "0", "longitude": "0"}, "latitude", "implausible-point"),
    ("csv", {"latitude": "91"}, "latitude", "implausible-point"),
    ("ucdp-ged", {"latitude": "37.8", "longitude": "48.0"}, "where_coordinates", "implausible-point"),
    ("csv", {"source_dates": "2022-03-22"}, "source_dates", "source-day"),
    ("csv", {"source_dates": "2022-03-26", "acts": "announces"}, "source_dates", "source-day"),
    ("ucdp-ged", {"source_article": '"Office,2014-08-01,Headline"'}, "source_article", "source-day"),
]


@pytest.mark.parametrize(("format", "change", "column", "kind"), DOUBTS)
def test_doubt_is_refused_by_column_and_taken_with_a_mark_where_accepted(tmp_path, format, change, column, kind):
    file, choice = table(ROWS[format] | change), {} if format in OF_A_DATA_SET else {"data_set": "ours"}
    others = {"accept": frozenset(KINDS) - {kind}}
    refused = looked_at(tmp_path, file, format, **choice, **others)
    batch = brought_in(tmp_path, file, format, **choice, accept=frozenset({kind}))

    assert (counts(refused), wrong(refused)) == ((0, 0, 0, 1), [(2, column)])
    assert f"--accept {kind}" in refused.first_problems[0].right
    event = Event.objects.get()
    assert re.findall(r"Accepted at import: ([^“]*) “", event.summary) == [column]
    assert KINDS[kind] in event.summary
    assert (batch.accepted, counts(batch)) == ({kind: 1}, (1, 0, 0, 0))
    assert counts(brought_in(tmp_path, file, format, **choice, accept=frozenset({kind}))) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("format", "change", "kind", "edtf", "country", "point"),
    [
        ("timelinejs", {"End Month": "11", "End Day": "12"}, "partial-date", "2020-11-10", None, None),
        ("timelinejs", {"Month": ""}, "partial-date", "2020", None, None),
        ("csv", {"date": "24 March"}, "partial-date", "", "AM", (39.5, 46.3)),
        ("csv", {"date": "2022-03-24 14:30"}, "clock-time", "2022-03-24", "AM", (39.5, 46.3)),
        ("csv", {"country": "Armena"}, "unknown-country", "2022-03-24", "", (39.5, 46.3)),
        ("csv", {"latitude": "91"}, "implausible-point", "2022-03-24", "AM", (None, None)),
        ("csv", {"latitude": "-39.5"}, "implausible-point", "2022-03-24", "AM", (-39.5, 46.3)),
    ],
)
def test_what_is_stored_is_as_much_as_the_file_says_for_sure(tmp_path, format, change, kind, edtf, country, point):
    brought_in(tmp_path, table(ROWS[format] | change), format, data_set="ours", accept=frozenset({kind}))

    place = Place.objects.first()
    assert Event.objects.get().edtf == edtf
    stored = place and tuple(degrees and float(degrees) for degrees in (place.latitude, place.longitude))
    assert (place and place.country, stored) == (country, point)


def test_address_of_two_documents_is_in_doubt_and_of_two_quotes_of_one_is_not(tmp_path):
    other = OURS | {"id": "2", "source_titles": "Another note"}
    file = table(OURS, OURS | {"id": "3"}, other)
    batch = brought_in(tmp_path, file, "csv", data_set="ours", accept=frozenset({"duplicate-address"}))

    refused = looked_at(tmp_path, file, "csv", data_set="ours")
    assert (wrong(refused), batch.accepted) == ([(4, "source_urls")], {"duplicate-address": 1})
    assert list(Event.objects.exclude(summary="").values_list("imported__external_id", flat=True)) == ["2"]


def test_several_kinds_are_accepted_and_counted_each(tmp_path):
    row = OURS | {"date": "2022-03-24 14:30", "source_dates": "2022-03-22", "latitude": "0", "longitude": "0"}
    batch = brought_in(tmp_path, table(row), "csv", data_set="ours", accept=frozenset(KINDS))

    assert batch.accepted == {"clock-time": 1, "source-day": 1, "implausible-point": 1}
    assert Event.objects.get().summary.count("Accepted at import:") == 3


CHANGES = {
    "partial-date": {"date": "24 March"},
    "clock-time": {"source_dates": "2022-03-25 14:30"},
    "unknown-country": {"country": "Armena"},
    "implausible-point": {"latitude": "91"},
}


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(list(CHANGES))), st.sets(st.sampled_from(list(KINDS))))
def test_every_doubt_is_refused_or_marked(tmp_path, doubtful, accepted):
    row = OURS.copy()
    for kind in doubtful:
        row |= CHANGES[kind]
    with transaction.atomic():
        wanted = options(tmp_path, table(row), "csv", "ours", accept=frozenset(accepted))
        summary = check(wanted)
        refused = {kind for kind in KINDS for problem in summary.first_problems if f"--accept {kind})" in problem.right}
        assert (refused, summary.problems) == (doubtful - accepted, len(doubtful - accepted))
        if not refused:
            run(wanted, summary)
            assert Event.objects.get().summary.count("Accepted at import:") == len(doubtful)
            assert summary.accepted == dict.fromkeys(doubtful, 1)
        transaction.set_rollback(True)


def test_mark_that_does_not_fit_is_refused(tmp_path):
    file = table(OURS | {"date": "2022-03-24 14:30", "summary": "x" * 2000})

    assert wrong(looked_at(tmp_path, file, "csv", data_set="ours", accept=frozenset(KINDS))) == [(2, "summary")]


def test_clock_of_a_slide_in_json_is_in_doubt(tmp_path):
    slide = {"start_date": {"year": 2020, "month": 11, "day": 10, "hour": 9, "minute": 30}, "text": {"headline": "A"}}
    file = json.dumps({"events": [slide]})

    assert wrong(looked_at(tmp_path, file, "timelinejs", data_set="ours")) == [(1, "Time")]
    brought_in(tmp_path, file, "timelinejs", data_set="ours", accept=frozenset({"clock-time"}))
    assert "Time “09:30:00”" in Event.objects.get().summary


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "is_far"),
    [
        ("AM", "40.2", "44.5", False),
        ("AM", "44.5", "40.2", False),  # the degrees exchanged, and not far enough to be seen
        ("AM", "-40.2", "44.5", True),
        ("FJ", "-17", "179.9", False),
        ("FJ", "-17", "-179.9", False),
        ("RU", "66", "-172", False),
        ("SD", "4.9", "29.5", False),  # the south, before it was a state
        ("FR", "4", "-53", False),
        ("FR", "4", "20", True),
        ("XX", "40", "44", False),
        ("", "40", "44", False),
    ],
)
def test_point_is_far_from_the_land_of_its_country(country, latitude, longitude, is_far):
    assert is_far_from_country(NamedPlace("Place", country, latitude, longitude)) == is_far


def test_command_takes_kinds_and_counts_them(tmp_path):
    file, out = tmp_path / "ged.csv", StringIO()
    file.write_text(table(GED | {"year": "2013"}))
    with pytest.raises(CommandError, match="called clock, place") as unknown:
        call_command("import_events", str(file), "--format", "ucdp-ged", "--accept", "place", "--accept", "clock")
    command = ["import_events", str(file), "--format", "ucdp-ged", "--accept", "conflicting-year"]
    call_command(*command, "--accept", "clock-time", "--yes", stdout=out)

    assert all(kind in str(unknown.value) for kind in KINDS)
    assert "Accepted and marked, conflicting-year: 1 event." in out.getvalue()
    assert ImportBatch.objects.get().accepted == {"conflicting-year": 1}


def test_page_takes_kinds_and_shows_what_was_accepted(data_set, page_process):
    client, file = member("Editor"), table(GED | {"year": "2013"})
    refused = upload(client, file)
    sent = upload(client, file, accept=["conflicting-year"])
    looked = client.get(url("upload", sent.pk)).content.decode()
    client.post(url("write", sent.pk))

    assert (refused.found["refused"], sent.found["accepted"]) == (1, {"conflicting-year": 1})
    assert "Accepted and marked, conflicting-year: 1 event" in looked
    batch = ImportBatch.objects.get()
    assert "conflicting-year: 1 event" in client.get(url("change", batch.pk)).content.decode()


@pytest.mark.parametrize("column", ["date", "source_dates"])
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("44644", "is Excel’s number for 24 March 2022"),
        ("42725.0", "is Excel’s number for 21 December 2016"),
        ("Aug 20, 18", "Write for example 20 August 2018"),
        ("24-Mar-22", "Write for example 24 March 2022"),
        ("3/24/22", "Write for example 24 March 2022"),
        ("Mar-22", "could be March 2022, or a day of a year that is not said"),
    ],
)
def test_day_as_a_spreadsheet_shows_it_is_refused_with_what_is_right(tmp_path, column, written, words):
    summary = looked_at(tmp_path, table(OURS | {column: written}), "csv", data_set="ours")

    assert wrong(summary) == [(2, column)]
    assert words in summary.first_problems[0].right


@pytest.mark.parametrize("written", ["24-Mar-2022", "2022-03-24 00:00:00", "24/03/2022 0:00", "24-Mar-2022 12:00 AM"])
def test_day_of_a_spreadsheet_is_taken_and_a_zero_clock_passed_over(tmp_path, written):
    brought_in(tmp_path, table(OURS | {"date": written, "source_dates": written}), "csv", data_set="ours")
    brought_in(
        tmp_path, table(GED | {"date_start": written, "date_end": written, "year": "2022", "source_article": "A"})
    )

    assert list(Event.objects.order_by("pk").values_list("edtf", "first_reported_on")) == [
        ("2022-03-24", None),
        ("2022-03-24", None),
    ]
    assert not Event.objects.filter(summary__contains="Accepted at import").exists()
