"""Publishes what an import brought in as drafts: by somebody else than who brought it in, where the site asks for four eyes.

Takes an import back, as long as nothing else rests on it.
"""

import logging
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from timeline.database.shards import NO_EVENT, batches, shard_of
from timeline.database.transactions import refresh_after_commit, take_import_lock, take_write_lock
from timeline.models import (
    Actor,
    ActorAncestor,
    ActorExternalId,
    Briefing,
    BriefingWords,
    Citation,
    Conflict,
    DataRevision,
    EarlierQuote,
    EarlierText,
    Event,
    EventRelation,
    ImportBatch,
    ImportedEvent,
    ImportEdit,
    Original,
    Participation,
    PendingChange,
    Place,
    PlaceAncestor,
    PlaceExternalId,
    PublicRevision,
    ReviewAssignment,
    ReviewNote,
)
from timeline.models.history_field import ChangeClass
from timeline.models.publication import Status

from .bulk_table import Table, WriteContext
from .event_record import Options
from .matching import KnownPlaces
from .snapshot import FIELD_LABELS, current_states, differing_fields, parse_state
from .store_events import EventWriter

logger = logging.getLogger(__name__)


def publishable_drafts(batch: ImportBatch):
    """Return the batch's drafts that have a date and a source that can be checked; none of a data set for the desk only."""
    if batch.data_set and batch.data_set.why_hidden:
        return Event.objects.none()
    citations = (
        Citation.objects.substantiating()
        .checkable()
        .filter(Q(briefing__status="published") | Q(briefing__kind="data_record"))
    )
    drafts = Event.objects.filter(imported__batch=batch, status=Status.DRAFT).exclude(edtf="")
    return drafts.filter(pk__in=citations.order_by().values("event"))


def may_publish(batch: ImportBatch, user: User) -> bool:
    """Return whether this person may publish the batch."""
    return user.has_perm("timeline.publish_event") and (settings.SELF_REVIEW or user.pk != batch.by_id)


