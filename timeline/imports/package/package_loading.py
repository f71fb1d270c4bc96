"""Loads a package in one transaction. Rows that are known by slug or public id stay as they are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from timeline.database.shards import NO_EVENT, shard_of
from timeline.database.transactions import refresh_after_commit, take_write_lock
from timeline.imports.events.bulk_table import Table, WriteContext, ranges
from timeline.imports.events.import_summary import Summary
from timeline.imports.events.snapshot import current_states, serialize_state
from timeline.imports.file_bytes import FileRefused, sha256
from timeline.imports.package.archive import unpacked_archive
from timeline.imports.package.package_events import EventTables, parse_datetime
from timeline.models import Citation, DataRevision, Event, ImportBatch, ImportedEvent, ImportUpload, PublicRevision


@dataclass
class LoadedPackage:
    batch: ImportBatch
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)  # table -> (made, known already)


class _DryRun(Exception):
    pass


def load(
    path: Path,
    *,
    publish: bool = False,
    by: User | None = None,
    dry: bool = False,
    name: str = "",
    tell: Callable[[], None] | None = None,
) -> LoadedPackage:
    """Bring a package in; `dry`: say what would be made, and write nothing. `name`: of the file as it was sent; `tell` is
    called between the tables, and may raise to stop. Raises FileRefused."""
    with unpacked_archive(path) as (folder, described):
        loading = PackageLoader(folder, described, publish, by)
        loading.name, loading.tell = name or path.name, tell or (lambda: None)
        try:
            with transaction.atomic():
                take_write_lock()
                loaded = loading.load(path)
                if dry:
                    raise _DryRun
        except _DryRun:
            pass
    return loaded


class PackageLoader(EventTables):
    """One package, inside its transaction."""

    name: str  # of the file
    tell: Callable[[], None]

    def load(self, path: Path) -> LoadedPackage:
        at = timezone.now()
        self.batch = ImportBatch.objects.create(
            format="datapackage",
            file_name=self.name[-255:],
            sha256=sha256(path),
            rows=0,
            by=self.by,
            at=at,
            publish=self.publish,
        )
        self.together = WriteContext(at, str(self.batch), self.by.pk if self.by else None)
        self.moment = self.together.moment
        self._state_of_the_data()
        beside = (self._data_sets, self._places, self._actors, self._briefings)
        for step in (*beside, self._events, self._participations, self._citations, self._relations):
            self.tell()
            step()
        self._finish()
        return LoadedPackage(self.batch, self.counts)

    def _state_of_the_data(self) -> None:
        """Take over the number of the public data where nothing was public here yet; else this is one more change."""
        self.takes_over = self.publish and PublicRevision.objects.current()[1] is None
        if self.takes_over and (created := self.described.get("created")):
            PublicRevision.objects.create(pk=1, number=int(self.described["version"]), at=parse_datetime(created))
        elif self.publish:
            PublicRevision.objects.bump()

    def _finish(self) -> None:
        keys = list(self.events.values())
        events = Event.objects.filter(pk__in=keys) if len(keys) < 500 else Event.objects.all()
        events.refresh_support()
        events.refresh_evidence()
        if self.publish:
            self._publish(keys)
        states = current_states(keys)
        of_our_own = {key: public_id for public_id, key in self.events.items()}
        Table(ImportedEvent, self.together).insert(
            [
                {
                    "event_id": key,
                    "external_id": self.external[key][0] or of_our_own[key],
                    "data_set_id": self.external[key][1] if self.external[key][0] else None,
                    "batch_id": self.batch.pk,
                    "baseline": serialize_state(states[key]),
                }
                for key in keys
            ]
        )
        DataRevision.objects.bump({NO_EVENT, *map(shard_of, keys)})
        self.batch.created, self.batch.unchanged = self.counts["events"]
        self.batch.made = {name: ranges(made) for name, made in self.made.items()}
        self.batch.save()
        refresh_after_commit()

    def _publish(self, keys: list[int]) -> None:
        """Make public what has a date and evidence that holds, in the state of the data that the file names."""
        published = {"status": "published", "published_at": self.moment, "reviewer_id": self.together.by}
        published["self_reviewed"] = self.together.by is not None
        if not self.takes_over:
            number, at = PublicRevision.objects.current()
            published |= {"revision": number, "revised_at": connection.ops.adapt_datetimefield_value(at)}
        holding = set(Citation.objects.substantiating().public_source().checkable().values_list("event", flat=True))
        dated = set(Event.objects.exclude(edtf="").values_list("pk", flat=True))
        Table(Event, self.together).update([{"id": key} | published for key in keys if key in holding and key in dated])


# A package sent to the import page: what it would add, in the terms of the page; and the adding.

name = "datapackage"
label = "Data Package of this tracker (events.zip)"


def check(upload: ImportUpload, tell: Callable[[int, int], None]) -> Summary:
    """Return what the package would add. It is loaded, and all of it taken back."""
    summary = Summary()
    try:
        loaded = _load(upload, tell, dry=True)
    except FileRefused as error:
        summary.fatal = str(error)
        return summary
    summary.created, summary.unchanged = loaded.counts["events"]
    summary.rows = summary.created + summary.unchanged
    summary.sources = loaded.counts["briefings"][0]
    summary.tables = {table: counts for table, counts in loaded.counts.items() if any(counts)}
    return summary


def write(upload: ImportUpload, tell: Callable[[int, int], None]) -> ImportBatch:
    """Add it. Raises FileRefused."""
    return _load(upload, tell).batch


def _load(upload: ImportUpload, tell: Callable[[int, int], None], *, dry: bool = False) -> LoadedPackage:
    publish = bool(upload.options.get("publish"))
    return load(
        Path(upload.path), publish=publish, by=upload.by, dry=dry, name=upload.file_name, tell=lambda: tell(0, 0)
    )
