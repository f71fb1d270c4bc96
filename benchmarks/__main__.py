"""Print speed, size and memory on a generated world: python -m benchmarks [EVENTS], 100,000 unless said.

Each figure is beside its goal and its share of it. What the chart costs a browser: python -m benchmarks.chart.
"""

import gzip
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.scratch import prepare, read_index

REPEATS = 7
STATIC = Path(__file__).resolve().parents[1] / "timeline" / "static"
SCRIPT = re.compile(r'<script type="module" src="[^"]*?/static/(timeline/[^"?]+?)(?:\.[0-9a-f]{12})?\.js"')
IMPORT = re.compile(r'from "(\.[^"]+)"|import "(\.[^"]+)"')
BARE = "SELECT event_type_id, count(*) FROM timeline_event WHERE status = 'published' GROUP BY 1"

Line = tuple[str, float, str, float | None]  # what, figure, unit, goal


def main(events: int) -> int:
    """Print all figures; return 0 where each keeps to its goal."""
    prepare(events)
    missed = 0
    print(f"{events:,} events; CPU of the server, median of {REPEATS}\n{'':44} {'figure':>9} {'goal':>12} {'share':>6}")
    for what, figure, unit, goal in [*page(), *sizes_and_rates()]:
        against = f" {goal:>6g} {unit:5} {figure / goal:>6.2f}" if goal else ""
        print(f"{what:44} {figure:>9,.1f} {unit:5}{against}", flush=True)
        missed += bool(goal and figure > goal and not unit.endswith("/s"))
    return int(missed > 0)


def page() -> Iterator[Line]:
    """Yield what the page and the drawing cost. An event is saved as it is: no figure depends on what was measured
    before."""
    from django.db import connection
    from django.test import Client

    from timeline.models import Event

    client, event = Client(headers={"host": "127.0.0.1"}), Event.objects.public().first()
    yield "memory, started", memory(), "MB", None
    yield "the index is read, or mapped from its file", cpu(read_index, times=1), "ms", None
    yield "first page of a process", cpu(lambda: client.get("/"), times=1), "ms", None
    yield "memory, with the index", memory(), "MB", None
    yield "bare count by type, for comparison", cpu(lambda: connection.cursor().execute(BARE).fetchall()), "ms", None
    for path, named in (("/", "page"), ("/?category=call", "page of one category")):
        yield f"{named}, cached", cpu(lambda path=path: client.get(path)), "ms", 120
        yield f"{named}, nothing cached", cpu(lambda path=path: client.get(path), forget), "ms", 120
        yield f"{named}, after an event was saved", cpu(lambda path=path: client.get(path), event.save), "ms", 120
    yield "page of a search, cached", cpu(lambda: client.get("/?q=number+500")), "ms", 120
    yield "page of a search, nothing cached", cpu(lambda: client.get("/?q=number+500"), forget), "ms", None
    for kind in ("category", "actor", "publisher"):
        path = f"/marks.html?lanes={kind}&first=2020-01-01&last=2021-12-31"
        yield (
            f"marks of two years by {kind}, nothing cached",
            cpu(lambda at=path: client.get(at), forget),
            "ms",
            50,
        )
    yield "marks of everything, nothing cached", cpu(lambda: client.get("/marks.html"), forget), "ms", 50
    yield "marks of everything, after an event was saved", cpu(lambda: client.get("/marks.html"), event.save), "ms", 50


def forget() -> None:
    """Forget every result, and every entry that is written out; the index of the events stays in memory."""
    from django.core.cache import cache

    from timeline.views import list_entries

    cache.clear()
    list_entries._entries.entries.clear()


def sizes_and_rates() -> Iterator[Line]:
    """Yield sizes, exports and the memory that all of it took."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    sent = client.get("/").content
    yield "page, gzip", kilobytes(sent), "KB", 45
    yield (
        "scripts of the page, gzip",
        sum(kilobytes(script.read_bytes()) for script in scripts(sent.decode())),
        "KB",
        40,
    )
    for name in ("csv", "json"):
        yield f"/events.{name}", rate(client, name), "rows/s", None
    yield "memory, at most", memory(), "MB", None


def cpu(run: Callable, before: Callable = lambda: None, times: int = REPEATS) -> float:
    """Return the median of the process's CPU time in milliseconds."""
    taken = []
    for _ in range(times):
        before()
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return 1000 * statistics.median(taken)


def memory() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def kilobytes(content: bytes) -> float:
    return len(gzip.compress(content)) / 1024


def scripts(page: str) -> set[Path]:
    """Return the scripts that a page loads, and all that these import."""
    waiting, loaded = [STATIC / f"{name}.js" for name in SCRIPT.findall(page)], set()
    while waiting:
        script = waiting.pop()
        if script not in loaded:
            loaded.add(script)
            waiting += [script.parent.joinpath(*names).resolve() for names in IMPORT.findall(script.read_text())]
    return loaded


def rate(client, extension: str) -> float:
    """Return how many events of one category a format writes in a second of CPU time."""
    start = time.process_time()
    response = client.get(f"/events.{extension}?category=call")
    for _ in response.streaming_content:
        pass
    return int(response["X-Total-Count"]) / (time.process_time() - start)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
