from django.db import models

from .actor import Actor
from .place import Place
from .validators import length_constraint, one_line


class ExternalId(models.Model):
    """What others call a row: a scheme, like "ucdp-actor", and the value there. Told again, the row is found by it."""

    scheme = models.CharField(max_length=40, validators=[one_line])
    value = models.CharField(max_length=100, validators=[one_line])

    class Meta:
        abstract = True
        constraints = [
            length_constraint("value", 100),
            models.UniqueConstraint(fields=["scheme", "value"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class ActorExternalId(ExternalId):
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="external_ids")


class PlaceExternalId(ExternalId):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="external_ids")
