"""The history of a row and of the rows that belong to it, as one list: an entry is what one save wrote."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from .value_labels import RowFields, ValueLabels, field_label
from .version_tokens import Part
from .word_diff import Piece, short_diff, shorten

PAGE_SIZE = 50  # moments on one page
# Rows of the history by one person with one reason, written at most this long after each other, are one save.
SAME_SAVE_GAP = dt.timedelta(seconds=1)
STATUS_HEADINGS = {
    "draft": "Returned to draft",
    "review": "Submitted for review",
    "published": "Published",
    "withdrawn": "Withdrawn",
    "merged": "Merged into another",
}


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()  # of both texts, in order; empty: the one was written in place of the other


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one row."""

    what: str  # "citation"
    name: str  # empty: the row itself
    kind: str  # added, changed, deleted, moved here, moved away
    changes: tuple[Change, ...]
    other: str = ""  # where it was moved from, or to


@dataclass(frozen=True, slots=True)
class Entry:
    at: dt.datetime  # UTC; its last row
    who: str  # empty: done by a command
    why: str
    heading: str
    records: tuple[Record, ...]
    kind: str = ""  # the class of the change in words; empty: none said
    is_withheld: bool = False  # readers do not learn why


@dataclass(frozen=True, slots=True)
class Page:
    entries: list[Entry]
    older: dt.datetime | None  # the next page tells what was before this moment; None: there is nothing older


@dataclass(frozen=True, slots=True)
class _Step:
    """A row of the history, and the one before it."""

    part: Part
    before: models.Model | None
    row: models.Model
    kind: str


