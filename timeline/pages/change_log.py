"""What readers saw change, over all events of a filter, newest first: new events, corrections, updates, withdrawals.

A page begins behind a change, not at a number: what changes meanwhile neither doubles nor hides another. Nothing here says
how many changes there are: the rows of the history that are counted in a database are partly drafts.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from timeline.database.keyset_paging import change_mark
from timeline.filters import EventFilter
from timeline.history.corrections import Correction, corrections_of
from timeline.models import Citation, Event, EventRelation, Participation
from timeline.models.event import Status
from timeline.models.history_field import ChangeClass

NEW, OTHER = "new", "other"
KINDS = {
    NEW: "New events",
    ChangeClass.CORRECTION.value: "Corrections",
    ChangeClass.UPDATE.value: "Updates",
    ChangeClass.SOURCE.value: "Changed sources",
    ChangeClass.CLARIFICATION.value: "Clarifications",
    ChangeClass.WITHDRAWAL.value: "Withdrawals",
    OTHER: "Other changes",
}
SINGULAR = {NEW: "New event", OTHER: "Change", ChangeClass.WITHDRAWAL.value: "Withdrawn"}
SIZE = 50  # changes on a page
LOT = 200  # moments read at once of each table
TABLES = ((Event, "id"), (Citation, "event"), (Participation, "event"))
TABLES += ((EventRelation, "from_event"), (EventRelation, "to_event"))

Position = tuple[dt.datetime, int]  # moment in UTC and primary key of the event


@dataclass(frozen=True, slots=True)
class PublicChange:
    """What became of one event at one moment."""

    kind: str  # key of KINDS
    at: dt.datetime  # UTC
    event: Event
    corrections: tuple[Correction, ...] = ()  # of one save; none of a new event and of one that was taken back

    @property
    def label(self) -> str:
        return SINGULAR.get(self.kind) or ChangeClass(self.kind).label

    @property
    def reason(self) -> str:
        """Return why it was changed, in the words of who did; empty: not said, or not published."""
        if not self.corrections:
            return self.event.withdrawal_reason if self.event.status == Status.WITHDRAWN else ""
        return next((correction.reason for correction in self.corrections if correction.reason), "")

    @property
    def position(self) -> Position:
        return self.at, self.event.pk

    @property
    def mark(self) -> str:
        """Return the change as an address has it."""
        return change_mark(self.event.public_id, self.at)


@dataclass(frozen=True, slots=True)
class ChangePage:
    changes: list[PublicChange]
    next_mark: str  # empty: this is the last page


def read_changes(
    event_filter: EventFilter, kind: str = "", before: Position | None = None, *, may_leave: bool = False
) -> ChangePage:
    """Return a page of the changes of a valid filter's events, of one kind or of any (empty). What was taken back is there for
    every filter: what it would match now may be work that nobody published. `may_leave`: of events that may leave the
    site alone. About 20 queries, whatever the number of events."""
    changes = list(islice(_all_changes(event_filter, kind, before, may_leave), SIZE + 1))
    is_last = len(changes) <= SIZE
    return ChangePage(changes[:SIZE], "" if is_last else changes[SIZE - 1].mark)


def _all_changes(
    event_filter: EventFilter, kind: str, before: Position | None, may_leave: bool
) -> Iterator[PublicChange]:
    while True:
        moments, horizon = _moments(event_filter, kind, before, may_leave)
        changes = _changes_of({pk for _, pk in moments}, kind)
        complete = [
            change
            for change in changes
            if (before is None or change.position < before) and (horizon is None or change.position >= horizon)
        ]
        yield from sorted(complete, key=lambda change: change.position, reverse=True)
        if horizon is None:
            return
        before = horizon


def _moments(
    event_filter: EventFilter, kind: str, before: Position | None, may_leave: bool
) -> tuple[list[Position], Position | None]:
    """Return when events may have changed, newest first, and the moment back to which that is complete; None: to the
    beginning. Some changed nothing that readers see."""
    lots = [_lot(rows, moment, event, before) for rows, moment, event in _sources(event_filter, kind, may_leave)]
    horizon = max((lot[-1] for lot in lots if len(lot) == LOT), default=None)
    return list(merge(*lots, reverse=True)), horizon


def _lot(rows: models.QuerySet, moment: str, event: str, before: Position | None) -> list[Position]:
    if before:
        rows = rows.filter(Q(**{f"{moment}__lt": before[0]}) | Q(**{moment: before[0], f"{event}__lt": before[1]}))
    return list(rows.order_by(f"-{moment}", f"-{event}").values_list(moment, event)[:LOT])


def _sources(event_filter: EventFilter, kind: str, may_leave: bool) -> Iterator[tuple[models.QuerySet, str, str]]:
    """Yield rows that may report such a change, with the columns of the moment and of the event."""
    if kind in ("", NEW):
        yield event_filter.events.order_by(), "published_at", "pk"
    if kind in ("", ChangeClass.WITHDRAWAL):
        gone = Event.objects.taken_back().exclude(revised_at=None)
        yield gone.redistributable() if may_leave else gone, "revised_at", "pk"
    if kind == NEW:
        return
    published = Event.history.filter(status=Status.PUBLISHED).order_by("history_date").values("history_date")
    classes = {} if not kind else {"change_class": "" if kind == OTHER else kind}
    for model, column in TABLES:
        key = column if column == "id" else f"{column}_id"
        since = Subquery(published.filter(id=OuterRef(key))[:1])
        events = event_filter.events.order_by().values("pk")
        yield model.history.filter(**classes, **{f"{key}__in": events, "history_date__gt": since}), "history_date", key


def _changes_of(keys: set[int], kind: str) -> Iterator[PublicChange]:
    """Yield all changes of these events that are of the kind."""
    rows = {event.pk: event for event in Event.objects.ever_public().filter(pk__in=keys).with_successor()}
    public = [event for event in rows.values() if event.is_public]
    histories = corrections_of(public) if kind != NEW else {}
    for event in rows.values():
        if not event.is_public:
            yield PublicChange(ChangeClass.WITHDRAWAL, event.revised_at, event)
            continue
        if kind in ("", NEW):
            yield PublicChange(NEW, event.published_at, event)
        for together in _together(histories.get(event.pk, [])):
            if kind in ("", _kind(together[0])):
                yield PublicChange(_kind(together[0]), together[0].at, event, tuple(together))


def _kind(correction: Correction) -> str:
    return correction.change_class or OTHER


def _together(corrections: list[Correction]) -> Iterator[list[Correction]]:
    """Yield the fields of each save, newest first: those of one moment and one kind."""
    for _, together in groupby(corrections, lambda correction: (correction.at, correction.change_class)):
        yield list(together)
