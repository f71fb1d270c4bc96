"""Events of a data set whose licence forbids redistribution: shown here, in no file, and every file says so."""

import io
import json
import zipfile

import feedparser
import icalendar
import openpyxl
import pytest

from tests import make
from tests.format_parsers import READERS, SOURCES
from timeline.exports import FORMATS
from timeline.models import DataSet

from .clients import body, page_ids
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WORDS = "1 event of ACLED left out: its licence (terms of ACLED) forbids redistribution."


@made_once
def held_back():
    """One event that may go on, and one that may not."""
    terms = {"licence": "terms of ACLED", "attribution": "ACLED, acleddata.com.", "redistributable": False}
    acled = DataSet.objects.create(slug="acled", name="ACLED", **terms)
    make.citation(ours := make.event("Own", public_id="e000000001"))
    ours.publish()
    make.citation(theirs := make.event("Theirs", public_id="e000000002", data_set=acled))
    theirs.publish()
    return theirs


def taken(client, extension: str):
    response = client.get(f"/events.{extension}")
    return response, body(response)


def test_page_shows_and_counts_it_with_its_attribution(client, held_back):
    assert page_ids(client) == ["e000000002", "e000000001"]  # newest first
    assert "ACLED, acleddata.com." in client.get("/").content.decode()
    assert "ACLED, acleddata.com." in client.get("/events/e000000002/").content.decode()


@pytest.mark.parametrize("extension", READERS)
def test_no_file_holds_it(client, held_back, extension):
    response, data = taken(client, extension)

    assert READERS[extension](data) == ["e000000001"]
    assert (response["X-Total-Count"], response["X-Left-Out"]) == ("1", "acled=1")


@pytest.mark.parametrize("extension", SOURCES)
def test_no_list_of_sources_names_its_briefing(client, held_back, extension):
    response, data = taken(client, extension)

    slug = held_back.citations.get().briefing.slug
    assert (slug.encode() in data, response["X-Left-Out"]) == (False, "acled=1")


@pytest.mark.parametrize("extension", FORMATS)
def test_every_manifest_says_how_many_and_why(client, held_back, extension):
    manifest = client.get(f"/events.{extension}.manifest").json()

    assert manifest["left_out"] == [
        {"data_set": "acled", "count": 1, "why": WORDS, "attribution": "ACLED, acleddata.com."}
    ]


def by_xlsx(data: bytes) -> list:
    return [row[1] for row in openpyxl.load_workbook(io.BytesIO(data))["about"].iter_rows(values_only=True)]


def by_zip(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("README.md").decode() + package.read("datapackage.json").decode()


def by_geojson(data: bytes) -> str:
    return json.loads(data)["about"]["left_out"][0]["why"]


SAYS = {
    "json": lambda data: json.loads(data)["left_out"][0]["why"],
    "geojson": by_geojson,
    "timelinejs.json": lambda data: json.loads(data)["title"]["text"]["text"],
    "xlsx": by_xlsx,
    "zip": by_zip,
    "ics": lambda data: str(icalendar.Calendar.from_ical(data)["description"]),
    "atom": lambda data: feedparser.parse(data).feed.subtitle,
    "feed.json": lambda data: json.loads(data)["user_comment"],
    "bib": lambda data: data.decode(),
}
# Rows and nothing else: the header and the manifest say it
SILENT = {"csv", "citations.csv", "ndjson", "ris", "csl.json"}


@pytest.mark.parametrize("extension", SAYS)
def test_file_says_how_many_and_why(client, held_back, extension):
    _, data = taken(client, extension)

    assert WORDS in SAYS[extension](data)


def test_every_format_either_says_it_or_cannot():
    assert {*SAYS, *SILENT} == set(FORMATS)


def test_page_of_exports_says_it(client, held_back):
    assert WORDS in client.get("/export/").content.decode()
