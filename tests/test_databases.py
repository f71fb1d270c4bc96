import sqlite3
import subprocess
import sys
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.core.checks import Info
from django.db import ConnectionHandler, connection

from tracker import databases
from tracker.databases import (
    SQLITE_VERSION,
    close_replaced,
    hold_open,
    journal_mode,
    note_file,
    readers_block_writers,
    sqlite_options,
    with_options,
)

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "tracker.sqlite3"}
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "tracker", "HOST": "127.0.0.1"}


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 51, 3), "WAL"),
        ((3, 51, 4), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
        ((3, 50, 7), "WAL"),
        ((3, 50, 8), "WAL"),
        ((3, 44, 6), "WAL"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 49, 9), "DELETE"),
        ((3, 46, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 40, 1), "DELETE"),
    ],
)
def test_journal_mode_is_wal_only_where_wal_is_mended(version, mode):
    assert journal_mode(version) == mode


def test_journal_mode_is_that_of_this_sqlite():
    assert journal_mode() == journal_mode(sqlite3.sqlite_version_info)
    assert sqlite3.sqlite_version_info == SQLITE_VERSION


LOADED = """
import sys
{before}
import tracker.databases
from django.db.backends.sqlite3 import base
import sqlite3
print(sqlite3.__name__, base.Database is sqlite3.dbapi2, tracker.databases.journal_mode())
"""
NO_PACKAGE = "sys.modules['pysqlite3'] = None"  # importing it fails
NEWER_PYTHON = "sqlite3 = __import__('sqlite3'); sqlite3.sqlite_version_info = (4, 0, 0)"


@pytest.mark.parametrize(
    ("before", "expected"),
    [("", "pysqlite3 True WAL"), (NO_PACKAGE, "sqlite3 True {mode}"), (NEWER_PYTHON, "sqlite3 True WAL")],
)
def test_django_takes_the_newer_sqlite_of_package_and_python(before, expected):
    pytest.importorskip("pysqlite3")
    of_python = subprocess.run(  # noqa: S603
        [sys.executable, "-c", "import sqlite3; print(*sqlite3.sqlite_version_info)"], capture_output=True, check=True
    )
    mode = journal_mode(tuple(map(int, of_python.stdout.split())))

    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LOADED.format(before=before)], capture_output=True, check=True, text=True
    )

    assert run.stdout.strip() == expected.format(mode=mode)


@pytest.mark.parametrize(
    ("version", "pragmas"),
    [
        (
            (3, 53, 4),
            "journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA journal_size_limit=67108864; PRAGMA soft_heap_limit=33554432;",
        ),
        (
            (3, 40, 1),
            "journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA cache_spill=-524288;",
        ),
    ],
)
def test_sqlite_waits_for_other_writers_and_syncs_each_commit(version, pragmas):
    assert sqlite_options(version) == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": f"PRAGMA {pragmas}",
    }
    assert with_options(SQLITE) == SQLITE | {"CONN_MAX_AGE": 60, "OPTIONS": sqlite_options()}


def test_check_says_what_a_rollback_journal_costs(monkeypatch):
    monkeypatch.setattr("tracker.databases.connection", SimpleNamespace(vendor="sqlite"))
    assert readers_block_writers(None, version=(3, 53, 4)) == []
    assert readers_block_writers(None, version=(3, 40, 1)) == [
        Info(
            "SQLite 3.40.1 is not safe with a write-ahead log, so a rollback journal is used: a reader of a heavy page keeps "
            "editors from saving, and a commit keeps readers waiting.",
            hint="Install the package pysqlite3, Python with SQLite 3.51.3 or later, or use PostgreSQL.",
            id="tracker.I001",
        )
    ]
    monkeypatch.setattr("tracker.databases.connection", SimpleNamespace(vendor="postgresql"))
    assert readers_block_writers(None, version=(3, 40, 1)) == []


