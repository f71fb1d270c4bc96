"""Which tables a history covers, under which names, and how their rows stood at a moment."""

import datetime as dt
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q

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
