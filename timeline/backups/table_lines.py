"""The rows of a table as lines of JSON and back, the same from SQLite and PostgreSQL, and their digest.

Rows are read and written past `save()`: moments, derived columns and histories come back as they were. What a database
computes by itself, generated columns and the index of words, is not written.
"""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction

from timeline.database.statements import statement

LOT = 2_000  # rows read or written at once
LEFT_OUT = {"sessions.Session"}  # after a restore everybody signs in again


def backed_up_models() -> list[type[models.Model]]:
    """Return the models whose rows are in a backup, each table once, by name."""
    tables = {model._meta.label: model for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    return [tables[label] for label in sorted(tables.keys() - LEFT_OUT)]


def stored_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


@dataclass(slots=True)
class Digest:
    """What proves the rows of a table: their number, and the SHA-256 of their lines in the order of the primary key."""

    rows: int
    sha256: str


class Lines:
    """The lines of a table, whose digest is known once all have been read."""

    def __init__(self, model: type[models.Model], alias: str):
        self.model, self.alias, self.rows, self.sha256 = model, alias, 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        names = [field.attname for field in stored_fields(self.model)]
        rows = self.model._base_manager.using(self.alias).order_by("pk").values_list(*names)
        for row in rows.iterator(chunk_size=LOT):
            line = (json.dumps(row, default=_plain, sort_keys=True, ensure_ascii=False) + "\n").encode()
            self.rows += 1
            self.sha256.update(line)
            yield line

    @property
    def digest(self) -> Digest:
        return Digest(self.rows, self.sha256.hexdigest())


def _plain(value: Any) -> str:
    """Return what JSON has no form for, as text from which the field reads it again."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"No line holds a {type(value).__name__}.")


def count_and_digest(model: type[models.Model], alias: str) -> Digest:
    lines = Lines(model, alias)
    for _ in lines:
        pass
    return lines.digest


def load(model: type[models.Model], lines: Iterable[bytes], alias: str) -> None:
    """Insert the rows as they are. To be called in a transaction: keys to other tables are checked at its end."""
    fields, remaining = stored_fields(model), iter(lines)
    at_once = min(LOT, connections[alias].ops.bulk_batch_size([field.attname for field in fields], range(LOT)))
    while lot := list(islice(remaining, at_once)):
        rows = [_row(model, fields, json.loads(line)) for line in lot]
        model._base_manager.using(alias)._insert(rows, fields=fields, using=alias, raw=True)  # type: ignore[attr-defined]


def _row(model: type[models.Model], fields: list[models.Field], values: list) -> models.Model:
    return model(**{field.attname: field.to_python(value) for field, value in zip(fields, values, strict=True)})


def clear(alias: str) -> None:
    """Remove what migrations wrote into new tables, and on PostgreSQL whatever is there."""
    connection = connections[alias]
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement("TRUNCATE {tables} CASCADE", alias, tables=tables))
        else:
            for table in tables:
                cursor.execute(statement("DELETE FROM {table}", alias, table=table))


def set_next_keys(alias: str) -> None:
    """Have new rows numbered behind those that were loaded. No statement on SQLite, which looks by itself."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), backed_up_models()):
            cursor.execute(statement)


# A state of the database that is still while it is read

COPY = "backup_copy"  # alias


@contextmanager
def one_state(alias: str = "default") -> Iterator[str]:
    """Give the alias of a database that nobody changes: on PostgreSQL one transaction that sees one state, on SQLite a copy,
    made in one step, so that writers wait only for it."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield alias
        return
    with TemporaryDirectory(prefix="tracker-backup-") as folder:
        path = Path(folder) / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        with opened(COPY, connection.settings_dict | {"NAME": str(path)}):
            yield COPY


@contextmanager
def opened(alias: str, database: dict) -> Iterator[None]:
    """Have Django know a database under an alias."""
    connections.settings[alias] = database
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]
