"""One form of those that were sent in: what was typed into it, and how it compares with a state of its row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import formats, timezone

from timeline import history
from timeline.admin.lists.lookup_whitelist import ROW_ID
from timeline.history.changes_since import Edit, RowPair, compare_rows, list_edits, row_histories, usernames
from timeline.history.value_labels import ValueLabels, display_value


def related_keys(forms: Iterable["BoundForm"]) -> dict[type[models.Model], set]:
    """Return the primary keys of the rows that are selected in these forms, by model."""
    keys: dict[type[models.Model], set] = {}
    for typed in forms:
        for field in typed.fields:
            if field.is_relation:
                keys.setdefault(field.related_model, set()).add(typed.related_key(field))
    return keys


@dataclass(frozen=True, slots=True)
class BoundForm:
    """A bound form, not yet cleaned."""

    form: forms.ModelForm
    model: type[models.Model]
    owner: str = ""  # the foreign key to the row whose form it is in; empty: the form of that row itself

    @property
    def fields(self) -> list[models.Field]:
        """Return the fields of the table that the form edits."""
        columns = {field.name: field for field in self.model._meta.concrete_fields if not field.primary_key}
        return [columns[name] for name in self.form.fields if name in columns and name != self.owner]

    @property
    def key(self) -> int | None:
        """Return the primary key of the row, as sent in; None: a new one."""
        return _key(self.form.data.get(self.form.add_prefix(self.model._meta.pk.name)))

    @property
    def is_deleted(self) -> bool:
        field = forms.BooleanField(required=False)
        sent = field.widget.value_from_datadict(self.form.data, {}, self.form.add_prefix(DELETION_FIELD_NAME))
        return bool(sent)

    def raw(self, field: models.Field) -> Any:
        return self.form[field.name].data

    def differs(self, field: models.Field, row: models.Model | None) -> bool:
        """Return whether something else was typed than this row of the history, or an empty form, holds."""
        if row is None:
            value = self.form.get_initial_for_field(self.form.fields[field.name], field.name)
        else:
            value = getattr(row, field.attname)
        return self.form.fields[field.name].has_changed(value, self.raw(field))

    def related_key(self, field: models.Field) -> int | None:
        """Return the primary key of the selected row; None: no row is selected, or the value is not a key."""
        return _key(self.raw(field))

    def words(self, field: models.Field, names: ValueLabels) -> str:
        """Return what was typed as it will be displayed; unchanged where it is not valid. No query: `names` knows the
        selected rows."""
        if field.is_relation:
            return names.name(field.related_model, self.related_key(field))
        raw = self.raw(field)
        try:
            value = self.form.fields[field.name].clean(raw)
        except ValidationError:
            return str(raw or "")
        return str(dict(field.flatchoices).get(value, "")) or display_value(value)

    def put(self, data: QueryDict, field: models.Field, row: models.Model) -> None:
        """Write the value that this row of the history holds into data that is sent in."""
        bound = self.form.fields[field.name]
        formatted = bound.widget.format_value(bound.prepare_value(getattr(row, field.attname)))
        text = formatted[0] if isinstance(formatted, list) and formatted else formatted
        data[self.form.add_prefix(field.name)] = "" if text is None or text == [] else str(text)


def _key(sent: Any) -> int | None:
    """Return a primary key as a form sends it; None: it is none."""
    text = str(sent or "")
    return int(text) if ROW_ID.fullmatch(text) else None


# What others changed beside what was typed, field by field, and the page that shows it where no form can.


@dataclass(frozen=True, slots=True)
class Line:
    """One field."""

    field: str
    before: str  # when the form was opened
    now: str
    typed: str  # what is in the form that was sent in
    is_theirs: bool  # changed by somebody else since the form was opened
    is_mine: bool  # changed in the form
    by: Edit | None  # who changed it

    @property
    def differs(self) -> bool:
        """Return whether both changed it, and not to the same."""
        return self.is_theirs and self.is_mine and self.typed != self.now


@dataclass(frozen=True, slots=True)
class Row:
    """A row inside the form, or the row of the form itself."""

    what: str  # "citation"; empty: the row of the form itself
    name: str
    theirs: str  # added, changed, deleted; empty: nobody else touched it
    mine: str  # the same of the form that was sent in
    by: Edit | None
    lines: list[Line]

    @property
    def their_lines(self) -> list[Line]:
        return [line for line in self.lines if line.is_theirs]

    @property
    def my_lines(self) -> list[Line]:
        return [line for line in self.lines if line.is_mine]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What others did to a row, and what was typed, since the form was opened."""

    message: str
    edits: list[Edit]
    rows: list[Row]

    @property
    def theirs(self) -> list[Row]:
        return [row for row in self.rows if row.theirs]

    @property
    def mine(self) -> list[Row]:
        return [row for row in self.rows if row.mine]


def changed_by(edits: list[Edit], name: str, did: str = "changed") -> str:
    """Return "Ada and Bela changed this event, last on 3 May 2026, 10:32"; `edits`: the last first."""
    who = list(dict.fromkeys(edit.who or "a command" for edit in edits)) or ["somebody else"]
    names = " and ".join(filter(None, [", ".join(who[:-1]), who[-1]]))
    if not edits:
        return f"{names} {did} this {name}"
    at = formats.date_format(timezone.localtime(edits[0].at), "DATETIME_FORMAT")
    return f"{names} {did} this {name}{', last' if len(edits) > 1 else ''} on {at}"


def unsaved_page(
    table, request: HttpRequest, row: models.Model | None, message: str, rows: Sequence[Row], status: int
) -> HttpResponse:
    """Show what was typed, beside what is in the row now. `row` None: it is deleted."""
    context = table.admin_site.each_context(request) | {
        "title": "Not saved, not lost",
        "subtitle": str(row or "deleted"),
        "object": row,
        "opts": table.opts,
        "message": message,
        "rows": [conflict_row for conflict_row in rows if conflict_row.mine],
        "into": getattr(row, "merged_into", None),
        "notices": table.notices(request, row) if row else [],
    }
    return TemplateResponse(request, "admin/timeline/unsaved.html", context, status=status)


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What others changed in a row since a page showed it."""

    message: str
    edits: list[Edit]
    records: list[history.Record]


def changes_since_seen(row: models.Model, parts: tuple[history.Part, ...], token: str) -> ChangesSince:
    """Return the changes since the version that the token names."""
    last = history.seen_history_ids(token, parts)
    name = row._meta.verbose_name
    if last is None:
        return ChangesSince(f"Nothing was changed: this page does not say which version you saw of the {name}.", [], [])
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
