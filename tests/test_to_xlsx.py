"""The workbook as a spreadsheet shows it: dates, widths, a head that stays, and no cell that it would break."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.http import QueryDict

from tests import make
from timeline.exports.to_xlsx import COLUMNS
from timeline.facets.counting import crowded_events
from timeline.filters import EventFilter
from timeline.models import Actor, Event, Participation

from .export_events import taken

pytestmark = pytest.mark.django_db


def workbook(client, query: str = ""):
    return openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx", query)))


def rows(sheet) -> list[dict]:
    header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in lines]


DATES = [
    ("2022-03-24", (dt.datetime(2022, 3, 24),) * 4),
    ("2020-11", (dt.datetime(2020, 11, 1), dt.datetime(2020, 11, 30)) * 2),
    ("2022-03-24~", (dt.datetime(2022, 3, 21), dt.datetime(2022, 3, 27)) * 2),
    ("1900-02-28/1900-03-01", ("1900-02-28", "1900-02-28", dt.datetime(1900, 3, 1), dt.datetime(1900, 3, 1))),
    ("2020-11-10/..", (dt.datetime(2020, 11, 10),) * 3 + (None,)),
]
BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


@pytest.mark.parametrize(("edtf", "bounds"), DATES)
def test_bounds_are_dates_and_what_is_stated_is_text(client, edtf, bounds):
    make.published("Talks", edtf=edtf)
    book = workbook(client)

    (row,) = rows(book["events"])
    assert tuple(row[name] for name in BOUNDS) == bounds
    assert (row["edtf"], type(row["date"])) == (edtf, str)
    assert rows(book["citations"])[0]["briefing_published_on"] == dt.datetime(2022, 3, 25)


@pytest.mark.parametrize(("query", "frozen"), [("", "A2"), ("hxl=1", "A3")])
def test_head_stays_and_columns_are_wide_enough(client, query, frozen):
    make.published("Talks")
    book = workbook(client, query)

    assert book["events"].freeze_panes == frozen
    widths = {cell.value: book["events"].column_dimensions[cell.column_letter].width for cell in book["events"][1]}
    assert all(width > len(name) for name, width in widths.items())
    assert widths["title"] > 40
    assert [cell.value or "" for cell in book["events"][2]] == [column.hxl for column in COLUMNS] or not query
    formats = [cell.number_format for cell in book["events"][3 if query else 2]]
    assert (formats[0], formats[7], formats[-1]) == ("@", "yyyy-mm-dd", "General")


def crowd_of_actors() -> list[Actor]:
    """Return actors with names as long as they may be, written at once."""
    names = [f"{number} {'a' * 146}" for number in range(104)]
    return Actor.objects.bulk_create(
        Actor(name=name, slug=f"guest-{number}", kind="person") for number, name in enumerate(names)
    )


def crowd(title: str, people: list[Actor], quotes: int):
    event = make.event(title)
    Participation.objects.bulk_create(
        Participation(event=event, actor=actor, role="participant", office="o" * 150, position=number)
        for number, actor in enumerate(people)
    )
    briefing = make.briefing("", url="https://example.org/record")
    for number in range(quotes):
        make.citation(event, briefing, quote=f"{number} {'words ' * 833}"[:5_000].strip())
    event.publish()
    return event


def test_more_actors_than_a_cell_holds_stand_in_a_sheet(client):
    event = crowd("Congress", crowd_of_actors(), quotes=1)
    book = workbook(client)

    (row,) = rows(book["events"])
    participants = rows(book["participants"])
    assert (book.sheetnames, row["actors"]) == (
        ["events", "citations", "participants", "about"],
        "See the sheet participants: 104",
    )
    assert [line["slug"] for line in participants] == [f"guest-{number}" for number in range(104)]
    assert {(line["event_public_id"], line["role"], len(line["office"])) for line in participants} == {
        (event.public_id, "participant", 150)
    }


def test_export_page_names_cells_that_excel_breaks(client):
    people = crowd_of_actors()
    crowd("Neither", people[:100], quotes=6)
    assert "Excel allows" not in client.get("/export/").content.decode()
    crowd("Actors", people, quotes=6)
    crowd("Quotes", people[:100], quotes=7)
    crowd("Both", people, quotes=7)
    response = client.get("/export/")

    long = [("Actors", "actors"), ("Quotes", "citation_quotes"), ("Both", "actors"), ("Both", "citation_quotes")]
    assert response.context["long_cells"] == long
    assert "Excel allows 32,767 characters" in response.content.decode()
    table = csv.DictReader(io.StringIO(taken(client, "csv").decode(), newline=""))
    names = ("actors", "citation_quotes")
    assert [(row["title"], name) for row in table for name in names if len(row[name]) > 32_767] == long


def test_words_without_a_blank_make_a_long_address(client):
    briefing = make.briefing("", url="https://example.org/record")
    make.published("Statement", briefing=briefing, cited={"quote": "長" * 4_000})

    assert client.get("/export/").context["long_cells"] == [("Statement", "citation_source_urls")]


@pytest.mark.database
def test_events_with_so_many_rows_or_characters_are_crowded():
    least = {"citations": 3, "characters": 20, "participations": 2}
    briefing = make.briefing("", url="https://example.org/record")
    expected = []
    for quotes, actors, is_crowded in (
        (["a", "b", "c"], 1, True),
        (["a" * 19], 1, False),
        (["a" * 18, "bc"], 0, True),
        (["a", "b"], 2, True),
        (["a", "b"], 0, False),
    ):
        event = make.event()
        for quote in quotes:
            make.citation(event, briefing, quote=quote)
        for _ in range(actors):
            make.participation(event, make.actor())
        event.publish()
        expected += [event.pk] * is_crowded
    hidden = make.event()
    make.citation(hidden, briefing, quote="a" * 30)

    assert crowded_events(EventFilter(QueryDict(), Event.objects.public()), **least) == expected
    event.citations.update(quote="a" * 20)
    assert crowded_events(EventFilter(QueryDict(), Event.objects.public()), **least) == [*expected, event.pk]
    assert crowded_events(EventFilter(QueryDict("category=clash"), Event.objects.public()), **least) == []
