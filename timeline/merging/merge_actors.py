"""Merge two actors."""

from django.db import models

from timeline.models import ActorAlias, ActorAncestor, EarlierQuote
from timeline.text.folding import fold

from .merge_rows import RowMerge, reassign, reassign_all
from .move_references import Group, Move, join_texts, plan_moves


class ActorMerge(RowMerge):
    """The name of `duplicate` becomes another name of `target`."""

    ancestry = ActorAncestor.objects

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
        """Return the speakers' labels of briefings behind which the actor is."""
        return plan_moves(
            self.duplicate.labels.select_related("briefing").defer("briefing__text")[:most], {}, lambda label: ()
        )

    def members(self, most: int | None = None) -> list[Move]:
        return plan_moves(self._members[:most], {}, lambda member: ())

    @property
    def _members(self) -> models.QuerySet:
        return self.duplicate.members.exclude(pk=self.target.pk)

    def move_all(self) -> None:
        for move in self.participations():
            self._move_participation(move)
        reassign_all(self.citations(), "speaker", self.target)
        for name, moves in (
            ("publisher", self.briefings),
            ("origin", self.originated_briefings),
            ("actor", self.labels),
            ("parent", self.members),
        ):
            reassign_all(moves(), name, self.target)
        EarlierQuote.objects.filter(speaker=self.duplicate).update(speaker=self.target)
        self._move_names()

    def _move_participation(self, move: Move) -> None:
        if not move.into:
            reassign(move.row, "actor", self.target)
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
                reassign(move.row, "actor", self.target)
        if fold(self.duplicate.name) not in known:
            ActorAlias.objects.create(actor=self.target, name=self.duplicate.name)
