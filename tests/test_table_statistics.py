import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from tests import make
from timeline.database import transactions
from timeline.database.transactions import refresh, refresh_after_migration
from timeline.imports.events.event_import import check
from timeline.imports.events.publish_batch import publish
from timeline.imports.events.undo_batch import undo
from timeline.models import Event, ImportBatch

from .import_files import SIX, brought_in, ged, options

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def known_rows(table: str) -> int | None:
    """Return how many rows the planner takes the table to have; None: it has no statistics."""
    asking = {
        "sqlite": "SELECT max(CAST(stat AS integer)) FROM sqlite_stat1 WHERE tbl = %s",  # the first number is of rows
        "postgresql": "SELECT nullif(reltuples, -1)::integer FROM pg_class WHERE oid = %s::regclass",
    }
    with connection.cursor() as cursor:
        cursor.execute(asking[connection.vendor], [table])
        return cursor.fetchone()[0]


def forget_statistics(table: str) -> None:
    forgetting = {
        "sqlite": "DELETE FROM sqlite_stat1 WHERE tbl = %s",
        "postgresql": "UPDATE pg_class SET reltuples = -1 WHERE oid = %s::regclass",
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE sqlite_schema")  # makes the table of statistics
        cursor.execute(forgetting[connection.vendor], [table])


def test_planner_knows_how_many_rows_there_are(tmp_path):
    brought_in(tmp_path, ged(*SIX))
    refresh()

    assert [known_rows(f"timeline_{name}") for name in ("event", "historicalevent", "citation")] == [6, 6, 6]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the statistics are SQLite's")
def test_planner_knows_that_most_rows_have_one_status():
    make.copies(make.published(), 1_200)
    refresh()

    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'event_newest'")
        rows, rows_of_a_status = cursor.fetchone()[0].split()[:2]
    assert (rows, rows_of_a_status) == ("1201", "1201")


def test_planner_is_told_of_an_import_its_publication_and_its_undoing(tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        batch = brought_in(tmp_path, ged(*SIX))
        publish(batch, User.objects.create_superuser("carl"))
        undo(batch)

    assert callbacks == [refresh] * 3


def test_planner_is_not_told_of_what_is_looked_at(tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        check(options(tmp_path, ged(*SIX)))

    assert callbacks == []


@pytest.mark.parametrize(("arguments", "expected"), [([], [refresh]), (["--dry-run"], [])])
def test_planner_is_told_once_of_many_briefings(tmp_path, django_capture_on_commit_callbacks, arguments, expected):
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: Call {number}\ndate: 2023-09-30\n---\nMS. PSAKI: {number}."
        )
    with django_capture_on_commit_callbacks() as callbacks:
        call_command("import_briefings", tmp_path, "--publisher", "The White House", *arguments)

    assert callbacks == expected


def test_import_stands_though_the_planner_cannot_be_told(tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr(transactions, "refresh", fail)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        batch = brought_in(tmp_path, ged(*SIX))

    assert callbacks == [fail]
    assert (ImportBatch.objects.get(), Event.objects.count()) == (batch, 6)


def test_ctrl_c_ends_the_telling_alone():
    def interrupt(execute, sql, *arguments):
        raise KeyboardInterrupt

    with connection.execute_wrapper(interrupt):
        assert refresh() is None


@pytest.mark.parametrize(
    ("plan", "using", "expected"), [([1], "default", 1), ([], "default", None), ([1], "other", None)]
)
def test_planner_is_told_of_a_migration_over_rows(plan, using, expected):
    make.event()
    forget_statistics("timeline_event")

    refresh_after_migration(sender=None, plan=plan, using=using)

    assert known_rows("timeline_event") == expected


def test_planner_is_not_told_of_an_empty_database():
    forget_statistics("timeline_event")

    refresh_after_migration(sender=None, plan=[1], using="default")

    assert known_rows("timeline_event") is None


def test_flush_sends_the_signal_without_a_plan_and_asks_for_nothing():
    make.event()
    forget_statistics("timeline_event")

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert known_rows("timeline_event") is None
