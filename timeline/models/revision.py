import secrets
from collections.abc import Iterable

from django.db import models


class DataRevisionManager(models.Manager):
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
