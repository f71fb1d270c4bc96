"""Rows that belong to a row, aggregated by the database as JSON and read with it: one query for all of them."""

from collections.abc import Iterable

import orjson
from django.db.models import Func, OuterRef, QuerySet, Subquery, TextField

Row = list[str | int | None]  # what JSON knows; moments and decimals would come as texts or numbers without their kind


class _JsonRows(Func):
    """The expressions, of all rows of the query together, as the text of a JSON list of lists in no certain order."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="json_group_array(json_array(%(expressions)s))", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="json_agg(json_build_array(%(expressions)s))::text", **context
        )


def json_rows(rows: QuerySet, owner: str, *names: str) -> Subquery:
    """Return an annotation for `load_json_rows`: these columns of the rows whose `owner` is the row that is read."""
    related = rows.filter(**{owner: OuterRef("pk")}).order_by()
    return Subquery(related.annotate(gathered=_JsonRows(*names)).values("gathered"))


def load_json_rows(text: str | None) -> Iterable[Row]:
    """Return the rows of an annotation, in the order of their first columns, which must not be alike in two of them."""
    rows = orjson.loads(text) if text else []
    return sorted(rows) if len(rows) > 1 else rows
