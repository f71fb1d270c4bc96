"""What a row of each format becomes (UCDP GED has a file of its own), and files that are refused."""

import json
from importlib import import_module

import pytest
from django.apps import apps

from timeline.imports.events.formats import gdelt, our_csv
from timeline.imports.events.formats.gdelt import ONE, ONE_BEFORE_2013, TWO, type_of
from timeline.models import Citation, DataSet, Event, ImportedEvent

from .beside import SHARED
from .import_files import brought_in, counts, looked_at, table, wrong

pytestmark = pytest.mark.django_db
REAL = SHARED / "data/timelinejs"

ACLED = {
    "event_id_cnty": "ARM12",
    "event_date": "25 March 2022",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Armenia",
    "assoc_actor_1": "A; B",
    "actor2": "Civilians (Armenia)",
    "country": "Armenia",
    "location": "Goris",
    "latitude": "39.5",
    "longitude": "46.3",
    "geo_precision": "1",
    "source": "Armenpress; TASS",
    "notes": "On 25 March 2022, forces clashed.",
    "fatalities": "3",
}


@pytest.mark.parametrize(
    ("precision", "edtf"),
    [("1", "2022-03-25"), ("2", "[2022-03-22..2022-03-28]"), ("3", "2022-03")],
    ids=["day", "week", "month"],
)
def test_acled_date_is_as_precise_as_time_precision_says(tmp_path, precision, edtf):
    brought_in(tmp_path, table(ACLED | {"time_precision": precision}), "acled")

    event = Event.objects.get()
    assert (event.edtf, event.known_on is not None) == (edtf, precision == "1")


def test_acled_row_becomes_an_event_that_stays_here(tmp_path):
    brought_in(tmp_path, table(ACLED), "acled")

    event = Event.objects.get()
    assert event.title == "Armed clash: Military Forces of Armenia and Civilians (Armenia) at Goris"
    assert (event.event_type.slug, event.deaths_low, event.deaths_best) == ("clash", None, 3)
    assert [one.actor.name for one in event.participations.all()] == ["Military Forces of Armenia", "A", "B"]
    citation = Citation.objects.get()
    assert (citation.quote, citation.note) == (ACLED["notes"], "Sources by ACLED: Armenpress; TASS")
    assert not DataSet.objects.get(slug="acled").redistributable
    assert not Event.objects.redistributable().exists()


def test_acled_counts_no_deaths_where_none_are_reported(tmp_path):
    brought_in(tmp_path, table(ACLED | {"fatalities": "0"}), "acled")

    event = Event.objects.get()
    assert (event.deaths_low, event.deaths_best, event.summary) == (None, None, "ACLED has no deaths reported.")


@pytest.mark.parametrize(("low", "best"), [(3, 3), (0, None)])
def test_stored_counts_of_acled_become_best_estimates_without_a_change(tmp_path, low, best):
    brought_in(tmp_path, table(ACLED), "acled")
    event, imported = Event.objects.get(), ImportedEvent.objects.get()
    for rows in (Event.objects, Event.history):
        rows.update(deaths_low=low, deaths_best=None)
    baseline = json.loads(imported.baseline) | {"low": low, "best": None}
    ImportedEvent.objects.update(baseline=json.dumps(baseline, separators=(",", ":")))

    import_module("timeline.migrations._acled_deaths").move_counts(apps, None)

    rows = [*Event.objects.all(), *event.history.all()]
    assert [(row.deaths_low, row.deaths_best) for row in rows] == [(None, best)] * 2
    assert json.loads(ImportedEvent.objects.get().baseline) == baseline | {"low": None, "best": best}


def test_acled_place_is_not_known_by_the_rule_of_ucdp(tmp_path):
    brought_in(tmp_path, table(ACLED | {"geo_precision": "2"}), "acled")

    place = Event.objects.get().place
    assert place.get_precision_display() == "in a part of the region; the point is a town of it"


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"time_precision": "4"}, "time_precision"),
        ({"event_date": "2022-02-30"}, "event_date"),
        ({"event_type": "Battle"}, "event_type"),
        ({"geo_precision": "9"}, "geo_precision"),
        ({"year": "2025"}, "year"),
        ({"iso": "999", "country": "Armena"}, "iso"),
        ({"country": "Armena"}, "country"),
        ({"latitude": "0", "longitude": "0.000"}, "latitude"),
        ({"fatalities": "some"}, "fatalities"),
    ],
)
def test_acled_row_that_is_wrong_is_refused(tmp_path, change, column):
    assert wrong(looked_at(tmp_path, table(ACLED | change), "acled")) == [(2, column)]


@pytest.mark.parametrize(
    ("country", "iso", "code"),
    [
        ("Armenia", "", "AM"),
        ("Republic of Congo", "178", "CG"),
        ("Akrotiri and Dhekelia", "196", "CY"),
        ("Armenia", "51", "AM"),
        ("", "", ""),
    ],
)
def test_acled_country_is_that_of_its_number(tmp_path, country, iso, code):
    brought_in(tmp_path, table(ACLED | {"country": country, "iso": iso}), "acled")

    assert Event.objects.get().country == code


