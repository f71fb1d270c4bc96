"""How much memory and time it takes to refuse files that were made to break their reader:

    python -m benchmarks.hostile ["cell of 10 MB" ...], all unless named

Each is looked through in a process of its own, with the limits that the import page has. Exit code 1 where one is not
refused with the right words, writes something, or takes more than 1 GB or 60 seconds.
"""

import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

MEMORY, SECONDS = 1 << 30, 60
GED = (
    "id,type_of_violence,conflict_name,side_a,side_b,source_article,where_prec,where_coordinates,latitude,longitude,"
    "country,date_prec,date_start,date_end,low,best,high"
)
ROW = '1,1,C,A,B,"R,2014-08-15,H",1,T,48,37,Ukraine,1,2014-08-15,2014-08-15,0,0,0'
BILLION = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{BILLION}]><a>&l9;</a>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes | str], str]] = {  # name -> format, content, words of the refusal
    "empty": ("csv", lambda: b"", "The file is empty"),
    "UTF-16": ("ucdp-ged", lambda: f"{GED}\n{ROW}\n".encode("utf-16"), "UTF-16"),
    "Windows-1251": ("ucdp-ged", lambda: f"{GED}\n{ROW.replace('T', 'Донецк')}\n".encode("cp1251"), "Line 2, byte"),
    "NUL": ("ucdp-ged", lambda: f"{GED}\n" + f"{ROW}\n" * 500_000 + "\0", "Line 500002, byte"),
    "names twice": ("ucdp-ged", lambda: f"{GED},id\n", "more than once"),
    "semicolons": ("ucdp-ged", lambda: GED.replace(",", ";"), "semicolons or tabs"),
    "short and long rows": ("ucdp-ged", lambda: f"{GED}\n" + f"1,2\n{ROW},9\n" * 50_000, "100,000 rows: row 2"),
    "open quote": ("ucdp-ged", lambda: f'{GED}\n1,"open\n' + f"{ROW}\n" * 500_000, "begins on line 2"),
    "cell of 10 MB": ("ucdp-ged", lambda: f'{GED}\n"{"x" * 10_000_000}"\n', "131,072 characters"),
    "million columns": ("csv", lambda: ",".join(f"c{n}" for n in range(1_000_000)), "at most 1,000"),
    "one line of 50 MB": ("csv", lambda: "x" * (50 << 20), "131,072 characters"),
    "formulas": ("ucdp-ged", lambda: f"{GED}\n{ROW.replace('C', '=cmd()')}\n", "conflict_name"),
    "same id": ("ucdp-ged", lambda: f"{GED}\n" + f"{ROW}\n" * 20_000, "19,999 rows: row 3, id"),
    "workbook, bomb": ("csv", lambda: archive(**{"xl/sheet1.xml": b"0" * (200 << 20)}), "ZIP archive"),
    "package, bomb": ("datapackage", lambda: archive(**{"events.csv": b"0" * (300 << 20)}), "times its size"),
    "package, many parts": ("datapackage", lambda: archive(**{f"p{n}": b"" for n in range(5_000)}), "5,000 parts"),
    "package, nested JSON": (
        "datapackage",
        lambda: archive(**{"datapackage.json": b"[" * 100_000}),
        "datapackage.json",
    ),
    "entities": ("csv", lambda: LAUGHS, "semicolons"),
    "entity of a file": ("csv", lambda: EXTERNAL, "no column"),
    "nested JSON": ("timelinejs", lambda: "[" * 2_000_000, "JSON"),
    "number of a million digits": (
        "timelinejs",
        lambda: f'{{"events": [{{"start_date": {"9" * 1_000_000}}}]}}',
        "JSON",
    ),
}


def main(names: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/hostile.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        connection.close()
        return measure(Path(folder), names or list(FILES))


def measure(folder: Path, names: list[str]) -> int:
    """Print a line for each file, and the worst; return the exit code."""
    print(f"{'file':28}{'MB sent':>8}{'seconds':>9}{'MB':>6}  what is said")
    failed, worst_time, worst_memory = [], 0.0, 0
    for name in names:
        format, make, words = FILES[name]
        content = make()
        (folder / "file").write_bytes(content if isinstance(content, bytes) else content.encode())
        size = (folder / "file").stat().st_size >> 20
        del content
        message, seconds, memory = refusal(folder, format)
        worst_time, worst_memory = max(worst_time, seconds), max(worst_memory, memory)
        if words not in message or "WRITTEN" in message or seconds > SECONDS or memory > MEMORY >> 20:
            failed.append(name)
        print(f"{name:28}{size:8}{seconds:9.1f}{memory:6}  {message[:110]}")
    print(
        f"Worst: {worst_time:.1f} s, {worst_memory} MB; {len(names)} files, {len(failed)} not as they should: {failed}"
    )
    return 1 if failed else 0


def refusal(folder: Path, format: str) -> tuple[str, float, int]:
    """Return what a process of its own says of the file, its CPU seconds, and its memory at most in MB."""
    command = [sys.executable, "-m", "benchmarks.hostile", "look", str(folder / "file"), format]
    with (folder / "said").open("w+") as output:
        start = os.posix_spawn(
            sys.executable, command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)]
        )
        _, _, used = os.wait4(start, 0)
        output.seek(0)
        memory, _, words = output.read().strip().partition(" ")
        return words, used.ru_utime + used.ru_stime, int(memory or MEMORY >> 20)


def most_memory() -> int:
    """Return the MB that this process has taken at most. What getrusage reports begins with what its parent had."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) >> 10


def look(path: str, format: str) -> None:
    """Look through a file as the import page does, and print why it is refused."""
    import django

    django.setup()
    from timeline.imports import upload_jobs
    from timeline.imports.events.data_set_choice import data_set_for
    from timeline.imports.events.event_import import check
    from timeline.imports.events.event_record import Options
    from timeline.imports.events.formats import FORMATS
    from timeline.imports.file_bytes import FileRefused
    from timeline.models import Event, ImportBatch

    upload_jobs.limit_process("check")
    message = "accepted"
    try:
        terms = {"name": "D", "licence": "L", "attribution": "A", "url": "https://d.example/"}
        options = Options(Path(path), "file", FORMATS[format], data_set_for(FORMATS[format], "d", terms))
        summary = check(options, report=Path(f"{path}.report.csv"))
        message = summary.fatal or f"{summary.refused:,} rows: {summary.first_problems[0].words}"
    except (FileRefused, MemoryError, upload_jobs.TooLong) as error:
        message = f"{error}" or type(error).__name__
    written = "WRITTEN" if Event.objects.exists() or ImportBatch.objects.exists() else ""
    print(most_memory(), message, written)


if __name__ == "__main__":
    sys.exit(look(*sys.argv[2:]) if sys.argv[1:2] == ["look"] else main(sys.argv[1:]))
