"""Each format, read back by a program that is not ours."""

import csv
import datetime as dt
import io
import json
import zipfile

import bibtexparser
import feedparser
import icalendar
import jsonschema
import openpyxl
import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from tests import make
from tests.format_schemas import TIMELINEJS
from tests.test_parity import queries, world  # noqa: F401
from timeline.exports import FORMATS
from timeline.exports.columns import WIDE
from timeline.exports.to_csv import csv_line, quote_cells
from timeline.models import Briefing, Event

from .beside import SHARED
from .clients import body, let_go
from .format_parsers import READERS, SOURCES
from .hypothesis_examples import examples
from .import_files import brought_in, ged
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

EXAMPLE = SHARED / "data" / "timelinejs" / "women_in_computing.json"


def taken(client, extension: str, query: str = "") -> bytes:
    response = client.get(f"/events.{extension}?{query}")
    assert response.status_code == 200
    return body(response)


def test_every_format_has_a_reader():
    assert {*READERS, *SOURCES} == set(FORMATS)


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_every_format_holds_the_events_of_the_list_in_its_order(client, world, query):  # noqa: F811
    answer = client.get(f"/events.json?{query}")
    let_go(answer)  # a file counts as being read until then
    if answer.status_code == 400:
        assert {client.get(f"/events.{one}?{query}").status_code for one in FORMATS} == {400}
        return
    listed = READERS["json"](taken(client, "json", query))
    found = {extension: read(taken(client, extension, query)) for extension, read in READERS.items()}

    assert found == dict.fromkeys(READERS, listed)


@pytest.mark.parametrize("event_count", [0, 1, 26, pytest.param(251, marks=pytest.mark.long)])
def test_formats_hold_any_number_of_events(client, monkeypatch, event_count):
    monkeypatch.setattr("timeline.exports.event_records.CHUNKS", (10,))
    events = [make.published() for _ in range(min(event_count, 12))]  # each by a briefing of its own
    if event_count > len(events):
        make.copies(events[-1], event_count - len(events))
    listed = list(Event.objects.public().in_order().values_list("public_id", flat=True))

    assert {one: read(taken(client, one)) for one, read in READERS.items()} == dict.fromkeys(READERS, listed)
    cited = sorted(Briefing.objects.values_list("slug", flat=True))
    assert {one: read(taken(client, one)) for one, read in SOURCES.items()} == dict.fromkeys(SOURCES, cited)


@pytest.mark.beside("data/timelinejs")
def test_schema_of_timelinejs_takes_its_official_example():
    jsonschema.validate(json.loads(EXAMPLE.read_text(encoding="utf-8")), TIMELINEJS)


TITLES = ["Ceasefire = {a} \\ % & 50 $ # _ ~", "“Ուղիղ” – 停火", "Briefing -- March --- ``what'' 'it' said - so"]


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_sources_are_read_back(client, title):
    make.citation(event := make.event(), make.briefing(title=title))
    event.publish()

    (ris,) = rispy.loads(taken(client, "ris").decode())
    (csl,) = json.loads(taken(client, "csl.json"))
    decoded = LatexNodes2Text().latex_to_text(
        bibtexparser.parse_string(taken(client, "bib").decode()).entries[0]["title"]
    )
    assert (ris["title"], csl["title"], decoded) == (title,) * 3


def test_circumflex_is_the_sign_that_latex_prints(client):
    make.citation(event := make.event(), make.briefing(title="10^6"))
    event.publish()

    assert "title = {{10\\textasciicircum{}6}}" in taken(client, "bib").decode()


# No day is made up


@made_once
def month():
    """Return an event known to the month."""
    event = make.event("Ceasefire", edtf="2020-11", public_id="e000000001")
    make.citation(event)
    event.publish()
    return event


def test_calendar_spans_the_days_it_may_have_been(client, month):
    (entry,) = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")

    days = (entry["dtstart"].dt, entry["dtend"].dt)
    assert days == (dt.date(2020, 11, 1), dt.date(2020, 12, 1))  # the end is not included
    assert entry["dtstart"].params["value"] == "DATE"
    assert (entry["status"], entry["x-edtf"], entry["summary"]) == ("TENTATIVE", "2020-11", "Ceasefire (November 2020)")


