"""Loads a package in the transaction of its import. Rows that are known by slug or public id stay unchanged.

Nobody sees its rows before the commit, so the desk goes on: the write lock is taken at the end (see timeline.database.transactions).
"""

from collections.abc import Callable
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from timeline.database.shards import NO_EVENT, batches, shard_of
from timeline.database.transactions import take_import_lock, take_write_lock_patiently
from timeline.imports.events.bulk_table import Table, WriteContext, ranges
from timeline.imports.events.event_record import Options
from timeline.imports.events.import_summary import Summary
from timeline.imports.events.premises import refuse_rows_added_meanwhile
from timeline.imports.events.snapshot import current_states, serialize_state
from timeline.imports.events.store_events import mark_revision
from timeline.imports.package.package_archive import state_of_the_data, unpacked_archive
from timeline.imports.package.package_events import EventTables
from timeline.models import (
    ActorAncestor,
    Citation,
    DataRevision,
    DataSet,
    Event,
    EventRelation,
    ImportBatch,
    ImportedEvent,
    Original,
    PlaceAncestor,
    PublicRevision,
)


class _TakenBack(Exception):
    """Everything that a look at a package wrote."""


def check_package(options: Options, summary: Summary, report: Callable, progress: Callable[[int, int], None]) -> None:
    """Count what the package would add: it is loaded, and all of it taken back. Raises FileRefused."""
    with suppress(_TakenBack), transaction.atomic(), refuse_rows_added_meanwhile():
        take_import_lock()
        batch = ImportBatch(format=options.format.name, file_name=options.file_name[-255:], rows=0, at=timezone.now())
        batch.sha256, batch.by = summary.sha256, options.by
        batch.save()
        _load(options, batch, summary, progress)
        raise _TakenBack


def write_package(options: Options, batch: ImportBatch, summary: Summary, checked: Summary, progress) -> None:
    """Add it. Raises FileRefused."""
    _load(options, batch, summary, progress).finish()


def _load(
    options: Options, batch: ImportBatch, summary: Summary, progress: Callable[[int, int], None]
) -> "PackageLoader":
    with unpacked_archive(options.path) as (folder, described):
        loader = PackageLoader(folder, described, options.publish, options.by)
        loader.load(batch, lambda: progress(0, 0))
    summary.created, summary.unchanged = loader.counts["events"]
    summary.rows = summary.created + summary.unchanged
    summary.sources = loader.counts["briefings"][0]
    summary.tables = {table: counts for table, counts in loader.counts.items() if any(counts)}
    return loader


class PackageLoader(EventTables):
    """One package, inside its transaction."""

    def load(self, batch: ImportBatch, tell: Callable[[], None]) -> None:
        """Write the rows that are new, as this batch; `tell` is called between the tables, and may raise to stop."""
        self.batch = batch
        self.together = WriteContext(batch.at, str(batch), self.by.pk if self.by else None)
        self.moment = self.together.moment
        nothing_is_public = self.publish and PublicRevision.objects.current()[1] is None
        self.stated = state_of_the_data(self.described) if nothing_is_public else None
        beside = (self._data_sets, self._places, self._actors, self._briefings, self._earlier_texts)
        quotes = (self._citations, self._former_quotes, self._originals)
        steps = (*beside, self._events, self._participations, *quotes, self._relations, self._evidence, self._imported)
        for step in steps:
            tell()
            step()
        batch.made = {name: ranges(made) for name, made in self.made.items()}

    def _evidence(self) -> None:
        """Count the evidence of the new events, and publish those that have a date and evidence that holds."""
        self.public: list[int] = []
        hidden = [data_set.pk for data_set in DataSet.objects.filter(desk_only=True) if data_set.why_hidden]
        for keys in batches(sorted(self.events.values())):
            events = Event.objects.filter(pk__in=keys)
            events.refresh_support()
            events.refresh_evidence()
            if self.publish:
                holding = Citation.objects.substantiating().public_source().checkable().filter(event__in=keys)
                dated = events.exclude(edtf="").exclude(data_set__in=hidden)
                self.public += dated.filter(pk__in=holding.order_by().values("event")).values_list("pk", flat=True)
        published = {"status": "published", "published_at": self.moment, "reviewer_id": self.together.by}
        published["self_reviewed"] = self.together.by is not None
        Table(Event, self.together).update([{"id": key} | published for key in self.public])

    def _imported(self) -> None:
        of_our_own = {key: public_id for public_id, key in self.events.items()}
        for keys in batches(sorted(of_our_own)):
            states = current_states(keys)
            rows = [
                {
                    "event_id": key,
                    "external_id": self.external[key][0] or of_our_own[key],
                    "data_set_id": self.external[key][1] if self.external[key][0] else None,
                    "batch_id": self.batch.pk,
                    "baseline": serialize_state(states[key]),
                }
                for key in keys
            ]
            Table(ImportedEvent, self.together).insert(rows)

    def finish(self) -> None:
        """Take the write lock, check whether what the rows name is as it was, and write what others see. Raises FileRefused."""
        take_write_lock_patiently()
        self.premises.check(self.batch.made)
        Table(EventRelation, self.together).insert(self.tied)
        for ancestors in (PlaceAncestor, ActorAncestor):
            ancestors.objects.rebuild()
        for original in Original.objects.filter(pk__in=self.new_originals).order_by("received_at", "pk"):
            original.locate_quotes()
        if self.publish:
            self._raise_public_revision()
        DataRevision.objects.bump({NO_EVENT, *map(shard_of, self.events.values())})

    def _raise_public_revision(self) -> None:
        """Take over the number of the public data where nothing was public here yet; else this is one more change."""
        if self.stated and PublicRevision.objects.current()[1] is None:
            number, at = self.stated
            PublicRevision.objects.create(pk=1, number=number, at=at)
        else:
            PublicRevision.objects.bump()
            mark_revision(self.public)
