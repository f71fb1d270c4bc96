from django.db import models, transaction

from timeline.database.transactions import take_write_lock
from timeline.querysets import ParticipationManager
from timeline.querysets.natural_keys import depends_on

from .actor import Actor
from .event import Event
from .history_field import History
from .validators import choice_constraint, clean_constraint, follow_merged, one_line


class Role(models.TextChoices):
    INITIATOR = "initiator", "initiator"
    RECIPIENT = "recipient", "recipient"
    PARTICIPANT = "participant", "participant"
    MEDIATOR = "mediator", "mediator"


class Participation(models.Model):
    """An actor's part in one event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(
        max_length=11,
        choices=Role,
        help_text="Initiator and recipient where the source says who did it to whom; else participant.",
    )
    office = models.CharField(
        "office held then",
        max_length=150,
        blank=True,
        validators=[one_line],
        help_text="As the source gives it on that day: “Secretary of State”. Leave empty if not stated.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in which the actors are named.")

    history = History()
    objects = ParticipationManager("event__public_id", "actor__slug", "role")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            choice_constraint("role", Role),
            clean_constraint("office"),
            models.UniqueConstraint(
                fields=["event", "actor", "role"],
                name="participation_once",
                violation_error_message="This actor already has this role in the event.",
            ),
        ]
        indexes = [models.Index(fields=["actor", "event"], name="participation_actor_event")]

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_role_display()})"

    @depends_on("timeline.event", "timeline.actor")
    def natural_key(self) -> tuple[str, str, str]:
        return (self.event.public_id, self.actor.slug, self.role)

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        take_write_lock()
        follow_merged(self, "actor")
        super().save(*args, **kwargs)