@transaction.atomic
def publish(batch: ImportBatch, by: User) -> int:
    """Publish them with the records of their sources, and return how many events."""
    take_import_lock()
    take_write_lock()
    events = (
        publishable_drafts(batch)
        if settings.SELF_REVIEW
        else publishable_drafts(batch).exclude(Q(author=by) | Q(submitted_by=by))
    )
    keys = list(events.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return 0
    together = WriteContext(timezone.now(), f"Published: {batch}", by.pk)
    authors = dict(Event.objects.filter(imported__batch=batch).values_list("pk", "author"))
    PublicRevision.objects.bump()
    number, at = PublicRevision.objects.current()
    shared = {"published_at": together.moment, "updated_at": together.moment, "status": Status.PUBLISHED.value}
    shared |= {"revision": number, "revised_at": connection.ops.adapt_datetimefield_value(at), "reviewer_id": by.pk}
    table = Table(Event, together)
    for some_keys in batches(keys):
        _publish_sources(some_keys, together)
        Event.objects.filter(pk__in=some_keys).refresh_evidence()
        table.update([{"id": pk, "self_reviewed": authors[pk] == by.pk} | shared for pk in some_keys])
    DataRevision.objects.bump({NO_EVENT, *map(shard_of, keys)})
    refresh_after_commit()
    logger.info("import %s: %d events published by account %s", batch.pk, len(keys), by.pk)
    return len(keys)


def _publish_sources(events, together: WriteContext) -> None:
    hidden = Briefing.objects.filter(kind="data_record", status="draft", citations__event__in=events)
    keys = hidden.order_by("pk").distinct().values_list("pk", flat=True)
    Table(Briefing, together).update([{"id": pk, "status": "published"} for pk in keys])


RELATED = (Briefing, Place, Conflict, Actor, Actor)  # made beside events, in the order in which they can go: a state
# after those that belong to it
OF_IMPORTS = (ActorAncestor, ActorExternalId, BriefingWords, PlaceAncestor, PlaceExternalId)  # go with their row
OF_BATCH = (EarlierText, Original)  # of those that the batch made: they go with their row


class UndoRefused(Exception):
    """Something rests on the import; nothing was undone. `reasons` names it."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def obstacles(batch: ImportBatch) -> Iterator[str]:
    """Yield what rests on the import, by name. A few queries for each 500 events."""
    if batch.undone_at:
        yield "It is undone already."
        return
    touched = Q(imported__batch=batch) | Q(imported__changes__batch=batch) | Q(import_edits__batch=batch)
    events = Event.objects.filter(touched).order_by().values("pk")
    later = Q(changes__imported__event__in=events) | Q(edits__event__in=events)
    for other in ImportBatch.objects.filter(later, pk__gt=batch.pk).order_by("pk").distinct():
        yield f"{other} changed its events afterwards. Undo that first."
    edited = ImportEdit.objects.filter(batch=batch)
    yield from _changed_by_hand(edited.order_by("pk").values_list("event", "event__title", "after"))
    yield from _closed(Event.objects.filter(import_edits__batch=batch))
    created = Event.objects.filter(imported__batch=batch).order_by("pk")
    changed = ImportedEvent.objects.filter(changes__batch=batch, event__isnull=False).exclude(batch=batch)
    yield from _changed_by_hand(created.values_list("pk", "title", "imported__baseline"))
    yield from _changed_by_hand(changed.order_by("pk").values_list("event", "event__title", "baseline"))
    yield from _related_elsewhere(created)


def _changed_by_hand(rows: models.QuerySet) -> Iterator[str]:
    stored_rows = rows.iterator(chunk_size=500)
    while some := list(islice(stored_rows, 500)):
        now = current_states([pk for pk, *_ in some])
        for pk, title, baseline in some:
            before = parse_state(baseline)
            if parts := differing_fields(now[pk], before):
                yield f"“{title}” was changed by hand since: {', '.join(FIELD_LABELS[name] for name in before if name in parts)}."


def _related_elsewhere(created: models.QuerySet) -> Iterator[str]:
    keys = created.order_by().values("pk")
    for title in (
        created.filter(Q(relations__isnull=False) | Q(inverse_relations__isnull=False))
        .distinct()
        .values_list("title", flat=True)
    ):
        yield f"“{title}” is related to another event."
    yield from _closed(created)
    for title in Event.objects.filter(merged_into__in=keys).values_list("title", flat=True):
        yield f"“{title}” was merged into one of its events."


def _closed(events: models.QuerySet) -> Iterator[str]:
    for title in events.filter(status__in=[Status.WITHDRAWN, Status.MERGED]).values_list("title", flat=True):
        yield f"“{title}” was withdrawn or merged."


@transaction.atomic
def undo(batch: ImportBatch, by: User | None = None) -> None:
    """Take back what the import wrote: its events are gone, what it changed is as before. Raises UndoRefused."""
    take_import_lock()
    take_write_lock()
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if reasons := list(islice(obstacles(batch), 100)):
        raise UndoRefused(reasons)
    context = WriteContext(timezone.now(), f"Undone: {batch}", by.pk if by else None, ChangeClass.CORRECTION)
    # A writer reads neither path nor format.
    options = Options(path=None, file_name="", format=None, data_set=batch.data_set, by=by)  # type: ignore[arg-type]
    writer = EventWriter(options, batch, context, KnownPlaces().countries)
    _restore_changed(batch, writer)
    _delete_events(batch, writer)
    _delete_related(batch, context)
    writer.close()
    batch.undone_at, batch.undone_by = context.at, by
    batch.save(update_fields=["undone_at", "undone_by"])
    refresh_after_commit()
    logger.info("import %s undone", batch.pk)


def _restore_changed(batch: ImportBatch, writer: EventWriter) -> None:
    rows = batch.changes.order_by("pk").values_list("imported", "imported__event", "before", "state")
    stored_rows = rows.iterator(chunk_size=500)
    while some := list(islice(stored_rows, 500)):
        _restore({event: state for _, event, _, state in some if event}, writer)
        writer.imported.update([{"id": pk, "baseline": before} for pk, _, before, _ in some])
    batch.changes.all().delete()
    edits = batch.edits.order_by("pk").values_list("event", "before").iterator(chunk_size=500)
    while edited := dict(islice(edits, 500)):
        _restore(edited, writer)
    batch.edits.all().delete()


def _restore(stored: dict[int, str], writer: EventWriter) -> None:
    """Write events back as these states have them, by primary key."""
    states = {event: parse_state(state) for event, state in stored.items()}
    now = current_states(states)
    writer.change_events(
        {event: {name: state[name] for name in differing_fields(state, now[event])} for event, state in states.items()},
        now,
    )


def _delete_events(batch: ImportBatch, writer: EventWriter) -> None:
    keys = list(Event.objects.filter(imported__batch=batch).values_list("pk", flat=True))
    if Event.objects.public().filter(imported__batch=batch).exists():
        writer.public_revision_columns()
    writer.parts.update(map(shard_of, keys))
    ImportedEvent.objects.filter(batch=batch).delete()
    for some in batches(keys):
        EarlierQuote.objects.filter(citation__event__in=some).delete()
        for table, model in ((writer.participations, Participation), (writer.citations, Citation)):
            table.delete(list(model.objects.filter(event__in=some).values_list("pk", flat=True)))
        EventRelation.objects.filter(from_event__in=some).delete()
        for owned in (ImportEdit, ReviewNote, PendingChange, ReviewAssignment):
            owned.objects.filter(event__in=some).delete()
        writer.events.delete(some)


def _delete_related(batch: ImportBatch, context: WriteContext) -> None:
    """Delete what was made beside the events and is in no use; what somebody has changed since stays."""
    for model in RELATED:
        table = Table(model, context)
        for first, last in batch.made.get(model._meta.model_name, []):
            rows = _unused(model.objects.filter(pk__gte=first, pk__lte=last), batch)
            unused = list(rows.values_list("pk", flat=True))
            for owned in (*OF_IMPORTS, *OF_BATCH):
                _delete_owned(owned, model, unused)
            table.delete(unused)


def _unused(rows: models.QuerySet, batch: ImportBatch) -> models.QuerySet:
    for relation in rows.model._meta.related_objects:
        if relation.related_model not in OF_IMPORTS:
            users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            if relation.related_model in OF_BATCH:
                users = users.exclude(_made_by(batch, relation.related_model))
            rows = rows.exclude(Exists(users))
    edited = rows.model.history.filter(id=OuterRef("pk"), history_type="~")
    return rows.exclude(Exists(edited)) if rows.model is not Briefing else rows


def _made_by(batch: ImportBatch, model: type[models.Model]) -> Q:
    """Return the condition of rows that the batch made beside its events."""
    made = Q(pk__in=[])
    for first, last in batch.made.get(model._meta.model_name, []):
        made |= Q(pk__gte=first, pk__lte=last)
    return made


def _delete_owned(owned: type[models.Model], model: type[models.Model], keys: list[int]) -> None:
    for field in owned._meta.concrete_fields:
        if field.is_relation and field.related_model is model:
            for some in batches(keys):
                owned._base_manager.filter(**{f"{field.name}__in": some}).delete()
