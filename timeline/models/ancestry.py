from django.db import models, transaction

from timeline.querysets import tables

from .natural_key import depends_on


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
