"""Our own table comes back: what is refused, what is said of it, and who may bring it in."""

import io
import re

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests import make
from timeline.imports.events.event_import import run
from timeline.imports.file_bytes import FileRefused
from timeline.models import Citation, Event, ImportBatch, ImportUpload

from . import import_page
from .desk_client import member
from .export_events import taken
from .import_files import counts, wrong
from .import_page import ADD, upload, url
from .our_table import REASON, compared, edits, table_options, with_cells, with_workbook_cells
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

in_this_process = pytest.fixture(autouse=True)(import_page.in_this_process)

TALKS, TRUCE = "e000000002", "e000000003"


@made_once
def world():
    make.published("Talks", public_id=TALKS, type="meeting", cited={"act": "denies"}, actuality="did_not_occur")
    truce = make.published("Truce", public_id=TRUCE, time_of_day="14:30", time_zone="Asia/Baku")
    make.participation(truce, make.actor("Ada", slug="ada"), "initiator")
    for number in range(2):
        make.place("Goris", country="AM", slug=f"goris-{number}", latitude=f"39.{number}", longitude="46.3")
        make.actor("Ben", slug=f"ben-{number}")
    return truce


CELLS = [  # column, what is typed, a part of what would be right
    ("title", "", "This field cannot be blank"),
    ("title", "x" * 201, "at most 200 characters"),
    ("edtf", "", "A published event needs a date"),
    ("edtf", "03/04/2022", "could be 3 April or 4 March"),
    ("edtf", "44644", "24 March 2022"),
    ("time_of_day", "noon", "HH:MM"),
    ("time_zone", "", "A clock time needs its time zone"),
    ("type", "war", "There is no such type"),
    ("actuality", "maybe", "Choose one of occurred"),
    ("place_precision", "roughly", "Choose one of exact, near, district"),
    ("place", "Nowhere", "There is no place “Nowhere”"),
    ("place", "Goris", "2 are called “Goris”"),
    ("conflict", "Nothing", "There is no conflict “Nothing”"),
    ("deaths_best", "-1", "Write a whole number"),
    ("deaths_best", "9999999999", "Write a whole number"),
    ("actors", "Ada", "Write each actor as"),
    ("actors", "Adda, Secretary [initiator]", "There is no actor “Adda, Secretary”"),
    ("actors", "Ben [initiator]", "2 actors are called “Ben”"),
    ("actors", "Ada [boss]", "Choose one of initiator"),
    ("actors", "Ada [recipient] ‖ Ada, Chief [recipient]", "twice in the same role"),
]


@pytest.mark.parametrize(("column", "typed", "right"), CELLS)
def test_cell_that_no_editor_could_enter_is_refused(client, world, tmp_path, column, typed, right):
    summary = compared(tmp_path, with_cells(taken(client, "csv"), {TRUCE: {column: typed}}))

    assert (counts(summary), wrong(summary)) == ((0, 0, 1, 1), [(3, column)])
    assert right in summary.first_problems[0].right


@pytest.mark.parametrize(
    ("column", "stored", "typed", "right"),
    [
        ("date_as_stated", "March 25", "25-Mar", "Write the source's own words"),
        ("date_as_stated", "yesterday", "2022-03-23", "Write the source's own words"),
        ("edtf", "2020-11", "2020-11-01", "write 2020-11, or “1 November 2020” if that day is meant"),
    ],
)
def test_date_that_a_spreadsheet_made_of_words_is_refused(client, world, tmp_path, column, stored, typed, right):
    talks = Event.objects.get(public_id=TALKS)
    setattr(talks, column, stored)
    talks.save()
    summary = compared(tmp_path, with_cells(taken(client, "csv"), {TALKS: {column: typed}}))

    assert (wrong(summary)[0][1], right in summary.first_problems[0].right) == (column, True)


