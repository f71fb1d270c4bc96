"""Publishes what an import brought in as drafts: by somebody else than who brought it in, where the site asks for four eyes."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from timeline.database.shards import NO_EVENT, batches, shard_of
from timeline.database.table_statistics import refresh_after_commit
from timeline.database.write_lock import take_write_lock
from timeline.models import Briefing, Citation, DataRevision, Event, ImportBatch, PublicRevision
from timeline.models.publication import Status

from .bulk_table import Table, WriteContext


def publishable_drafts(batch: ImportBatch):
    """Return the batch's drafts that have a date and a source that can be checked."""
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
    return len(keys)


def _publish_sources(events, together: WriteContext) -> None:
    hidden = Briefing.objects.filter(kind="data_record", status="draft", citations__event__in=events)
    keys = hidden.order_by("pk").distinct().values_list("pk", flat=True)
    Table(Briefing, together).update([{"id": pk, "status": "published"} for pk in keys])
