"""Publishes what an import imported as drafts: by somebody else than who imported it, where the site asks for four eyes."""

import logging
import time
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from timeline.database.shards import NO_EVENT, shard_of
from timeline.database.transactions import (
    import_lock_of_several_transactions,
    let_others_write,
    refresh_after_commit,
    take_write_lock,
)
from timeline.models import Briefing, Citation, DataRevision, Event, ImportBatch, PublicRevision
from timeline.models.publication import Status
from timeline.querysets import EventQuerySet

from .bulk_table import Table, WriteContext

logger = logging.getLogger(__name__)

LOT = 100  # events that are published in one transaction, at most
LOT_SECONDS = 0.25  # that a lot should take: so long somebody who saves waits for it


def publishable_drafts(batch: ImportBatch) -> EventQuerySet:
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


def publish(batch: ImportBatch, by: User) -> int:
    """Publish them with the records of their sources, and return how many events. A lot at a time, each for good, so that who
    saves waits for one lot alone; where the database is busy for too long, the rest stay drafts, and it can be done again."""
    together, count = WriteContext(timezone.now(), f"Published: {batch}", by.pk), 0
    with import_lock_of_several_transactions():
        keys = list(_drafts_for(batch, by).order_by("pk").values_list("pk", flat=True))
        size = LOT
        while keys:
            since = time.monotonic()
            try:
                count += _publish_lot(batch, keys[:size], by, together)
            except OperationalError:
                if not count:
                    raise
                logger.exception("import %s: published in part", batch.pk)
                break
            keys, size = keys[size:], next_size(size, time.monotonic() - since)
            let_others_write()
    refresh_after_commit()
    logger.info("import %s: %d events published by account %s", batch.pk, count, by.pk)
    return count


def next_size(size: int, seconds: float) -> int:
    """Return how many events the next lot has, where this one took so long: not under a quarter of LOT, for each lot has a cost
    of its own."""
    return min(LOT, max(1, LOT // 4, round(size * LOT_SECONDS / max(seconds, 0.001))))


def _drafts_for(batch: ImportBatch, by: User) -> EventQuerySet:
    drafts = publishable_drafts(batch)
    return drafts if settings.SELF_REVIEW else drafts.exclude(Q(author=by) | Q(submitted_by=by))


@transaction.atomic
def _publish_lot(batch: ImportBatch, lot: Sequence[int], by: User, together: WriteContext) -> int:
    """Publish those that can be published still, and return how many."""
    take_write_lock()
    authors = dict(_drafts_for(batch, by).filter(pk__in=lot).values_list("pk", "author"))
    if not authors:
        return 0
    _publish_sources(list(authors), together)
    Event.objects.filter(pk__in=list(authors)).refresh_evidence()
    PublicRevision.objects.bump()
    number, at = PublicRevision.objects.current()
    shared = {"published_at": together.moment, "updated_at": together.moment, "status": Status.PUBLISHED.value}
    shared |= {"revision": number, "revised_at": connection.ops.adapt_datetimefield_value(at), "reviewer_id": by.pk}
    rows = [{"id": pk, "self_reviewed": author == by.pk} | shared for pk, author in authors.items()]
    Table(Event, together).update(rows)
    DataRevision.objects.bump({NO_EVENT, *map(shard_of, authors)})
    return len(authors)


def _publish_sources(events: list[int], together: WriteContext) -> None:
    hidden = Briefing.objects.filter(kind="data_record", status="draft", citations__event__in=events)
    keys = hidden.order_by("pk").distinct().values_list("pk", flat=True)
    Table(Briefing, together).update([{"id": pk, "status": "published"} for pk in keys])
