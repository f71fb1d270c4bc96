"""How long saves on the desk take while a file of many rows is imported: python -m tests.trust.saves_during_import [ROWS], 30,000 unless said.

Works on the database that DATABASE_URL names, which must be empty of events and is left with those of the file.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LONGEST_WAIT = 1.0  # seconds, of every save
PAUSE = 0.2  # seconds between two saves


def main(rows: int) -> int:
    """Return 0 where no save failed, and none took longer than it may."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    import django

    django.setup()
    from benchmarks.imports import write_file

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.csv"
        write_file(file, rows)
        waits, failures, seconds = saves_beside(
            [sys.executable, "manage.py", "import_events", "--format", "ucdp-ged", "--yes", str(file)]
        )
    slowest, median = max(waits, default=0.0), statistics.median(waits or [0.0])
    print(f"{rows:,} rows imported in {seconds:.0f} s; meanwhile {len(waits)} events saved, each with a citation:")
    print(f"slowest {slowest:.2f} s, median {median:.2f} s; {len(failures)} failed {failures[:1]}")
    return int(bool(failures) or slowest > LONGEST_WAIT)


def saves_beside(command: list[str]) -> tuple[list[float], list[str], float]:
    """Run the command, and save meanwhile; return the seconds of each save, what failed, and the seconds of the command."""
    began = time.monotonic()
    importing = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    waits, failures = [], []
    while importing.poll() is None:
        since = time.monotonic()
        try:
            save(len(waits) + len(failures))
        except Exception as error:
            failures.append(f"{type(error).__name__} after {time.monotonic() - since:.1f} s")
        else:
            waits.append(time.monotonic() - since)
        time.sleep(PAUSE)
    if importing.returncode:
        failures.append(f"the import ended with code {importing.returncode}")
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
