"""Kills in the middle of work, and what is there afterwards: python -m tests.trust.kills KILLS, on the database of DATABASE_URL.

What was acknowledged is there whole; what was not is there whole or not at all; no public event lacks its evidence. A batch may
be published in part: the rest are drafts still.
"""

import json
import os
import random
import select
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

LONGEST = 0.8  # seconds until the kill
FIRST = 60  # seconds until a process has saved its first event, or begun
BEGUN, FAILED = "begun", "failed"
ROWS = 40  # of an imported file


def main(kills: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    import django

    django.setup()
    prepare()
    dice = random.Random(kills)  # noqa: S311 (no secret)
    counts: Counter = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(kills):
            work = WORKS[number % len(WORKS)]
            acknowledged, was_killed = killed(work, number, Path(folder), dice.uniform(0.01, LONGEST))
            counts[work.__name__] += was_killed
            counts["acknowledged"] += len(acknowledged)
            if faults := lost(acknowledged) + broken(Path(folder)):
                print(f"  after kill {number} while {work.__name__}: {faults[:3]}")
                return 1
    print(
        f"  {', '.join(f'{name} {number}' for name, number in counts.items())}; nothing lost, nothing half, nothing broken"
    )
    return 0


def prepare() -> None:
    from timeline.models import Actor, Briefing

    publisher, _ = Actor.objects.get_or_create(slug="desk", defaults={"name": "Desk", "kind": "organisation"})
    fields = {"title": "A briefing", "kind": "statement", "publisher": publisher, "text": "The ceasefire holds."}
    Briefing.objects.get_or_create(slug="desk", defaults=fields | {"status": "published"})


def killed(work: Callable, number: int, folder: Path, seconds: float) -> tuple[list[str], bool]:
    """Do the work in a process that is killed so many seconds after it began to say something; return what it acknowledged,
    and whether it was killed."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.close(reading)
        with os.fdopen(writing, "w", buffering=1) as acknowledge, open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
            try:
                work(number, folder, lambda words: acknowledge.write(f"{words}\n"))
            except BaseException as error:
                acknowledge.write(f"{FAILED} {error!r}\n")
        os._exit(0)
    os.close(writing)
    select.select([reading], [], [], FIRST)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as acknowledged:
        lines = acknowledged.read().splitlines()
    return [line for line in lines if line != BEGUN], os.WIFSIGNALED(status)


def saving(number: int, folder: Path, acknowledge: Callable[[str], None]) -> None:
    """Enter events with a citation, and publish them, one after another."""
    from django.db import transaction

    from timeline.models import Briefing, Citation, Event, EventType

    briefing, event_type = Briefing.objects.get(slug="desk"), EventType.objects.get(slug="statement")
    while True:
        with transaction.atomic():
            event = Event(title=f"Saved {number}", edtf="2022-03-24", event_type=event_type)
            event.save()
            Citation(event=event, briefing=briefing, quote="The ceasefire holds.", act="reports").save()
        event.publish()
        acknowledge(f"event {event.pk}")


def importing(number: int, folder: Path, acknowledge: Callable[[str], None]) -> None:
    batch = brought_in(number, folder, lambda: acknowledge(BEGUN), publish=bool(number % 2))
    acknowledge(f"batch {batch.pk}")


def publishing(number: int, folder: Path, acknowledge: Callable[[str], None]) -> None:
    from django.contrib.auth.models import User

    from timeline.imports.events import publish_batch

    publish_batch.LOT = ROWS // 8
    batch = brought_in(number, folder, lambda: None)
    acknowledge(BEGUN)
    publish_batch.publish(batch, User.objects.filter(is_superuser=True)[0])
    acknowledge(f"published {batch.pk}")


def undoing(number: int, folder: Path, acknowledge: Callable[[str], None]) -> None:
    from timeline.imports.events.undo_batch import undo

    batch = brought_in(number, folder, lambda: None, publish=True)
    acknowledge(BEGUN)
    undo(batch)
    acknowledge(f"undone {batch.pk}")


def brought_in(number: int, folder: Path, begun: Callable[[], None], *, publish: bool = False):
    """Import a file of this number; `begun` is called when it has been looked through."""
    from benchmarks.imports import write_file
    from timeline.imports.events.data_set_choice import data_set_for
    from timeline.imports.events.event_import import check, run
    from timeline.imports.events.event_record import Options
    from timeline.imports.events.formats import FORMATS

    file = folder / f"{number}.csv"
    write_file(file, ROWS)
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], *(f"{number}{line}" for line in lines[1:])]) + "\n")
    options = Options(file, file.name, FORMATS["ucdp-ged"], data_set_for(FORMATS["ucdp-ged"]), publish=publish)
    checked = check(options)
    begun()
    return run(options, checked)


def exporting(number: int, folder: Path, acknowledge: Callable[[str], None]) -> None:
    from django.test import Client

    acknowledge(BEGUN)
    while True:
        for path in ("/events.csv", "/events.zip", "/events.xlsx"):
            b"".join(Client(headers={"host": "127.0.0.1"}).get(path))


def backing_up(number: int, folder: Path, acknowledge: Callable[[str], None]) -> None:
    from django.core.management import call_command

    acknowledge(BEGUN)
    while True:
        call_command("backup", out=folder / "backups")


WORKS = (saving, importing, publishing, undoing, exporting, backing_up)


def lost(acknowledged: list[str]) -> list[str]:
    from timeline.models import Event, ImportBatch

    if failed := [words for words in acknowledged if words.startswith(FAILED)]:
        return failed
    batches = ImportBatch.objects.all()
    drafts = Event.objects.filter(status="draft", imported__isnull=False)  # one of the desk belongs to no batch
    published = batches.exclude(pk__in=drafts.values("imported__batch"))
    tables = {"event": Event.objects.public(), "batch": batches, "published": published}
    tables["undone"] = batches.exclude(undone_at=None)
    pairs = [words.split() for words in acknowledged]
    return [f"lost {name} {key}" for name, key in pairs if not tables[name].filter(pk=key).exists()]


def broken(folder: Path) -> list[str]:
    """Return in words what is half there."""
    from django.db import connection
    from django.db.models import Count, F, Q

    from timeline.models import Event, ImportBatch

    public = Event.objects.public().filter(supporting_count=0)
    faults = [f"{event} is public without evidence" for event in public[:3]]
    whole = Q(undone_at=None, stored=F("created")) | Q(undone_at__isnull=False, stored=0)
    batches = ImportBatch.objects.annotate(stored=Count("imported_events")).exclude(whole)
    faults += [f"{batch} has {batch.stored} events of {batch.created}" for batch in batches[:3]]
    if Event.objects.filter(data_set__isnull=False, imported=None).exists():
        faults.append("an imported event belongs to no batch")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for check in ("integrity_check", "foreign_key_check"):
                cursor.execute(f"PRAGMA {check}")
                faults += [f"{check}: {row}" for row in cursor.fetchmany(3) if row != ("ok",)]
    for archive in folder.glob("backups/tracker-*.zip"):
        with zipfile.ZipFile(archive) as opened:
            faults += [f"{archive.name}: {name}" for name in [opened.testzip()] if name]
            json.loads(opened.read("manifest.json"))
    return faults


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
