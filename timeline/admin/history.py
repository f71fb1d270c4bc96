"""The history of a row and of the rows that belong to it, as one list.

The pages of django-simple-history leave out what no form edits, an event's state among it, and ask the database again
for every line.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from os.path import commonprefix
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import formats

SHOWN = 300  # characters of a value
AROUND = 40  # characters shown before the first difference of long ones
_UNTOLD = {
    # what follows from the rest, or never changes
    *("id", "public_id", "recorded_at", "updated_at", "text_sha256", "prefix", "suffix", "start", "end"),
    *("start_earliest", "start_latest", "end_earliest", "end_latest", "date_qualifier"),
}
_KINDS = {"+": "added", "~": "changed", "-": "deleted"}


class Part(NamedTuple):
    """Rows that belong to another row, by a foreign key; `named_by` are the fields that name one of them."""

    model: type[models.Model]
    key: str
    named_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    at: dt.datetime  # UTC
    number: int  # of the history row: the order within one moment
    who: str  # empty: done by a command
    why: str
    what: str  # "citation"
    name: str  # empty: the row itself
    kind: str  # added, changed or deleted
    changes: tuple[Change, ...]


def entries(model: type[models.Model], pk: int, parts: Iterable[Part] = ()) -> list[Entry]:
    """Return all that happened to the row and its parts, newest first.

    One query for each table and one for each of its foreign keys, whatever the number of rows.
    """
    found = list(_entries(Part(model, "id", ()), pk))
    for part in parts:
        found += _entries(part, pk)
    return sorted(found, key=lambda entry: (entry.at, entry.number), reverse=True)


def _entries(part: Part, pk: int) -> Iterator[Entry]:
    """Yield what happened; not the saves that changed nothing."""
    history = part.model.history
    rows = list(history.filter(**{part.key: pk}).order_by("id", "history_date", "history_id"))
    readers = {field: _reader(field, rows) for field in history.model.tracked_fields if field.name not in _UNTOLD}
    who = _names(get_user_model(), {row.history_user_id for row in rows})
    for before, row in _steps(rows):
        changes = tuple(_changes(readers, before, row)) if before and row.history_type == "~" else ()
        if before and row.history_type == "~" and not changes:
            continue
        yield Entry(
            at=row.history_date,
            number=row.history_id,
            who=who.get(row.history_user_id, ""),
            why=row.history_change_reason or "",
            what=part.model._meta.verbose_name,
            name=_short(", ".join(read(row) for field, read in readers.items() if field.name in part.named_by)),
            kind=_KINDS[row.history_type],
            changes=changes,
        )


def _steps(rows: list) -> Iterator[tuple]:
    """Yield each row of the history with the one before it, None for the first of its kind."""
    for _, history in groupby(rows, lambda row: row.id):
        one = list(history)
        yield from zip([None, *one], one, strict=False)


def _changes(readers: dict[models.Field, Callable], before, after) -> Iterator[Change]:
    for field, read in readers.items():
        if getattr(before, field.attname) != getattr(after, field.attname):
            name = str(field.verbose_name)
            yield Change(name[:1].upper() + name[1:], *_where_they_differ(read(before), read(after)))


def _reader(field: models.Field, rows: list) -> Callable[[models.Model], str]:
    """Return what reads a field of a history row in words."""
    if field.is_relation:
        names = _names(field.related_model, {getattr(row, field.attname) for row in rows})
        return lambda row: names.get(
            getattr(row, field.attname), "" if getattr(row, field.attname) is None else "deleted"
        )
    words = {value: str(label) for value, label in field.flatchoices}
    return lambda row: words.get(value := getattr(row, field.attname)) or _in_words(value)


def _in_words(value) -> str:
    if isinstance(value, dt.datetime):
        return f"{formats.date_format(value, 'DATETIME_FORMAT')} UTC"
    if isinstance(value, dt.date):
        return formats.date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)


def _names(model: type[models.Model], keys: set) -> dict[int, str]:
    """Return names by primary key; one query, which leaves a briefing's long text where it is."""
    columns = {field.name for field in model._meta.fields}
    naming = next(name for name in ("name", "title", "quote", "username") if name in columns)
    return dict(model._base_manager.filter(pk__in=keys - {None}).values_list("pk", naming))


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    start = max(0, len(commonprefix([before, after])) - AROUND) if max(len(before), len(after)) > SHOWN else 0
    return tuple(f"{'…' if start else ''}{_short(text[start:])}" for text in (before, after))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
