"""One writer at a time.

What the tracker promises of its evidence holds over several rows: a published event has a citation whose quote stands in
the text of its briefing; nothing names an actor that became part of another. So whoever writes such rows takes the turn
first, before anything is read that the outcome depends on and before any row is held, and has it until the commit.

SQLite gives the turn itself: its transactions begin with `IMMEDIATE` (see tracker.databases). PostgreSQL gives it by a lock
of its own. As it always comes first, two writers can never wait for each other. The order of all locks:

1. the turn; 2. rows, by `select_for_update`; 3. the numbers of the data (DataRevision), then that of the public data.
"""

from django.db import connection

WAIT = 5  # seconds a writer waits for another, as on SQLite
LOCK = 0x7472_6163  # "trac"; of this database alone


def take_turn() -> None:
    """Wait until no other transaction writes, and keep the turn until this one ends; whoever has it has it again at once.

    Raises OperationalError after WAIT seconds, and RuntimeError where no transaction is open, which would end the turn at
    once. One query on PostgreSQL, none on SQLite.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A turn lasts as long as its transaction: open one first.")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        wait = f"{round(WAIT * 1000)}ms"
        cursor.execute("SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)", [wait, LOCK])
