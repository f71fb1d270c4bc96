"""Pages that stay quick at any depth: a page begins after a given event, not at a given row."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

_Rows = TypeVar("_Rows", bound=QuerySet)

# order -> the column it follows, and whether it descends
COLUMNS = {
    "date": ("sort_on", False),
    "-date": ("start_earliest", True),
    "-published": ("first_reported_on", True),
    "-recorded": ("recorded_at", True),
}

BY_CHANGE = "revised_at"
CHANGE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?Z)?_([0-9a-z]{10})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Page:
    events: list
    first: int  # number of the first event shown, from 1; 0 where the page is empty
    total: int

    @property
    def last(self) -> int:
        return self.first + len(self.events) - 1 if self.events else 0

    @property
    def is_whole(self) -> bool:
        return len(self.events) == self.total

    @property
    def after(self) -> str:
        """Return the public id that the next page goes on from; empty: this is the last page."""
        return self.events[-1].public_id if self.events and self.last < self.total else ""

    @property
    def before(self) -> str:
        """Return the public id that the page before goes back from; empty: this is the first page."""
        return self.events[0].public_id if self.first > 1 else ""


def beyond(events: _Rows, order: str, position: tuple, *, backwards: bool = False) -> _Rows:
    """Return the events that come after `position` (column value, primary key) in this order, or before it."""
    return further(events, *COLUMNS[order], position, backwards=backwards)


def further(rows: _Rows, column: str, descends: bool, position: tuple, *, backwards: bool = False) -> _Rows:
    """Return the rows that come after `position` (column value, primary key) in the order of a column, or before it.

    The bound on the column alone is redundant, but it is what the index can use.
    """
    value, pk = position
    step = "lt" if descends != backwards else "gt"
    is_null = Q(**{f"{column}__isnull": True})  # comes last in every order
    if value is None:
        among_null = is_null & Q(**{f"pk__{step}": pk})
        return rows.filter(among_null | ~is_null if backwards else among_null)
    beyond = Q(**{f"{column}__{step}e": value}) & (Q(**{f"{column}__{step}": value}) | Q(**{f"pk__{step}": pk}))
    nullable = rows.model._meta.get_field(column).null
    return rows.filter(beyond | is_null if nullable and not backwards else beyond)


def position_at(events: QuerySet, order: str, pk: int) -> tuple:
    """Return where one of `events` is in this order. One query."""
    return events.values_list(COLUMNS[order][0], "pk").get(pk=pk)


def change_mark(public_id: str, at: dt.datetime | None) -> str:
    """Return the last change of an event (UTC; None: before this is counted) as an address has it."""
    return f"{at.isoformat().replace('+00:00', 'Z') if at else ''}_{public_id}"


def change_position(events: QuerySet, mark: str) -> tuple[dt.datetime | None, int]:
    """Return the place in the order of changes that `change_mark` made, whatever became of the event since. One query.
    Raises ValueError where it made no such mark, or the event is none of these."""
    if not (parts := CHANGE.fullmatch(mark)):
        raise ValueError(f"{mark[:60]!r} is not a mark of a change.")
    at = dt.datetime.fromisoformat(parts[1]) if parts[1] else None
    if (pk := events.order_by().filter(public_id=parts[2]).values_list("pk", flat=True).first()) is None:
        raise ValueError(f"{parts[2]} names no event.")
    return at, pk


def marked_position(events: QuerySet, order: str, public_id: str) -> tuple:
    """Return where a public event is in an order: (column value, primary key), be it withdrawn by now. One query. Raises
    ValidationError where there is none of this id."""
    public = events.model.objects.addressable().filter(public_id=public_id[:20].replace("\0", ""))
    position = public.values_list(COLUMNS[order][0], "pk").first()
    if position is None:
        raise ValidationError("The page begins at an event that is not public. Start from the first page.")
    return position
