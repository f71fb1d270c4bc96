from django.core.exceptions import ValidationError
from django.db import models, transaction

from timeline.database.transactions import take_write_lock
from timeline.querysets import NaturalKeyManager
from timeline.querysets.natural_keys import depends_on

from .citation import Citation
from .event import Event
from .history_field import History
from .publication import Status
from .validators import choice_constraint, clean_constraint, follow_merged, one_line


class RelationKind(models.TextChoices):
    """How one event relates to another, read from the first to the second."""

    FOLLOWS = "follows", "follows"
    REITERATES = "reiterates", "repeats what was said in"
    CONCERNS = "concerns", "concerns"
    RESPONDS = "responds", "responds to"
    PART_OF = "part_of", "is part of"
    TAKES_EFFECT = "takes_effect", "brings into effect"
    ENDS = "ends", "ends"
    CARRIED_OUT_BY = "carried_out_by", "was carried out by"  # from what was announced to what became of it

    @property
    def inverse_label(self) -> str:
        """Return the same relation read from the second event to the first."""
        return {
            "follows": "is followed by",
            "reiterates": "is repeated in",
            "concerns": "is mentioned in",
            "responds": "is answered by",
            "part_of": "includes",
            "takes_effect": "takes effect with",
            "ends": "is ended by",
            "carried_out_by": "carries out",
        }[self.value]


class EventRelation(models.Model):
    """A tie between two events that a source supports."""

    from_event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=14, choices=RelationKind)
    to_event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="inverse_relations")
    citation = models.ForeignKey(
        Citation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="relations",
        help_text=(
            "The citation whose words tie the two events. Without it readers are not shown the relation, unless it says "
            "what carried out an announced event."
        ),
    )
    note = models.CharField(max_length=300, blank=True, validators=[one_line])

    history = History()
    objects = NaturalKeyManager("from_event__public_id", "kind", "to_event__public_id")

    class Meta:
        ordering = ["pk"]
        constraints = [
            choice_constraint("kind", RelationKind),
            clean_constraint("note"),
            models.CheckConstraint(
                name="eventrelation_two_events",
                condition=~models.Q(from_event=models.F("to_event")),
                violation_error_message="An event cannot be related to itself.",
            ),
            models.UniqueConstraint(
                fields=["from_event", "kind", "to_event"],
                name="eventrelation_once",
                violation_error_message="These two events are tied in this way already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_event} {self.get_kind_display()} {self.to_event}"

    @depends_on("timeline.event")
    def natural_key(self) -> tuple[str, str, str]:
        return (self.from_event.public_id, self.kind, self.to_event.public_id)

    @property
    def inverse_display(self) -> str:
        return RelationKind(self.kind).inverse_label

    @property
    def words(self) -> str:
        """Return the quote that ties the two; empty where none is named, or where the public cannot see it."""
        return self.citation.quote if self.citation and self.citation.is_public else ""

    @property
    def is_shown(self) -> bool:
        """Return whether readers see it: by public words, or as what became of an announced event."""
        return bool(self.words) or self.kind == RelationKind.CARRIED_OUT_BY

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        take_write_lock()
        follow_merged(self, "from_event", "to_event")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.citation and self.citation.event_id not in {self.from_event_id, self.to_event_id}:
            raise ValidationError({"citation": "Choose a citation of one of the two events."})


def public_relations(event: Event) -> list[tuple[str, Event, str]]:
    """Return (how this event relates to the other, the other, the words that say so): published events, and relations that
    public words support; what carried out an announced event is shown without words too (empty). Two queries."""
    outgoing = event.relations.filter(to_event__status=Status.PUBLISHED).select_related(
        "to_event__event_type", "citation__event", "citation__briefing"
    )
    ties = [(relation, relation.get_kind_display(), relation.to_event) for relation in outgoing]
    incoming = event.inverse_relations.filter(from_event__status=Status.PUBLISHED)
    for relation in incoming.select_related("from_event__event_type", "citation__event", "citation__briefing"):
        ties.append((relation, relation.inverse_display, relation.from_event))
    return [(kind, other, relation.words) for relation, kind, other in ties if relation.is_shown]