def test_map_says_when_in_spans(client, month):
    (feature,) = json.loads(taken(client, "geojson"))["features"]

    bounds = {"earliest": "2020-11-01", "latest": "2020-11-30"}
    assert feature["when"] == {
        "timespans": [{"start": bounds, "end": bounds}],
        "label": "November 2020",
        "certainty": "certain",
    }
    assert feature["geometry"] is None


@pytest.mark.parametrize("extension", [*READERS])
def test_no_format_shows_a_day_as_the_date_of_a_month(client, month, extension):
    data = taken(client, extension)
    text = unzipped(data) if extension in ("zip", "xlsx") else data.decode()

    assert "November 2020" in text
    for day in ("1 November 2020", "November 1, 2020", "30 November 2020"):
        assert day not in text


def unzipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


# Nothing breaks a format

NASTY = [
    "=1+1",
    "+A1",
    "-x",
    "@SUM(1)",
    "＝1",
    "'=quoted",
    'a "b", c',
    "semi;colon",
    "العربية",
    "<b>&amp;</b>",
    "{tex}\\%",
    "—",
]


@pytest.mark.parametrize("title", NASTY)
def test_text_comes_back_exactly(client, title):
    event = make.event(
        title, summary="line one\nline two", place=make.place(title, latitude="-40.5", longitude="-0.25")
    )
    make.citation(event)
    make.participation(event, make.actor(title))
    event.publish()

    sheet = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx")))["events"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (cells["title"].value, cells["title"].data_type) == (title, "s")
    assert (cells["latitude"].value, cells["latitude"].data_type) == (-40.5, "n")
    raw = next(csv.DictReader(io.StringIO(taken(client, "csv", "raw=1").decode(), newline="")))
    assert (raw["title"], raw["latitude"]) == (title, "-40.5")
    assert json.loads(taken(client, "ndjson"))["title"] == title
    (entry,) = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")
    assert str(entry["summary"]) == title
    assert feedparser.parse(taken(client, "atom")).entries[0].title == f"{title}, 24 March 2022"


def test_no_cell_of_a_workbook_is_a_formula(client):
    for title in NASTY:
        make.citation(event := make.event(title), quote="Troops moved.")
        event.publish()
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx")))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert book.sheetnames == ["events", "citations", "about"]
    assert kinds <= {"s", "n", "b"}
    assert "<f>" not in unzipped(taken(client, "xlsx"))


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40))
def test_any_text_survives_every_format(client, month, title):
    Event.objects.filter(pk=month.pk).update(title=title, summary=title)

    assert {one: read(taken(client, one)) for one, read in READERS.items()} == dict.fromkeys(READERS, ["e000000001"])
    assert json.loads(taken(client, "json"))["events"][0]["title"] == title


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), max_size=3))
def test_lines_are_those_of_the_standard_library(rows):
    file = io.StringIO()
    csv.writer(file).writerows(rows)

    assert "".join(csv_line(quote_cells(cells)) for cells in rows) == file.getvalue()


def test_interval_between_known_days_is_certain(client):
    make.citation(event := make.event("Truce", edtf="2022-03-21/2022-03-24"))
    event.publish()

    (entry,) = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")

    assert (entry["dtstart"].dt, entry["dtend"].dt) == (dt.date(2022, 3, 21), dt.date(2022, 3, 25))
    assert (entry["status"], entry["sequence"]) == ("CONFIRMED", Event.objects.get().revision)


# Columns that are asked for


def test_columns_are_chosen_and_tagged(client, month):
    text = taken(client, "csv", "fields=edtf,title&hxl=1").decode()

    assert text == "edtf,title\r\n#date+edtf,#event+name\r\n2020-11,Ceasefire\r\n"


@pytest.mark.parametrize(
    ("extension", "query", "errors"),
    [
        ("csv", "raw=yes", {"raw": ["“raw” is 1, or left out."]}),
        ("json", "hxl=1", {"hxl": ["This format has no “hxl”: it is for tables."]}),
        ("json", "fields=title", {"fields": ["There is no column “title”. This format has no columns to choose."]}),
    ],
)
def test_wrong_option_is_refused(client, month, extension, query, errors):
    response = client.get(f"/events.{extension}?{query}")

    assert (response.status_code, response.json()) == (400, {"errors": errors, "status": 400})


def test_wrong_column_is_refused_with_those_there_are(client):
    names = ", ".join(column.name for column in WIDE)

    assert client.get("/events.csv?fields=nope").json()["errors"] == {
        "fields": [f"There is no column “nope”. Columns: {names}."]
    }


