"""Restore an earlier state of a row and of its parts, as a new change that obeys the current rules."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import formats, timezone

from timeline import history
from timeline.database.transactions import take_write_lock
from timeline.evidence.choices import OPPOSING_ACTS
from timeline.models import Briefing, Citation, Event
from timeline.models.history_field import ChangeClass

from .change_reason import reason_for_change
from .changes_since import RowPair, compare_rows

# Columns that come back with the quote they belong to
RESTORED_WITH_QUOTE = {Citation: ("public_id", "prefix", "suffix", "start", "end", "state")}


@dataclass
class Restoration:
    """The state of a row, and of its parts, as it was at a moment (UTC)."""

    row: models.Model
    parts: tuple[history.Part, ...]
    at: dt.datetime

    @cached_property
    def tables(self) -> list[history.Part]:
        return [history.Part(type(self.row), "id", ()), *self.parts]

    @cached_property
    def changes(self) -> list[tuple[RowPair, history.Record]]:
        """Return what has to change, the row itself first. Two queries for each table, and one for each pointed to."""
        return compare_rows(self._pairs(), restored_fields)

    @cached_property
    def staying(self) -> list[models.Model]:
        """Return the parts that came here from another row by merging: they are nobody else's, and stay."""
        return [now for part in self.parts for now in self._came_later(part)]

    def obstacles(self) -> list[str]:
        """Return in words what cannot be brought back; empty: all can. One query for each table that is pointed to."""
        if getattr(self.row, "merged_into_id", None):
            return [f"It became part of “{self.row.merged_into}”: there is nothing here to restore."]
        if not self._then(self.tables[0]):
            return ["It did not exist at that moment."]
        return [*self._other_text(), *self._gone(), *self._elsewhere()]

    def _other_text(self) -> list[str]:
        """Return the refusal to exchange the text under its citations unseen."""
        [then] = self._then(self.tables[0])
        if isinstance(self.row, Briefing) and then.text_sha256 != self.row.text_sha256:
            return ["Its text was different then. Paste that text in the source’s form, which shows what moves."]
        return []

    @transaction.atomic
    def apply(self, reason: str, confirm: Callable[[], None] = lambda: None) -> None:
        """Restore, with one reason and one moment. `confirm` is called once the row is locked, and may raise.

        Raises ValidationError where something cannot be brought back or the outcome breaks a rule; nothing is written.
        """
        take_write_lock()
        type(self.row)._base_manager.select_for_update(no_key=True).filter(pk=self.row.pk).values_list("pk").first()
        confirm()
        for name in ("changes", "staying"):
            self.__dict__.pop(name, None)
        if obstacles := self.obstacles():
            raise ValidationError(obstacles)
        full_reason = f"Restored the state of {moment_in_words(self.at)}" + (f": {reason}" if reason else "")
        with reason_for_change(full_reason, change_class=ChangeClass.CORRECTION):
            self._write([pair for pair, _ in self.changes])

    def _write(self, pairs: list[RowPair]) -> None:
        for pair in sorted(pairs, key=_order):
            self.row.refresh_from_db()  # its parts count its evidence
            self._write_row(pair)
        self.row.refresh_from_db()
        is_public = isinstance(self.row, Event) and self.row.is_public
        if is_public and (obstacles := self.row.obstacles()):
            raise ValidationError(["As it was then, the event could not be published.", *obstacles])

    def _write_row(self, pair: RowPair) -> None:
        model = pair.part.model
        if pair.after is None:
            model._base_manager.get(pk=pair.before.id).delete()
            return
        row = self.row if pair.part.key == "id" else model._base_manager.filter(pk=pair.after.id).first()
        row = row or model(pk=pair.after.id)
        for field in [*restored_fields(pair.part), *_restored_with_quote(model)]:
            setattr(row, field.attname, _current_target(field, getattr(pair.after, field.attname)))
        if pair.part.key != "id":
            setattr(row, pair.part.column, self.row.pk)
        derived = {field.name for field in model._meta.fields if not field.editable}
        row.full_clean(exclude=derived, validate_unique=False, validate_constraints=False)
        row.save()

    def _pairs(self) -> Iterable[RowPair]:
        stays = {(type(row), row.id) for row in self.staying}
        for part in self.tables:
            now, then = ({row.id: row for row in rows} for rows in (self._now(part), self._then(part)))
            elsewhere = {row.id for row in self._moved(part)}
            for key in dict.fromkeys([*then, *now]):
                if key not in elsewhere and (part.model.history.model, key) not in stays:
                    yield RowPair(part, now.get(key), then.get(key))

    def _now(self, part: history.Part) -> list[models.Model]:
        return self._stood(part, dt.datetime.max.replace(tzinfo=dt.UTC))

    def _then(self, part: history.Part) -> list[models.Model]:
        return self._stood(part, self.at)

    def _stood(self, part: history.Part, at: dt.datetime) -> list[models.Model]:
        known = self.__dict__.setdefault("_known", {})
        if (part, at) not in known:
            known[part, at] = history.rows_as_of(part, self.row.pk, at)
        return known[part, at]

    def _came_later(self, part: history.Part) -> list[models.Model]:
        """Return the rows that were not here then and had belonged to another before. One query."""
        then = {row.id for row in self._then(part)}
        new = {row.id: row for row in self._now(part) if row.id not in then}
        others = part.model.history.filter(id__in=new).exclude(**{part.column: self.row.pk}).order_by()
        return [new[key] for key in others.values_list("id", flat=True).distinct()]

    def _moved(self, part: history.Part) -> list[models.Model]:
        """Return the rows that were here then, and belong to another now."""
        if part.key == "id":
            return []
        then = {row.id: row for row in self._then(part)}
        others = part.model._base_manager.filter(pk__in=then).exclude(**{part.column: self.row.pk})
        return [then[key] for key in others.values_list("pk", flat=True)]

    def _elsewhere(self) -> list[str]:
        count = sum(len(self._moved(part)) for part in self.parts)
        return [f"{count} of its lines belong to another row now, to which they were moved."] if count else []

    def _gone(self) -> list[str]:
        """Return what the earlier state points to and is not there any more."""
        wanted: dict[models.Field, set[int]] = {}
        for pair, _ in self.changes:
            for field in restored_fields(pair.part) if pair.after is not None else ():
                if field.is_relation and not field.null and getattr(pair.after, field.attname) is not None:
                    wanted.setdefault(field, set()).add(getattr(pair.after, field.attname))
        refusals = []
        for field, keys in wanted.items():
            there = set(field.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
            if keys - there:
                name = field.related_model._meta.verbose_name
                refusals.append(
                    f"{len(keys - there)} {name} that it names was deleted since, and cannot be named again."
                )
        return refusals


def _order(pair: RowPair) -> int:
    """Return when to write a row: a line that goes must not be in the way of its like, and at no moment may a published
    event be without support. What denies can support what the event claims then; what does not can never speak against it."""
    is_evidence = pair.part.model is Citation
    if pair.after is None:
        return 5 if is_evidence else 0
    if is_evidence:
        return 4 if pair.after.act in OPPOSING_ACTS else 1
    return 3 if pair.part.key == "id" else 2


def restored_fields(part: history.Part) -> list[models.Field]:
    """Return the fields of a table that somebody fills in: what follows from them, and the state, is not brought back."""
    return [field for field in part.tracked_fields() if field.editable]


def _restored_with_quote(model: type[models.Model]) -> list[models.Field]:
    return [model._meta.get_field(name) for name in RESTORED_WITH_QUOTE.get(model, ())]


def _current_target(field: models.Field, value):
    """Return the value; the merge target where it points to a merged row, None where it points to a deleted row."""
    if not field.is_relation or value is None:
        return value
    row = field.related_model._base_manager.filter(pk=value).first()
    if row is None:
        return None
    return getattr(row, "merged_into_id", None) or row.pk


def moment_in_words(at: dt.datetime) -> str:
    return f"{formats.date_format(timezone.localtime(at), 'DATETIME_FORMAT')} UTC"
