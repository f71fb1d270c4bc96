"""Merge two rows of a table in which one can become part of another: actors and places, which can lie within another too,
and sources."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from timeline.database.transactions import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.models import PublicRevision
from timeline.models.ancestry import AncestorManager, ancestor_chain
from timeline.models.history_field import ChangeClass

from .move_references import Move


@dataclass
class RowMerge(ABC):
    """`duplicate` becomes part of `target`: what names it names the target, and its address leads there."""

    duplicate: Any
    target: Any

    ancestry: ClassVar[AncestorManager]

    def obstacles(self) -> list[str]:
        """Return in words why the two cannot be merged; empty: they can. No query."""
        noun = self.target._meta.verbose_name
        if self.duplicate.pk == self.target.pk:
            return [f"These are one {noun} already. Choose another."]
        return [
            f"“{row}” was merged into another {noun} before."
            for row in (self.duplicate, self.target)
            if row.merged_into_id
        ]

    @property
    def is_public(self) -> bool:
        """Return whether one of the two is public. One query."""
        return self._rows.public().filter(pk__in=[self.duplicate.pk, self.target.pk]).exists()

    @property
    def _rows(self):
        return type(self.target).objects

    @transaction.atomic
    def apply(self, reason: str, take: Iterable[str] = (), confirm: Callable[[], None] = lambda: None) -> None:
        """Merge, with one reason and one moment. `take`: what the target takes over; `confirm` is called once both are locked,
        and may raise.

        Raises ValidationError where the two cannot be merged; nothing is written.
        """
        self._lock_both()
        confirm()
        if obstacles := self.obstacles():
            raise ValidationError(obstacles)
        was_public = self.is_public
        with reason_for_change(reason, change_class=ChangeClass.CORRECTION):
            self._detach_target()
            self.move_all()
            for earlier in self._rows.filter(merged_into=self.duplicate):
                reassign(earlier, "merged_into", self.target)
            self._end_duplicate()
            self.take_over(take)
        if was_public:
            PublicRevision.objects.bump()  # that two are one is no ordinary change, which readers may see later

    @abstractmethod
    def move_all(self) -> None:
        """Give the target what the duplicate has."""

    def take_over(self, take: Iterable[str]) -> None:  # noqa: B027 (some rows have nothing to take over)
        """Write what was selected of the duplicate's values into the target."""

    def _end_duplicate(self) -> None:
        self.duplicate.parent, self.duplicate.merged_into = None, self.target
        self.duplicate.save()
        self.ancestry.rebuild()

    def _lock_both(self) -> None:
        take_write_lock()
        both = self._rows.select_for_update(of=("self",), no_key=True).order_by("pk")
        locked = {row.pk: row for row in both.filter(pk__in=[self.duplicate.pk, self.target.pk])}
        if len(locked) < 2 and self.duplicate.pk != self.target.pk:
            raise ValidationError(
                f"Somebody has deleted one of the two {self.target._meta.verbose_name_plural} meanwhile."
            )
        self.duplicate, self.target = locked[self.duplicate.pk], locked[self.target.pk]

    def _detach_target(self) -> None:
        """Where the target lies within the duplicate, give it the duplicate's parent: it cannot lie within itself."""
        parents = dict(self._rows.order_by().values_list("pk", "parent"))
        if self.duplicate.pk in ancestor_chain(self.target.pk, parents):
            self.target.parent = self.duplicate.parent
            self.target.save()


def reassign(row: models.Model, name: str, target: models.Model) -> None:
    setattr(row, name, target)
    row.save()


def reassign_all(moves: Iterable[Move], name: str, target: models.Model) -> None:
    for move in moves:
        reassign(move.row, name, target)
