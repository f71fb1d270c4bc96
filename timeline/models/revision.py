from django.db import models


class DataRevision(models.Model):
    """One row: a number that rises whenever anything is written that a list, a count or a chart may show."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="datarevision_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)
