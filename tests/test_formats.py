"""Each format, read back by a program that is not ours."""

import csv
import io
import json

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
from timeline.exports.to_csv import csv_line, quote_cells
from timeline.models import Briefing, Event
from timeline.text.unseen import clean_line

from . import export_events
from .beside import SHARED
from .clients import feed_pages, let_go
from .export_events import taken, unzipped
from .format_parsers import READERS, SOURCES
from .hypothesis_examples import examples
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

month = made_once(export_events.month)

EXAMPLE = SHARED / "data" / "timelinejs" / "women_in_computing.json"


def test_every_format_has_a_reader():
    assert {*READERS, *SOURCES} == set(FORMATS)


def read_all(client, query: str = "") -> dict[str, list[str]]:
    """Return the ids that each format holds, of feeds those of all their pages."""
    return {
        extension: [
            public_id
            for page in (
                feed_pages(client, extension, query)
                if FORMATS[extension].is_feed
                else [taken(client, extension, query)]
            )
            for public_id in read(page)
        ]
        for extension, read in READERS.items()
    }


def in_their_order(listed: list[str]) -> dict[str, list[str]]:
    """Return these events as each format has them: in the order of the list, in feeds the last changed first."""
    changed = list(Event.objects.named(listed).last_changed_first().values_list("public_id", flat=True))
    return {extension: changed if FORMATS[extension].is_feed else listed for extension in READERS}


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_every_format_holds_the_events_of_the_list_in_its_order(client, world, query):  # noqa: F811
    answer = client.get(f"/events.json?{query}")
    let_go(answer)  # a file counts as being read until then
    if answer.status_code == 400:
        assert {client.get(f"/events.{extension}?{query}").status_code for extension in FORMATS} == {400}
        return
    listed = READERS["json"](taken(client, "json", query))

    assert read_all(client, query) == in_their_order(listed)


@pytest.mark.parametrize("event_count", [0, 1, 9, pytest.param(251, marks=pytest.mark.long)])
def test_formats_hold_any_number_of_events(client, monkeypatch, event_count):
    monkeypatch.setattr("timeline.exports.event_records.CHUNKS", (4,))
    monkeypatch.setattr("timeline.exports.export.PAGE_SIZE", 4)
    monkeypatch.setattr("timeline.exports.feed_pages.PAGE_SIZE", 4)
    events = [make.published() for _ in range(min(event_count, 6))]  # each by a briefing of its own
    if event_count > len(events):
        make.copies(events[-1], event_count - len(events))
    listed = list(Event.objects.public().in_order().values_list("public_id", flat=True))

    assert read_all(client) == in_their_order(listed)
    cited = sorted(Briefing.objects.values_list("slug", flat=True))
    assert {extension: read(taken(client, extension)) for extension, read in SOURCES.items()} == dict.fromkeys(
        SOURCES, cited
    )


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


def test_text_comes_back_exactly(client):
    briefing = make.briefing()
    for title in NASTY:
        place = make.place(title, latitude="-40.5", longitude="-0.25")
        event = make.published(title, summary="line one\nline two", place=place, briefing=briefing)
        make.participation(event, make.actor(title))

    sheet = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx")))["events"]
    titles, latitudes = (column for column in sheet.columns if column[0].value in ("title", "latitude"))
    assert [(cell.value, cell.data_type) for cell in titles[1:]] == [(title, "s") for title in NASTY]
    assert [(cell.value, cell.data_type) for cell in latitudes[1:]] == [(-40.5, "n")] * len(NASTY)
    raw = csv.DictReader(io.StringIO(taken(client, "csv", "raw=1").decode(), newline=""))
    assert [(row["title"], row["latitude"]) for row in raw] == [(title, "-40.5") for title in NASTY]
    assert [json.loads(line)["title"] for line in taken(client, "ndjson").splitlines()] == NASTY
    entries = icalendar.Calendar.from_ical(taken(client, "ics")).walk("VEVENT")
    assert [str(entry["summary"]) for entry in entries] == NASTY
    dated = [f"{title}, 24 March 2022" for title in NASTY]
    assert sorted(entry.title for entry in feedparser.parse(taken(client, "atom")).entries) == sorted(dated)


def test_no_cell_of_a_workbook_is_a_formula(client):
    for title in NASTY:
        make.citation(event := make.event(title), quote="Troops moved.")
        event.publish()
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx")))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert book.sheetnames == ["events", "citations", "about"]
    assert kinds <= {"s", "n", "b", "d"}
    assert "<f>" not in unzipped(taken(client, "xlsx"))


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map(clean_line).filter(bool))
def test_any_text_survives_every_format(client, month, title):
    Event.objects.filter(pk=month.pk).update(title=title, summary=title)

    assert {extension: read(taken(client, extension)) for extension, read in READERS.items()} == dict.fromkeys(
        READERS, ["e000000001"]
    )
    assert json.loads(taken(client, "json"))["events"][0]["title"] == title


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), max_size=3))
def test_lines_are_those_of_the_standard_library(rows):
    file = io.StringIO()
    csv.writer(file).writerows(rows)

    assert "".join(csv_line(quote_cells(cells)) for cells in rows) == file.getvalue()
