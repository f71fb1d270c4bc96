"""The workbook as a spreadsheet shows it: dates, widths, a head that stays, and no cell that it would break."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from tests import make
from timeline.exports.to_xlsx import COLUMNS

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


def crowd(people: int, quotes: int) -> None:
    event = make.event("Congress")
    for number in range(people):
        make.participation(event, make.actor(f"{number} {'a' * 146}"), office="o" * 150, position=number)
    briefing = make.briefing("", url="https://example.org/record")
    for number in range(quotes):
        make.citation(event, briefing, quote=f"{number} {'words ' * 833}"[:5_000].strip())
    event.publish()


def test_more_actors_than_a_cell_holds_stand_in_a_sheet(client):
    crowd(people=104, quotes=1)
    book = workbook(client)

    (row,) = rows(book["events"])
    participants = rows(book["participants"])
    assert (book.sheetnames, row["actors"]) == (
        ["events", "citations", "participants", "about"],
        "See the sheet participants: 104",
    )
    assert [line["name"].partition(" ")[0] for line in participants] == [str(number) for number in range(104)]
    assert {(line["event_public_id"], line["role"], len(line["office"])) for line in participants} == {
        (row["public_id"], "participant", 150)
    }


@pytest.mark.parametrize(
    ("people", "quotes", "long"),
    [
        (0, 6, []),
        (100, 6, []),
        (104, 6, ["actors"]),
        (100, 7, ["citation_quotes"]),
        (104, 7, ["actors", "citation_quotes"]),
    ],
)
def test_export_page_names_cells_that_excel_breaks(client, people, quotes, long):
    crowd(people, quotes)
    response = client.get("/export/")

    assert response.context["long_cells"] == [("Congress", column) for column in long]
    assert ("Excel holds 32,767 characters" in response.content.decode()) == bool(long)
    (row,) = csv.DictReader(io.StringIO(taken(client, "csv").decode(), newline=""))
    assert [column for column in ("actors", "citation_quotes") if len(row[column]) > 32_767] == long


def test_words_without_a_blank_make_a_long_address(client):
    briefing = make.briefing("", url="https://example.org/record")
    make.published("Statement", briefing=briefing, cited={"quote": "長" * 4_000})

    assert client.get("/export/").context["long_cells"] == [("Statement", "citation_source_urls")]
