"""Takes an import back, as long as nothing else rests on it. The desk goes on meanwhile (see timeline.database.transactions)."""

import logging
from collections.abc import Iterator
from itertools import islice

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from timeline.database.shards import batches, shard_of
from timeline.database.transactions import (
    refresh_after_commit,
    take_import_lock,
    take_write_lock_patiently,
    write_lock_for_now,
)
from timeline.models import (
    Actor,
    ActorAncestor,
    ActorExternalId,
    Briefing,
    BriefingWords,
    Citation,
    Conflict,
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
    ReviewAssignment,
    ReviewNote,
)
from timeline.models.history_field import ChangeClass
from timeline.models.publication import Status
from timeline.querysets import EventQuerySet

from .bulk_table import Table, WriteContext
from .event_record import Options
from .matching import KnownPlaces
from .snapshot import FIELD_LABELS, current_states, differing_fields, parse_state
from .store_events import EventWriter

logger = logging.getLogger(__name__)

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
    events = _touched(batch).values("pk")
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


def _touched(batch: ImportBatch) -> EventQuerySet:
    """Return the events that it imported or changed; some may come twice."""
    touched = Q(imported__batch=batch) | Q(imported__changes__batch=batch) | Q(import_edits__batch=batch)
    return Event.objects.filter(touched).order_by()


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
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    with write_lock_for_now():
        _lock_rows(batch)
    if reasons := list(islice(obstacles(batch), 100)):
        raise UndoRefused(reasons)
    context = WriteContext(timezone.now(), f"Undone: {batch}", by.pk if by else None, ChangeClass.CORRECTION)
    # A writer reads neither path nor format.
    options = Options(path=None, file_name="", format=None, data_set=batch.data_set, by=by)  # type: ignore[arg-type]
    writer = EventWriter(options, batch, context, KnownPlaces().countries)
    were_public = Event.objects.public().filter(imported__batch=batch).exists()
    _delete_events(batch, writer)
    take_write_lock_patiently()
    if were_public:
        writer.public_revision_columns()
    _restore_changed(batch, writer)
    _delete_related(batch, context)
    writer.close()
    batch.undone_at, batch.undone_by = context.at, by
    batch.save(update_fields=["undone_at", "undone_by"])
    refresh_after_commit()
    logger.info("import %s undone", batch.pk)


GO_WITH = (Participation, Citation, ReviewNote, PendingChange, ReviewAssignment)  # an event, each in its column `event`


def _lock_rows(batch: ImportBatch) -> None:
    """Lock its events and what goes with them: until the commit nobody changes these rows, nor ties another to the events; who
    tries gives up after ROW_WAIT. So what is no obstacle now is none later. All in one moment with the write lock: were
    a row locked later, its writer might be waiting for another. One query for each table."""
    events = _touched(batch)
    locked: list[models.QuerySet] = [Event.objects.filter(pk__in=events.values("pk"))]
    locked += [model._base_manager.filter(event__in=events.values("pk")) for model in GO_WITH]
    locked += [EarlierQuote.objects.filter(citation__event__in=events.values("pk"))]
    for rows in locked if connection.vendor == "postgresql" else []:
        list(rows.select_for_update(of=("self",)).order_by().values_list("pk", flat=True))


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
