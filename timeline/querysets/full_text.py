"""Rows whose folded words hold what is searched (see timeline.text.folding): by an index on SQLite, see migration 0016."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.db import connections
from django.db.models import BooleanField, F, Func, Manager, OuterRef, Q, QuerySet, Subquery, TextField, Value

from timeline.text.folding import fold


def contains_terms(rows: QuerySet, terms: Iterable[str], *columns: str, key: str = "pk") -> Q:
    """Return the condition that every term stands in one of these columns, which are all that is indexed of the table. A term
    is folded (see folding.terms) or, from a list of the desk, as it was typed: then its last word may go on.

    PostgreSQL reads the columns of every row.
    """
    folded = [term if term.startswith(" ") else fold(term).rstrip() for term in terms]
    if not all(folded):
        return Q(pk__in=[])  # a term without a letter or digit
    if connections[rows.db].vendor == "sqlite":
        query = " AND ".join(map(_match_query, folded))
        return Q(_MatchesIndex(F(key), Value(query), index=f"{rows.model._meta.db_table}_index"))
    condition = Q()
    for term in folded:
        condition &= _in_any_column(columns, term)
    return condition


def _in_any_column(columns: Iterable[str], term: str) -> Q:
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__contains": term})
    return condition


class _MatchesIndex(Func):
    """Whether a key is among those that an index finds."""

    template = "%(expressions)s IN (SELECT rowid FROM %(index)s WHERE %(index)s MATCH %(query)s)"
    output_field = BooleanField()

    def as_sql(self, compiler, connection, *args, **context):
        key, query = self.get_source_expressions()
        (key_sql, key_values), (query_sql, query_values) = compiler.compile(key), compiler.compile(query)
        parts = {"expressions": key_sql, "query": query_sql, "index": self.extra["index"]}
        return self.template % parts, [*key_values, *query_values]


def _match_query(term: str) -> str:
    """Return the term in the query language of the index: a phrase, whose last word may go on."""
    return f'"{term.strip()}"{"" if term.endswith(" ") else " *"}'


# Rows that belong to a row, aggregated by the database as JSON and read with it: one query for all of them.

Row = list[
    Any
]  # texts, whole numbers and None, which JSON knows; moments and decimals would come as texts or numbers without their kind


class _JsonRows(Func):
    """The expressions, of all rows of the query together, as the text of a JSON list of lists in no certain order."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="json_group_array(json_array(%(expressions)s))", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="json_agg(json_build_array(%(expressions)s))::text", **context
        )


def json_rows(rows: QuerySet | Manager, owner: str, *names: str) -> Subquery:
    """Return an annotation for `load_json_rows`: these columns of the rows whose `owner` is the row that is read."""
    related = rows.filter(**{owner: OuterRef("pk")}).order_by()
    return Subquery(related.annotate(gathered=_JsonRows(*names)).values("gathered"))


def load_json_rows(text: str | None) -> Iterable[Row]:
    """Return the rows of an annotation, in the order of their first columns, which must not be alike in two of them."""
    rows = orjson.loads(text) if text else []
    return sorted(rows) if len(rows) > 1 else rows
