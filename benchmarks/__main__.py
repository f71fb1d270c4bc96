"""Print speed and size on a generated world: python -m benchmarks [EVENTS], 100,000 unless said.

The world is kept in a scratch database beside the system's temporary files and used again.
"""

import gzip
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REPEATS = 7


def main(events: int) -> None:
    scratch = Path(tempfile.gettempdir()) / f"timeline-benchmark-{events}.sqlite3"
    os.environ["DATABASE_URL"] = f"sqlite:///{scratch}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    import django

    django.setup()
    prepare(events)
    measure()


def prepare(events: int) -> None:
    from django.core.management import call_command

    from benchmarks import world
    from timeline.models import Event

    call_command("migrate", verbosity=0)
    if not Event.objects.exists():
        world.fill(events, print)


def measure() -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    from timeline.models import Event

    client = Client(headers={"host": "127.0.0.1"})
    client.get("/")  # templates and code are loaded
    print(
        f"{Event.objects.count():,} events, {Event.objects.public().count():,} of them public; CPU, median of {REPEATS}"
    )
    cold = cpu(lambda: client.get("/"), before=cache.clear)
    warm = cpu(lambda: client.get("/"))
    bare = cpu(lambda: connection.cursor().execute(BARE).fetchall())
    size = len(gzip.compress(client.get("/").content))
    print(f"page, nothing cached    {cold:8.1f} ms   {cold / bare:6.1f} x the bare count by type")
    print(f"page, cached            {warm:8.1f} ms   {warm / bare:6.1f} x")
    print(f"page, gzip              {size / 1024:8.1f} KB")
    for name in ("csv", "json"):
        print(f"/events.{name:5}          {rate(client, name):8.0f} events per CPU second")


BARE = "SELECT event_type_id, count(*) FROM timeline_event WHERE status = 'published' GROUP BY 1"


def cpu(run: Callable, before: Callable = lambda: None) -> float:
    """Return the median of the process's CPU time in milliseconds."""
    taken = []
    for _ in range(REPEATS):
        before()
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return 1000 * statistics.median(taken)


def rate(client, extension: str) -> float:
    """Return how many events of one category a format writes in a second of CPU time."""
    start = time.process_time()
    response = client.get(f"/events.{extension}?category=call")
    for _ in response.streaming_content:
        pass
    return int(response["X-Total-Count"]) / (time.process_time() - start)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
