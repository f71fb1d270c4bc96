"""One writer at a time.

What the tracker promises of its evidence holds over several rows: a published event has a citation whose quote is in
the text of its briefing; nothing names an actor that became part of another. So whoever writes such rows takes the write
lock first, before anything is read that the outcome depends on and before any row is locked, and keeps it until the commit.

On SQLite the transaction itself is the lock: it begins with `IMMEDIATE` (see tracker.databases). On PostgreSQL it is an
advisory lock. As it always comes first, two writers can never deadlock. The order of all locks:

1. the import lock; 2. the write lock; 3. rows, by `select_for_update`; 4. the rows of DataRevision, then that of PublicRevision.

An import adds rows for minutes that nobody sees before its commit. There it has the import lock alone, and the desk goes on;
the write lock it takes at its end, before it changes a row that others see (see timeline.imports.events.premises). Until then
it holds what its new rows refer to against deletion, so others lock rows by `no_key`, which such references do not keep back.
Undoing an import deletes for minutes: it locks the rows that will go, with the write lock for that moment alone, and takes the
write lock again at its end. Publishing one takes the write lock for up to a hundred events at a time, for a quarter of a second, each time for good.

So whoever has the write lock waits for a row only where an import or its undoing has it, and no longer than ROW_WAIT.

What the planner of the database knows of the tables: out of date after many rows came or went at once, and queries that
took hundredths then take seconds.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, transaction

WAIT = 5  # seconds a writer waits for another, as on SQLite
ROW_WAIT = 1  # seconds it waits for a row once it has the write lock
LOCK = 0x7472_6163  # "trac"; of this database alone
IMPORT_LOCK = 0x7472_6164
PATIENCE = (
    60  # seconds an import waits for the write lock: it asks again and again, and so never closes a circle of waits
)
PAUSE = 0.02  # seconds between two tries
LOOKS_AGAIN = 0.1  # seconds until SQLite tries once more to write. Source: sqliteDefaultBusyCallback in sqlite.org/src/file/src/main.c


def take_write_lock() -> None:
    """Wait until no other transaction writes, and hold the lock until this one ends. A transaction may take it again.

    Raises OperationalError after WAIT seconds, and RuntimeError where no transaction is open: the lock would be released at
    once. One query on PostgreSQL, none on SQLite.
    """
    _take(LOCK, ROW_WAIT)


def take_import_lock() -> None:
    """Do the same for imports, and what undoes and publishes them: one at a time."""
    _take(IMPORT_LOCK, WAIT)


@contextmanager
def write_lock_for_now() -> Iterator[None]:
    """Have the write lock for less than the transaction: to lock rows and to read, never to write. Three queries on PostgreSQL."""
    with _held_by_session(LOCK), transaction.atomic():  # a savepoint: after a fault the lock could not be given back
        yield


@contextmanager
def import_lock_of_several_transactions() -> Iterator[None]:
    """Have the import lock for longer than a transaction. Raises OperationalError after WAIT seconds. Two queries on PostgreSQL."""
    with _held_by_session(IMPORT_LOCK):
        yield


def let_others_write() -> None:
    """Wait between two transactions until who waits for the file of SQLite has looked again: it looks ten times a second, and
    no queue tells who is next. PostgreSQL has one."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(LOOKS_AGAIN)


def take_write_lock_patiently() -> None:
    """Take the write lock late in a transaction that has rows locked: never wait for who may be waiting for one of these.

    What its rows refer to is looked up before, where PostgreSQL would do it at the commit, with others waiting. Raises
    OperationalError after PATIENCE and WAIT seconds, and IntegrityError where a row refers to none that is there.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
    until = time.monotonic() + PATIENCE
    while connection.vendor == "postgresql" and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone()[0]:
                return
        time.sleep(PAUSE)
    take_write_lock()


def _take(lock: int, row_wait: float) -> None:
    """`row_wait`: seconds that each later statement may wait for a lock."""
    if not connection.in_atomic_block:
        raise RuntimeError("The write lock lasts as long as its transaction: open one first.")
    if connection.vendor != "postgresql":
        return
    taken = f"SELECT {_TIMEOUT}, pg_advisory_xact_lock(%s), {_TIMEOUT}"
    with connection.cursor() as cursor:
        cursor.execute(taken, [_milliseconds(WAIT), lock, _milliseconds(row_wait)])


_TIMEOUT = "set_config('lock_timeout', %s, true)"


def _milliseconds(seconds: float) -> str:
    return f"{round(seconds * 1000)}ms"


@contextmanager
def _held_by_session(lock: int) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_TIMEOUT}, pg_advisory_lock(%s)", [_milliseconds(WAIT), lock])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def refresh_after_commit() -> None:
    """Refresh them once what was written is committed; where that fails, the log says so and what was written stays."""
    transaction.on_commit(refresh, robust=True)


def refresh() -> None:
    """Each table in a transaction of its own, so that nobody who writes waits for long. Ctrl-C ends this alone.
    SQLite reads every index: a sample takes a status that most rows have for a rare one, and plans by it."""
    with suppress(KeyboardInterrupt), connection.cursor() as cursor:
        for model in apps.get_app_config("timeline").get_models(include_auto_created=True):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def refresh_after_migration(sender: object, using: str, plan: Sequence = (), **signal: object) -> None:
    """Refresh them where migrations were run over rows: on SQLite a table that was rewritten has lost what its indexes know.
    Not with tables missing, as half-way back; nor in an empty database, which has nothing to learn from; nor after
    `flush`, which sends the signal without a plan."""
    if not plan or using != DEFAULT_DB_ALIAS:
        return
    models = apps.get_app_config("timeline").get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models}
    if tables <= set(connection.introspection.table_names()) and apps.get_model("timeline", "Event").objects.exists():
        refresh()
