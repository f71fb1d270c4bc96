"""Batches: the same file again, a new version, the work of editors, undoing, and nothing by halves."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection

from tests.desk import rows
from tests.factories import make_event
from tests.imports import brought_in, counts, ged, looked_at, options
from timeline.imports.events.importing import ImportRefused, check, run
from timeline.imports.events.undoing import UndoRefused, undo
from timeline.models import (
    Briefing,
    Citation,
    DataRevision,
    Event,
    EventRelation,
    ImportBatch,
    ImportedEvent,
    PublicRevision,
)
from timeline.models.publication import Status

pytestmark = pytest.mark.django_db
SIX = [{"id": str(number), "side_b_new_id": f"{number + 1}", "side_b": f"Group {number}"} for number in range(6)]


def without_history(found: dict) -> dict:
    """Return the rows of all tables but those that only grow, and the data sets, which stay."""
    growing = (
        "historical",
        "timeline_dataset",
        "timeline_importbatch",
        "timeline_datarevision",
        "timeline_publicrevision",
    )
    return {name: held for name, held in found.items() if not any(one in name for one in growing)}


def test_batch_says_what_was_brought_in(tmp_path):
    ada = User.objects.create_user("ada")
    batch = brought_in(tmp_path, ged(*SIX), by=ada)

    assert (batch.format, batch.file_name, batch.rows, batch.by, batch.publish) == (
        "ucdp-ged",
        "events.csv",
        6,
        ada,
        False,
    )
    assert (len(batch.sha256), counts(batch)) == (64, (6, 0, 0, 0))
    assert set(Event.objects.values_list("author", flat=True)) == {ada.pk}
    assert set(ImportedEvent.objects.values_list("batch", flat=True)) == {batch.pk}


def test_every_row_is_told_in_the_history(tmp_path):
    batch = brought_in(tmp_path, ged(*SIX), by=User.objects.create_user("ada"))

    for model in (Event, Citation, Briefing):
        told = set(
            model.history.values_list("history_type", "history_change_reason", "history_user__username", "history_date")
        )
        assert told == {("+", str(batch), "ada", batch.at)}
        assert model.history.count() == model.objects.count()


def test_imported_rows_are_as_save_would_have_made_them(tmp_path):
    brought_in(tmp_path, ged(*SIX), publish=True)

    for model in (Event, Citation, Briefing):
        before = list(model.objects.order_by("pk").values())
        for row in model.objects.order_by("pk"):
            row.full_clean()
            row.save()
        after = list(model.objects.order_by("pk").values())
        for one in (*before, *after):
            one.pop("updated_at", None), one.pop("revision", None), one.pop("revised_at", None)
        assert before == after


def test_published_events_have_evidence_and_a_revision(tmp_path):
    brought_in(tmp_path, ged({}, {"id": "2", "source_article": ""}), publish=True)

    number, at = PublicRevision.objects.now()
    found = Event.objects.order_by("pk").values_list(
        "status", "supporting_count", "revision", "revised_at", "first_reported_on"
    )
    published, draft = found
    assert published[:4] == (Status.PUBLISHED, 1, number, at)
    assert published[4].isoformat() == "2014-08-15"
    assert draft == (Status.DRAFT, 0, 0, None, None)
    assert number == 1


def test_drafts_change_nothing_that_the_public_reads(tmp_path):
    brought_in(tmp_path, ged(*SIX))

    assert PublicRevision.objects.now() == (0, None)
    assert not Briefing.objects.public().exists()


def test_revision_of_the_data_rises(tmp_path):
    before = dict(DataRevision.objects.values_list("part", "number"))
    brought_in(tmp_path, ged(*SIX))

    assert dict(DataRevision.objects.values_list("part", "number")) != before


def test_number_of_queries_does_not_grow_with_the_rows(tmp_path, django_assert_max_num_queries):
    many = ged(*({"id": str(number)} for number in range(400)))
    asked = options(tmp_path, many)
    checked = check(asked)
    with django_assert_max_num_queries(60):
        run(asked, checked)


def test_same_file_again_changes_nothing(tmp_path):
    brought_in(tmp_path, ged(*SIX), publish=True)
    before = rows()
    batch = brought_in(tmp_path, ged(*SIX), publish=True)

    assert counts(batch) == (0, 0, 6, 0)
    after = rows()
    assert after.pop("timeline_importbatch") != before.pop("timeline_importbatch")
    before.pop("timeline_datarevision"), after.pop("timeline_datarevision")
    assert after == before


def test_new_version_changes_what_is_different_and_lists_what_is_gone(tmp_path):
    brought_in(tmp_path, ged(*SIX), publish=True)
    event = Event.objects.get(imported__external_id="0")
    newer = ged(SIX[0] | {"best": "7", "side_b_new_id": "9", "side_b": "Others"}, *SIX[1:5], {"id": "new"})
    summary = looked_at(tmp_path, newer)
    batch = brought_in(tmp_path, newer, publish=True)

    assert counts(summary) == counts(batch) == (1, 1, 4, 0)
    assert (summary.disappeared, summary.first_disappeared, batch.disappeared) == (1, ["5"], 1)
    event.refresh_from_db()
    assert (event.deaths_best, event.title) == (7, "Government of Ukraine and Others fight at Donetsk town")
    assert [one.actor.name for one in event.participations.all()] == ["Government of Ukraine", "Others"]
    assert event.history.count() == 2
    assert event.history.first().history_change_reason == str(batch)
    assert event.revision == PublicRevision.objects.now()[0] == 2
    event.full_clean()


def test_new_source_of_a_known_event_is_added_and_counted(tmp_path):
    brought_in(tmp_path, ged({}), publish=True)
    kept = Citation.objects.get()
    two = '"Reuters News,2014-08-15,Death toll rises";"AFP,2014-08-14,More"'
    brought_in(tmp_path, ged({"source_article": two}), publish=True)

    event = Event.objects.get()
    assert list(event.citations.values_list("quote", flat=True)) == ["Death toll rises", "More"]
    assert event.citations.first() == kept
    assert (event.supporting_count, event.first_reported_on.isoformat()) == (2, "2014-08-14")


def test_what_editors_changed_is_not_written_over(tmp_path):
    brought_in(tmp_path, ged({}))
    event = Event.objects.get()
    event.title, event.summary = "Fighting at Donetsk", "Ours."
    event.save()
    newer = ged({"side_b_new_id": "9", "side_b": "Others", "best": "9"})  # changes title, actors and the count
    batch = brought_in(tmp_path, newer)

    event.refresh_from_db()
    assert (event.title, event.summary, event.deaths_best) == ("Fighting at Donetsk", "Ours.", 9)
    assert (counts(batch), batch.kept) == ((0, 1, 0, 0), 1)
    assert counts(brought_in(tmp_path, newer)) == (0, 0, 1, 0)


def test_conflict_is_named_and_the_file_wins_where_it_is_asked(tmp_path):
    brought_in(tmp_path, ged({}))
    event = Event.objects.get()
    event.deaths_best = 4
    event.save()
    newer = ged({"best": "9"})

    summary = looked_at(tmp_path, newer)
    assert summary.first_kept == [
        [
            "1001",
            "Government of Ukraine and DPR fight at Donetsk town",
            "Changed here by hand and in the file too: deaths, best estimate.",
        ]
    ]
    assert counts(summary) == (0, 0, 1, 0)
    assert counts(brought_in(tmp_path, newer, overwrite=True)) == (0, 1, 0, 0)
    event.refresh_from_db()
    assert event.deaths_best == 9


def test_event_deleted_or_withdrawn_here_stays_so(tmp_path):
    brought_in(tmp_path, ged(*SIX[:2]), publish=True)
    deleted, withdrawn = Event.objects.order_by("pk")
    withdrawn.withdraw("Wrong.")
    Citation.objects.filter(event=deleted).update(event=withdrawn)
    models_event = Event.objects.filter(pk=deleted.pk)
    models_event.update(status="draft")
    deleted.refresh_from_db()
    deleted.delete()
    summary = looked_at(tmp_path, ged(*(one | {"best": "9"} for one in SIX[:2])))

    assert [one[2] for one in summary.first_kept] == ["It was deleted here.", "It was withdrawn here."]
    assert counts(summary) == (0, 0, 2, 0)


def test_public_event_is_not_changed_by_who_may_not_publish(tmp_path):
    brought_in(tmp_path, ged({}), publish=True)

    summary = looked_at(tmp_path, ged({"best": "9"}), may_change_public=False)

    assert counts(summary) == (0, 0, 1, 0)
    assert summary.first_kept[0][2] == "It is public, and changing it needs the permission to publish."


def test_one_wrong_row_refuses_the_file_unless_it_is_left_out(tmp_path):
    asked = options(tmp_path, ged(*SIX, {"id": "x", "latitude": "9999"}))
    before = rows()
    with pytest.raises(ImportRefused):
        run(asked, check(asked))
    assert rows() == before

    asked.skip_refused = True
    assert counts(run(asked, check(asked))) == (6, 0, 0, 1)


def test_id_that_stands_twice_is_refused(tmp_path):
    summary = looked_at(tmp_path, ged({}, {}))

    assert [(one.row, one.column, one.value) for one in summary.first_problems] == [(3, "id", "1001")]


def fails_at(number: int, told: list[str]):
    """Return what lets the write of this number fail, counted over all tables; `told` gets the tables written to."""

    def execute(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            told.append(re.search(r'"(timeline_\w+)"', sql)[1])
            if len(told) == number:
                raise IntegrityError("at this write")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(execute)


WRITTEN_NEW = {"actor", "place", "conflict", "briefing", "event", "participation", "citation", "actorexternalid"}
WRITTEN_NEW |= {
    "historicalactor",
    "historicalplace",
    "historicalbriefing",
    "historicalevent",
    "historicalparticipation",
}
WRITTEN_NEW |= {"historicalcitation", "importedevent", "importbatch", "datarevision", "publicrevision"}


@pytest.mark.parametrize(
    ("first", "then", "tables"),
    [
        ([], SIX, WRITTEN_NEW),
        (
            SIX,
            [one | {"best": "3", "side_b": "Another", "side_b_new_id": "99"} for one in SIX],
            {"importchange", "event"},
        ),
    ],
    ids=["new", "changed"],
)
def test_failure_at_any_write_to_any_table_leaves_nothing(tmp_path, monkeypatch, first, then, tables):
    monkeypatch.setattr("timeline.imports.events.reading.LOT", 3)
    if first:
        brought_in(tmp_path, ged(*first), publish=True)
    asked = options(tmp_path, ged(*then), publish=True)
    checked, before = check(asked), rows()
    for number in count(1):
        told: list[str] = []
        with fails_at(number, told):
            try:
                run(asked, checked)
            except IntegrityError:
                assert rows() == before, told[-1]
            else:
                break
    assert number > len(tables)
    assert {f"timeline_{name}" for name in tables} <= set(told)


def test_undone_import_leaves_nothing_but_its_history(tmp_path):
    before = without_history(rows())
    batch = brought_in(tmp_path, ged(*SIX), publish=True)
    undo(batch)

    assert without_history(rows()) == before
    batch.refresh_from_db()
    assert batch.undone_at
    assert set(Event.history.filter(history_type="-").values_list("history_change_reason", flat=True)) == {
        f"Undone: {batch}"
    }
    with pytest.raises(UndoRefused, match="undone already"):
        undo(batch)


def test_undone_update_is_as_before(tmp_path):
    first = brought_in(tmp_path, ged(*SIX), publish=True)
    before = without_history(rows())
    second = brought_in(
        tmp_path,
        ged(
            SIX[0] | {"best": "7", "side_b_new_id": "9", "side_b": "Others", "source_article": '"A,2014-01-01,B"'},
            {"id": "new"},
        ),
        publish=True,
    )
    with pytest.raises(UndoRefused, match=f"Import {second.pk}"):
        undo(first)
    undo(second)

    def plain(found):
        rows = {name: [dict(one) for one in held] for name, held in found.items()}
        for one in (one for held in rows.values() for one in held):
            for name in ("updated_at", "revision", "revised_at"):
                one.pop(name, None)
        for name in ("timeline_participation", "timeline_citation"):
            for one in rows[name]:
                one.pop("id"), one.pop("public_id", None)
            rows[name].sort(key=str)
        return rows

    assert plain(without_history(rows())) == plain(before)
    undo(first)


@pytest.mark.parametrize("what", ["edit", "citation", "relation", "merge", "withdrawal"])
def test_import_on_which_something_rests_is_not_undone(tmp_path, what):
    batch = brought_in(tmp_path, ged(*SIX), publish=True)
    event = Event.objects.get(imported__external_id="0")
    if what == "edit":
        event.summary = "Ours."
        event.save()
    elif what == "citation":
        Citation.objects.create(event=event, briefing=Briefing.objects.first(), quote="More words", act="reports")
    elif what == "relation":
        EventRelation.objects.create(from_event=make_event(), kind="follows", to_event=event)
    elif what == "merge":
        make_event("Ours").become_part_of(event)
    else:
        event.withdraw("Wrong.")
    before = rows()

    with pytest.raises(UndoRefused) as refused:
        undo(batch)

    assert len(refused.value.reasons) == 1
    assert ("Ours" if what == "merge" else event.title) in refused.value.reasons[0]
    assert rows() == before


IMPORTING = """
import sys
import django
django.setup()
from pathlib import Path
from django.conf import settings
from tests.imports import ged, options
from timeline.imports.events import reading
from timeline.imports.events.importing import check, run
settings.DATABASES["default"]["NAME"] = sys.argv[2]
reading.LOT = 50
asked = options(Path(sys.argv[1]), ged(*({"id": str(n)} for n in range(2_000))), publish=True)
run(asked, check(asked), lambda done, total: print(done, flush=True))
print("committed", flush=True)
"""


LOTS = 10  # of fifty rows
ROUNDS = int(os.environ.get("IMPORT_KILLS", "10"))


def kill_while_it_writes(folder: Path, database: str, share: float) -> None:
    """Start an import in another process, and kill it when this share of its lots is written, and a moment later."""
    root = Path(__file__).resolve().parent.parent
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", IMPORTING, str(folder), database]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        lots = int(share * LOTS)
        told = [process.stdout.readline().strip() for _ in range(lots)]
        time.sleep((share * LOTS - lots) * 0.02)  # about how long a lot takes: anywhere within it
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    assert told == [str(50 * (number + 1)) for number in range(lots)]
    assert "committed" not in rest


@pytest.fixture(params=range(ROUNDS))
def moment(request) -> float:
    """Return when to kill: the same moments in each run, spread over the writing."""
    return random.Random(request.param).uniform(0, 0.9)  # noqa: S311 (nothing is kept secret by it)


@pytest.mark.long
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has a file of its own")
def test_killed_import_leaves_nothing_in_sqlite(tmp_path, moment):
    connection.ensure_connection()
    (tmp_path / "copy.sqlite3").write_bytes(connection.connection.serialize())
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        kill_while_it_writes(tmp_path, str(tmp_path / "copy.sqlite3"), moment)
        for table in ("event", "importbatch", "importedevent", "briefing", "actor", "historicalevent"):
            assert copy.execute(f"SELECT count(*) FROM timeline_{table}").fetchone() == (0,)  # noqa: S608
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="for PostgreSQL")
def test_killed_import_leaves_nothing_in_postgresql(tmp_path, moment):
    kill_while_it_writes(tmp_path, connection.settings_dict["NAME"], moment)

    time.sleep(1)  # for the server to see that its client is gone
    assert (Event.objects.count(), ImportBatch.objects.count(), ImportedEvent.objects.count()) == (0, 0, 0)
