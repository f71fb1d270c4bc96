from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse

from timeline.database.shards import batches
from timeline.database.transactions import take_write_lock
from timeline.models.history_field import History
from timeline.models.validators import (
    choice_constraint,
    country_code,
    follow_merged,
    length_constraint,
    not_self_constraint,
    one_line,
    plain_text,
    with_derived,
)
from timeline.querysets import ActorQuerySet, NaturalKeyManager, tables
from timeline.querysets.natural_keys import depends_on
from timeline.text.folding import fold


class ActorAncestorManager(models.Manager["ActorAncestor"]):
    """Keeps the table in step with `Actor.parent`."""

    def get_by_natural_key(self, ancestor: str, actor: str) -> "ActorAncestor":
        return self.get(ancestor__slug=ancestor, actor__slug=actor)

    def update_for(self, actor) -> None:
        """Set the ancestors of one actor that was saved. Two queries where nothing changed."""
        stored = set(self.filter(actor=actor).values_list("ancestor", flat=True))
        if stored == self._ancestors(actor):
            return
        if stored or actor.members.exists():
            self.rebuild()
        else:
            self.create_for(actor)

    def create_for(self, actor) -> None:
        """Set the ancestors of an actor without members. One query, one more where it has a parent."""
        self.bulk_create(self.model(ancestor_id=ancestor, actor=actor) for ancestor in self._ancestors(actor))

    def create_all(self, parents: dict[int, int | None]) -> None:
        """Set the ancestors of actors that were just made, each with its parent. One query, two more for each 500 that have
        one."""
        self.bulk_create(self.model(ancestor_id=key, actor_id=key) for key in parents)
        members = {key: parent for key, parent in parents.items() if parent}
        for keys in batches(list(members)):
            above = defaultdict(list)
            lines = self.filter(actor__in={members[key] for key in keys}).values_list("ancestor", "actor")
            for ancestor, parent in lines:
                above[parent].append(ancestor)
            pairs = [(ancestor, key) for key in keys for ancestor in above[members[key]]]
            self.bulk_create(self.model(ancestor_id=ancestor, actor_id=key) for ancestor, key in pairs)

    def _ancestors(self, actor) -> set[int]:
        above = self.filter(actor=actor.parent_id).values_list("ancestor", flat=True) if actor.parent_id else ()
        return {actor.pk, *above}

    @transaction.atomic
    def rebuild(self) -> None:
        """Compare the whole table with the parents of all actors, and correct what differs."""
        parents = dict(tables.actors().order_by().values_list("pk", "parent"))
        wanted = {(above, pk) for pk in parents for above in ancestor_chain(pk, parents)}
        stored = set(self.values_list("pk", flat=True))
        self.filter(pk__in=list(stored - wanted)).delete()
        self.bulk_create(self.model(ancestor_id=above, actor_id=actor) for above, actor in sorted(wanted - stored))


def ancestor_chain(pk: int, parents: dict[int, int | None]) -> list[int]:
    """Return an actor and all that it belongs to; a circle of parents is walked once."""
    chain: list[int] = []
    above: int | None = pk
    while above is not None and above not in chain:
        chain.append(above)
        above = parents.get(above)
    return chain


class ActorAncestor(models.Model):
    """Who belongs to whom, at any depth; each actor belongs to itself. Derived from `Actor.parent`."""

    pk = models.CompositePrimaryKey("ancestor", "actor")  # a dump loads into the rows that loading actors has made
    ancestor = models.ForeignKey("Actor", on_delete=models.CASCADE, related_name="+", db_index=False)
    actor = models.ForeignKey("Actor", on_delete=models.CASCADE, related_name="ancestry")

    objects = ActorAncestorManager()

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
    return {"search_text": fold(" | ".join([name, *aliases]))}


class Actor(models.Model):
    """A state, organisation, armed group, person or office that acts, speaks or publishes."""

    slug = models.SlugField(max_length=80, unique=True, help_text="Stands in addresses; do not change it once public.")
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
        help_text="ISO 3166-1, two capitals. Empty: none, or several.",
    )
    description = models.TextField(blank=True, max_length=1000, validators=[plain_text])
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_actors"
    )  # NULL: stands for itself. Else its address leads there, and nothing names it any more
    search_text = models.TextField(editable=False, default="")  # name and aliases, folded

    history = History(excluded_fields=["search_text"])
    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            choice_constraint("kind", ActorKind),
            length_constraint("name", 300),
            not_self_constraint("parent"),
            not_self_constraint("merged_into"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("actor-detail", args=[self.slug])

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
        self.search_text = self._searchable()
        super().save(*args, **with_derived(kwargs, "search_text"))

    def _searchable(self) -> str:
        aliases = self.aliases.values_list("name", flat=True) if self.pk else []
        return derive(self.name, aliases)["search_text"]

    def refresh_search_text(self) -> None:
        """Carry changed aliases into the search; no new line in the history, the name did not change."""
        type(self).objects.filter(pk=self.pk).update(search_text=self._searchable())


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
