"""One writer at a time.

What the tracker promises of its evidence holds over several rows: a published event has a citation whose quote stands in
the text of its briefing; nothing names an actor that became part of another. So whoever writes such rows takes the write
lock first, before anything is read that the outcome depends on and before any row is locked, and keeps it until the commit.

On SQLite the transaction itself is the lock: it begins with `IMMEDIATE` (see tracker.databases). On PostgreSQL it is an
advisory lock. As it always comes first, two writers can never deadlock. The order of all locks:

1. the write lock; 2. rows, by `select_for_update`; 3. the rows of DataRevision, then that of PublicRevision.
"""

from django.db import connection

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
