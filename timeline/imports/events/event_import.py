"""One import: first looked through with nothing written, then written in one transaction."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from timeline.database.transactions import (
    refresh_after_commit,
    take_import_lock,
    take_write_lock_patiently,
)
from timeline.imports.events.snapshot import ImportDiff, compare_with_stored
from timeline.imports.file_bytes import FileRefused, sha256
from timeline.imports.package import package_archive as data_package
from timeline.imports.package.package_loading import check_package, write_package
from timeline.models import DataSet, ImportBatch

from .bulk_table import Table, WriteContext
from .create_related import RelatedRows
from .derived_rows import Evidence
from .edited_rows import check_edits, write_edits
from .event_record import Options
from .formats import our_export
from .import_summary import DryRunRows, Problems, Summary
from .matching import KnownRows
from .premises import Premises, refuse_rows_added_meanwhile
from .read_records import LOT, RecordReader
from .resolve_names import NameResolver
from .snapshot import FIELD_LABELS
from .store_events import EventWriter

logger = logging.getLogger(__name__)

STEPS = {  # of the formats whose events are ours: how such a file is looked through, and written
    our_export.name: (check_edits, write_edits),
    data_package.name: (check_package, write_package),
}
Progress = Callable[[int, int], None]  # rows done, rows in all (0: not known; an estimate while looking through)


class Stopped(Exception):
    """Somebody stopped the import. Nothing of it is written."""


class ImportRefused(Exception):
    """The import would not be right; nothing is written. `summary` says why."""

    def __init__(self, summary: Summary):
        super().__init__(
            summary.fatal
            or f"{summary.refused} of {summary.rows} rows {'is' if summary.refused == 1 else 'are'} wrong."
        )
        self.summary = summary


def check(options: Options, progress: Progress | None = None, report: Path | None = None) -> Summary:
    """Return what the import would do. Nothing is written, but all problems to `report` where it is given."""
    summary = Summary(sha256=sha256(options.path))
    problems = Problems(summary, report)
    try:
        look, _ = STEPS.get(options.format.name, (_check_records, _write_records))
        look(options, summary, problems, progress or _silent)
    except FileRefused as error:
        summary.fatal = str(error)
    finally:
        problems.close()
    return summary


def _check_records(options: Options, summary: Summary, problems: Problems, progress: Progress) -> None:
    if options.publish and options.data_set and options.data_set.leads_only:
        raise FileRefused(
            f"The rows of {options.data_set} are leads and come in as drafts. Publish each on a citation of a document."
        )
    if options.publish and options.data_set and (hidden := options.data_set.why_hidden):
        raise FileRefused(f"{hidden} Without publishing they come in as drafts.")
    known = KnownRows(options)
    reader = RecordReader(options, known, problems, summary)
    resolver = NameResolver(options, known, DryRunRows(options, known, summary))
    for records in reader.lots():
        resolver.ensure(records)
        for diff in compare_with_stored(options, [(record, resolver.state(record)) for record in records]):
            _count(summary, diff)
            if diff.is_new:
                summary.note("created", diff.record.external_id, diff.record.title, diff.record.edtf)
        progress(summary.rows, reader.expected)
    progress(summary.rows, summary.rows)
    if options.data_set:
        for external_id in options.imported().missing_from(reader.seen, hash):
            summary.disappeared += 1
            summary.note("disappeared", external_id)


def _count(summary: Summary, diff: ImportDiff) -> None:
    record = diff.record
    if not _in_order(record):
        summary.out_of_order += 1
    if diff.is_new:
        summary.created += 1
    elif diff.is_updated:
        summary.updated += 1
        changes = ", ".join(FIELD_LABELS[name] for name in diff.state if name in diff.change)
        summary.note("updated", record.external_id, record.title, changes)
    else:
        summary.unchanged += 1
    if diff.kept_reason:
        summary.kept += 1
        summary.note("kept", record.external_id, record.title, diff.kept_reason)


def _in_order(record) -> bool:
    known = [count for count in (record.low, record.best, record.high) if count is not None]
    return known == sorted(known)


def run(options: Options, checked: Summary, progress: Progress | None = None) -> ImportBatch:
    """Write what `check` has found to be right, all or nothing. Raises ImportRefused where the file, or what is stored,
    is no longer what it was, and FileRefused."""
    if checked.fatal or (checked.refused and not options.skip_refused):
        raise ImportRefused(checked)
    if options.format is our_export and not (options.reason and options.change_class):
        raise FileRefused("Say why the events change, and what kind of change it is: readers see both.")
    digest = sha256(options.path)
    with transaction.atomic(), refuse_rows_added_meanwhile(), _data_set_stored(options):
        batch = ImportBatch.objects.create(
            format=options.format.name,
            file_name=options.file_name[-255:],
            sha256=digest,
            rows=checked.rows,
            data_set=options.data_set,
            by=options.by,
            at=timezone.now(),
            publish=options.publish,
        )
        summary = _write(options, batch, checked, progress or _silent)
        batch.disappeared, batch.accepted = checked.disappeared, summary.accepted
        for name in ("created", "updated", "unchanged", "refused", "kept"):
            setattr(batch, name, getattr(summary, name))
        batch.save()
        refresh_after_commit()
    logger.info(
        "import %s written: %d rows, %d created, %d updated", batch.pk, batch.rows, batch.created, batch.updated
    )
    return batch


@contextmanager
def _data_set_stored(options: Options) -> Iterator[None]:
    """Take the import lock, and store a data set that is new; where what follows fails, it is new again. The version of the
    data is raised at the end, with that of the events."""
    take_import_lock()
    data_set = options.data_set
    if data_set is None or data_set.pk:
        yield
        return
    fields = [field for field in DataSet._meta.concrete_fields if not field.primary_key]
    by = options.by.pk if options.by else None
    table = Table(DataSet, WriteContext(timezone.now(), f"Imported with {options.file_name}"[:100], by, ""))
    try:
        [data_set.pk] = table.insert([{str(field.column): getattr(data_set, field.attname) for field in fields}])
        data_set._state.adding = False
        yield
    except BaseException:
        data_set.pk, data_set._state.adding = None, True
        raise


def _write(options: Options, batch: ImportBatch, checked: Summary, progress: Progress) -> Summary:
    summary = Summary()
    write = _write_records
    if options.format.name in STEPS:
        _, write = STEPS[options.format.name]
    write(options, batch, summary, checked, progress)
    if (summary.rows, summary.refused) != (checked.rows, checked.refused):
        raise ImportRefused(summary)
    return summary


def _write_records(
    options: Options, batch: ImportBatch, summary: Summary, checked: Summary, progress: Progress
) -> None:
    premises = Premises()
    known = KnownRows(options)
    together = WriteContext(batch.at, str(batch), options.by.pk if options.by else None)
    related = RelatedRows(options, known, together)
    resolver = NameResolver(options, known, related)
    writer = EventWriter(options, batch, together, known.places.countries)
    restated: list[ImportDiff] = []
    reader = RecordReader(options, known, Problems(summary), summary)
    reader.obeys_rules = not checked.refused and checked.sha256 == batch.sha256
    for records in reader.lots():
        resolver.ensure(records)
        if options.publish:
            writer.publish_sources(resolver.sources)
        diffs = compare_with_stored(options, [(record, resolver.state(record)) for record in records])
        evidence = Evidence(resolver.sources.values(), options, together)
        new = [diff for diff in diffs if diff.is_new]
        summary.published += writer.create(new, evidence)
        restated += [diff for diff in diffs if diff.is_restated]
        premises.name_of([diff.state for diff in diffs if diff.is_new or diff.is_restated])
        for diff in diffs:
            if not diff.is_restated:
                _count(summary, diff)
        progress(summary.rows, checked.rows)
    take_write_lock_patiently()
    premises.name_of_related(related.publishers, related.parents, options.data_set)
    premises.check(related.made)
    _write_restated(options, restated, writer, summary)
    related.aliases()
    related.names_of_places()
    writer.close()
    batch.made = related.made


def _write_restated(options: Options, restated: list[ImportDiff], writer: EventWriter, summary: Summary) -> None:
    """Change the events that the file states otherwise than before: compared again, for the desk may have changed them."""
    for start in range(0, len(restated), LOT):
        some = restated[start : start + LOT]
        diffs = compare_with_stored(options, [(diff.record, diff.state) for diff in some])
        writer.update_known([diff for diff in diffs if diff.is_restated])
        for diff in diffs:
            _count(summary, diff)


def _silent(done: int, total: int) -> None:
    pass
