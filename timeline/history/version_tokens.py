"""Tokens that name the version of a row and of its parts which a page has shown."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import Count, F, Max, Value

from .tracked_parts import Part

_TOKEN = re.compile(r"[0-9]{1,18}\.[0-9]{1,9}(-[0-9]{1,18}\.[0-9]{1,9}){0,9}", re.ASCII)


def versions(model: type[models.Model], keys: Collection[int], parts: Iterable[Part] = ()) -> dict[int, str]:
    """Return a token for each row, which changes with every write to it and to its parts. One query for any number.

    For each table it names the last row of the history and how many there are: of two writes that commit in another
    order than they began in, the later one is seen, too.
    """
    tables = [Part(model, "id", ()), *parts]
    tokens: dict[int, dict[int, str]] = defaultdict(dict)
    first, *others = [_last_rows(part, number, keys) for number, part in enumerate(tables)]
    for number, key, last, count in first.union(*others, all=True):
        tokens[key][number] = f"{last}.{count}"
    return {key: "-".join(tokens[key].get(number, "0.0") for number in range(len(tables))) for key in keys}


def version(row: models.Model, parts: Iterable[Part] = ()) -> str:
    """Return the token of one row. One query."""
    return versions(type(row), [row.pk], parts)[row.pk]


def _last_rows(part: Part, number: int, keys: Collection[int]) -> models.QuerySet:
    rows = part.model.history.filter(**{f"{part.column}__in": list(keys)}).order_by()
    keyed = rows.annotate(number=Value(number, models.IntegerField()), belongs_to=F(part.column))
    counted = keyed.values("number", "belongs_to").annotate(last=Max("history_id"), n=Count("history_id"))
    return counted.values_list("number", "belongs_to", "last", "n")


def seen_history_ids(token: str, parts: Collection[Part]) -> list[int] | None:
    """Return the last row of the history that a token names, of the row's own table and of each part; None: it is no
    token of such a row."""
    if not _TOKEN.fullmatch(token) or token.count("-") != len(parts):
        return None
    return [int(table_token.partition(".")[0]) for table_token in token.split("-")]
