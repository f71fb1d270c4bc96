"""Our own table comes back: what is the same in every spelling, what each cell changes, how it is undone."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.exports.columns import WIDE
from timeline.imports.events.edited_cells import EDITABLE
from timeline.imports.events.edited_rows import NOT_READ
from timeline.imports.events.event_import import check, run
from timeline.imports.events.formats.our_export import FOLLOWS_FROM, KEY, REVISION
from timeline.imports.events.snapshot import current_states, differing_fields
from timeline.imports.events.undo_batch import UndoRefused, undo
from timeline.models import Event, ImportEdit
from timeline.text.unseen import write_out

from . import export_events
from .export_events import taken
from .hypothesis_examples import examples
from .import_files import brought_in, counts, ged
from .our_table import REASON, brought_back, compared, edits, table_options, with_cells, with_workbook_cells
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

CALL, TALKS, TRUCE = "e000000001", "e000000002", "e000000003"


@made_once
def world():
    call = export_events.call()
    make.conflict("The conflict", slug="the-conflict")
    values = {"summary": "=1+1\nline two", "time_of_day": "14:30", "time_zone": "Asia/Yerevan", "deaths_best": 3}
    make.published("'=Talks, “a”; b", public_id=TALKS, type="meeting", **values)
    make.published("Truce", public_id=TRUCE, type="ceasefire", edtf="2022-03-04/..", deaths_low=0)
    return call


def test_every_column_is_read_or_follows_from_something():
    names = {column.name for column in WIDE}

    assert {*EDITABLE, *NOT_READ, KEY, REVISION} == names
    assert sorted(name for columns in FOLLOWS_FROM.values() for name in columns) == sorted(NOT_READ)


@pytest.mark.parametrize(
    ("extension", "query"),
    [("csv", ""), ("csv", "bom=1"), ("csv", "raw=1"), ("csv", "hxl=1"), ("csv", "fields=revision,title,public_id")]
    + [("xlsx", ""), ("xlsx", "hxl=1"), ("xlsx", "fields=public_id,edtf,revision")],
)
def test_file_as_it_was_exported_changes_nothing(client, world, tmp_path, extension, query):
    summary = compared(tmp_path, taken(client, extension, query))

    assert (counts(summary), summary.not_read, summary.fatal) == ((0, 0, 3, 0), {}, "")


def test_file_as_spreadsheets_save_it_changes_nothing(client, world, tmp_path):
    stored = taken(client, "csv")
    cells = {"start_earliest": "04/03/2022", "deaths_out_of_order": "FALSE", "deaths_low": "0.0", "revision": "{}.0"}
    cells["revision"] = cells["revision"].format(Event.objects.get(public_id=TRUCE).revision)
    semicolons = with_cells(stored, {TRUCE: cells, CALL: {"latitude": "40,1811"}}, delimiter=";")
    workbook = with_workbook_cells(taken(client, "xlsx"), {TALKS: {"deaths_out_of_order": "=FALSE()"}})

    for data in (semicolons, b"sep=;\r\n" + semicolons, workbook):
        summary = compared(tmp_path, data)
        assert (counts(summary), summary.not_read) == ((0, 0, 3, 0), {})


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20),
    st.text("'=+-@ a", max_size=5),
)
def test_guard_against_formulas_is_undone_exactly(client, world, tmp_path, title, beginning):
    title = write_out(f"{beginning}{title}")
    Event.objects.filter(public_id=TRUCE).update(title=title, summary=f"{title}\n{title}")

    for extension, query in (("csv", ""), ("csv", "raw=1"), ("xlsx", "")):
        assert counts(compared(tmp_path, taken(client, extension, query))) == (0, 0, 3, 0)


SPELT = [  # column, stored, as spreadsheets write it, what is in start_earliest
    ("date_as_stated", "March 4, 2022", ["2022-03-04", "3/4/2022", "04.03.22", "4-Mar-22", "4-Mar-2022"], "2022-03-04"),
    ("date_as_stated", "March 2022", ["Mar-22", "2022-03-01"], "2022-03-04"),
    ("edtf", "2022-03", ["Mar-22"], "3/1/2022"),
    ("edtf", "2022-03-04", ["3/4/2022"], "3/4/2022"),
    ("edtf", "2022-03-04", ["4-Mar-22"], "4-Mar-22"),
]


@pytest.mark.parametrize(("column", "stored", "cells", "beside"), SPELT)
def test_date_that_a_spreadsheet_wrote_anew_is_no_change(client, world, tmp_path, column, stored, cells, beside):
    event = Event.objects.get(public_id=TRUCE)
    setattr(event, column, stored)
    event.save()
    exported = taken(client, "csv")

    for cell in cells:
        typed = {TRUCE: {column: cell, "start_earliest": beside, "date": "04.03.2022"}}
        assert counts(compared(tmp_path, with_cells(exported, typed))) == (0, 0, 3, 0), cell


CELLS = [  # event, column, what is typed, field, value
    (TRUCE, "title", "=1+1 is no sum", "title", "=1+1 is no sum"),
    (TALKS, "title", "'quoted'", "title", "'quoted'"),
    (TALKS, "summary", "one\r\ntwo", "summary", "one\ntwo"),
    (TALKS, "summary", "", "summary", ""),
    (TRUCE, "edtf", "[2022-03-04..2022-03-06]", "edtf", "[2022-03-04..2022-03-06]"),
    (TRUCE, "edtf", "21 or 22 March 2022", "edtf", "[2022-03-21,2022-03-22]"),
    (TRUCE, "edtf", "24/03/2022", "edtf", "2022-03-24"),
    (TRUCE, "date_as_stated", "today", "date_as_stated", "today"),
    (TRUCE, "date_note", "as said", "date_note", "as said"),
    (TALKS, "time_of_day", "09:05", "time_of_day", dt.time(9, 5)),
    (TALKS, "time_zone", "Asia/Baku", "time_zone", "Asia/Baku"),
    (TRUCE, "type", "agreement", "event_type.slug", "agreement"),
    (TALKS, "actuality", "unclear", "actuality", "unclear"),
    (TRUCE, "place", "Gyumri", "place.slug", "gyumri"),
    (CALL, "place", "", "place", None),
    (CALL, "place", "", "place_precision", ""),
    (CALL, "place_precision", "exact", "place_precision", "exact"),
    (CALL, "place_precision", "", "place_precision", ""),
    (TRUCE, "conflict", "the conflict", "conflict.slug", "the-conflict"),
    (TRUCE, "conflict", "the-conflict", "conflict.slug", "the-conflict"),
    (TRUCE, "deaths_low", "", "deaths_low", None),
    (TRUCE, "deaths_best", "7,0", "deaths_best", 7),
    (TRUCE, "value_note", "the lower count", "value_note", "the lower count"),
]


@pytest.mark.parametrize(("public_id", "column", "typed", "path", "value"), CELLS)
def test_changed_cell_changes_the_event_alone(client, world, tmp_path, public_id, column, typed, path, value):
    before = dict(Event.objects.values_list("public_id", "revision"))
    batch = brought_back(tmp_path, with_cells(taken(client, "csv"), {public_id: {column: typed}}))

    changed = Event.objects.get(public_id=public_id)
    for name in path.split("."):
        changed = getattr(changed, name)
    after = dict(Event.objects.values_list("public_id", "revision"))
    assert (counts(batch), changed) == ((0, 1, 2, 0), value)
    assert [name for name in before if before[name] != after[name]] == [public_id]
    event = Event.objects.select_related("place").get(public_id=public_id)
    assert event.country == (event.place.country if event.place else "")


TYPED = [
    "",
    "0",
    "2022-03-24",
    "2022-03",
    "14:30",
    "Asia/Baku",
    "Gyumri",
    "the-conflict",
    "clash",
    "unclear",
    "near",
    "Ada [mediator]",
]


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from([CALL, TALKS, TRUCE]),
    st.sampled_from(sorted(EDITABLE)),
    st.sampled_from(TYPED) | st.text(max_size=9),
)
def test_any_cell_changes_its_part_or_is_refused(client, world, tmp_path, public_id, column, typed):
    exported = taken(client, "csv")
    keys = dict(Event.objects.values_list("public_id", "pk"))
    before = current_states(keys.values())
    wanted = table_options(tmp_path, with_cells(exported, {public_id: {column: typed}}), skip_refused=True, **REASON)
    summary = check(wanted)
    if not summary.fatal:  # NUL, and lone surrogates, are in no text
        run(wanted, summary)

    after = current_states(keys.values())
    changed = {(key, part) for key in before for part in differing_fields(after[key], before[key])}
    assert (summary.created, summary.updated + summary.unchanged + summary.refused in (0, 3)) == (0, True)
    assert changed <= {(keys[public_id], EDITABLE[column]), (keys[public_id], "place_precision")}
    assert bool(changed) == bool(summary.updated)


def test_actors_are_those_of_the_cell(client, world, tmp_path):
    make.actor("Ministry of Foreign Affairs, Testland", slug="ministry")
    cell = "Ben [recipient] ‖ Ministry of Foreign Affairs, Testland, press office, Yerevan [initiator] ‖ ada, Secretary [mediator]"
    batch = brought_back(tmp_path, with_cells(taken(client, "csv"), {CALL: {"actors": cell}}))

    took_part = Event.objects.get(public_id=CALL).participations.values_list("actor__slug", "role", "office")
    assert (counts(batch), list(took_part)) == (
        (0, 1, 2, 0),
        [
            ("ben", "recipient", ""),
            ("ministry", "initiator", "press office, Yerevan"),
            ("ada", "mediator", "Secretary"),
        ],
    )


def test_date_that_is_typed_into_a_workbook_is_that_day(client, world, tmp_path):
    typed = {TRUCE: {"edtf": dt.datetime(2022, 3, 24)}, TALKS: {"title": "=Talks", "deaths_best": 4.0}}
    book = openpyxl.load_workbook(io.BytesIO(with_workbook_cells(taken(client, "xlsx"), typed)))
    cell = next(cell for row in book["events"].iter_rows() for cell in row if cell.value == "=Talks")
    cell.data_type = "s"
    book.save(file := io.BytesIO())

    assert edits(compared(tmp_path, file.getvalue())) == {
        TRUCE: [["edtf", "2022-03-04/..", "2022-03-24"]],
        TALKS: [["title", "'=Talks, “a”; b", "=Talks"], ["deaths_best", "3", "4"]],
    }


def test_change_has_one_reason_and_is_undone(client, world, tmp_path, django_user_model):
    somebody = django_user_model.objects.create(username="somebody")
    cells = {TRUCE: {"title": "Truce of March", "actuality": "unclear"}, CALL: {"actors": ""}}
    batch = brought_back(tmp_path, with_cells(taken(client, "csv"), cells), by=somebody)

    row = Event.history.filter(public_id=TRUCE).latest("history_id")
    assert (row.title, row.actuality) == ("Truce of March", "unclear")
    assert (row.history_change_reason, row.change_class, row.history_user) == (*REASON.values(), somebody)
    assert "Checked against the reports." in client.get(f"/events/{TRUCE}/").content.decode()
    assert (batch.data_set, batch.edits.count(), batch.reaches_the_public()) == (None, 2, True)
    undo(batch)
    truce, call = Event.objects.get(public_id=TRUCE), Event.objects.get(public_id=CALL)
    assert (truce.title, truce.actuality, call.participations.count()) == ("Truce", "occurred", 2)
    assert not ImportEdit.objects.exists()


def test_undoing_spares_later_work(client, world, tmp_path):
    exported = taken(client, "csv")
    first = brought_back(tmp_path, with_cells(exported, {TRUCE: {"title": "Truce of March"}}))
    second = brought_back(tmp_path, with_cells(taken(client, "csv"), {TRUCE: {"summary": "More."}}))
    with pytest.raises(UndoRefused, match=f"{second} changed its events afterwards"):
        undo(first)
    undo(second)
    event = Event.objects.get(public_id=TRUCE)
    event.title = "Truce of April"
    event.save()

    with pytest.raises(UndoRefused, match="“Truce of April” was changed by hand since: title"):
        undo(first)


def test_data_set_respects_what_a_table_changed(client, tmp_path):
    first = brought_in(tmp_path, ged({}), publish=True)
    event = Event.objects.get()
    edited = brought_back(tmp_path, with_cells(taken(client, "csv"), {event.public_id: {"deaths_best": "7"}}))
    again = brought_in(tmp_path, ged({"best": "9", "high": "9"}), publish=True)

    event.refresh_from_db()
    assert (event.deaths_best, event.deaths_high, counts(again), again.kept) == (7, 9, (0, 1, 0, 0), 1)
    for batch, words in ((first, "afterwards"), (edited, f"{again} changed its events afterwards")):
        with pytest.raises(UndoRefused, match=words):
            undo(batch)


def test_cells_longer_than_a_spreadsheet_holds_come_back(client, tmp_path):
    event, briefing = make.event("Congress"), make.briefing("", url="https://example.org/record")
    for number in range(30):
        make.citation(event, briefing, quote=f"{number} {'words ' * 800}")
    for number in range(104):
        make.participation(event, make.actor(f"{number} {'a' * 146}"), office="o" * 150, position=number)
    event.publish()
    exported = taken(client, "csv")

    assert max(map(len, exported.decode().split(","))) > 131_072
    for sent in (exported, taken(client, "xlsx")):
        assert counts(compared(tmp_path, sent)) == (0, 0, 1, 0)
