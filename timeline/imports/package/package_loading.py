"""Loads a package in the transaction of its import. Rows that are known by slug or public id stay unchanged."""

from collections.abc import Callable
from contextlib import suppress

from django.db import connection, transaction
from django.utils import timezone

from timeline.database.shards import NO_EVENT, shard_of
from timeline.database.transactions import take_write_lock
from timeline.imports.events.bulk_table import Table, WriteContext, ranges
from timeline.imports.events.event_record import Options
from timeline.imports.events.import_summary import Summary
from timeline.imports.events.snapshot import current_states, serialize_state
from timeline.imports.package.archive import state_of_the_data, unpacked_archive
from timeline.imports.package.package_events import EventTables
from timeline.models import Citation, DataRevision, DataSet, Event, ImportBatch, ImportedEvent, PublicRevision


class _TakenBack(Exception):
    """Everything that a look at a package wrote."""


def check_package(options: Options, summary: Summary, report: Callable, progress: Callable[[int, int], None]) -> None:
    """Count what the package would add: it is loaded, and all of it taken back. Raises FileRefused."""
    with suppress(_TakenBack), transaction.atomic():
        take_write_lock()
        batch = ImportBatch(format=options.format.name, file_name=options.file_name[-255:], rows=0, at=timezone.now())
        batch.sha256, batch.by = summary.sha256, options.by
        batch.save()
        _load(options, batch, summary, progress)
        raise _TakenBack


def write_package(options: Options, batch: ImportBatch, summary: Summary, checked: Summary, progress) -> None:
    """Add it. Raises FileRefused."""
    _load(options, batch, summary, progress)


def _load(options: Options, batch: ImportBatch, summary: Summary, progress: Callable[[int, int], None]) -> None:
    with unpacked_archive(options.path) as (folder, described):
        loader = PackageLoader(folder, described, options.publish, options.by)
        loader.load(batch, lambda: progress(0, 0))
    summary.created, summary.unchanged = loader.counts["events"]
    summary.rows = summary.created + summary.unchanged
    summary.sources = loader.counts["briefings"][0]
    summary.tables = {table: counts for table, counts in loader.counts.items() if any(counts)}


class PackageLoader(EventTables):
    """One package, inside its transaction."""

    def load(self, batch: ImportBatch, tell: Callable[[], None]) -> None:
        """Write it as this batch; `tell` is called between the tables, and may raise to stop."""
        self.batch = batch
        self.together = WriteContext(batch.at, str(batch), self.by.pk if self.by else None)
        self.moment = self.together.moment
        self._state_of_the_data()
        beside = (self._data_sets, self._places, self._actors, self._briefings, self._earlier_texts)
        quotes = (self._citations, self._former_quotes, self._originals)
        for step in (*beside, self._events, self._participations, *quotes, self._relations):
            tell()
            step()
        self._finish()

    def _state_of_the_data(self) -> None:
        """Take over the number of the public data where nothing was public here yet; else this is one more change."""
        self.takes_over = self.publish and PublicRevision.objects.current()[1] is None
        if self.takes_over and (state := state_of_the_data(self.described)):
            number, at = state
            PublicRevision.objects.create(pk=1, number=number, at=at)
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
        self.batch.made = {name: ranges(made) for name, made in self.made.items()}

    def _publish(self, keys: list[int]) -> None:
        """Make public what has a date and evidence that holds, in the state of the data that the file names."""
        published = {"status": "published", "published_at": self.moment, "reviewer_id": self.together.by}
        published["self_reviewed"] = self.together.by is not None
        if not self.takes_over:
            number, at = PublicRevision.objects.current()
            published |= {"revision": number, "revised_at": connection.ops.adapt_datetimefield_value(at)}
        holding = set(Citation.objects.substantiating().public_source().checkable().values_list("event", flat=True))
        hidden = [data_set.pk for data_set in DataSet.objects.filter(desk_only=True) if data_set.why_hidden]
        dated = set(Event.objects.exclude(edtf="").exclude(data_set__in=hidden).values_list("pk", flat=True))
        Table(Event, self.together).update([{"id": key} | published for key in keys if key in holding and key in dated])
