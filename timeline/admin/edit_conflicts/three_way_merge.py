"""A three-way merge: the version a form was opened with, the current version, and what was typed."""

from collections.abc import Iterator
from itertools import chain

from django.db import models
from django.http import QueryDict

from timeline.admin.edit_conflicts.bound_form import Conflict, Line, Row
from timeline.history import Part
from timeline.history.changes_since import RowHistory, edit_from, list_edits, row_histories, usernames
from timeline.history.value_labels import RowFields, ValueLabels, field_label

from .bound_form import BoundForm, related_keys


class ThreeWayMerge:
    """A submitted form merged with the current row. `data`: the form to continue with, in which a field that only
    somebody else changed has the new value."""

    def __init__(
        self,
        own_form: BoundForm,
        formsets: list,
        row: models.Model,
        parts: list[Part],
        seen: list[int],
        sent: QueryDict,
    ):
        self.data = sent.copy()
        self.own_form, self.formsets = own_form, formsets
        self.histories = row_histories([Part(type(row), "id", ()), *parts], row.pk, seen)
        newer = [changed for row_history in self.histories for changed in row_history.newer]
        self.names = usernames(newer)
        self.labels = ValueLabels(
            self._named(), related_keys([own_form, *(typed for formset in formsets for typed in _bound_forms(formset))])
        )
        self.edits = list_edits(newer, self.names)

    def conflict(self, message: str) -> Conflict:
        """Return both changes side by side, and complete `data`."""
        rows: list[Row] = []
        for row_history in (row_history for row_history in self.histories if row_history.part.key == "id"):
            rows.append(self._row(row_history, self.own_form, self.own_form))
            self._take(row_history, self.own_form)
        for formset in self.formsets:
            rows += self._rows(formset)
        return Conflict(message, self.edits, [row for row in rows if row.theirs or row.mine])

    def _named(self) -> Iterator[RowFields]:
        for row_history in self.histories:
            fields = row_history.part.tracked_fields()
            yield from (RowFields(row, fields) for row in (row_history.then, row_history.now) if row is not None)

    def _rows(self, formset) -> Iterator[Row]:
        """Yield the rows of one formset, and write them into `data` again: first those that exist now."""
        forms = _bound_forms(formset)
        sent = {typed.key: typed for typed in forms if typed.key}
        stored = [row.pk for row in formset.get_queryset()]
        histories = {
            row_history.key: row_history for row_history in self.histories if row_history.part.model is formset.model
        }
        empty = BoundForm(formset.empty_form, formset.model, formset.fk.name)
        lines = _FormsetData(self.data, formset)
        for key in dict.fromkeys([*stored, *histories]):
            if key in histories:
                yield self._row(histories[key], sent.get(key), empty)
                self._carry(lines, histories[key], sent.get(key), empty)
            elif key in sent:
                lines.keep(sent[key])
        for typed in (form for form in forms if not form.key):
            lines.add(typed)
            if not typed.is_deleted and any(typed.differs(field, None) for field in typed.fields):
                yield self._new(typed)
        lines.write()

    def _row(self, row_history: RowHistory, typed: BoundForm | None, empty: BoundForm) -> Row:
        fields = (typed or empty).fields
        if row_history.part.key == "id":  # its state, too, which no field of the form holds
            fields += [field for field in row_history.part.tracked_fields() if field.name not in empty.form.fields]
        lines = (
            [self._line(row_history, typed, field) for field in fields] if row_history.then or row_history.now else []
        )
        is_own_row = row_history.part.key == "id"
        last = row_history.last_change()
        return Row(
            what="" if is_own_row else str(row_history.part.model._meta.verbose_name),
            name="" if is_own_row else self._name(row_history),
            theirs=_their_change(row_history, typed, lines),
            mine=_my_change(typed, lines),
            by=edit_from(last, self.names) if last is not None else None,
            lines=[line for line in lines if line.is_theirs or line.is_mine],
        )

    def _line(self, row_history: RowHistory, typed: BoundForm | None, field: models.Field) -> Line:
        then, now = row_history.then, row_history.now
        is_theirs, is_mine = _who_changed(row_history, typed, field)
        by = row_history.last_change(field.attname) if is_theirs and now else None
        now_words = self.labels.display(now, field) if now else ""
        return Line(
            field=field_label(field),
            before=self.labels.display(then, field) if then else "",
            now=now_words,
            typed=""
            if not is_mine
            else typed.words(field, self.labels)
            if not now or typed.differs(field, now)
            else now_words,
            is_theirs=is_theirs,
            is_mine=is_mine,
            by=edit_from(by, self.names) if by is not None else None,
        )

    def _name(self, row_history: RowHistory) -> str:
        row, part = row_history.now or row_history.then, row_history.part
        return ", ".join(
            self.labels.display(row, field) for field in part.tracked_fields() if field.name in part.named_by
        )

    def _new(self, typed: BoundForm) -> Row:
        filled = [field for field in typed.fields if typed.differs(field, None)]
        lines = [
            Line(field_label(field), "", "", typed.words(field, self.labels), False, True, None) for field in filled
        ]
        return Row(str(typed.model._meta.verbose_name), "", "", "added", None, lines)

    def _carry(self, lines: "_FormsetData", row_history: RowHistory, typed: BoundForm | None, empty: BoundForm) -> None:
        """Put a row into the form that comes back. A row that is deleted, and was changed in the form, becomes a new one."""
        if row_history.now is None:
            if (
                typed
                and not typed.is_deleted
                and any(_who_changed(row_history, typed, field)[1] for field in typed.fields)
            ):
                lines.add(typed, is_new=True)
        elif typed is None:
            lines.show(row_history, empty)
        else:
            self._take(row_history, typed)
            lines.keep(typed)

    def _take(self, row_history: RowHistory, typed: BoundForm) -> None:
        """Write into `data` what only somebody else changed."""
        for field in typed.fields:
            if row_history.now is not None and _who_changed(row_history, typed, field) == (True, False):
                typed.put(self.data, field, row_history.now)


