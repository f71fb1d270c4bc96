"""What somebody confirms for a row as a whole is meant for the state in which the row was seen."""

from dataclasses import dataclass

from django.db import models

from timeline import history
from timeline.history.changes_since import Edit, list_edits, row_histories, usernames
from timeline.history.row_changes import RowPair, compare_rows

from .changed_by import changed_by


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What others changed in a row since it was seen."""

    message: str
    writings: list[Edit]
    records: list[history.Record]


def changes_since_seen(row: models.Model, parts: tuple[history.Part, ...], token: str) -> ChangesSince:
    """Return what was changed since the state that the token names."""
    last = history.seen_history_ids(token, parts)
    name = row._meta.verbose_name
    if last is None:
        return ChangesSince(f"Nothing was done: this page does not say in which state you saw the {name}.", [], [])
    found = row_histories([history.Part(type(row), "id", ()), *parts], row.pk, last)
    newer = [one for course in found for one in course.newer]
    told = list_edits(newer, usernames(newer))
    changed = [record for _, record in compare_rows(RowPair(one.part, one.then, one.now) for one in found if one.newer)]
    return ChangesSince(f"Nothing was done: {changed_by(told, name)}, after you saw it.", told, changed)