def page(
    model: type[models.Model],
    pk: int,
    parts: Iterable[Part] = (),
    before: dt.datetime | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """Return what happened to the row and its parts at the last moments before `before`, newest first.

    Two queries for each table, one for all, and one for each table that is pointed to, whatever the number of rows.
    """
    tables = [Part(model, "id", ()), *parts]
    moments = _moments(tables, pk, before, size + 1)
    if not moments:
        return Page([], None)
    page_moments = moments[:size]
    steps = [step for part in tables for step in _steps(part, pk, page_moments[-1], page_moments[0])]
    fields_of = {part: part.tracked_fields() for part in tables}
    labels = ValueLabels(
        [RowFields(row, fields_of[step.part]) for step in steps for row in (step.before, step.row) if row],
        {get_user_model(): {step.row.history_user_id for step in steps}, model: set(_owner_keys(steps))},
    )
    entries = [entry for group in _groups(steps) if (entry := _entry(group, fields_of, labels))]
    return Page(entries[::-1], page_moments[-1] if len(moments) > size else None)


def _moments(tables: list[Part], pk: int, before: dt.datetime | None, most: int) -> list[dt.datetime]:
    """Return the last moments at which something was written, newest first. One query."""
    earlier = Q(history_date__lt=before) if before else Q()
    first, *others = [
        part.rows(pk).filter(earlier).order_by().values_list("history_date", flat=True) for part in tables
    ]
    return list(first.union(*others).order_by("-history_date")[:most])


def _steps(part: Part, pk: int, first: dt.datetime, last: dt.datetime) -> Iterator[_Step]:
    """Yield what happened to the rows of one table while they belonged to this one. Two queries."""
    history = part.model.history
    earlier = history.filter(id=OuterRef("id")).filter(
        Q(history_date__lt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id"))
    )
    preceding = Subquery(earlier.order_by("-history_date", "-history_id").values("history_id")[:1])
    rows = part.rows(pk).filter(history_date__gte=first, history_date__lte=last)
    rows = list(rows.annotate(preceding=preceding).order_by("history_date", "history_id"))
    known = {row.history_id: row for row in rows}
    missing = {row.preceding for row in rows} - known.keys() - {None}
    known |= history.in_bulk(list(missing))
    for row in rows:
        before = known.get(row.preceding)
        if kind := _kind(part, pk, before, row):
            yield _Step(part, before, row, kind)


def _kind(part: Part, pk: int, before, row) -> str:
    """Return what happened to a row as seen from the one it belongs to; empty: nothing that concerns it."""
    was, now = (
        state is not None and state.history_type != "-" and getattr(state, part.column) == pk for state in (before, row)
    )
    if was and now:
        return "changed"
    if now:
        return "moved here" if before is not None and before.history_type != "-" else "added"
    if was:
        return "deleted" if row.history_type == "-" else "moved away"
    return ""


def _owner_keys(steps: list[_Step]) -> Iterator[int]:
    for step in steps:
        if step.kind.startswith("moved"):
            yield from (getattr(row, step.part.column) for row in (step.before, step.row))


def _groups(steps: list[_Step]) -> Iterator[list[_Step]]:
    """Yield the steps that were written together, oldest first."""
    ordered = sorted(steps, key=lambda step: step.row.history_date)
    group = ordered[:1]
    for step, following in pairwise(ordered):
        if _same_save(step.row, following.row):
            group.append(following)
        else:
            yield group
            group = [following]
    if group:
        yield group


def _same_save(earlier, following) -> bool:
    same = all(
        getattr(earlier, name) == getattr(following, name)
        for name in ("history_user_id", "history_change_reason", "change_class")
    )
    return same and following.history_date - earlier.history_date <= SAME_SAVE_GAP


def _entry(group: list[_Step], fields_of: dict[Part, list], labels: ValueLabels) -> Entry | None:
    """Return what a save wrote; None where it changed nothing."""
    by_row: dict[tuple, list[_Step]] = {}
    for step in group:
        by_row.setdefault((step.part.model, step.row.id), []).append(step)
    candidates = [_record(steps, fields_of[steps[0].part], labels) for steps in by_row.values()]
    records = [record for record in candidates if record.changes or record.kind != "changed"]
    if not records:
        return None
    last = group[-1].row
    why = last.history_change_reason or ""
    return Entry(
        last.history_date,
        labels.username(last.history_user_id),
        why,
        _heading(group, records),
        tuple(_own_row_first(records)),
        last.get_change_class_display(),
        last.reason_withheld,
    )


def _own_row_first(records: list[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.name != "")


def _record(steps: list[_Step], fields: list[models.Field], labels: ValueLabels) -> Record:
    """Return what became of one row in one save, be it written several times."""
    first, last = steps[0], steps[-1]
    kind = _combined_kind(first.kind, last.kind)
    part, named = last.part, first.before if last.kind == "deleted" and first.before else last.row
    before = first.before if first.kind in ("changed", "deleted", "moved here", "moved away") else None
    after = last.row if last.kind != "deleted" else None
    name = ", ".join(labels.display(named, field) for field in fields if field.name in part.named_by)
    owner = {"moved here": before, "moved away": last.row}.get(kind)
    return Record(
        what=str(part.model._meta.verbose_name),
        name=shorten(name, 300),
        kind=kind,
        changes=tuple(field_changes(before, after, fields, labels)),
        other=labels.name(part.model._meta.get_field(part.key).related_model, getattr(owner, part.column))
        if owner
        else "",
    )


def _combined_kind(first: str, last: str) -> str:
    """Return what the first and the last of several steps come to."""
    if first in ("added", "moved here"):
        return first if last == "changed" else last if last != first else first
    return last if last != "changed" else first


def field_changes(before, after, fields: list[models.Field], labels: ValueLabels) -> Iterator[Change]:
    """Yield the fields that differ between two rows of the history; None: the row is not there."""
    for field in fields:
        if before is not None and after is not None:
            if getattr(before, field.attname) != getattr(after, field.attname):
                yield _field_change(field, labels.display(before, field), labels.display(after, field))
        elif (row := before if before is not None else after) is not None and _is_set(row, field):
            text = shorten(labels.display(row, field))
            yield Change(field_label(field), text, "") if after is None else Change(field_label(field), "", text)


def _is_set(row, field: models.Field) -> bool:
    return getattr(row, field.attname) not in (None, "", field.get_default())


def _field_change(field: models.Field, before: str, after: str) -> Change:
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    pieces = short_diff(before, after) if is_text and before and after else []
    return Change(field_label(field), shorten(before), shorten(after), tuple(pieces))


def _heading(group: list[_Step], records: list[Record]) -> str:
    """Return the save in a few words: the move of the row itself before all else."""
    own_steps: list[_Step] = [step for step in group if step.part.key == "id"]
    if own_steps and own_steps[-1].kind == "deleted":
        return "Deleted"
    entered = bool(own_steps) and own_steps[0].kind == "added"
    if move := _status_heading(own_steps):
        return f"Entered and {move[0].lower()}{move[1:]}" if entered else move
    came = [record.other for record in records if record.kind == "moved here"]
    if came:
        return f"Took over from “{came[0]}”"
    return "Entered" if entered else "Changed"


def _status_heading(own_steps: list[_Step]) -> str:
    """Return how the state of the row moved; empty: it did not, or there is none."""
    before, after = (getattr(own_steps[where].row, "status", "") if own_steps else "" for where in (0, -1))
    if own_steps and own_steps[0].before is not None and own_steps[0].kind == "changed":
        before = getattr(own_steps[0].before, "status", "")
    return STATUS_HEADINGS.get(after, "") if before != after else ""
