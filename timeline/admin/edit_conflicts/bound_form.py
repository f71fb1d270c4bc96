"""One form of those that were sent in: what was typed into it, and how it compares with a state of its row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

from timeline.admin.lists.lookup_whitelist import ROW_ID
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
    owner: str = ""  # the foreign key to the row whose form it stands in; empty: the form of that row itself

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