# Sources


def test_cited_briefings_are_listed_once(client, month):
    briefing = month.citations.get().briefing
    make.citation(other := make.event("Draft"), make.briefing(slug="of-a-draft"))
    make.citation(month, briefing, quote="Troops moved.")

    (item,) = json.loads(taken(client, "csl.json"))
    assert (item["id"], item["issued"]) == (briefing.slug, {"date-parts": [[2022, 3, 25]]})
    assert taken(client, "bib").decode().count("@misc{") == 1
    assert "  year = {2022},\n  month = {3},\n  day = {25},\n" in taken(client, "bib").decode()
    assert f"ID  - {briefing.slug}\r\n" in taken(client, "ris").decode()
    assert other.status == "draft"


def test_what_a_data_set_lists_is_cited_as_the_article_it_is(client, tmp_path):
    brought_in(tmp_path, ged({}, {"id": "1002", "source_article": "No Geoinfo"}), publish=True)
    article, record = sorted(json.loads(taken(client, "csl.json")), key=lambda entry: entry["type"])

    del article["id"]
    assert article == {
        "type": "article-newspaper",
        "title": "Death toll rises",
        "author": [{"literal": "Reuters News"}],
        "issued": {"date-parts": [[2014, 8, 15]]},
        "language": "en",
        "note": "recorded by UCDP GED",
    }
    assert (record["type"], record["URL"]) == ("dataset", "https://ucdp.uu.se/downloads/")
    (bib,) = [entry for entry in taken(client, "bib").decode().split("\n\n") if "Death toll rises" in entry]
    assert ("note = {recorded by UCDP GED}" in bib, "url =" in bib) == (True, False)
    assert "TY  - NEWS\r\n" in taken(client, "ris").decode()


def test_bibtex_keeps_its_own_signs_out_of_titles(client):
    make.citation(event := make.event(), make.briefing(title="50% of {A_B} \\ & $C"))
    event.publish()

    assert "title = {{50\\% of \\{A\\_B\\} \\textbackslash{} \\& \\$C}}" in taken(client, "bib").decode()


@pytest.mark.parametrize(
    ("actuality", "status", "claim"),
    [
        ("occurred", "CONFIRMED", "24 March 2022"),
        ("announced", "TENTATIVE", "announced for 24 March 2022"),
        ("did_not_occur", "CANCELLED", "did not happen: 24 March 2022"),
        ("unclear", "TENTATIVE", "unclear whether it happened: 24 March 2022"),
    ],
)
def test_no_format_says_that_happened_what_did_not(client, actuality, status, claim):
    make.published("Talks", edtf="2022-03-24", type="meeting", actuality=actuality, cited={"act": "confirms"})
    (entry,) = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")
    (slide,) = json.loads(taken(client, "timelinejs.json"))["events"]
    (feature,) = json.loads(taken(client, "geojson"))["features"]
    (item,) = json.loads(taken(client, "feed.json"))["items"]

    is_certain = actuality == "occurred"
    assert (entry["status"], entry["summary"]) == (status, "Talks" if is_certain else f"Talks ({claim})")
    assert (slide["display_date"], item["title"]) == (claim, f"Talks, {claim}")
    assert feature["when"]["certainty"] == ("certain" if is_certain else "uncertain")


def test_source_that_a_data_set_lists_is_no_quote(client, tmp_path):
    brought_in(tmp_path, ged({}), publish=True)
    listed = "Source listed by UCDP GED: Reuters News, 15 August 2014"
    (entry,) = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")

    for text in (entry["description"], taken(client, "timelinejs.json").decode(), taken(client, "atom").decode()):
        assert (listed in text, "“Death" in text, "blockquote" in text) == (True, False, False)


# The package


def test_package_is_what_its_description_says(client, month):
    """That `by_zip` finds it valid is asked of every package: see tests.format_parsers."""
    with zipfile.ZipFile(io.BytesIO(taken(client, "zip"))) as package:
        names = [path for path in package.namelist() if not path.endswith(".csv")]

    assert names == ["README.md", "CITATION", "LICENCE", "manifest.json", "datapackage.json"]


@pytest.mark.beside("data/datapackage-v2-schemas")
def test_package_follows_the_schemas_of_the_standard(client, month):
    assert READERS["zip"](taken(client, "zip")) == ["e000000001"]
