"""Merge two places."""

from collections.abc import Iterable

from django.db import models

from timeline.models import PlaceAncestor

from .merge_rows import RowMerge, reassign_all
from .move_references import Group, Move, plan_moves

TAKEABLE_PLACE_FIELDS = {  # what can be taken over from the duplicate, a point always as a whole
    "country": ("country",),
    "point": ("latitude", "longitude"),
    "parent": ("parent",),
    "description": ("description",),
}


class PlaceMerge(RowMerge):
    """Events and citations that name `duplicate` name `target`."""

    ancestry = PlaceAncestor.objects

    def groups(self, most: int) -> list[Group]:
        """Return what moves, by kind, of each kind the first: a place may have thousands of events."""
        parts = ((self.duplicate.events, self.events), (self.duplicate.citations, self.citations))
        parts += ((self._within, self.places_within), (self.duplicate.external_ids, self.external_ids))
        return [Group.of(rows, moves(most)) for rows, moves in parts if rows.exists()]

    def events(self, most: int | None = None) -> list[Move]:
        """Return the events that happened there. `most` None: all, here and below."""
        return plan_moves(self.duplicate.events.order_by("pk")[:most], {}, lambda event: ())

    def citations(self, most: int | None = None) -> list[Move]:
        """Return the citations whose source names the place."""
        cited = self.duplicate.citations.order_by("pk").select_related("event", *(() if most else ("briefing",)))
        return plan_moves(cited[:most], {}, lambda citation: (), lambda citation: f"{citation}, {citation.event}")

    def places_within(self, most: int | None = None) -> list[Move]:
        return plan_moves(self._within[:most], {}, lambda place: ())

    def external_ids(self, most: int | None = None) -> list[Move]:
        return plan_moves(self.duplicate.external_ids.order_by("pk")[:most], {}, lambda external_id: ())

    @property
    def _within(self) -> models.QuerySet:
        return self.duplicate.places_within.exclude(pk=self.target.pk).order_by("pk")

    def move_all(self) -> None:
        self.values = {  # before it becomes part of the other, which cannot lie within itself
            name: getattr(self.duplicate, name)
            for names in TAKEABLE_PLACE_FIELDS.values()
            for name in names
            if getattr(self.duplicate, name) != self.target
        }
        for moves, name in (
            (self.events(), "place"),
            (self.citations(), "place"),
            (self.places_within(), "parent"),
            (self.external_ids(), "place"),
        ):
            reassign_all(moves, name, self.target)

    def take_over(self, take: Iterable[str]) -> None:
        """Write what was chosen of the duplicate's values into the target. Raises ValidationError for what it cannot have."""
        taken = [name for choice in take for name in TAKEABLE_PLACE_FIELDS[choice] if name in self.values]
        for name in taken:
            setattr(self.target, name, self.values[name])
        if taken:
            self.target.full_clean()
            self.target.save()
