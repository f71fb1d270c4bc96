"""The generated world that is measured: a database beside the system's temporary files, made once and used again, or the one of
BENCHMARK_DATABASE."""

import os
import tempfile
from pathlib import Path

UNLIMITED = ("PAGES_PER_MINUTE", "API_REQUESTS_PER_MINUTE", "FILES_PER_MINUTE")
LARGE, TIMES = 500_000, 20  # events from which on a world is a smaller one so many times over


def address(events: int) -> str:
    """Return the address of the database with so many events."""
    return f"sqlite:///{Path(tempfile.gettempdir()) / f'timeline-benchmark-{events}.sqlite3'}"


def prepare(events: int) -> None:
    """Set Django up on that database, and fill it where it is empty."""
    database = os.environ.get("BENCHMARK_DATABASE") or address(events)
    cache = (
        f"filecache://{Path(tempfile.gettempdir()) / Path(database).stem}.cache"  # two worlds may have the same version
    )
    os.environ |= {"DATABASE_URL": database, "CACHE_URL": cache, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    os.environ |= dict.fromkeys(UNLIMITED, "0")
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import copies, world
    from timeline.database.transactions import refresh
    from timeline.models import Event

    call_command("migrate", verbosity=0)
    refresh()  # a table that a migration rewrote has lost what its indexes know
    if not Event.objects.exists():
        times = TIMES if events >= LARGE else 1
        world.fill(events // times, print)
        copies.multiply(times)


def server_cpu() -> float:
    """Return the CPU seconds that the server of the database has spent on this connection, without parallel workers; 0 for SQLite, and
    where the server is on another machine, or its system does not say."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        times = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return int(times.read_text().split()[0]) / 1e9 if times.exists() else 0


def read_index() -> None:
    """Wait until this process has the index of the events, from the database where there is no file of it."""
    from timeline.index import EventIndex, IndexStarting

    while True:
        try:
            EventIndex()
            return
        except IndexStarting:
            continue
