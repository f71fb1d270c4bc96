"""One table and its history, written past `save()` by the shortest statements: the rows hold all derived columns already."""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, cast

from django.db import connection, models

from timeline.database.shards import batches
from timeline.database.statements import Statement, statement
from timeline.models.history_field import ChangeClass
from timeline.models.validators import ID_ALPHABET, ID_LENGTH


@dataclass(frozen=True)
class WriteContext:
    at: dt.datetime  # UTC, of every row of the history
    reason: str
    by: int | None  # primary key of the account; None: a command
    change_class: str = ChangeClass.UPDATE

    @cached_property
    def moment(self):
        """Return the moment as this database takes it."""
        return connection.ops.adapt_datetimefield_value(self.at)


Row = dict[str, Any]  # column -> value as the database takes it; days and clock times as ISO text


class Table:
    """Inserts, updates and deletes rows of a model. Nothing is derived, validated or counted here: whoever uses it does.

    The history is copied from the table by the database, so that it is what was written.
    """

    def __init__(self, model: type[models.Model], together: WriteContext):
        self.model, self.together = model, together
        self.table = model._meta.db_table
        self.pk = cast(str, model._meta.pk.column)  # no table here has a key of several
        fields = [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]
        self.columns = [cast(str, field.column) for field in fields]
        self.defaults = {field.column: _default(field) for field in fields}
        self._values = itemgetter(self.pk, *self.columns)
        self.history = getattr(model, "history", None)
        self._last: int | None = None  # highest key given out; SQLite only

    def insert(self, rows: Sequence[Row], keys: list[int] | None = None) -> list[int]:
        """Insert rows, and say so in the history. Columns that a row leaves out have their default. Return the keys,
        which may have been reserved before."""
        if not rows:
            return []
        keys = keys or self.reserve(len(rows))
        whole = [self._values(self.defaults | row | {self.pk: key}) for key, row in zip(keys, rows, strict=True)]
        columns = [self.pk, *self.columns]
        inserted = "INSERT INTO {table} ({columns}) VALUES ({places})"
        with connection.cursor() as cursor:
            cursor.executemany(statement(inserted, table=self.table, columns=columns, places=len(columns)), whole)
        self.record_history(keys, "+")
        return keys

    def update(self, rows: Sequence[Row], *, with_history: bool = True) -> None:
        """Set columns of rows, each with its primary key; all rows have the same ones. The history records it, unless
        it does not track these columns."""
        if not rows:
            return
        columns = [column for column in rows[0] if column != self.pk]
        settings = Statement(", ".join(statement("{column} = %s", column=column) for column in columns))
        updated = statement("UPDATE {table} SET {set} WHERE {key} = %s", table=self.table, set=settings, key=self.pk)
        values = itemgetter(*columns, self.pk)
        with connection.cursor() as cursor:
            cursor.executemany(updated, list(map(values, rows)))
        if with_history:
            self.record_history([row[self.pk] for row in rows], "~")

    def delete(self, keys: Sequence[int]) -> None:
        """Delete rows, and keep in the history what they were. What refers to them is another table's matter."""
        self.record_history(keys, "-")
        for some in batches(list(keys)):
            models.QuerySet(self.model).filter(pk__in=some)._raw_delete(connection.alias)

    def record_history(self, keys: Sequence[int], kind: str) -> None:
        """Copy the rows into the history: "+" created, "~" changed, "-" deleted."""
        if self.history is None:
            return
        model = self.history.model
        tracked = [field.column for field in model.tracked_fields]
        names = [*tracked, "history_date", "history_change_reason", "history_type", "history_user_id"]
        names += ["change_class", "reason_withheld"]
        copied = (
            "INSERT INTO {history} ({names}) SELECT {tracked}, {shared} FROM {table} WHERE {key} IN ({keys}) ORDER BY 1"
        )
        parts = {"history": model._meta.db_table, "names": names, "tracked": tracked, "shared": Statement(_shared())}
        parts |= {"table": self.table, "key": self.pk}
        together = self.together
        shared = [together.moment, together.reason, kind, together.by, str(together.change_class), False]
        with connection.cursor() as cursor:
            for some_keys in batches(list(keys)):
                cursor.execute(statement(copied, **parts, keys=len(some_keys)), [*shared, *some_keys])

    def reserve(self, count: int) -> list[int]:
        """Return so many primary keys that nobody else gets, rising."""
        if connection.vendor == "sqlite":  # one writer at a time; the table keeps its highest key itself
            if self._last is None:
                self._last = self._highest()
            self._last += count
            return list(range(self._last + 1 - count, self._last + 1))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(self.table), self.pk, count],
            )
            return sorted(key for (key,) in cursor.fetchall())

    def _highest(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self.model._meta.db_table])
            return (cursor.fetchone() or [0])[0]


def _default(field: models.Field) -> Any:
    if field.has_default():
        return field.get_default() if not callable(field.default) else None  # what is drawn again each time is given
    return "" if field.empty_strings_allowed and not field.null and not field.is_relation else None


def _shared() -> str:
    """Return the placeholders of what all rows share. PostgreSQL needs their types."""
    if connection.vendor == "sqlite":
        return "%s, %s, %s, %s, %s, %s"
    return (
        "CAST(%s AS timestamptz), CAST(%s AS text), CAST(%s AS varchar), CAST(%s AS integer), CAST(%s AS varchar), "
        "CAST(%s AS boolean)"
    )


def ranges(keys: Iterable[int]) -> list[list[int]]:
    """Return keys as pairs of the first and the last of those that follow each other."""
    pairs: list[list[int]] = []
    for key in sorted(keys):
        if pairs and pairs[-1][1] == key - 1:
            pairs[-1][1] = key
        else:
            pairs.append([key, key])
    return pairs


_TABLE = bytes(ord(ID_ALPHABET[byte % len(ID_ALPHABET)]) for byte in range(256))  # 256 is a multiple of 32


def public_ids(count: int) -> list[str]:
    text = secrets.token_bytes(count * ID_LENGTH).translate(_TABLE).decode()
    return [text[start : start + ID_LENGTH] for start in range(0, len(text), ID_LENGTH)]
