"""Merge two actors."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction

from timeline.database.transactions import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.models import Actor, ActorAlias
from timeline.models.actor import ActorAncestor, ancestor_chain
from timeline.models.history_field import ChangeClass
from timeline.text.folding import fold

from .move_references import Group, Move, join_texts, plan_moves


@dataclass
class ActorMerge:
    """The name of `duplicate` becomes another name of `target`."""

    duplicate: Actor
    target: Actor

    def obstacles(self) -> list[str]:
        """Return in words why the two cannot be merged; empty: they can. No query."""
        if self.duplicate.pk == self.target.pk:
            return ["These are one actor already. Choose another."]
        return [
            f"“{actor}” was merged into another actor before."
            for actor in (self.duplicate, self.target)
            if actor.merged_into_id
        ]

    @property
    def is_public(self) -> bool:
        """Return whether one of the two is public. One query."""
        return Actor.objects.public().filter(pk__in=[self.duplicate.pk, self.target.pk]).exists()

    def groups(self, most: int) -> list[Group]:
        """Return what moves, by kind, of each kind the first: an actor may take part in thousands of events."""
        parts = (
            (self.duplicate.aliases, self.aliases),
            (self.duplicate.participations, self.participations),
            (self.duplicate.citations, self.citations),
            (self.duplicate.briefings, self.briefings),
            (self.duplicate.originated_briefings, self.originated_briefings),
            (self.duplicate.labels, self.labels),
            (self._members, self.members),
        )
        return [Group.of(rows, moves(most)) for rows, moves in parts if rows.exists()]

    def aliases(self, most: int | None = None) -> list[Move]:
        """Return what becomes of each other name: a name that the target has already is folded. `most` None: all, here
        and below."""
        target_aliases = {fold(target_alias.name): target_alias for target_alias in self.target.aliases.all()}
        return plan_moves(self.duplicate.aliases.all()[:most], target_aliases, lambda alias: fold(alias.name))

    def participations(self, most: int | None = None) -> list[Move]:
        moving = self.duplicate.participations.select_related("event", "actor").order_by("pk")[:most]
        existing = self.target.participations.filter(event__in=moving.values("event")).select_related("event", "actor")
        by_key = {(participation.event_id, participation.role): participation for participation in existing}
        return plan_moves(
            moving,
            by_key,
            lambda participation: (participation.event_id, participation.role),
            lambda participation: f"{participation.event} ({participation.get_role_display()})",
        )

    def citations(self, most: int | None = None) -> list[Move]:
        """Return the citations in which the actor speaks."""
        spoken = self.duplicate.citations.order_by("pk").select_related("event", *(() if most else ("briefing",)))[
            :most
        ]
        return plan_moves(spoken, {}, lambda citation: (), lambda citation: f"{citation}, {citation.event}")

    def briefings(self, most: int | None = None) -> list[Move]:
        published = self.duplicate.briefings.defer("text") if most else self.duplicate.briefings.all()
        return plan_moves(published[:most], {}, lambda briefing: ())

    def originated_briefings(self, most: int | None = None) -> list[Move]:
        """Return the briefings that print what the actor wrote."""
        printed = (
            self.duplicate.originated_briefings.defer("text") if most else self.duplicate.originated_briefings.all()
        )
        return plan_moves(printed[:most], {}, lambda briefing: ())

    def labels(self, most: int | None = None) -> list[Move]:
        """Return the speakers' labels of briefings behind which the actor stands."""
        return plan_moves(
            self.duplicate.labels.select_related("briefing").defer("briefing__text")[:most], {}, lambda label: ()
        )

    def members(self, most: int | None = None) -> list[Move]:
        return plan_moves(self._members[:most], {}, lambda member: ())

    @property
    def _members(self) -> models.QuerySet:
        return self.duplicate.members.exclude(pk=self.target.pk)

    @transaction.atomic
    def apply(self, reason: str, confirm: Callable[[], None] = lambda: None) -> None:
        """Merge, with one reason and one moment. `confirm` is called once both are locked, and may raise.

        Raises ValidationError where the two cannot be merged; nothing is written.
        """
        self._lock_both()
        confirm()
        if obstacles := self.obstacles():
            raise ValidationError(obstacles)
        with reason_for_change(reason, change_class=ChangeClass.CORRECTION):
            self._detach_target()
            for move in self.participations():
                self._move_participation(move)
            for move in self.citations():
                _reassign(move.row, "speaker", self.target)
            for name, moves in (
                ("publisher", self.briefings),
                ("origin", self.originated_briefings),
                ("actor", self.labels),
                ("parent", self.members),
            ):
                for move in moves():
                    _reassign(move.row, name, self.target)
            self._move_names()
            for earlier in self.duplicate.merged_actors.all():
                _reassign(earlier, "merged_into", self.target)
            self.duplicate.parent, self.duplicate.merged_into = None, self.target
            self.duplicate.save()
            ActorAncestor.objects.rebuild()

    def _lock_both(self) -> None:
        take_write_lock()
        both = (
            Actor.objects.select_for_update(of=("self",))
            .order_by("pk")
            .filter(pk__in=[self.duplicate.pk, self.target.pk])
        )
        locked = {actor.pk: actor for actor in both}
        if len(locked) < 2 and self.duplicate.pk != self.target.pk:
            raise ValidationError("Somebody has deleted one of the two actors meanwhile.")
        self.duplicate, self.target = locked[self.duplicate.pk], locked[self.target.pk]

    def _detach_target(self) -> None:
        """Where the target belongs to the duplicate, give it the duplicate's parent: it cannot belong to itself."""
        parents = dict(Actor.objects.order_by().values_list("pk", "parent"))
        if self.duplicate.pk in ancestor_chain(self.target.pk, parents):
            self.target.parent = self.duplicate.parent
            self.target.save()

    def _move_participation(self, move: Move) -> None:
        if not move.into:
            _reassign(move.row, "actor", self.target)
            return
        office = join_texts(move.into.office, move.row.office, 150)
        if office != move.into.office:
            move.into.office = office
            move.into.save()
        move.row.delete()

    def _move_names(self) -> None:
        known = {fold(self.target.name), *(fold(alias.name) for alias in self.target.aliases.all())}
        for move in self.aliases():
            if fold(move.row.name) in known:
                move.row.delete()
            else:
                known.add(fold(move.row.name))
                _reassign(move.row, "actor", self.target)
        if fold(self.duplicate.name) not in known:
            ActorAlias.objects.create(actor=self.target, name=self.duplicate.name)


def _reassign(row, name: str, target: Actor) -> None:
    setattr(row, name, target)
    row.save()
