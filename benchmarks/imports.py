"""How fast events come in beside the bare inserts of the same rows, and how much memory they take:

    python -m benchmarks.imports [EVENTS], 20,000 unless said

Each event has two participations and two citations, and each row its line in the history. Sources are shared: one document
for ten citations. CPU time, both in the same run, each into an empty database in a file.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

TABLES = ("event", "participation", "citation", "briefing", "importedevent", "actor", "place")
RECORDED = ("event", "participation", "citation", "briefing", "actor", "place")


def main(events: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/imported.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
        import django

        django.setup()
        measure(Path(folder), events)


def measure(folder: Path, events: int) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    file = folder / "events.csv"
    write_file(file, events)
    looked, written = bring_in(file)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # of the import, not of what it is compared with
    bare = insert_bare(folder)
    print(f"{events:,} events, two participations and two citations each, history included; CPU")
    print(f"looked through          {events / looked:8,.0f} events a second")
    print(f"written                 {events / written:8,.0f} events a second")
    print(f"bare executemany        {events / bare:8,.0f} events a second: the import has {bare / written:.2f} of it")
    print(f"memory at most          {memory:8,.0f} MB")


def write_file(file: Path, events: int) -> None:
    """Write a file of UCDP GED with so many events."""
    import csv

    names = "id,type_of_violence,conflict_name,side_a_new_id,side_a,side_b_new_id,side_b,source_article,source_original"
    names += ",where_prec,where_coordinates,latitude,longitude,country,date_prec,date_start,date_end,low,best,high"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(names.split(","))
        for number in range(events):
            writer.writerow(row(number, events))


def row(number: int, events: int) -> list:
    day = f"{2000 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"
    documents = max(1, events // 5)
    articles = ";".join(
        f'"Office {document % 40},2020-{1 + document % 12:02}-{1 + document % 28:02},Headline number {document} of what was said of the fighting"'
        for document in (number % documents, (number * 7 + 1) % documents)
    )
    side = 1 + number % 50
    return [
        *(
            number,
            1,
            f"Conflict {number % 9}",
            0,
            "Government of Ukraine",
            side,
            f"Group {side}",
            articles,
            "a ministry",
        ),
        *(1, f"Town {number % 300}", f"{40 + number % 300 / 100:.4f}", "37.5", "Ukraine", 1, day, day, 0, 1, 2),
    ]


def bring_in(file: Path) -> tuple[float, float]:
    """Return the seconds that looking through and writing take."""
    from timeline.imports.events.data_set_choice import data_set_for
    from timeline.imports.events.event_import import check, run
    from timeline.imports.events.event_record import Options
    from timeline.imports.events.formats import FORMATS

    format = FORMATS["ucdp-ged"]
    options = Options(file, file.name, format, data_set_for(format), publish=True)
    start = time.process_time()
    summary = check(options)
    looked = time.process_time()
    run(options, summary)
    return looked - start, time.process_time() - looked


def insert_bare(folder: Path) -> float:
    """Return the seconds that inserting the same rows with executemany takes, into the same tables, empty, in one
    transaction. Reading the rows does not count; they are taken in lots, so that memory is not what is measured."""
    import sqlite3

    source = sqlite3.connect(folder / "imported.sqlite3")
    names = [f"timeline_{name}" for name in TABLES] + [f"timeline_historical{name}" for name in RECORDED]
    target = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    for name in [*names, *(f"{name}_index" for name in names)]:  # with their triggers, and what these write to
        for (sql,) in source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql NOT NULL", [name]
        ):  # tables first
            target.execute(sql)
    target.executescript("PRAGMA cache_size=-32768; PRAGMA cache_spill=-524288")  # as ours
    target.execute("BEGIN")
    taken = 0.0
    for name in names:
        taken += copy(source, target, name)
    start = time.process_time()
    target.execute("COMMIT")
    return taken + time.process_time() - start


def copy(source, target, name: str) -> float:
    columns = [column[1] for column in source.execute(f"PRAGMA table_info({name})")]  # without generated ones
    listed, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    rows = source.execute(f"SELECT {listed} FROM {name} ORDER BY 1")  # noqa: S608
    taken = 0.0
    while lot := rows.fetchmany(2_000):
        start = time.process_time()
        target.executemany(f"INSERT INTO {name} ({listed}) VALUES ({marks})", lot)  # noqa: S608
        taken += time.process_time() - start
    return taken


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
