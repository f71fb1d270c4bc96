"""Merge two events."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from timeline.database.transactions import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.models import Citation, Event, EventRelation, Participation
from timeline.models.event import Status
from timeline.models.history_field import ChangeClass
from timeline.text.quote_folding import fold_marks

from .move_references import Group, Move, copy_missing, fields_agree, group_moves, join_texts, plan_moves

TAKEABLE_FIELDS = {  # what can be taken over from the duplicate, a date and counts always as a whole
    "title": ("title",),
    "summary": ("summary",),
    "event_type": ("event_type",),
    "actuality": ("actuality",),
    "conflict": ("conflict",),
    "place": ("place", "place_precision"),
    "date": ("date_as_stated", "edtf", "date_note", "time_of_day", "time_zone"),
    "deaths": ("deaths_low", "deaths_best", "deaths_high"),
    "value_note": ("value_note",),
}
CITATION_FIELDS = ("basis", "date_as_stated", "edtf", "place", "deaths_low", "deaths_best", "deaths_high")
CITATION_FIELDS += ("reliability", "credibility", "note")
PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN)


@dataclass
class EventMerge:
    """`duplicate` becomes part of `target`."""

    duplicate: Event
    target: Event

    def obstacles(self) -> list[str]:
        """Return in words why the two cannot be merged this way; empty: they can. No query."""
        duplicate, target = self.duplicate, self.target
        if duplicate.pk == target.pk:
            return ["These are already one event. Choose another."]
        refusals = [
            f"“{event}” was merged into another event before."
            for event in (duplicate, target)
            if event.status == Status.MERGED
        ]
        if duplicate.status == Status.PUBLISHED != target.status:
            refusals.append(
                f"“{duplicate}” is published and “{target}” is not: keep the published one, or publish the other first."
            )
        if duplicate.status == Status.WITHDRAWN and target.status not in PUBLIC:
            refusals.append(f"“{duplicate}” was public, and its address must lead to a public event. Keep that one.")
        if (
            duplicate.data_set_id
            and duplicate.data_set_id != target.data_set_id
            and not duplicate.data_set.redistributable
        ):
            refusals.append(f"“{duplicate}” comes from a data set that may not be redistributed. Keep that one.")
        return refusals

    @property
    def is_public(self) -> bool:
        """Return whether readers can see what merging changes."""
        return any(event.status in PUBLIC or event.published_at for event in (self.duplicate, self.target))

    @cached_property
    def citations(self) -> list[Move]:
        """Return what becomes of each citation: one of the same words, act and speaker is folded. Two queries."""
        by_key: dict[tuple, Citation] = {}
        for citation in self.target.citations.select_related("briefing"):
            by_key.setdefault(_citation_key(citation), citation)
        moves = plan_moves(self.duplicate.citations.select_related("briefing"), by_key, _citation_key)
        return [
            move if move.into and fields_agree(move.into, move.row, CITATION_FIELDS) else Move(move.what, move.row)
            for move in moves
        ]

    @cached_property
    def participations(self) -> list[Move]:
        by_key = {
            _participation_key(participation): participation
            for participation in self.target.participations.select_related("actor")
        }
        return plan_moves(self.duplicate.participations.select_related("actor"), by_key, _participation_key)

    @cached_property
    def relations(self) -> list[Move]:
        """Return what becomes of each relation of the duplicate, from it or to it. One query."""
        both = (self.duplicate.pk, self.target.pk)
        relations = EventRelation.objects.filter(Q(from_event__in=both) | Q(to_event__in=both)).order_by("pk")
        relations = list(relations.select_related("from_event", "to_event", "citation"))
        moving = [
            relation for relation in relations if self.duplicate.pk in (relation.from_event_id, relation.to_event_id)
        ]
        by_key = {self._relation_key(relation): relation for relation in relations if relation not in moving}
        moves = []
        for relation in moving:
            first, _, second = key = self._relation_key(relation)
            moves.append(Move("relation", relation, by_key.get(key), ends=first == second))
            by_key.setdefault(key, relation)
        return moves

    def _relation_key(self, relation: EventRelation) -> tuple[int, str, int]:
        """Return source, kind and target of a relation after the merge."""
        first, second = (
            self.target.pk if pk == self.duplicate.pk else pk for pk in (relation.from_event_id, relation.to_event_id)
        )
        return first, relation.kind, second

    def groups(self, most: int) -> list[Group]:
        """Return what moves, by kind, of each kind the first."""
        return group_moves([*self.citations, *self.participations, *self.relations], most)

    @transaction.atomic
    def apply(self, reason: str, take: Collection[str] = (), confirm: Callable[[], None] = lambda: None) -> None:
        """Merge, with one reason and one moment. `take`: names of TAKEABLE_FIELDS whose values the target takes over;
        `confirm` is called once both are locked, and may raise.

        Raises ValidationError where the two cannot be merged, or what is taken over breaks a rule; nothing is written.
        """
        self._lock_both()
        confirm()
        if obstacles := self.obstacles():
            raise ValidationError(obstacles)
        moves = (self.citations, self.participations, self.relations)  # planned before anything moves
        with reason_for_change(reason, change_class=ChangeClass.CORRECTION):
            self.duplicate.merge_into(self.target)  # first: what is published may not lose its support
            folded = self._move_citations(moves[0])
            self._move_participations(moves[1])
            self._move_relations(moves[2], folded)
            for earlier in self.duplicate.merged_events.exclude(pk=self.target.pk):
                earlier.merged_into = self.target
                earlier.save()
            self._copy_fields(take)
            self.duplicate.pending_changes.waiting().update(event=self.target)

    def _lock_both(self) -> None:
        """Lock both, in the same order for every merge, and read their current state."""
        take_write_lock()
        both = (
            Event.objects.select_for_update(of=("self",), no_key=True)
            .order_by("pk")
            .filter(pk__in=[self.duplicate.pk, self.target.pk])
        )
        locked = {event.pk: event for event in both}
        if len(locked) < 2 and self.duplicate.pk != self.target.pk:
            raise ValidationError("Somebody has deleted one of the two events in the meantime.")
        self.duplicate, self.target = locked[self.duplicate.pk], locked[self.target.pk]
        for planned_before in ("citations", "participations", "relations"):
            self.__dict__.pop(planned_before, None)

    def _move_citations(self, moves: list[Move]) -> dict[int, Citation]:
        """Return into which citation each that ends was folded, by primary key."""
        last = max([citation.position for citation in self.target.citations.all()], default=-1)
        folded = {}
        for move in moves:
            if move.into and fields_agree(
                move.into, move.row, CITATION_FIELDS
            ):  # checked again: two may match the same row
                if copy_missing(move.into, move.row, CITATION_FIELDS):
                    move.into.save()
                folded[move.row.pk] = move.into
                move.row.delete()
            else:
                last += 1
                move.row.event, move.row.position = self.target, min(last, 32767)
                move.row.save()
        return folded

    def _move_participations(self, moves: list[Move]) -> None:
        for move in moves:
            if move.into:
                office = join_texts(move.into.office, move.row.office, 150)
                if office != move.into.office:
                    move.into.office = office
                    move.into.save()
                move.row.delete()
            else:
                move.row.event = self.target
                move.row.save()

    def _move_relations(self, moves: list[Move], folded: dict[int, Citation]) -> None:
        for move in moves:
            relation = move.row
            if relation.citation_id in folded:
                relation.citation = folded[relation.citation_id]
            if move.into:
                note = join_texts(move.into.note, relation.note, 300)
                if copy_missing(move.into, relation, ["citation"]) or note != move.into.note:
                    move.into.note = note
                    move.into.save()
            if move.into or move.ends:
                relation.delete()
            else:
                relation.from_event_id, relation.kind, relation.to_event_id = self._relation_key(relation)
                relation.save()

    def _copy_fields(self, take: Collection[str]) -> None:
        names = [name for choice, fields in TAKEABLE_FIELDS.items() if choice in take for name in fields]
        self.target.refresh_from_db(fields=["supporting_count", "first_reported_on", "support"])
        for name in names:
            setattr(self.target, name, getattr(self.duplicate, name))
        if names:
            self.target.full_clean(validate_unique=False)
            self.target.refuse_lost_support()
        self.target.save()


def _citation_key(citation: Citation) -> tuple:
    """Return what makes two citations the same evidence."""
    place = citation.start if citation.start is not None else fold_marks(citation.quote)
    end = citation.end if citation.end is not None else 0
    return citation.briefing_id, place, end, citation.act, citation.speaker_id


def _participation_key(participation: Participation) -> tuple:
    return participation.actor_id, participation.role
