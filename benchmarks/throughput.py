"""Print how many requests a second two workers of gunicorn answer, alone and beside saves: python -m benchmarks.throughput [EVENTS].

100,000 events unless said, on the database of BENCHMARK_DATABASE where it is set. READERS threads of this process, which takes its share of
the machine, ask for PATHS in turn, each over a connection of its own; every page was requested once before. Saves are ordinary changes of
public events, so that readers may see them up to SHOWN_WITHIN seconds later.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count, cycle
from pathlib import Path

from benchmarks.scratch import prepare, read_index

HOST = "127.0.0.1"
WORKERS, READERS, SECONDS = 2, 4, 15
SAVES = (0, 5, 20)  # a second
LEAST_RATE, LEAST_SHARE = 120, 0.7  # requests a second without saves; share of them beside saves
START = 300  # seconds that the server may take until it answers
PATHS = ("/", "/?category=call", "/?order=-date", "/?from=2018&to=2018", "/actors/", "/briefings/", "/api/v1/events/")

Waits = list[float]  # seconds


def main(events: int) -> int:
    """Return 0 where the goals are reached and no request failed."""
    prepare(events)
    read_index()
    print(
        f"{events:,} events, {WORKERS} workers, {READERS} readers, {SECONDS} s each; goals: {LEAST_RATE} requests a second"
    )
    print(f"without saves, and {LEAST_SHARE} of that beside them")
    print(
        f"{'saves a second':>24} {'requests':>9} {'share':>6} {'p50 ms':>7} {'p99 ms':>7} {'CPU ms each':>12} {'failed':>7}"
    )
    rates, failures = [], 0
    with served() as (port, server):
        for path in PATHS:
            ask(port, path)
        for saves in SAVES:
            begun = processor_seconds(server)
            read, failed, saved = run(port, saves)
            taken = 1000 * (processor_seconds(server) - begun) / max(len(read), 1)
            rates.append(len(read) / SECONDS)
            failures += failed
            made = f"{saves} ({len(saved) / SECONDS:.1f}, p99 {milliseconds(saved, 99):.0f} ms)" if saves else "0"
            figures = f"{rates[-1]:>9.1f} {rates[-1] / rates[0]:>6.2f} {milliseconds(read, 50):>7.0f} {milliseconds(read, 99):>7.0f}"
            print(f"{made:>24} {figures} {taken:>12.1f} {failed:>7}", flush=True)
    return int(failures > 0 or rates[0] < LEAST_RATE or min(rates) < LEAST_SHARE * rates[0])


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Serve the world, and yield the port and the process, as soon as the first page is answered."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        port = listening.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--bind", f"{HOST}:{port}", "--workers", str(WORKERS)]
    environment = os.environ | {"SITE_URL": f"http://{HOST}:{port}"}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        until = time.monotonic() + START
        while ask(port, "/") is None and time.monotonic() < until:
            time.sleep(0.3)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def processor_seconds(server: int) -> float:
    """Return what the workers of a server have taken of the processor; 0 where the system does not tell."""
    taken = 0
    with suppress(OSError):
        for worker in Path(f"/proc/{server}/task/{server}/children").read_text().split():
            user, system = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[11:13]
            taken += int(user) + int(system)
    return taken / os.sysconf("SC_CLK_TCK")


def ask(port: int, path: str) -> float | None:
    """Return the seconds that an answer took; None: there was none with status 200."""
    client, since = http.client.HTTPConnection(HOST, port, timeout=60), time.monotonic()
    try:
        client.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = client.getresponse()
        response.read()
    except OSError:
        return None
    finally:
        client.close()
    return time.monotonic() - since if response.status == 200 else None


def run(port: int, saves: int) -> tuple[Waits, int, Waits]:
    """Return how long each answer took, how many requests failed, and how long each save took."""
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(READERS + 1) as pool:
        saver = pool.submit(save, saves, until)
        readers = [pool.submit(read, port, number, until) for number in range(READERS)]
        waits = [wait for reader in readers for wait in reader.result()]
        saved = saver.result()
    answered = [wait for wait in waits if wait is not None]
    return answered, len(waits) - len(answered), saved


def read(port: int, number: int, until: float) -> list[float | None]:
    paths, waits = cycle(PATHS[number:] + PATHS[:number]), []
    while time.monotonic() < until:
        waits.append(ask(port, next(paths)))
    return waits


def save(rate: int, until: float) -> Waits:
    """Change the titles of public events, so many a second."""
    from django.db import connection

    from timeline.models import Event

    waits, begun = [], time.monotonic()
    keys = list(Event.objects.public().order_by("pk").values_list("pk", flat=True)[:1000:10]) if rate else []
    for number in count():
        due = begun + number / rate if rate else until
        if due >= until:
            break
        time.sleep(max(0.0, due - time.monotonic()))
        since = time.monotonic()
        event = Event.objects.get(pk=keys[number % len(keys)])
        event.title = (
            event.title.removesuffix(" (saved)") if event.title.endswith(" (saved)") else f"{event.title} (saved)"
        )
        event.save()
        waits.append(time.monotonic() - since)
    connection.close()
    return waits


def milliseconds(waits: Waits, percent: int) -> float:
    return 1000 * statistics.quantiles(waits, n=100)[percent - 1] if len(waits) > 1 else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
