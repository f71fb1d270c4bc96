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
    edits: list[Edit]
    records: list[history.Record]


def changes_since_seen(row: models.Model, parts: tuple[history.Part, ...], token: str) -> ChangesSince:
    """Return what was changed since the state that the token names."""
    last = history.seen_history_ids(token, parts)
    name = row._meta.verbose_name
    if last is None:
        return ChangesSince(f"Nothing was done: this page does not say in which state you saw the {name}.", [], [])
    histories = row_histories([history.Part(type(row), "id", ()), *parts], row.pk, last)
    newer = [change for row_history in histories for change in row_history.newer]
    edits = list_edits(newer, usernames(newer))
    changed = [
        record
        for _, record in compare_rows(
            RowPair(row_history.part, row_history.then, row_history.now)
            for row_history in histories
            if row_history.newer
        )
    ]
    return ChangesSince(f"Nothing was done: {changed_by(edits, name)}, after you saw it.", edits, changed)
