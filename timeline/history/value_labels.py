"""Values of the history as people read them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import formats

from timeline import dates

from .word_diff import shorten


class RowFields(NamedTuple):
    """A row of the history with the fields to display."""

    row: models.Model
    fields: list[models.Field]


class ValueLabels:
    """Displays values; knows the names of all related rows. One query a model."""

    def __init__(self, rows: Iterable[RowFields], more: dict[type[models.Model], set] | None = None):
        keys: dict[type[models.Model], set] = {model: set(those) for model, those in (more or {}).items()}
        for row, fields in rows:
            for field in fields:
                if field.is_relation:
                    keys.setdefault(field.related_model, set()).add(getattr(row, field.attname))
        self.names = {model: _row_names(model, those - {None}) for model, those in keys.items() if those - {None}}

    def display(self, row: models.Model, field: models.Field) -> str:
        value = getattr(row, field.attname)
        if field.name == "edtf" and value:
            return dates.parse(value).display
        if field.is_relation:
            return self.name(field.related_model, value)
        return dict(field.flatchoices).get(value) or display_value(value)

    def name(self, model: type[models.Model], key: int | None) -> str:
        """Return what a row is called; "deleted" where there is none any more, empty for none."""
        return "" if key is None else self.names.get(model, {}).get(key, "deleted")

    def username(self, key: int | None) -> str:
        return self.name(get_user_model(), key)


def display_value(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{formats.date_format(value, 'DATETIME_FORMAT')} UTC"
    if isinstance(value, dt.date):
        return formats.date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)


def field_label(field: models.Field) -> str:
    """Return "Date as stated"."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _row_names(model: type[models.Model], keys: set) -> dict[int, str]:
    """Return names by primary key; one query, which leaves a briefing's long text where it is."""
    columns = {field.name for field in model._meta.fields}
    naming = next(name for name in ("name", "title", "quote", "username") if name in columns)
    pairs = model._base_manager.filter(pk__in=keys).values_list("pk", naming)
    return {key: shorten(f"“{name}”" if naming == "quote" else name, 120) for key, name in pairs}
