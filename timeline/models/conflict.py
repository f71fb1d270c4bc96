from django.db import models
from django.urls import reverse

from timeline.querysets import ConflictQuerySet

from .history_field import History
from .validators import length_constraint, one_line, plain_text


class Conflict(models.Model):
    """The dossier an event belongs to. An event may stand alone."""

    slug = models.SlugField(max_length=80, unique=True, help_text="Stands in addresses; do not change it once public.")
    name = models.CharField(max_length=150, validators=[one_line])
    description = models.TextField(blank=True, max_length=2000, validators=[plain_text])

    history = History()
    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [length_constraint("name", 150)]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("conflict-detail", args=[self.slug])