def test_acled_actors_are_what_the_file_says_and_nobody_where_it_says_nothing(tmp_path):
    row = {
        "actor1": "Military Forces of Armenia (2018-)",
        "inter1": "State forces",
        "assoc_actor_1": "Taxi Drivers; NA",
    }
    row |= {"actor2": "Example Front", "inter2": "2", "assoc_actor_2": "Labour Group (Armenia)"}
    brought_in(tmp_path, table(ACLED | row), "acled")

    actors = Event.objects.get().participations.values_list("actor__name", "actor__kind", "role")
    assert set(actors) == {
        ("Military Forces of Armenia (2018-)", "organisation", "participant"),
        ("Example Front", "armed_group", "participant"),
        ("Taxi Drivers", "group", "participant"),
        ("Labour Group (Armenia)", "group", "participant"),
    }


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
        ({"title": "a\u202eb"}, "title"),
        ({"title": "=cmd()"}, "title"),
        ({"quotes": "--- ‖ two"}, "quotes"),
        ({"source_dates": "2022-13-01 ‖ "}, "source_dates"),
        ({"time_of_day": "10:00"}, "time_zone"),
        ({"time_of_day": "10:00", "time_zone": "Mars/Base", "date": "2022-03-21"}, "time_zone"),
        ({"time_of_day": "10:00", "time_zone": "Asia/Yerevan"}, "time_of_day"),
        ({"place": "X", "country": "XX"}, "place"),
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
    "Time": "10:00",
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
    assert event.date_note == "Clock time in the file, without a time zone: 10:00"
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


def gdelt_row(header: list[str], **changes) -> str:
    values = {
        "GLOBALEVENTID": "410412347",
        "SQLDATE": "20150218",
        "Actor1Code": "ARM",
        "Actor1Name": "ARMENIA",
        "Actor1CountryCode": "ARM",
        "Actor2Name": "MINISTER",
        "EventCode": "042",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Yerevan, Yerevan, Armenia",
        "ActionGeo_Lat": "40.18",
        "ActionGeo_Long": "44.51",
        "ActionGeo_FeatureID": "-1",
        "DATEADDED": "20150219000000",
        "SOURCEURL": "https://news.example/a",
    }
    return "\t".join((values | changes).get(name, "") for name in header)


@pytest.mark.parametrize(
    ("header", "count"), [(ONE_BEFORE_2013, 57), (ONE, 58), (TWO, 61)], ids=["1.0 before 2013", "1.0", "2.0"]
)
def test_gdelt_is_read_without_a_header(tmp_path, header, count):
    brought_in(tmp_path, gdelt_row(header) + "\n", "gdelt")

    event = Event.objects.get()
    assert len(header) == count
    assert (event.title, event.edtf) == ("Armenia and Minister: CAMEO 042 at Yerevan, Yerevan, Armenia", "2015-02-18?")
    assert (event.event_type.slug, event.country, event.known_on) == ("visit", "AM", None)
    has_address = "SOURCEURL" in header
    briefing = event.citations.get().briefing
    assert briefing.url == ("https://news.example/a" if has_address else "https://www.gdeltproject.org/")


def test_gdelt_header_that_does_not_fit_its_rows_is_refused(tmp_path):
    shifted = "\t".join(ONE) + "\n" + "\t".join(["1", gdelt_row(ONE)]) + "\n"
    quoted = ",".join(ONE) + "\n" + ",".join(["1", *gdelt_row(ONE).replace(",", " ").split("\t")]) + "\n"

    for text in (shifted, quoted):
        fatal = looked_at(tmp_path, text, "gdelt").fatal
        assert fatal.startswith("The header does not fit the rows")
        assert "Line 2: The row has 59 cells, too many: the header names 58 columns." in fatal
    assert "The rows have 3 cells" in looked_at(tmp_path, "1\t2\t3\n", "gdelt").fatal


def test_gdelt_codes_are_text(tmp_path):
    brought_in(tmp_path, "\t".join(ONE) + "\n" + gdelt_row(ONE, EventCode="030") + "\n", "gdelt")

    assert "CAMEO 030" in Event.objects.get().title
    assert (type_of("030"), type_of("0411"), type_of("190")) == ("other", "phone-call", "clash")
    assert gdelt.terms.redistributable


CODED = [  # one code is shared by all who have that role in that country
    {"Actor1Code": "ARM", "Actor1Name": "ARMENIA", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "ARM", "Actor1Name": "YEREVAN", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "ARMGOV", "Actor1Name": "PRESIDENT", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "ARMGOV", "Actor1Name": "PRIME MINISTER", "Actor1CountryCode": "ARM"},
    {"Actor1Code": "COP", "Actor1Name": "POLICE", "Actor1CountryCode": ""},
    {"Actor1Code": "COP", "Actor1Name": "TROOPER", "Actor1CountryCode": ""},
    {"Actor1Code": "NA", "Actor1Name": "NA", "Actor1CountryCode": "NA"},
    {"Actor1Code": "---", "Actor1Name": "---", "Actor1CountryCode": ""},
]


def test_gdelt_actors_are_who_the_cell_names_and_the_same_file_changes_nothing(tmp_path):
    lines = [gdelt_row(ONE, GLOBALEVENTID=str(n), Actor2Name="", **codes) for n, codes in enumerate(CODED, 1)]
    brought_in(tmp_path, "\n".join(lines) + "\n", "gdelt")

    named = Event.objects.order_by("pk").values_list("participations__actor__name", "participations__actor__kind")
    people = [("Yerevan", "group"), ("President", "group"), ("Prime Minister", "group"), ("Police", "group")]
    assert list(named) == [("Armenia", "state"), *people, ("Trooper", "group"), (None, None), (None, None)]
    again = counts(brought_in(tmp_path, "\n".join(lines) + "\n", "gdelt"))
    assert again == (0, 0, len(CODED), 0)


@pytest.mark.parametrize(
    ("slide", "column"),
    [
        ({"End Month": "11", "End Day": "12"}, "End Year"),
        ({"End Year": "2020", "End Day": "12"}, "End Month"),
        ({"Month": ""}, "Month"),
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
