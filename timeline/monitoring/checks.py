"""Whether the site is well, beyond that its database answers. Each check says in words what it found, and counts it."""

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from timeline.backups.store import last_verified
from timeline.imports.upload_jobs import BUSY
from timeline.models import Briefing, BriefingWords, Event, ImportUpload
from timeline.models.import_batch import UploadState

LEAST_FREE = 1 << 30  # bytes of a disk
LEAST_SHARE = 0.05  # of a disk that is free
OLDEST_BACKUP = dt.timedelta(hours=26)
LONGEST_WORK = dt.timedelta(minutes=30)  # of an upload that is being checked or written


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    is_well: bool
    words: str
    numbers: dict[str, float] = field(default_factory=dict)  # name of a metric, behind `tracker_` -> number


def check_database() -> Finding:
    since = time.monotonic()
    events = Event.objects.public().count()
    seconds = time.monotonic() - since
    return Finding(
        "database", True, f"{events:,} public events", {"public_events": events, "database_seconds": seconds}
    )


def check_migrations() -> Finding:
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    words = f"{pending} were not run: manage.py migrate" if pending else "all were run"
    return Finding("migrations", not pending, words, {"migrations_pending": pending})


def watched_folders() -> dict[str, Path]:
    folders = {"temporary files": Path(tempfile.gettempdir()), "backups": Path(settings.BACKUP_DIR)}
    folders["uploads"] = Path(settings.IMPORT_DIR)
    if connection.vendor == "sqlite":
        folders["database"] = Path(connection.settings_dict["NAME"]).parent
    return {name: path for name, path in folders.items() if path.is_dir()}


def check_disk() -> Finding:
    usages = {name: shutil.disk_usage(path) for name, path in watched_folders().items()}
    full = [name for name, usage in usages.items() if usage.free < max(LEAST_FREE, usage.total * LEAST_SHARE)]
    least = min(usage.free for usage in usages.values())
    words = (
        f"little room for {', '.join(full)}; {least / 1e9:.1f} GB are free"
        if full
        else f"{least / 1e9:.1f} GB are free"
    )
    return Finding("disk", not full, words, {"disk_free_bytes": least})


def check_index() -> Finding:
    """Whether each text can be searched: its row of words is there."""
    lacking = Briefing.objects.exclude(text="").exclude(pk__in=BriefingWords.objects.values("briefing")).count()
    words = f"{lacking:,} texts are not in the index of words" if lacking else "every text is in the index of words"
    return Finding("index", not lacking, words, {"texts_not_indexed": lacking})


def check_backup() -> Finding:
    newest = last_verified(Path(settings.BACKUP_DIR))
    if newest is None:
        return Finding("backup", False, f"none in {settings.BACKUP_DIR} was verified: manage.py backup --verify")
    age = timezone.now() - newest.at
    words = f"the newest verified one is {age.total_seconds() / 3600:.1f} hours old"
    return Finding("backup", age <= OLDEST_BACKUP, words, {"backup_age_seconds": age.total_seconds()})


def check_queue() -> Finding:
    busy = ImportUpload.objects.filter(state__in=BUSY)
    stuck = busy.filter(at__lt=timezone.now() - LONGEST_WORK).count()
    waiting = ImportUpload.objects.filter(state=UploadState.CHECKED).count()
    words = f"{busy.count()} uploads at work, {waiting} wait for a decision" + (
        f", {stuck} since long" if stuck else ""
    )
    return Finding("queue", not stuck, words, {"uploads_at_work": busy.count(), "uploads_waiting": waiting})


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_migrations,
    check_database,
    check_disk,
    check_index,
    check_backup,
    check_queue,
)


def findings() -> Iterator[Finding]:
    """Yield what each check found; that the database does not answer is a finding too."""
    for check in CHECKS:
        try:
            yield check()
        except (DatabaseError, OSError) as error:
            yield Finding(check.__name__.removeprefix("check_"), False, str(error))
