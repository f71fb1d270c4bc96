"""What would have to change for one state of a row and its parts to become another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from .change_entries import Record, field_changes
from .tracked_parts import Part
from .value_labels import RowFields, ValueLabels


@dataclass(frozen=True, slots=True)
class RowPair:
    """One row in both states, as rows of the history. `before` None: it is not there yet; `after` None: not any more."""

    part: Part
    before: models.Model | None
    after: models.Model | None

    @property
    def kind(self) -> str:
        return "added" if self.before is None else "deleted" if self.after is None else "changed"


def compare_rows(
    pairs: Iterable[RowPair], fields: Callable[[Part], list[models.Field]] = Part.tracked_fields
) -> list[tuple[RowPair, Record]]:
    """Return what becomes of each row that is not the same in both states. One query for each table that is pointed to."""
    pairs = list(pairs)
    fields_of = {pair.part: fields(pair.part) for pair in pairs}
    rows = [
        RowFields(row, fields_of[pair.part]) for pair in pairs for row in (pair.before, pair.after) if row is not None
    ]
    labels = ValueLabels(rows)
    return list(_compare_pairs(pairs, fields_of, labels))


def _compare_pairs(
    pairs: list[RowPair], fields_of: dict[Part, list], labels: ValueLabels
) -> Iterator[tuple[RowPair, Record]]:
    for pair in pairs:
        differences = tuple(field_changes(pair.before, pair.after, fields_of[pair.part], labels))
        if differences or pair.kind != "changed":
            named = pair.part.named_by if pair.part.key != "id" else ()
            row = pair.after if pair.after is not None else pair.before
            name = ", ".join(labels.display(row, field) for field in pair.part.tracked_fields() if field.name in named)
            yield pair, Record(str(pair.part.model._meta.verbose_name), name, pair.kind, differences)
