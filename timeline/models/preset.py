from django.conf import settings
from django.db import models, transaction

from timeline.database.transactions import take_write_lock

MOST = 30  # of one account for one table and kind
LONGEST = 2_000  # characters of the values


class PresetKind(models.TextChoices):
    FILTER = "filter", "filter of a list"
    TEMPLATE = "template", "first values of a form"


class PresetManager(models.Manager["Preset"]):
    def of(self, owner: int, kind: str, table: str) -> models.QuerySet["Preset"]:
        """Return what this account has stored for a table, by name."""
        return self.filter(owner=owner, kind=kind, table=table).order_by("name")

    def store(self, owner: int, kind: str, table: str, name: str, values: str) -> bool:
        """Store values under a name, in place of those that have it already. Return False where MOST are stored. At most five
        queries."""
        with transaction.atomic():
            take_write_lock()
            named = self.of(owner, kind, table)
            if not named.filter(name=name).exists() and named.count() >= MOST:
                return False
            self.update_or_create(owner_id=owner, kind=kind, table=table, name=name, defaults={"values": values})
        return True


class Preset(models.Model):
    """Values under a name, of one account alone: a filter of a list of the desk, or what a new event begins with. No part of
    the history, and of no export."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=PresetKind)
    table = models.CharField(max_length=50)  # of the rows, as `timeline.event`
    name = models.CharField(max_length=60)
    values = models.CharField(max_length=LONGEST)  # as an address has them: "status__exact=draft&from=2022"

    objects = PresetManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "table", "name"], name="preset_name")]

    def __str__(self) -> str:
        return self.name
