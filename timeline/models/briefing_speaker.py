"""Who speaks in a source: the labels of its transcript, and the actors behind them."""

from django.db import models, transaction

from timeline.database.transactions import take_write_lock
from timeline.querysets import NaturalKeyManager
from timeline.querysets.natural_keys import depends_on

from .actor import Actor
from .briefing import Briefing
from .history_field import History
from .validators import choice_constraint, clean_constraint, follow_merged, length_constraint, one_line, words_of_source


class NamedBy(models.TextChoices):
    """Why a label of a transcript is taken for an actor."""

    ALIAS = "alias", "a name or alias of the record"
    FULL_NAME = "full_name", "the full name in the document"
    OFFICE = "office", "the full name and title in the document"
    HAND = "hand", "an editor"


class BriefingSpeaker(models.Model):
    """Who is behind a label of the transcript, and why we think so."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="speakers", verbose_name="source")
    label = models.CharField(
        max_length=100, validators=[words_of_source], help_text="As printed, without the colon: MS PORTER."
    )
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="labels")
    office = models.CharField(
        max_length=150,
        blank=True,
        validators=[one_line],
        help_text="As the source gives it: “State Department spokesperson”.",
    )

    # "": it was named before this was recorded
    named_by = models.CharField(max_length=9, choices=NamedBy, default=NamedBy.HAND, blank=True, editable=False)

    history = History()
    objects = NaturalKeyManager("briefing__slug", "label")

    class Meta:
        ordering = ["pk"]
        constraints = [
            length_constraint("label", 100),
            clean_constraint("office"),
            choice_constraint("named_by", NamedBy, blank=True),
            models.UniqueConstraint(
                fields=["briefing", "label"],
                name="briefingspeaker_once",
                violation_error_message="This label has its speaker already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.actor}"

    @depends_on("timeline.briefing", "timeline.actor")
    def natural_key(self) -> tuple[str, str]:
        return (self.briefing.slug, self.label)

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save, and name the speaker of citations that had none."""
        take_write_lock()
        follow_merged(self, "actor")
        super().save(*args, **kwargs)
        self.briefing.name_speakers()
