import datetime as dt
from collections.abc import Collection

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from timeline.database.shards import batches

ROW = 1


class PublicRevisionManager(models.Manager):
    @transaction.atomic
    def bump(self, events: Collection[int] = ()) -> None:
        """Count one more change of what the public can read, in the transaction of the write that made it.

        `events`: primary keys of those it shows in; each keeps the number. The row is held until the commit, so that
        numbers become visible in their order; their moments, too, never go back, though a write may have waited for
        another. Two queries, one more with events.
        """
        at = timezone.now()
        if not self.filter(pk=ROW).update(number=F("number") + 1, at=Greatest("at", Value(at))):
            self.create(pk=ROW, number=1, at=at)
        if events:
            number, at = self.values_list("number", "at").get(pk=ROW)
            rows = models.QuerySet(apps.get_model("timeline", "Event"))
            for batch in batches(sorted(events)):
                rows.filter(pk__in=batch, published_at__isnull=False).update(revision=number, revised_at=at)

    def current(self) -> tuple[int, dt.datetime | None]:
        """Return the number, 0 where nothing was ever public, and the moment of the last change in UTC. One query."""
        return self.values_list("number", "at").filter(pk=ROW).first() or (0, None)


class PublicRevision(models.Model):
    """How often what the public can read has changed. The work on drafts does not count."""

    number = models.BigIntegerField()
    at = models.DateTimeField()  # UTC

    objects = PublicRevisionManager()

    class Meta:
        constraints = [models.CheckConstraint(name="publicrevision_one_row", condition=models.Q(pk=ROW))]

    def __str__(self) -> str:
        return str(self.number)