def _bound_forms(formset) -> list[BoundForm]:
    return [BoundForm(form, formset.model, formset.fk.name) for form in formset.forms]


class _FormsetData:
    """The rows of one formset as a form sends them, renumbered."""

    def __init__(self, data: QueryDict, formset):
        self.data, self.formset = data, formset
        self.stored: list[dict[str, str]] = []
        self.new: list[dict[str, str]] = []

    def keep(self, typed: BoundForm) -> None:
        self.stored.append(self._of(typed))

    def add(self, typed: BoundForm, *, is_new: bool = False) -> None:
        line = self._of(typed)
        if is_new:
            line = {name: value for name, value in line.items() if name not in self._keys}
        self.new.append(line)

    def show(self, row_history: RowHistory, empty: BoundForm) -> None:
        """Add a row that somebody else added: as a form just opened would send it."""
        data = QueryDict(mutable=True)
        for field in empty.fields:
            empty.put(data, field, row_history.now)
        line = {name.removeprefix(f"{empty.form.prefix}-"): value for name, value in data.items()}
        self.stored.append(line | {self._keys[0]: str(row_history.key), self._keys[1]: str(self.formset.instance.pk)})

    def write(self) -> None:
        prefix = self.formset.prefix
        for name in [name for name in self.data if name.startswith(f"{prefix}-")]:
            if name not in (f"{prefix}-MIN_NUM_FORMS", f"{prefix}-MAX_NUM_FORMS"):
                del self.data[name]
        for number, line in enumerate(chain(self.stored, self.new)):
            for name, value in line.items():
                self.data[f"{prefix}-{number}-{name}"] = value
        self.data[f"{prefix}-INITIAL_FORMS"] = str(len(self.stored))
        self.data[f"{prefix}-TOTAL_FORMS"] = str(len(self.stored) + len(self.new))

    @property
    def _keys(self) -> tuple[str, str]:
        return self.formset.model._meta.pk.name, self.formset.fk.name

    def _of(self, typed: BoundForm) -> dict[str, str]:
        prefix = f"{typed.form.prefix}-"
        return {name.removeprefix(prefix): self.data[name] for name in self.data if name.startswith(prefix)}


def _who_changed(row_history: RowHistory, typed: BoundForm | None, field: models.Field) -> tuple[bool, bool]:
    """Return whether somebody else changed the field, and whether the form does.

    A row that was loaded without a history is not known as it was seen: there, whatever differs counts as both.
    """
    then, now = row_history.then, row_history.now
    if then is None and now is not None and typed and field.name in typed.form.fields:
        differs = typed.differs(field, now)
        return differs, differs
    if then is not None and now is not None:
        is_theirs = getattr(then, field.attname) != getattr(now, field.attname)
    else:
        is_theirs = getattr(then or now, field.attname) not in (None, "", field.get_default())
    is_typed = bool(typed) and not typed.is_deleted and field.name in typed.form.fields
    return is_theirs, is_typed and typed.differs(field, then)


def _their_change(row_history: RowHistory, typed: BoundForm | None, lines: list[Line]) -> str:
    if row_history.then is None and typed is None:
        return "added"
    if row_history.now is None:
        return "deleted"
    return "changed" if any(line.is_theirs for line in lines) else ""


def _my_change(typed: BoundForm | None, lines: list[Line]) -> str:
    if typed is None:
        return ""
    if typed.is_deleted:
        return "deleted"
    return "changed" if any(line.is_mine for line in lines) else ""
