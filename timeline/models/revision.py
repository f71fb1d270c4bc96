import secrets
from collections.abc import Iterable

from django.db import models


class DataRevisionManager(models.Manager):
    def rise(self, parts: Iterable[int]) -> None:
        """Set new numbers for these parts, in the transaction of the write that changed them. One query.

        A number is never used twice: one that was rolled back does not come again with other data.
        """
        rows = [self.model(part=part, number=secrets.randbits(62)) for part in sorted(set(parts))]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["part"], update_fields=["number"])


class DataRevision(models.Model):
    """A number for each part of the data (see timeline.database.shards), which changes whenever that part does.

    Never shown: the edit of a draft changes it too.
    """

    part = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()

    objects = DataRevisionManager()

    def __str__(self) -> str:
        return f"part {self.part}: {self.number}"
