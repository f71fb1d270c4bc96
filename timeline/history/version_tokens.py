"""Which tables a history covers, under which names, and how their rows were at a moment.

Tokens that name the version of a row and of its parts which a page has shown.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Value

from timeline.models import Citation, EventRelation, Participation

UNTRACKED = {
    # what follows from the rest, or never changes
    *("id", "public_id", "recorded_at", "updated_at", "text_sha256", "prefix", "suffix", "start", "end"),
    *("start_earliest", "start_latest", "end_earliest", "end_latest", "date_qualifier", "published_at"),
}


class Part(NamedTuple):
    """Rows that belong to another row, by a foreign key; `named_by` are the fields that name one of them."""

    model: type[models.Model]
    key: str
    named_by: tuple[str, ...]

    @property
    def column(self) -> str:
        return self.model._meta.get_field(self.key).attname

    def tracked_fields(self) -> list[models.Field]:
        """Return the fields whose changes the history shows; not the foreign key to the owner, which its position shows."""
        fields = self.model.history.model.tracked_fields
        return [field for field in fields if field.name not in UNTRACKED and field.name != self.key]

    def rows(self, pk: int) -> models.QuerySet:
        """Return the history of all rows that belong to this one, or once did."""
        belonging = self.model.history.filter(**{self.column: pk})
        return belonging if self.key == "id" else self.model.history.filter(id__in=belonging.order_by().values("id"))


EVENT_PARTS = (
    Part(Citation, "event", ("quote",)),
    Part(Participation, "event", ("actor", "role")),
    Part(EventRelation, "from_event", ("kind", "to_event")),
)


def rows_as_of(part: Part, pk: int, at: dt.datetime) -> list[models.Model]:
    """Return the last row of the history, up to that moment, of each row that belonged to this one then. One query."""
    later = part.model.history.filter(id=OuterRef("id"), history_date__lte=at).order_by()
    newer = Q(history_date__gt=OuterRef("history_date")) | Q(
        history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
    )
    last = part.rows(pk).filter(~Exists(later.filter(newer)), history_date__lte=at).order_by("id")
    return [row for row in last if row.history_type != "-" and getattr(row, part.column) == pk]


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
