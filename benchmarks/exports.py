"""Print what a whole export costs: python -m benchmarks.exports [EVENTS], a million unless said.

CSV and NDJSON of all events, in rows per second of CPU time, beside what the `sqlite3` command takes to write the same
columns from the same file; the time to the first byte; and the peak of memory, beside that of a twentieth of the events.
The worlds are kept beside the system's temporary files and used again. With BENCHMARK_DATABASE=postgres://... its events are exported,
beside COPY of the same columns: the CPU time is that of client and server together.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.scratch import server_cpu

EVENTS, TIMES = 1_000_000, 20  # the large world is the small one so many times over
LEAST_RATIO, MOST_GROWTH, MOST_WAIT = 0.5, 20, 300  # of the command's rate; MB; ms
QUERIES = Path(__file__).parent / "queries"
MODES = {"csv": "-csv", "ndjson": "-list"}
COPY = "COPY ({query}) TO STDOUT (FORMAT {mode})"
COPY_MODES = {"csv": "csv", "ndjson": "text"}
IN_POSTGRESQL = {  # what the queries call otherwise
    "group_concat(": "string_agg(",
    "json_group_array(": "json_agg(",
    "json_object(": "json_build_object(",
    "b.published_on,''": "b.published_on::text,''",
}


def world(events: int) -> str:
    """Return the address of the scratch database of this size, made where there is none."""
    path = Path(tempfile.gettempdir()) / f"timeline-exports-{events}.sqlite3"
    if not path.exists():
        made = path.with_suffix(".part")
        made.unlink(missing_ok=True)
        run_apart("make", f"sqlite:///{made}", events)
        made.rename(path)
    run_apart("migrate", f"sqlite:///{path}")  # it may be older than the last migration
    return f"sqlite:///{path}"


def run_apart(task: str, address: str, *arguments: object) -> str:
    """Run one of TASKS in a process of its own on a database, and return what it prints."""
    command = [sys.executable, "-m", "benchmarks.exports", task, *map(str, arguments)]
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


def make(events: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.copies import multiply
    from benchmarks.world import fill

    call_command("migrate", verbosity=0)
    fill(int(events) // TIMES)
    multiply(TIMES)


def migrate() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def export(extension: str) -> None:
    """Print what an export costs in this process, as JSON: rows, CPU and wall seconds, bytes, MB at the peak."""
    from django.test import Client

    import tracker.wsgi  # noqa: F401 (as the server starts)

    client = Client(headers={"host": "127.0.0.1"})
    sum(map(len, client.get(f"/events.{extension}?from=2026-06-30")))  # code is loaded
    wall, cpu = time.perf_counter(), time.process_time() + server_cpu()
    response = client.get(f"/events.{extension}")
    size = len(next(iter(response.streaming_content)))
    first = time.perf_counter() - wall
    size += sum(map(len, response.streaming_content))
    cpu = time.process_time() + server_cpu() - cpu
    cost = {"rows": int(response["X-Total-Count"]), "cpu": cpu, "first": first, "bytes": size}
    print(json.dumps(cost | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def of_copy(extension: str) -> None:
    """Print the CPU seconds of COPY for the same rows."""
    import django

    django.setup()
    from django.db import connection

    query = (QUERIES / f"{extension}.sql").read_text().strip().removesuffix(";")
    for name, there in IN_POSTGRESQL.items():
        query = query.replace(name, there)
    before = time.process_time() + server_cpu()
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # the workers' time would not be counted
        with cursor.copy(COPY.format(query=query, mode=COPY_MODES[extension])) as lines:
            sum(map(len, lines))
    print(time.process_time() + server_cpu() - before)


def of_command(address: str, extension: str) -> float | None:
    """Return the CPU seconds of `sqlite3`, or of COPY, for the same rows; None where there is no such command."""
    if not address.startswith("sqlite"):
        return float(run_apart("of_copy", address, extension))
    if not (command := shutil.which("sqlite3")):
        return None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with (QUERIES / f"{extension}.sql").open() as query:
        subprocess.run(  # noqa: S603 (our own query)
            [command, MODES[extension], "-readonly", address.removeprefix("sqlite:///")],
            stdin=query,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(extension: str, large: str, small: str) -> bool:
    """Print the figures of a format, and return whether all keep to their bounds."""
    cost = json.loads(run_apart("export", large, extension))
    less = json.loads(run_apart("export", small, extension)) if small != large else cost
    limit, growth, wait = of_command(large, extension), cost["peak"] - less["peak"], 1000 * cost["first"]
    print(f"{extension:8}{cost['rows'] / cost['cpu']:10,.0f} rows per CPU second, {cost['bytes'] / 1e6:,.0f} MB")
    ratio = cost["cpu"] and limit and limit / cost["cpu"]
    if limit:
        print(
            f"        {cost['rows'] / limit:10,.0f} of {'the sqlite3 command' if large.startswith('sqlite') else 'COPY'}: {ratio:.2f} (bound {LEAST_RATIO})"
        )
    else:
        print("        no sqlite3 command to compare with (Debian: apt-get install sqlite3)")
    print(f"        {wait:10,.0f} ms to the first byte (bound {MOST_WAIT})")
    print(f"        {cost['peak']:10,.0f} MB at the peak, {growth:+.0f} to {less['rows']:,} rows (bound {MOST_GROWTH})")
    return growth <= MOST_GROWTH and wait <= MOST_WAIT and (ratio is None or ratio >= LEAST_RATIO)


def main(events: int) -> int:
    """Return 0 where every figure keeps to its bound."""
    given = os.environ.get("BENCHMARK_DATABASE")  # growth of memory is not measured there
    large, small = (given, given) if given else (world(events), world(events // TIMES))
    results = [measure(extension, large, small) for extension in MODES]
    return int(not all(results))


TASKS = {"make": make, "migrate": migrate, "export": export, "of_copy": of_copy}

if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in TASKS:
        TASKS[sys.argv[1]](*sys.argv[2:])
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else EVENTS))