@pytest.mark.parametrize("column", ["type", "actuality"])
def test_event_keeps_a_source_that_supports_it(client, world, tmp_path, column):
    Citation.objects.filter(event__public_id=TRUCE).update(act="calls_for")
    Event.objects.filter(public_id=TRUCE).refresh_evidence()
    cells = {TALKS: {"actuality": "occurred"}} if column == "actuality" else {TRUCE: {"type": "clash"}}
    Event.objects.filter(public_id=TRUCE).update(support="supports")
    summary = compared(tmp_path, with_cells(taken(client, "csv"), cells))

    assert [(problem.column, problem.right) for problem in summary.first_problems] == [
        (column, "No source that it has would then support it by the codebook. Cite one first, or withdraw it.")
    ]


def test_formula_is_refused(client, world, tmp_path):
    exported = taken(client, "csv")
    typed = exported.replace(b",Truce,", b",=A1,")
    workbook = with_workbook_cells(taken(client, "xlsx"), {TRUCE: {"title": "=A1", "url": "=A1"}})

    for sent in (typed, workbook):
        (problem,) = compared(tmp_path, sent).first_problems
        assert (problem.column, problem.right[:17]) == ("title", "This is a formula")


def test_cells_behind_the_last_column_are_refused(client, world, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx")))
    book["events"].cell(2, book["events"].max_column + 1).value = "aside"
    book.save(file := io.BytesIO())
    summary = compared(tmp_path, file.getvalue())

    assert (counts(summary), wrong(summary)) == ((0, 0, 1, 1), [(2, "")])


def test_row_that_somebody_changed_since_is_shown_beside_the_stored_one(client, world, tmp_path):
    exported = taken(client, "csv")
    world.summary = "By somebody else."
    world.save()
    summary = compared(tmp_path, with_cells(exported, {TRUCE: {"title": "Ceasefire"}}))

    now = Event.objects.get(public_id=TRUCE).revision
    (problem,) = summary.first_problems
    assert (problem.column, problem.right) == (
        "revision",
        f"The event was changed here since, and is of revision {now} now. title: here “Truce”, in the file “Ceasefire”; "
        "summary: here “By somebody else.”, in the file “”.",
    )
    assert counts(compared(tmp_path, exported)) == (0, 0, 1, 1)


def test_rows_name_public_events_each_once_and_a_missing_one_deletes_nothing(client, world, tmp_path):
    make.published("Gone", public_id="e000000004").withdraw("Wrong.")
    make.event("Draft", public_id="e000000005")
    head, talks, truce = taken(client, "csv").decode().splitlines()
    rows = [
        truce,
        truce.replace(TRUCE, "e000000004"),
        truce.replace(TRUCE, "e000000005"),
        truce.replace(TRUCE, "x"),
        truce,
    ]
    summary = compared(tmp_path, "\r\n".join([head, *rows, "short,row"]).encode())

    assert (counts(summary), sorted(wrong(summary))) == (
        (0, 0, 1, 5),
        [(3, "public_id"), (4, "public_id"), (5, "public_id"), (6, "public_id"), (7, "")],
    )
    assert Event.objects.count() == 4


def test_cells_that_follow_from_others_are_named_and_not_read(client, world, tmp_path):
    cells = {"date": "tomorrow", "country": "AM", "citation_quotes": "Other words.", "start_earliest": "2022-03-25"}
    summary = compared(tmp_path, with_cells(taken(client, "csv"), {TRUCE: cells}))

    assert (counts(summary), summary.not_read) == (
        (0, 0, 2, 0),
        dict.fromkeys(sorted(cells, key=[*"dsc"].index and list(cells).index), 1),
    )
    out = io.StringIO()
    call_command("import_events", tmp_path / "events.csv", format="our-export", dry_run=True, stdout=out)
    (tmp_path / "events.csv").write_bytes(with_notes(taken(client, "csv")))
    call_command("import_events", tmp_path / "events.csv", format="our-export", dry_run=True, stdout=out)
    assert "Not read, because it is not one of our columns: notes (2)." in out.getvalue()
    assert "Not read, because it follows from edtf: date (1), start_earliest (1)." in out.getvalue()


def with_notes(exported: bytes) -> bytes:
    head, *lines = exported.decode().splitlines()
    return "\r\n".join([f"{head},notes", *(f"{line},look again" for line in lines)]).encode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"public_id,title\r\n", "The header has no column “revision”"),
        (b"id,title\r\n", "The header has no column “public_id” and no column “revision”"),
        (b"PK\x05\x06" + b"\0" * 18, "This workbook cannot be read"),
        (b"", "The file is empty"),
    ],
)
def test_file_that_is_none_of_ours_is_refused(db, tmp_path, sent, words):
    assert words in compared(tmp_path, sent).fatal


