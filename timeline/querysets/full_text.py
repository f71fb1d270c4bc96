"""Rows that hold what is searched, as timeline.text.search_words has the words of each: by an index, see migration 0050."""

from collections.abc import Iterable
from functools import reduce
from itertools import product
from operator import and_
from typing import Any

import orjson
from django.db import connections
from django.db.models import (
    Aggregate,
    BooleanField,
    F,
    Func,
    IntegerField,
    Manager,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.lookups import LessThan

from timeline.database.statements import statement
from timeline.text.search_query import Term, word_term

from . import tables

LONGEST = 1_000_000  # bytes of words; a longer text is not in the index of PostgreSQL, and is read
MANY = 70_000  # rows that a search finds, see `many_hold`; of a million
TOO_LONG = "§§"  # what is in the index in place of the words of such a text: no word


def holds_any(rows: QuerySet, spellings: Iterable[str], *columns: str, key: str = "pk") -> Q:
    """Return the condition that one of these spellings (see search_query.Term) is in one of these columns, which are all
    that is indexed of the table. PostgreSQL reads the rows that have all words of a phrase."""
    looked_for = list(spellings)
    if connections[rows.db].vendor == "sqlite":
        query = " OR ".join(map(_match_query, looked_for))
        return Q(_MatchesIndex(F(key), Value(query), index=f"{rows.model._meta.db_table}_index"))
    by_reading = name_holds_any(looked_for, *columns)
    if all(len(spelling.split()) == 1 for spelling in looked_for):
        by_reading = Q(LessThan(sum(map(_Bytes, columns)), LONGEST)) | by_reading  # in this order: all else is read
    return Q(_HoldsWords(*map(F, columns), Value(_vector_query(looked_for)))) & by_reading


def keys_holding(rows: QuerySet, spellings: Iterable[str], column: str) -> str:
    """Return the primary keys that `holds_any` finds in a whole table, with commas between them: many thousand are read five times as
    fast in one text as in rows. SQLite asks its index alone."""
    connection, index = connections[rows.db], f"{rows.model._meta.db_table}_index"
    if connection.vendor != "sqlite":
        keys = rows.order_by().filter(holds_any(rows, spellings, column))
        return keys.aggregate(keys=_Joined("pk"))["keys"] or ""
    with connection.cursor() as cursor:
        query = " OR ".join(map(_match_query, spellings))
        matched = "SELECT group_concat(rowid) FROM {index} WHERE {index} MATCH %s"
        cursor.execute(statement(matched, rows.db, index=index), [query])
        return cursor.fetchone()[0] or ""


def name_holds_any(spellings: Iterable[str], *columns: str) -> Q:
    """Return the same condition for rows with a name, of which there are few: the columns, `search_text` unless said, are read
    without an index."""
    condition = Q(pk__in=[])
    for column, spelling in product(columns or ("search_text",), spellings):
        condition |= Q(**{f"{column}__contains": spelling})
    return condition


def keys_of_names(spellings: list[str]) -> dict[str, tuple[int, ...]]:
    """Return the primary keys of places, conflicts and types, by the column of events, and of actors ("actor") that hold one of
    these spellings in their names. Four queries."""
    named, tables_of_names = name_holds_any(spellings), {"actor": tables.actors(), **tables.named_of_events()}
    return {
        name: tuple(rows.order_by().filter(named).values_list("pk", flat=True))
        for name, rows in tables_of_names.items()
    }


def events_holding(spellings: list[str], citations: QuerySet) -> QuerySet:
    """Return the primary keys of events that hold one of these spellings. Each table is asked by its own index: a condition
    over all of them at once would read every event."""
    events, named = tables.events().order_by(), name_holds_any(spellings)
    actors = tables.actors().order_by().filter(named).values("pk")
    by_words = events.filter(holds_any(events, spellings, "search_text")).values("pk")
    citations = citations.order_by()
    return by_words.union(
        citations.filter(holds_any(citations, spellings, "quote_search")).values("event"),
        citations.filter(briefing__publisher__in=actors).values("event"),
        tables.participations().order_by().filter(actor__in=actors).values("event"),
        *(
            events.filter(**{f"{name}__in": rows.order_by().filter(named).values("pk")}).values("pk")
            for name, rows in tables.named_of_events().items()
        ),
        all=True,
    )


def holds_typed(rows: QuerySet, words: Iterable[str], *columns: str) -> Q:
    """Return the condition that each of these words, as typed at the desk, is in one of these columns, as `holds_any`. The index of
    SQLite is asked once for all words."""
    if (terms := _terms(words)) is None:
        return Q(pk__in=[])
    if terms and connections[rows.db].vendor == "sqlite":
        return Q(_MatchesIndex(F("pk"), Value(_query_of_all(terms)), index=f"{rows.model._meta.db_table}_index"))
    return reduce(and_, (holds_any(rows, term.spellings, *columns) for term in terms), Q())


def reads_typed(words: Iterable[str], column: str) -> Q:
    """Return the same condition on one column, which is read without an index."""
    if (terms := _terms(words)) is None:
        return Q(pk__in=[])
    return reduce(and_, (name_holds_any(term.spellings, column) for term in terms), Q())


def is_by_key(rows: QuerySet) -> bool:
    """Return whether rows are in the order of their primary keys, in which the first of them are read without the others."""
    return rows.query.order_by[:1] in (("pk",), ("-pk",))


def many_hold(columns: Iterable[tuple[QuerySet, str]], words: Iterable[str]) -> bool:
    """Return whether in one of these tables about MANY rows or more have each of these words in a column: to read rows in the order of
    their list, to see which have them, is quicker then than to look for all. A query for each table."""
    if not (terms := _terms(words)):
        return False
    return any(_count_holding(rows, column, terms) >= MANY for rows, column in columns)


def _count_holding(rows: QuerySet, column: str, terms: list[Term]) -> int:
    """Return how many rows the index of SQLite finds, at most MANY; how many PostgreSQL expects."""
    connection = connections[rows.db]
    if connection.vendor != "sqlite":
        reading = reduce(and_, (name_holds_any(term.spellings, column) for term in terms))
        [plan] = orjson.loads(rows.filter(reading).explain(format="json"))
        return plan["Plan"]["Plan Rows"]
    with connection.cursor() as cursor:
        matched = "SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH %s LIMIT %s)"
        index = f"{rows.model._meta.db_table}_index"
        cursor.execute(statement(matched, rows.db, index=index), (_query_of_all(terms), MANY))
        return cursor.fetchone()[0]


def _terms(words: Iterable[str]) -> list[Term] | None:
    """Return the terms of words as typed; None where one of them has neither letter nor digit."""
    terms = list(map(word_term, words))
    return None if None in terms else [term for term in terms if term]


def _query_of_all(terms: Iterable[Term]) -> str:
    return " AND ".join(f"({' OR '.join(map(_match_query, term.spellings))})" for term in terms)


class _Joined(Aggregate):
    """Whole numbers as one text, with commas between them."""

    template = "string_agg((%(expressions)s)::text, ',')"
    output_field = TextField()


class _MatchesIndex(Func):
    """Whether a key is among those that an index finds."""

    template = "%(expressions)s IN (SELECT rowid FROM %(index)s WHERE %(index)s MATCH %(query)s)"
    output_field = BooleanField()

    def as_sql(self, compiler, connection, *args, **context):
        key, query = self.get_source_expressions()
        (key_sql, key_values), (query_sql, query_values) = compiler.compile(key), compiler.compile(query)
        parts = {"expressions": key_sql, "query": query_sql, "index": self.extra["index"]}
        return self.template % parts, [*key_values, *query_values]


class _Bytes(Func):
    """How long a text is; it is not read for that."""

    function = "octet_length"
    output_field = IntegerField()


class _HoldsWords(Func):
    """Whether columns have words that a `tsquery` asks for, or are too long for their index. The expression is that of the
    index, see migrations/_word_vectors.py: words as they are, which no parser of the database cuts again."""

    template = "timeline_words(%(columns)s) @@ (%(query)s)::tsquery"
    output_field = BooleanField()

    def as_sql(self, compiler, connection, *args, **context):
        *columns, (query, values) = map(compiler.compile, self.get_source_expressions())
        names = " || ".join(column for column, _ in columns)
        return self.template % {"columns": names, "query": query}, values


def _vector_query(spellings: Iterable[str]) -> str:
    """Return spellings as a `tsquery`: all words of one of them, the last of which may go on; or the mark of a text that is too long.
    Words are letters and digits alone."""
    all_words = [
        " & ".join(f"'{word}'" for word in spelling.split()) + ("" if spelling.endswith(" ") else ":*")
        for spelling in spellings
    ]
    return " | ".join([f"'{TOO_LONG}'", *all_words])


def _match_query(term: str) -> str:
    """Return the term in the query language of the index: a phrase, whose last word may go on."""
    return f'"{term.strip()}"{"" if term.endswith(" ") else " *"}'


# Rows that belong to a row, aggregated by the database as JSON and read with it: one query for all of them.

# Texts, whole numbers and None, which JSON knows: moments and decimals would come as texts or numbers without their kind
Row = list[Any]


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
