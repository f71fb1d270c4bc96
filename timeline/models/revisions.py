"""Numbers that change with the data: one for each shard of it, and one for all that the public can read."""

import datetime as dt
import secrets
from collections.abc import Collection, Iterable

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from timeline.database.shards import batches


class DataRevisionManager(models.Manager["DataRevision"]):
    def bump(self, shards: Iterable[int]) -> None:
        """Set new numbers for these shards, in the transaction of the write that changed them. One query.

        A number is never used twice, so one that was rolled back cannot return with other data.
        """
        rows = [self.model(part=shard, number=secrets.randbits(62)) for shard in sorted(set(shards))]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["part"], update_fields=["number"])


class DataRevision(models.Model):
    """A number for each shard of the data (see timeline.database.shards), which changes whenever the shard does.

    Never public: the edit of a draft changes it too.
    """

    part = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()

    objects = DataRevisionManager()

    def __str__(self) -> str:
        return f"part {self.part}: {self.number}"


ROW = 1


class PublicRevisionManager(models.Manager["PublicRevision"]):
    @transaction.atomic
    def bump(self, events: Collection[int] = (), *, at_once: bool = True) -> None:
        """Count one more change of what the public can read, in the transaction of the write that made it. `at_once`: readers
        see it with their next request; other changes may lag (see timeline.versions.shown_state).

        `events`: primary keys of those it shows in; each keeps the number. The row is held until the commit, so that
        numbers become visible in their order; their moments, too, never go back, though a write may have waited for
        another. Two queries, one more with events.
        """
        at = timezone.now()
        marked = {"at_once": F("number") + 1} if at_once else {}
        if not self.filter(pk=ROW).update(number=F("number") + 1, at=Greatest("at", Value(at)), **marked):
            self.create(pk=ROW, number=1, at=at, at_once=1)
        if events:
            number, at = self.values_list("number", "at").get(pk=ROW)
            rows: models.QuerySet[models.Model] = models.QuerySet(apps.get_model("timeline", "Event"))
            for batch in batches(sorted(events)):
                rows.filter(pk__in=batch, published_at__isnull=False).update(revision=number, revised_at=at)

    def current(self) -> tuple[int, dt.datetime | None]:
        """Return the number, 0 where nothing was ever public, and the moment of the last change in UTC. One query."""
        return self.values_list("number", "at").filter(pk=ROW).first() or (0, None)

    def current_for_readers(self) -> tuple[int, dt.datetime | None, int]:
        """Return the same, and the number of the last change that readers see at once. One query."""
        return self.values_list("number", "at", "at_once").filter(pk=ROW).first() or (0, None, 0)


class PublicRevision(models.Model):
    """How often what the public can read has changed. The work on drafts does not count."""

    number = models.BigIntegerField()
    at = models.DateTimeField()  # UTC
    at_once = models.BigIntegerField(default=0)  # number of the last change that no reader may miss

    objects = PublicRevisionManager()

    class Meta:
        constraints = [models.CheckConstraint(name="publicrevision_one_row", condition=models.Q(pk=ROW))]

    def __str__(self) -> str:
        return str(self.number)
