"""How the tracker talks to its database, by the kind of database."""

import importlib
import os
import sqlite3
import sys
from pathlib import Path

from django.core.checks import Info
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Releases of SQLite in which a WAL database cannot be corrupted by the WAL-reset bug.
# Source: sqlite.org/wal.html#walresetbug
WAL_FIXED_IN = (3, 51, 3)
WAL_FIXED_BACKPORTS = {(3, 50): 7, (3, 44): 6}  # release line -> first fixed patch
# With a rollback journal, a writer whose changes no longer fit in its cache takes the file for itself until its commit, and
# nobody can read. So up to this much of one transaction stays in memory, in KiB (a number of pages has to be negative here:
# of a positive one SQLite reads the last byte as on or off). Source: sqlite.org/pragma.html#pragma_cache_spill
SPILL_AT = 512 << 10
# PostgreSQL compiles what it takes for a long query, which costs a tenth of a second each time; and with less memory for the places of a
# word that most rows have it reads the rows around them too.
FOR_PAGES = "-c jit=off -c work_mem=16MB"
JOURNAL_LIMIT = 64 << 20  # bytes of the write-ahead log that stay on the disk after a large transaction
# Pages that the connections of all threads of a process keep together, in KiB for each and in bytes for all: above, each takes the
# place of its own. Not with a rollback journal, where it would spill. Source: sqlite.org/c3ref/hard_heap_limit64.html
CACHE, HEAP_LIMIT = 32 << 10, 32 << 20


def newest_sqlite() -> tuple[int, int, int]:
    """Put the SQLite of the package pysqlite3 in place of an older one of Python, for all that imports `sqlite3` from now on;
    return the version that is used. Both in one process would lose each other's locks on a file."""
    try:
        package = importlib.import_module("pysqlite3")
    except ImportError:  # there is no wheel for this platform
        return sqlite3.sqlite_version_info
    if package.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules.update({"sqlite3": package, "sqlite3.dbapi2": package.dbapi2})
    return sys.modules["sqlite3"].sqlite_version_info


SQLITE_VERSION = newest_sqlite()


def journal_mode(version: tuple[int, int, int] = SQLITE_VERSION) -> str:
    """Return "WAL" where this SQLite is safe with it, else "DELETE"."""
    backport = WAL_FIXED_BACKPORTS.get(version[:2])
    fixed = version >= WAL_FIXED_IN or (backport is not None and version[2] >= backport)
    return "WAL" if fixed else "DELETE"


def folder_of(database: dict, otherwise: Path) -> Path:
    """Return the folder of a database in a file; of one that a server has, `otherwise`."""
    name = str(database["NAME"])
    return Path(name).absolute().parent if "sqlite" in database["ENGINE"] and ":memory:" not in name else otherwise


def with_options(database: dict) -> dict:
    """Return Django's settings for one database with the options its engine needs.

    What the address itself says, like `?sslmode=require`, wins.
    """
    address_options = database.get("OPTIONS", {})
    # Seconds that a connection is kept for the next request: SQLite reads the schema for each new one
    reuse = {"CONN_MAX_AGE": 60}
    if "sqlite" in database["ENGINE"]:
        return reuse | database | {"OPTIONS": sqlite_options() | address_options}
    checked = {"CONN_HEALTH_CHECKS": True}
    return reuse | checked | database | {"OPTIONS": {"connect_timeout": 2, "options": FOR_PAGES} | address_options}


def sqlite_options(version: tuple[int, int, int] = SQLITE_VERSION) -> dict:
    """Return options under which two writers wait for each other and a commit reaches the disk."""
    mode = journal_mode(version)
    limits = f"PRAGMA journal_size_limit={JOURNAL_LIMIT}; PRAGMA soft_heap_limit={HEAP_LIMIT};"
    memory = limits if mode == "WAL" else f"PRAGMA cache_spill=-{SPILL_AT};"
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,  # seconds a writer waits for another
        "init_command": f"PRAGMA journal_mode={mode}; PRAGMA synchronous=FULL; PRAGMA cache_size=-{CACHE}; {memory}",
    }


def hold_open(database: dict) -> "sqlite3.Connection | None":
    """Return a connection to the file of a SQLite database, to be kept as long as the process lives; None where there is none.

    Without one, the last request that closes its connection takes the write-ahead log away. On a full disk the next could not
    make it again, and not even read.
    """
    if "sqlite" not in database["ENGINE"] or ":memory:" in str(database["NAME"]):
        return None
    library = sys.modules["sqlite3"]
    try:
        connection = library.connect(f"{Path(database['NAME']).absolute().as_uri()}?mode=rw", uri=True)
        connection.executescript(database["OPTIONS"]["init_command"])  # or it would hold a log that is only made later
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except library.Error:  # not there yet, or damaged: whoever asks it is told
        return None
    return connection


def note_file(sender: type, connection: BaseDatabaseWrapper, **signal) -> None:
    """Remember which file a new connection has open; for `connection_created`."""
    vars(connection)["opened_file"] = _file_at(connection)


def close_replaced(**signal) -> None:
    """Close the connections of this thread to files that are no longer the database, as after a restore: what was written there would be
    lost. For `request_started`; a look at the file for each connection."""
    for open_connection in connections.all(initialized_only=True):
        if open_connection.connection and vars(open_connection).get("opened_file") != _file_at(open_connection):
            open_connection.close()


def _file_at(connection: BaseDatabaseWrapper) -> tuple[int, int] | None:
    """Return what tells the file of a SQLite database from others; None where it is not there, or a server has the database."""
    try:
        status = os.stat(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    except OSError:
        return None
    return status and (status.st_dev, status.st_ino)


def readers_block_writers(app_configs, version: tuple[int, int, int] = SQLITE_VERSION, **options) -> list[Info]:
    """Return what a SQLite without a safe write-ahead log costs; nothing on another database."""
    if connection.vendor != "sqlite" or journal_mode(version) == "WAL":
        return []
    words = (
        f"SQLite {'.'.join(map(str, version))} is not safe with a write-ahead log, so a rollback journal is used: a "
        "reader of a heavy page keeps editors from saving, and a commit keeps readers waiting."
    )
    hint = "Install the package pysqlite3, Python with SQLite 3.51.3 or later, or use PostgreSQL."
    return [Info(words, hint=hint, id="tracker.I001")]
