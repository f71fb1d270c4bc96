"""One writer at a time.

What the tracker promises of its evidence holds over several rows: a published event has a citation whose quote is in
the text of its briefing; nothing names an actor that became part of another. So whoever writes such rows takes the write
lock first, before anything is read that the outcome depends on and before any row is locked, and keeps it until the commit.

On SQLite the transaction itself is the lock: it begins with `IMMEDIATE` (see tracker.databases). On PostgreSQL it is an
advisory lock. As it always comes first, two writers can never deadlock. The order of all locks:

1. the write lock; 2. rows, by `select_for_update`; 3. the rows of DataRevision, then that of PublicRevision.

What the planner of the database knows of the tables: out of date after many rows came or went at once, and queries that
took hundredths then take seconds.
"""

from contextlib import suppress

from django.apps import apps
from django.db import connection, transaction

WAIT = 5  # seconds a writer waits for another, as on SQLite
LOCK = 0x7472_6163  # "trac"; of this database alone


def take_write_lock() -> None:
    """Wait until no other transaction writes, and hold the lock until this one ends. A transaction may take it again.

    Raises OperationalError after WAIT seconds, and RuntimeError where no transaction is open: the lock would be released at
    once. One query on PostgreSQL, none on SQLite.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The write lock lasts as long as its transaction: open one first.")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        wait = f"{round(WAIT * 1000)}ms"
        cursor.execute("SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)", [wait, LOCK])


SAMPLE = 1_000  # rows of each index that SQLite looks at. Source: sqlite.org/lang_analyze.html, approximate ANALYZE


def refresh_after_commit() -> None:
    """Refresh them once what was written is committed; where that fails, the log says so and what was written stays."""
    transaction.on_commit(refresh, robust=True)


def refresh() -> None:
    """Each table in a transaction of its own, so that nobody who writes waits for long. Ctrl-C ends this alone."""
    with suppress(KeyboardInterrupt), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        for model in apps.get_app_config("timeline").get_models(include_auto_created=True):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