def test_nothing_is_written_without_a_reason_or_over_newer_work(client, world, tmp_path):
    sent = with_cells(taken(client, "csv"), {TRUCE: {"title": "Ceasefire"}})
    for given in ({}, {"reason": "Because."}, {"change_class": "update"}):
        with pytest.raises(FileRefused, match="Say why"):
            run(table_options(tmp_path, sent, **given), compared(tmp_path, sent))
    for option in ("publish", "overwrite"):
        assert "leave out both" in compared(tmp_path, sent, **{option: True}).fatal
    assert not ImportBatch.objects.exists()


def test_command_shows_the_cells_and_asks_for_the_reason(client, world, tmp_path):
    (tmp_path / "e.csv").write_bytes(with_cells(taken(client, "csv"), {TRUCE: {"title": "Ceasefire"}}))
    out = io.StringIO()
    given = {"format": "our-export", "stdout": out, "yes": True}
    with pytest.raises(CommandError, match="Say why"):
        call_command("import_events", tmp_path / "e.csv", **given)
    call_command("import_events", tmp_path / "e.csv", **given | REASON)

    assert f"row 3, {TRUCE}: Truce\n  title: “Truce” → “Ceasefire”\n" in out.getvalue()
    assert Event.objects.get(public_id=TRUCE).title == "Ceasefire"


def test_reviewer_sees_the_cells_and_says_why_once(client, world):
    desk = member("Reviewer")
    sent = upload(desk, with_cells(taken(client, "csv"), {TRUCE: {"title": "Ceasefire"}}).decode(), format="our-export")
    page = desk.get(url("upload", sent.pk)).content.decode()
    assert re.search(">title</td><td [^>]*>Truce</td><td [^>]*>Ceasefire</td>", page)
    refused = desk.post(url("write", sent.pk), {"change_reason": ""})
    assert refused.context["reason"].errors.keys() == {"change_reason", "change_class"}
    desk.post(url("write", sent.pk), {"change_reason": "Named so.", "change_class": "clarification"})

    event = Event.objects.get(public_id=TRUCE)
    row = event.history.latest("history_id")
    assert (event.title, row.history_change_reason, row.change_class) == ("Ceasefire", "Named so.", "clarification")
    assert row.history_user.username == "reviewer"


def test_editor_cannot_change_public_events(client, world):
    desk = member("Editor")
    sent = upload(desk, with_cells(taken(client, "csv"), {TRUCE: {"title": "Ceasefire"}}).decode(), format="our-export")

    assert [problem["right"] for problem in sent.found["first_problems"]] == [
        "It is public, and changing it needs the permission to publish."
    ]
    assert "Import these events" not in desk.get(url("upload", sent.pk)).content.decode()


def test_form_takes_neither_data_set_nor_publication(client, world, settings, tmp_path):
    settings.SELF_REVIEW = True
    file = io.BytesIO(taken(client, "csv"))
    file.name = "events.csv"
    answer = member("Reviewer").post(ADD, {"file": file, "format": "our-export", "publish": "on"})

    assert answer.context["form"].errors == {"publish": ["The events of an export are public already."]}
    assert not ImportUpload.objects.exists()
    assert edits(compared(tmp_path, taken(client, "csv"))) == {}
