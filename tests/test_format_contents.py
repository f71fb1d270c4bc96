"""What formats say of an event, read back by a program that is not ours: its days, its claim, its sources, chosen columns."""

import codecs
import datetime as dt
import io
import json
import zipfile

import icalendar
import pytest

from tests import make
from timeline.exports.columns import WIDE
from timeline.exports.package import TABLES
from timeline.models import Event

from . import export_events
from .export_events import taken, unzipped
from .format_parsers import READERS
from .import_files import brought_in, ged
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

month = made_once(export_events.month)


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
        "certainty": "less-certain",
    }
    assert feature["geometry"] is None


CERTAINTY = {
    "2022-03-24": "certain",
    "2022-03-21/2022-03-24": "certain",
    "2020-11": "less-certain",
    "[2020-11..2022-03]": "less-certain",
    "[2022-03-21,2022-03-22]": "less-certain",
    "2020-11-10/..": "less-certain",
    "2022-03-24~": "less-certain",
    "2022-03-24?": "uncertain",
    "2022-03-24%": "uncertain",
}


def test_map_calls_certain_only_days_that_are_known(client):
    for edtf in CERTAINTY:
        make.published(edtf, edtf=edtf)

    features = json.loads(taken(client, "geojson"))["features"]

    assert {feature["properties"]["edtf"]: feature["when"]["certainty"] for feature in features} == CERTAINTY


@pytest.mark.parametrize("extension", [*READERS])
def test_no_format_shows_a_day_as_the_date_of_a_month(client, month, extension):
    content = taken(client, extension)
    text = unzipped(content) if extension in ("zip", "xlsx") else content.decode()

    assert "November 2020" in text
    for day in ("1 November 2020", "November 1, 2020", "30 November 2020"):
        assert day not in text


def test_interval_between_known_days_is_certain(client):
    make.citation(event := make.event("Truce", edtf="2022-03-21/2022-03-24"))
    event.publish()

    (entry,) = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")

    assert (entry["dtstart"].dt, entry["dtend"].dt) == (dt.date(2022, 3, 21), dt.date(2022, 3, 25))
    assert (entry["status"], entry["sequence"]) == ("CONFIRMED", Event.objects.get().revision)


def test_columns_are_chosen_and_tagged(client, month):
    text = taken(client, "csv", "fields=edtf,title&hxl=1").decode()

    assert text == "edtf,title\r\n#date+edtf,#event+name\r\n2020-11,Ceasefire\r\n"


@pytest.mark.parametrize("extension", ["csv", "citations.csv"])
def test_table_for_excel_begins_with_a_byte_order_mark(client, month, extension):
    plain, marked = (taken(client, extension, query) for query in ("fields=edtf", "fields=edtf&bom=1"))

    assert marked == codecs.BOM_UTF8 + plain


@pytest.mark.parametrize(
    ("extension", "query", "errors"),
    [
        ("csv", "bom=0", {"bom": ["“bom” is 1, or left out."]}),
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


def test_cited_briefings_are_listed_once(client, month):
    briefing = month.citations.get().briefing
    make.citation(other := make.event("Draft"), make.briefing(slug="of-a-draft"))
    make.citation(month, briefing, quote="Troops moved.")

    (source,) = json.loads(taken(client, "csl.json"))
    assert (source["id"], source["issued"]) == (briefing.slug, {"date-parts": [[2022, 3, 25]]})
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
    (feed_entry,) = json.loads(taken(client, "feed.json"))["items"]

    is_certain = actuality == "occurred"
    assert (entry["status"], entry["summary"]) == (status, "Talks" if is_certain else f"Talks ({claim})")
    assert (slide["display_date"], feed_entry["title"]) == (claim, f"Talks, {claim}")
    assert feature["when"]["certainty"] == ("certain" if is_certain else "uncertain")


def test_source_that_a_data_set_lists_is_no_quote(client, tmp_path):
    brought_in(tmp_path, ged({}), publish=True)
    listed = "Source listed by UCDP GED: Reuters News, 15 August 2014"
    (entry,) = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")

    for text in (entry["description"], taken(client, "timelinejs.json").decode(), taken(client, "atom").decode()):
        assert (listed in text, "“Death" in text, "blockquote" in text) == (True, False, False)


def test_package_is_what_its_description_says(client, month):
    """That `by_zip` finds it valid is checked for every package: see tests.format_parsers."""
    with zipfile.ZipFile(io.BytesIO(taken(client, "zip"))) as package:
        tables = {f"{table.name}.csv" for table in TABLES}
        names = [path for path in package.namelist() if path not in tables]

    assert names == ["README.md", "CITATION", "LICENCE", "codebook.csv", "manifest.json", "datapackage.json"]


@pytest.mark.beside("data/datapackage-v2-schemas")
def test_package_follows_the_schemas_of_the_standard(client, month):
    assert READERS["zip"](taken(client, "zip")) == ["e000000001"]
