"""What became of a row and its parts since somebody saw them: the state then, the state now, and who wrote what."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from django.contrib.auth import get_user_model
from django.db import models

from .change_entries import Record, field_changes
from .value_labels import RowFields, ValueLabels
from .version_tokens import Part


@dataclass(frozen=True, slots=True)
class Edit:
    """Who wrote something, and when."""

    who: str  # empty: a command
    at: dt.datetime  # UTC
    why: str  # empty: no reason given


@dataclass(slots=True)
class RowHistory:
    """One row: as it was seen, as it is, and who changed each of its fields last. Rows are rows of the history."""

    part: Part
    key: int
    then: models.Model | None  # None: it was not there
    now: models.Model | None  # None: it is not there any more
    newer: list[models.Model] = field(default_factory=list)  # what was written since, in order

    def last_change(self, column: str = "") -> models.Model | None:
        """Return the row of the history that last changed this column; without one, the last that was written."""
        if not column:
            return self.newer[-1] if self.newer else None
        steps = pairwise([self.then, *self.newer])
        changed = [after for before, after in steps if not before or _differ(before, after, column)]
        return (changed or self.newer or [None])[-1]


def _differ(before: models.Model, after: models.Model, column: str) -> bool:
    return getattr(before, column) != getattr(after, column)


def row_histories(tables: Iterable[Part], pk: int, seen: list[int]) -> list[RowHistory]:
    """Return the history of every row that belonged to this one when it was seen, or does now. One query for each table."""
    return [
        row_history for part, last in zip(tables, seen, strict=True) for row_history in _table_histories(part, pk, last)
    ]


def _table_histories(part: Part, pk: int, last: int) -> list[RowHistory]:
    histories: dict[int, RowHistory] = {}
    for row in part.rows(pk).order_by("history_id"):
        row_history = histories.setdefault(row.id, RowHistory(part, row.id, None, None))
        there = row if row.history_type != "-" and getattr(row, part.column) == pk else None
        row_history.now = there
        if row.history_id <= last:
            row_history.then = there
        else:
            row_history.newer.append(row)
    return [
        row_history for row_history in histories.values() if row_history.then is not None or row_history.now is not None
    ]


def usernames(rows: Iterable[models.Model]) -> dict[int | None, str]:
    """Return the names of those who wrote these rows of the history. One query."""
    keys = {row.history_user_id for row in rows} - {None}
    return dict(get_user_model().objects.filter(pk__in=keys).values_list("pk", "username")) if keys else {}


def list_edits(rows: Iterable[models.Model], names: dict[int | None, str]) -> list[Edit]:
    """Return who wrote these rows, each save once, the last first."""
    saves = {}
    for row in sorted(rows, key=lambda row: row.history_date, reverse=True):
        why = row.history_change_reason or ""
        saves.setdefault((row.history_user_id, why, row.history_date.replace(microsecond=0)), row)
    return [edit_from(row, names) for row in saves.values()]


def edit_from(row: models.Model, names: dict[int | None, str]) -> Edit:
    return Edit(names.get(row.history_user_id, ""), row.history_date, row.history_change_reason or "")


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
    """Return the difference of each row that is not the same in both states. One query for each related table."""
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
