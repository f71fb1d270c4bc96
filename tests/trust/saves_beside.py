"""How long saves on the desk take beside what writes many rows: python -m tests.trust.saves_beside [ROWS], 30,000 unless said.

A file is imported, its batch is published, the import undone, and a package of a third of its events, exported before, is
loaded. Works on the database that DATABASE_URL names, and leaves these events there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

A_THIRD = 2006  # the year in which a third of the events of a file have been
LONGEST_WAIT = 1.0  # seconds, of every save
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
        write_file(file, rows)
        imported = holds_beside(f"{rows:,} rows imported", "import_events", "--format", "ucdp-ged", "--yes", str(file))
        batch = newest_batch()
        published = holds_beside("the batch published", "shell", "-v0", "-c", PUBLISH.format(batch=batch))
        call_command("export_package", str(package), filter=f"to={A_THIRD}")
        undone = holds_beside("the import undone", "undo_import", str(batch))
        loaded = holds_beside(
            "a package of a third of them loaded", "import_events", "--format", "datapackage", "--yes", str(package)
        )
    return int(not (imported and published and undone and loaded))


def newest_batch() -> int:
    from timeline.models import ImportBatch

    return ImportBatch.objects.latest("pk").pk


def holds_beside(name: str, *arguments: str) -> bool:
    """Print how long saves took beside a command of manage.py; return whether none took too long, and nothing failed."""
    waits, failures, seconds = saves_beside([sys.executable, "manage.py", *arguments])
    slowest, median = max(waits, default=0.0), statistics.median(waits or [0.0])
    print(f"  {name} in {seconds:.0f} s; meanwhile {len(waits)} events saved, each with a citation:")
    print(f"    slowest {slowest:.2f} s, median {median:.2f} s; {len(failures)} failed {failures[:1]}", flush=True)
    return not failures and slowest <= LONGEST_WAIT


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