def test_sqlite_takes_these_options(tmp_path):
    opened = sqlite3.connect(tmp_path / "new.sqlite3")
    for command in filter(None, sqlite_options()["init_command"].split(";")):
        opened.execute(command)

    (mode,), (level,) = (opened.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous"))
    opened.close()
    assert (mode, level) == (journal_mode().lower(), 2)  # 2: FULL


@pytest.mark.parametrize("version", [(3, 53, 4), (3, 40, 1)])
def test_readers_go_on_while_one_transaction_writes_more_than_the_cache_holds(tmp_path, version):
    file = tmp_path / "new.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as writer, closing(sqlite3.connect(file)) as reader:
        writer.executescript(sqlite_options(version)["init_command"])
        writer.executescript("CREATE TABLE written (megabyte BLOB); BEGIN IMMEDIATE")
        for _ in range(40):  # the cache has 32
            writer.execute("INSERT INTO written VALUES (zeroblob(1 << 20))")

        assert reader.execute("SELECT count(*) FROM written").fetchall() == [(0,)]


@pytest.mark.skipif(journal_mode() != "WAL", reason="this SQLite is not safe with a write-ahead log")
def test_reader_keeps_nobody_from_saving(tmp_path):
    file = tmp_path / "new.sqlite3"
    with (
        closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as writer,
        closing(sqlite3.connect(file)) as reader,
    ):
        writer.executescript(sqlite_options()["init_command"])
        writer.executescript("CREATE TABLE written (number); INSERT INTO written VALUES (1), (2), (3)")
        rows = reader.execute("SELECT number FROM written")
        first = rows.fetchone()

        writer.execute("INSERT INTO written VALUES (4)")

        assert (first, rows.fetchall()) == ((1,), [(2,), (3,)])


def test_postgres_keeps_its_connections_and_does_not_wait_long_for_one():
    assert with_options(POSTGRES) == POSTGRES | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2, "options": "-c jit=off -c work_mem=16MB"},
    }


def test_postgres_keeps_the_options_of_its_address():
    options = {"sslmode": "require", "connect_timeout": "9", "options": "-c jit=on"}
    given = POSTGRES | {"CONN_MAX_AGE": 0, "OPTIONS": options}

    assert with_options(given) == given | {"CONN_HEALTH_CHECKS": True}


def test_sqlite_keeps_the_options_of_its_address():
    assert with_options(SQLITE | {"OPTIONS": {"timeout": 30}})["OPTIONS"] == sqlite_options() | {"timeout": 30}


@pytest.mark.django_db
def test_database_begins_each_transaction_as_a_writer():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite needs to be told")
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_file_that_is_held_open_keeps_its_log(tmp_path):
    file = tmp_path / "site.sqlite3"
    settings = with_options({"ENGINE": "django.db.backends.sqlite3", "NAME": file})

    def written() -> bool:
        """Return whether the log is there after somebody wrote and left."""
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS place (name)")
        return file.with_name("site.sqlite3-wal").exists()

    assert (hold_open(settings), written()) == (None, False)
    with closing(hold_open(settings)):
        assert written()


@pytest.mark.django_db  # or pytest-django lets no connection be made
def test_a_request_leaves_a_file_that_was_put_aside(tmp_path, monkeypatch):
    file, other = tmp_path / "site.sqlite3", tmp_path / "restored.sqlite3"
    settings = with_options({"ENGINE": "django.db.backends.sqlite3", "NAME": file})
    handler = ConnectionHandler({"default": settings})
    monkeypatch.setattr(databases, "connections", handler)
    with closing(handler["default"]) as open_connection:
        open_connection.ensure_connection()
        note_file(type(open_connection), open_connection)
        opened = open_connection.connection

        close_replaced()
        assert open_connection.connection is opened

        other.touch()
        other.replace(file)
        close_replaced()
        assert open_connection.connection is None


@pytest.mark.parametrize(
    "database",
    [
        {"ENGINE": "django.db.backends.postgresql", "NAME": "tracker"},
        {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:memorydb?mode=memory&:memory:"},
    ],
)
def test_no_other_database_is_held_open(database):
    assert hold_open(database) is None
