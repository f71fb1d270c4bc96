"""Each format read back by a library that is not ours: the ids in a file, in its order, once the file is found valid.

Of most formats these are events, by public id; of SOURCES they are briefings, by slug.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from tempfile import TemporaryDirectory

import bibtexparser
import feedparser
import frictionless
import icalendar
import jsonschema
import openpyxl
import rispy

from tests.format_schemas import CSL, GEOJSON, TIMELINEJS

from .beside import SHARED

Reader = Callable[[bytes], list[str]]

SCHEMAS = SHARED / "data" / "datapackage-v2-schemas"


def by_csv(data: bytes) -> list[str]:
    return [row["public_id"] for row in csv.DictReader(io.StringIO(data.decode(), newline=""))]


def by_citations_csv(data: bytes) -> list[str]:
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return list(dict.fromkeys(row["event_public_id"] for row in rows))


def by_xlsx(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    ids = []
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            assert not [cell for cell in row if cell.data_type == "f"], "a cell is a formula"
            if sheet.title == "events":
                ids.append(row[0].value)
    return ids


def by_json(data: bytes) -> list[str]:
    return [event["public_id"] for event in json.loads(data)["events"]]


def by_ndjson(data: bytes) -> list[str]:
    return [json.loads(line)["public_id"] for line in data.decode().splitlines()]  # at any end of a line


def by_geojson(data: bytes) -> list[str]:
    collection = json.loads(data)
    jsonschema.validate(collection, GEOJSON)
    return [feature["id"] for feature in collection["features"]]


def by_timelinejs(data: bytes) -> list[str]:
    story = json.loads(data)
    jsonschema.validate(story, TIMELINEJS)
    return [slide["unique_id"] for slide in story["events"]]


def by_ics(data: bytes) -> list[str]:
    calendar = icalendar.Calendar.from_ical(data)
    return [str(event["uid"]).removeprefix("event-").partition("@")[0] for event in calendar.walk("VEVENT")]


def by_atom(data: bytes) -> list[str]:
    feed = feedparser.parse(data)
    assert not feed.bozo
    return [entry.id.rpartition("event-")[2] for entry in feed.entries]


def by_json_feed(data: bytes) -> list[str]:
    return [entry["id"] for entry in json.loads(data)["items"]]


def by_zip(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        with TemporaryDirectory() as folder:
            package.extractall(folder)  # our own
            report = frictionless.Package(f"{folder}/datapackage.json").validate()
        assert report.valid, report.to_summary()
        made = json.loads(package.read("datapackage.json"))
        if SCHEMAS.exists():
            jsonschema.validate(made, json.loads((SCHEMAS / "datapackage.json").read_text(encoding="utf-8")))
        return by_csv(package.read("events.csv"))


def by_bib(data: bytes) -> list[str]:
    library = bibtexparser.parse_string(data.decode())
    assert not library.failed_blocks
    return [entry.key for entry in library.entries]


def by_ris(data: bytes) -> list[str]:
    return [reference["id"] for reference in rispy.loads(data.decode())]


def by_csl(data: bytes) -> list[str]:
    references = json.loads(data)
    jsonschema.validate(references, CSL)
    return [reference["id"] for reference in references]


READERS: dict[str, Reader] = {
    "csv": by_csv,
    "citations.csv": by_citations_csv,
    "xlsx": by_xlsx,
    "json": by_json,
    "ndjson": by_ndjson,
    "geojson": by_geojson,
    "timelinejs.json": by_timelinejs,
    "ics": by_ics,
    "atom": by_atom,
    "feed.json": by_json_feed,
    "zip": by_zip,
}
SOURCES: dict[str, Reader] = {"bib": by_bib, "ris": by_ris, "csl.json": by_csl}
