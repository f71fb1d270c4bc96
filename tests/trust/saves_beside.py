"""How long saves on the desk take beside what writes many rows: python -m tests.trust.saves_beside [ROWS], 30,000 unless said.

A file is imported, and the import undone; a file of a third of the rows is imported, its batch published, and a package of
these events loaded when they are gone. Works on the database that DATABASE_URL names, and leaves these events there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path

LONGEST_WAIT, LONGEST_BESIDE_UNDOING = 1.0, 2.0  # seconds, of every save
PAUSE = 0.2  # seconds between two saves
PUBLISH = """
from django.contrib.auth.models import User
from timeline.imports.events import publish_batch
from timeline.models import ImportBatch
print(publish_batch.publish(ImportBatch.objects.get(pk={batch}), User.objects.filter(is_superuser=True)[0]))
"""


def main(rows: int) -> int:
    """Return 0 where no save failed, and none took longer than it may."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.imports import write_file

    with tempfile.TemporaryDirectory() as folder:
        file, package = Path(folder) / "events.csv", Path(folder) / "events.zip"
        importing = ("import_events", "--format", "ucdp-ged", "--yes", str(file))
        write_file(file, rows)
        holds = [holds_beside(f"{rows:,} rows imported", *importing)]
        holds += [holds_beside("the import undone", "undo_import", str(newest_batch()), longest=LONGEST_BESIDE_UNDOING)]
        write_file(file, rows // 3)
        call_command(*importing, stdout=StringIO())
        publishing = PUBLISH.format(batch=newest_batch())
        holds += [holds_beside(f"a batch of {rows // 3:,} published", "shell", "-v0", "-c", publishing)]
        call_command("export_package", str(package), stdout=StringIO())
        call_command("undo_import", str(newest_batch()), stdout=StringIO())
        loading = ("import_events", "--format", "datapackage", "--yes", str(package))
        holds += [holds_beside("a package of them loaded", *loading)]
    return int(not all(holds))


def newest_batch() -> int:
    from timeline.models import ImportBatch

    return ImportBatch.objects.latest("pk").pk


def holds_beside(name: str, *arguments: str, longest: float = LONGEST_WAIT) -> bool:
    """Print how long saves took beside a command of manage.py; return whether none took too long, and nothing failed."""
    waits, failures, seconds = saves_beside([sys.executable, "manage.py", *arguments])
    slowest, median = max(waits, default=0.0), statistics.median(waits or [0.0])
    print(f"  {name} in {seconds:.0f} s; meanwhile {len(waits)} events saved, each with a citation:")
    print(f"    slowest {slowest:.2f} s, median {median:.2f} s; {len(failures)} failed {failures[:1]}", flush=True)
    return not failures and slowest <= longest


def saves_beside(command: list[str]) -> tuple[list[float], list[str], float]:
    """Run the command, and save meanwhile; return the seconds of each save, what failed, and the seconds of the command."""
    began = time.monotonic()
    working = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    waits, failures = [], []
    while working.poll() is None:
        since = time.monotonic()
        try:
            save(len(waits) + len(failures))
        except Exception as error:
            failures.append(f"{type(error).__name__} after {time.monotonic() - since:.1f} s")
        else:
            waits.append(time.monotonic() - since)
        time.sleep(PAUSE)
    if working.returncode:
        failures.append(f"the command ended with code {working.returncode}")
    return waits, failures, time.monotonic() - began


def save(number: int) -> None:
    """Enter an event with a citation, and save it once more, as a form does."""
    from django.db import transaction

    from timeline.database.transactions import take_write_lock
    from timeline.models import Actor, Briefing, Citation, Event, EventType

    with transaction.atomic():
        take_write_lock()
        publisher, _ = Actor.objects.get_or_create(slug="desk", defaults={"name": "Desk", "kind": "organisation"})
        fields = {"title": "A briefing", "kind": "statement", "publisher": publisher, "text": "The ceasefire holds."}
        briefing, _ = Briefing.objects.get_or_create(slug="desk", defaults=fields)
        event = Event(title=f"Saved {number}", edtf="2022-03-24", event_type=EventType.objects.get(slug="ceasefire"))
        event.save()
        Citation(event=event, briefing=briefing, quote="The ceasefire holds.", act="reports").save()
        event.save()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000))
