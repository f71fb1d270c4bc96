from django.db import models
from django.db.models import Q

from timeline.querysets import EarlierTextQuerySet

from .briefing import Briefing
from .publication import user_foreign_key


class EarlierText(models.Model):
    """A text that a briefing had before another was captured. Written by `Briefing.save`, and never changed: the database
    refuses it."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="earlier_texts")
    number = models.PositiveSmallIntegerField()  # 1: the first text the briefing had
    text = models.TextField()
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64)  # hex
    captured_on = models.DateField(null=True)  # the day it was copied, as the briefing said; NULL: not known
    recorded_at = models.DateTimeField()  # UTC; when it was stored here
    recorded_by = user_foreign_key("recorded_texts")
    replaced_at = models.DateTimeField()  # UTC
    replaced_by = user_foreign_key("replaced_texts")
    was_public = models.BooleanField()  # the briefing was published when the text was replaced

    objects = EarlierTextQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "number"], name="earliertext_numbered_once"),
            models.CheckConstraint(
                name="earliertext_hashed", condition=Q(text_sha256__length=64) & Q(text__length__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing}, text {self.number}"

    def save(self, *args, **kwargs) -> None:
        """Save it once. Raises TypeError for one that is stored already."""
        if not self._state.adding:
            raise TypeError("An earlier text is never changed.")
        super().save(*args, **kwargs)
