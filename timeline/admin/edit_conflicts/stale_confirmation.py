"""What somebody confirms for a row as a whole is meant for the state in which the row was seen."""

from dataclasses import dataclass

from django.db import models

from timeline import history
from timeline.history.changes_since import Writing, courses, people, writings
from timeline.history.row_changes import Pair, records

from .changed_by import changed_by


@dataclass(frozen=True, slots=True)
class Since:
    """What others changed in a row since it was seen."""

    message: str
    writings: list[Writing]
    records: list[history.Record]


def seen_since(row: models.Model, parts: tuple[history.Part, ...], token: str) -> Since:
    """Return what was changed since the state that the token names."""
    last = history.last_seen(token, parts)
    name = row._meta.verbose_name
    if last is None:
        return Since(f"Nothing was done: this page does not say in which state you saw the {name}.", [], [])
    found = courses([history.Part(type(row), "id", ()), *parts], row.pk, last)
    newer = [one for course in found for one in course.newer]
    told = writings(newer, people(newer))
    changed = [record for _, record in records(Pair(one.part, one.then, one.now) for one in found if one.newer)]
    return Since(f"Nothing was done: {changed_by(told, name)}, after you saw it.", told, changed)
