"""Two actors that are one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction

from timeline.database.write_lock import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.models import Actor, ActorAlias
from timeline.models.ancestry import ActorAncestor, ancestor_chain
from timeline.text.folding import fold

from .move_references import Group, Move, joined, planned


@dataclass
class ActorMerge:
    """`gone` becomes another name of `kept`."""

    gone: Actor
    kept: Actor

    def obstacles(self) -> list[str]:
        """Return in words why the two cannot be merged; empty: they can. No query."""
        if self.gone.pk == self.kept.pk:
            return ["These are one actor already. Choose another."]
        return [
            f"“{one}” was merged into another actor before." for one in (self.gone, self.kept) if one.merged_into_id
        ]

    @property
    def is_public(self) -> bool:
        """Return whether readers can meet one of the two. One query."""
        return Actor.objects.public().filter(pk__in=[self.gone.pk, self.kept.pk]).exists()

    def groups(self, most: int) -> list[Group]:
        """Return what moves, by kind, of each kind the first: an actor may take part in thousands of events."""
        parts = (
            (self.gone.aliases, self.aliases),
            (self.gone.participations, self.participations),
            (self.gone.citations, self.citations),
            (self.gone.briefings, self.briefings),
            (self.gone.labels, self.labels),
            (self._members, self.members),
        )
        return [Group.of(rows, moves(most)) for rows, moves in parts if rows.exists()]

    def aliases(self, most: int | None = None) -> list[Move]:
        """Return what becomes of each other name: one that the kept actor has already is folded. `most` None: all, here
        and below."""
        own = {fold(one.name): one for one in self.kept.aliases.all()}
        return planned(self.gone.aliases.all()[:most], own, lambda alias: fold(alias.name))

    def participations(self, most: int | None = None) -> list[Move]:
        theirs = self.gone.participations.select_related("event", "actor").order_by("pk")[:most]
        mine = self.kept.participations.filter(event__in=theirs.values("event")).select_related("event", "actor")
        own = {(one.event_id, one.role): one for one in mine}
        return planned(
            theirs, own, lambda one: (one.event_id, one.role), lambda one: f"{one.event} ({one.get_role_display()})"
        )

    def citations(self, most: int | None = None) -> list[Move]:
        """Return the citations in which the actor speaks."""
        spoken = self.gone.citations.order_by("pk").select_related("event", *(() if most else ("briefing",)))[:most]
        return planned(spoken, {}, lambda one: (), lambda one: f"{one}, {one.event}")

    def briefings(self, most: int | None = None) -> list[Move]:
        published = self.gone.briefings.defer("text") if most else self.gone.briefings.all()
        return planned(published[:most], {}, lambda one: ())

    def labels(self, most: int | None = None) -> list[Move]:
        """Return the speakers' labels of briefings behind which the actor stands."""
        return planned(self.gone.labels.select_related("briefing").defer("briefing__text")[:most], {}, lambda one: ())

    def members(self, most: int | None = None) -> list[Move]:
        return planned(self._members[:most], {}, lambda one: ())

    @property
    def _members(self) -> models.QuerySet:
        return self.gone.members.exclude(pk=self.kept.pk)

    @transaction.atomic
    def make(self, reason: str, confirm: Callable[[], None] = lambda: None) -> None:
        """Merge, with one reason and one moment. `confirm` is called once both are held, and may raise.

        Raises ValidationError where the two cannot be merged; nothing is written.
        """
        self._hold()
        confirm()
        if obstacles := self.obstacles():
            raise ValidationError(obstacles)
        with reason_for_change(reason):
            self._lift_out()
            for move in self.participations():
                self._move_participation(move)
            for move in self.citations():
                _hand_over(move.row, "speaker", self.kept)
            for name, moves in (("publisher", self.briefings()), ("actor", self.labels()), ("parent", self.members())):
                for move in moves:
                    _hand_over(move.row, name, self.kept)
            self._move_names()
            for earlier in self.gone.merged_actors.all():
                _hand_over(earlier, "merged_into", self.kept)
            self.gone.parent, self.gone.merged_into = None, self.kept
            self.gone.save()
            ActorAncestor.objects.rebuild()

    def _hold(self) -> None:
        take_write_lock()
        both = Actor.objects.select_for_update(of=("self",)).order_by("pk").filter(pk__in=[self.gone.pk, self.kept.pk])
        held = {one.pk: one for one in both}
        if len(held) < 2 and self.gone.pk != self.kept.pk:
            raise ValidationError("Somebody has deleted one of the two actors meanwhile.")
        self.gone, self.kept = held[self.gone.pk], held[self.kept.pk]

    def _lift_out(self) -> None:
        """Put the kept actor where the other stands, where it belongs to the other: it cannot belong to itself."""
        parents = dict(Actor.objects.order_by().values_list("pk", "parent"))
        if self.gone.pk in ancestor_chain(self.kept.pk, parents):
            self.kept.parent = self.gone.parent
            self.kept.save()

    def _move_participation(self, move: Move) -> None:
        if not move.into:
            _hand_over(move.row, "actor", self.kept)
            return
        office = joined(move.into.office, move.row.office, 150)
        if office != move.into.office:
            move.into.office = office
            move.into.save()
        move.row.delete()

    def _move_names(self) -> None:
        known = {fold(self.kept.name), *(fold(one.name) for one in self.kept.aliases.all())}
        for move in self.aliases():
            if fold(move.row.name) in known:
                move.row.delete()
            else:
                known.add(fold(move.row.name))
                _hand_over(move.row, "actor", self.kept)
        if fold(self.gone.name) not in known:
            ActorAlias.objects.create(actor=self.kept, name=self.gone.name)


def _hand_over(row, name: str, kept: Actor) -> None:
    setattr(row, name, kept)
    row.save()
