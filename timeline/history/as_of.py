"""How rows stood at a moment."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q

from .tracked_parts import Part


def rows_as_of(part: Part, pk: int, at: dt.datetime) -> list[models.Model]:
    """Return the last row of the history, up to that moment, of each row that belonged to this one then. One query."""
    later = part.model.history.filter(id=OuterRef("id"), history_date__lte=at).order_by()
    newer = Q(history_date__gt=OuterRef("history_date")) | Q(
        history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")
    )
    last = part.rows(pk).filter(~Exists(later.filter(newer)), history_date__lte=at).order_by("id")
    return [row for row in last if row.history_type != "-" and getattr(row, part.column) == pk]
