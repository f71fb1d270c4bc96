from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse

from timeline.database.transactions import take_write_lock
from timeline.models.ancestry import AncestorManager
from timeline.models.history_field import History
from timeline.models.validators import (
    choice_constraint,
    clean_constraint,
    country_code,
    follow_merged,
    length_constraint,
    not_self_constraint,
    one_line,
    plain_text,
    time_zone_name,
    with_derived,
)
from timeline.querysets import ActorQuerySet, NaturalKeyManager
from timeline.querysets.natural_keys import depends_on
from timeline.text.search_words import index_words
from timeline.text.sound_keys import sound_keys


class ActorAncestor(models.Model):
    """Who belongs to whom, at any depth; each actor belongs to itself. Derived from `Actor.parent`."""

    pk = models.CompositePrimaryKey("ancestor", "actor")  # a dump loads into the rows that loading actors has made
    ancestor = models.ForeignKey("Actor", on_delete=models.CASCADE, related_name="+", db_index=False)
    actor = models.ForeignKey("Actor", on_delete=models.CASCADE, related_name="ancestry")

    objects = AncestorManager("actor")

    def __str__(self) -> str:
        return f"{self.actor_id} within {self.ancestor_id}"

    @depends_on("timeline.actor")
    def natural_key(self) -> tuple[str, str]:
        return (self.ancestor.slug, self.actor.slug)


class ActorKind(models.TextChoices):
    STATE = "state", "State"
    ORGANISATION = "organisation", "Organisation"
    ARMED_GROUP = "armed_group", "Armed group"
    GROUP = "group", "Group"  # not known to be any of the others
    PERSON = "person", "Person"
    OFFICE = "office", "Office"


def derive(name: str, aliases: Iterable[str] = ()) -> dict[str, str]:
    """Return the columns of an actor that follow from its names. No query."""
    names = (name, *aliases)
    return {"search_text": index_words(*names), "sounds": sound_keys(*names)}


class Actor(models.Model):
    """A state, organisation, armed group, person or office that acts, speaks or publishes."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the web address; do not change it after publication."
    )
    name = models.CharField(
        max_length=300,
        validators=[one_line],
        help_text="The name in full. An office whose holder no source names is an actor too: “Foreign Minister of Armenia”.",
    )
    kind = models.CharField(max_length=12, choices=ActorKind)
    parent = models.ForeignKey(
        "self",
        verbose_name="belongs to",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text="A filter for the parent finds the events of this actor too: a department belongs to its state.",
    )
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[country_code],
        help_text="ISO 3166-1, two capitals. Leave empty if there is none, or several.",
    )
    description = models.TextField(blank=True, max_length=1000, validators=[plain_text])
    time_zone = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        validators=[time_zone_name],
        help_text="Where it publishes, an IANA name like America/New_York: on which day a page came out that says when in UTC. "
        "Empty: that of what it belongs to, or not known.",
    )
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_actors"
    )  # NULL: stands for itself. Else its address leads there, and nothing names it any more
    search_text = models.TextField(editable=False, default="")  # name and aliases, as searched
    sounds = models.TextField(editable=False, default="", db_default="")  # what they sound like, see `sound_keys`

    history = History(excluded_fields=["search_text", "sounds"])
    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            choice_constraint("kind", ActorKind),
            length_constraint("name", 300),
            clean_constraint("name", lines=("description",)),
            not_self_constraint("parent"),
            not_self_constraint("merged_into"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("actor-detail", args=[self.slug])

    @property
    def publishing_zone(self) -> str:
        """Return its time zone, or that of the nearest that it belongs to; "": not known. One query for each of these."""
        seen, actor = set(), self
        while not actor.time_zone and actor.parent is not None and actor.parent_id not in seen:
            seen.add(actor.parent_id)
            actor = actor.parent
        return actor.time_zone

    def clean(self) -> None:
        seen, above = {self.pk}, self.parent
        while above is not None:
            if above.pk in seen and above.pk is not None:
                raise ValidationError({"parent": f"{self.parent} belongs to {self} already; choose another."})
            seen.add(above.pk)
            above = above.parent

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        take_write_lock()
        follow_merged(self, "parent")
        derived = self._searchable()
        self.search_text, self.sounds = derived["search_text"], derived["sounds"]
        super().save(*args, **with_derived(kwargs, *derived))

    def _searchable(self) -> dict[str, str]:
        return derive(self.name, list(self.aliases.values_list("name", flat=True)) if self.pk else ())

    def refresh_search_text(self) -> None:
        """Carry changed aliases into the search; no new line in the history, the name did not change."""
        type(self).objects.filter(pk=self.pk).update(**self._searchable())


@receiver(post_save, sender=Actor, dispatch_uid="timeline.models.actor")
def update_ancestors(instance: Actor, created: bool, raw: bool, **kwargs) -> None:
    """Keep the line of an actor just saved. A signal, because fixtures are loaded past `save()`; they (`raw`) may bring what
    belongs to an actor before it."""
    keep = ActorAncestor.objects.create_for if created and not raw else ActorAncestor.objects.update_for
    keep(instance)


class ActorAlias(models.Model):
    """Another name of an actor, found by search and by suggestions."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300, validators=[one_line])

    history = History()
    objects = NaturalKeyManager("actor__slug", "name")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "actor aliases"
        constraints = [
            length_constraint("name", 300),
            clean_constraint("name"),
            models.UniqueConstraint(fields=["actor", "name"], name="actoralias_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @depends_on("timeline.actor")
    def natural_key(self) -> tuple[str, str]:
        return (self.actor.slug, self.name)

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        take_write_lock()
        follow_merged(self, "actor")
        super().save(*args, **kwargs)
        self.actor.refresh_search_text()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        take_write_lock()
        deleted = super().delete(*args, **kwargs)
        self.actor.refresh_search_text()
        return deleted
