"""What was changed in an event after it was first published, field by field, as the public may read it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_

from django.db import models
from django.db.models import Q

from timeline.models import Briefing, Citation, Event, EventRelation, Participation
from timeline.models.event import Status
from timeline.models.history_field import ChangeClass, ChangeRow
from timeline.models.relation import RelationKind

from .corrected_fields import (
    CITATION_FIELDS,
    EVENT_FIELDS,
    PARTICIPATION_FIELDS,
    RELATION_ENDS,
    STATE,
    TYPO_FIELDS,
    relation_fields,
)


@dataclass(frozen=True, slots=True)
class Correction:
    at: dt.datetime  # UTC
    what: str
    before: str  # empty: there was nothing
    after: str  # empty: nothing is there any more
    reason: str  # empty: none given, or none that is published
    change_class: str = ""  # a ChangeClass; empty: not said
    is_withheld: bool = False  # there is a reason, and it is not published

    @property
    def kind(self) -> str:
        """Return the class in words; "Change" where none was said."""
        return ChangeClass(self.change_class).label if self.change_class else "Change"

    @property
    def says_what_was_wrong(self) -> bool:
        return self.change_class == ChangeClass.CORRECTION and bool(self.before and self.after)


@dataclass(frozen=True, slots=True)
class _Change:
    """A changed field of a row of the history, its values not yet in words."""

    row: ChangeRow
    what: str
    reads: object
    before: object  # None: nothing
    after: object


def corrections(event: Event) -> list[Correction]:
    """Return the changes since first publication, newest first. At most thirteen queries for any number of changes."""
    return corrections_of([event]).get(event.pk, [])


def corrections_of(events: Collection[Event]) -> dict[int, list[Correction]]:
    """Return the same of several events, by primary key; no key for an event that was never published. As many queries."""
    histories = _Histories(events)
    changes = {event.pk: list(histories.changes(event.pk)) for event in events if event.pk in histories.since}
    names = _names(change for of_event in changes.values() for change in of_event)
    return {
        pk: sorted(_to_corrections(of_event, names), key=lambda correction: correction.at, reverse=True)
        for pk, of_event in changes.items()
    }


class _Histories:
    """The histories of several events and of what belongs to them or once did. Six queries, fewer where there is none."""

    def __init__(self, events: Collection[Event]):
        keys = {event.pk for event in events}
        self.states = _histories(Event, ("id",), keys)
        published = {
            pk: [row.history_date for row in rows if row.status == Status.PUBLISHED] for pk, rows in self.states.items()
        }
        self.since = {pk: moments[0] for pk, moments in published.items() if moments}  # first publication
        keys &= self.since.keys()
        self.actors, self.cited = (_histories(model, ("event_id",), keys) for model in (Participation, Citation))
        self.relations = _histories(EventRelation, ("from_event_id", "to_event_id"), keys)
        named = _named(self.cited, "briefing_id")
        self.public_sources = set(Briefing.objects.public().filter(pk__in=named).values_list("pk", flat=True))
        self.titles: dict[int, str] = {}  # of related events, and the words that tie them
        self.quotes: dict[int, str] = {}
        if self.relations:
            events_named = _named(self.relations, "from_event_id", "to_event_id")
            self.titles = dict(Event.objects.public().filter(pk__in=events_named).values_list("pk", "title"))
            tying = Citation.objects.public().filter(pk__in=_named(self.relations, "citation_id"))
            self.quotes = {citation.pk: str(citation) for citation in tying}

    def changes(self, pk: int) -> Iterator[_Change]:
        """Yield what was changed in an event since it was first published, as far as the public can read it."""
        since, hidden = self.since[pk], _hidden_spans(self.states[pk])

        def is_of_event(row) -> bool:
            return row.event_id == pk

        def is_cited(row) -> bool:
            return is_of_event(row) and row.briefing_id in self.public_sources

        def is_related(row) -> bool:
            ends = {row.from_event_id, row.to_event_id}
            is_shown = row.citation_id in self.quotes or row.kind == RelationKind.CARRIED_OUT_BY
            return pk in ends and ends <= self.titles.keys() and is_shown

        yield from _changes(_readable_rows(self.states[pk], hidden), EVENT_FIELDS, since, "title")
        yield from _changes(_readable_rows(self.cited[pk], hidden), CITATION_FIELDS, since, "quote", is_cited)
        yield from _changes(
            _readable_rows(self.actors[pk], hidden), PARTICIPATION_FIELDS, since, "actor_id", is_of_event
        )
        fields = relation_fields(pk, self.titles, self.quotes)
        yield from _changes(_readable_rows(self.relations[pk], hidden), fields, since, RELATION_ENDS, is_related)


def _named(histories: dict[int, list], *columns: str) -> set[int]:
    """Return the primary keys that these columns of histories hold."""
    return {getattr(row, column) for rows in histories.values() for row in rows for column in columns} - {None}


def _histories(model: type[models.Model], columns: tuple[str, ...], keys: set[int]) -> dict[int, list]:
    """Return the whole histories of the rows that name one of these events in a column, or once did, by event. One query."""
    by_event: dict[int, list] = defaultdict(list)
    belongs = reduce(or_, (Q(**{f"{column}__in": keys}) for column in columns))
    rows = model.history.filter(id__in=model.history.filter(belongs).values("id"))
    for _, states in groupby(rows.order_by("id", "history_date", "history_id"), lambda row: row.id):
        of_row = list(states)
        for key in keys & {getattr(row, column) for row in of_row for column in columns}:
            by_event[key] += of_row
    return by_event


Span = tuple[dt.datetime, dt.datetime | None]  # None: still


def _hidden_spans(rows: list) -> list[Span]:
    """Return the times, after first publication, during which the public could not read the event: from its
    withdrawal, which is public itself, to its next publication."""
    spans, since, was_public = [], None, False
    for row in rows:
        if row.status == Status.PUBLISHED:
            if since:
                spans.append((since, row.history_date))
            since, was_public = None, True
        elif was_public and since is None:
            since = row.history_date
    return [*spans, (since, None)] if since else spans


def _readable_rows(rows: list, hidden: list[Span]) -> Iterator:
    """Yield of each record's history what the public could read: of what was written while the event was hidden, only
    what was there when it was public again."""
    for _, history in groupby(rows, lambda row: row.id):
        states = list(history)
        for row, following in zip(states, [*states[1:], None], strict=True):
            span = next(((first, last) for first, last in hidden if _within(row, first, last)), None)
            if span is None or (span[1] and (following is None or not _within(following, *span))):
                yield row


def _within(row, first: dt.datetime, last: dt.datetime | None) -> bool:
    return row.history_date > first and (last is None or row.history_date < last)


def _changes(
    rows: Iterable,
    fields: dict,
    since: dt.datetime,
    naming: str | tuple[str, ...],
    is_readable: Callable = lambda row: True,
) -> Iterator[_Change]:
    """Yield what was changed later than `since`: the fields that differ, and what came or went, by its name."""
    for _, history in groupby(rows, lambda row: row.id):
        before = None
        for row in history:
            now = row if row.history_type != "-" and is_readable(row) else None
            if row.history_date > since:
                names = fields if before and now else [naming]
                yield from _differences(row, before, now, {name: fields[name] for name in names})
            before = now


def _differences(row, before, now, fields: dict) -> Iterator[_Change]:
    for name, (what, reads) in fields.items():
        old, new = (_read(state, name) for state in (before, now))
        is_typo = row.change_class == ChangeClass.TYPO and name in TYPO_FIELDS
        if old != new and not is_typo:
            yield _Change(row, what, reads, old, new)


def _read(row, name: str | tuple[str, ...]):
    """Return the value of a field, or of several as a tuple; None: there is no row."""
    return row and (getattr(row, name) if isinstance(name, str) else tuple(getattr(row, column) for column in name))


def _to_corrections(changes: list[_Change], names: dict[type, dict[int, str]]) -> Iterator[Correction]:
    def words(change: _Change, value) -> str:
        if value is None:
            return ""
        if isinstance(change.reads, type):
            return names[change.reads].get(value, "deleted")
        return change.reads(value)

    for change in changes:
        row, values = change.row, (words(change, change.before), words(change, change.after))
        if values[0] == values[1]:  # they differ in what the public cannot read
            continue
        withheld = row.reason_withheld and bool(row.history_change_reason)
        reason = "" if withheld else row.history_change_reason or ""
        kind = row.change_class if change.what != STATE or row.change_class == ChangeClass.WITHDRAWAL else ""
        yield Correction(row.history_date, change.what, *values, reason, kind, withheld)


def _names(changes: Iterable[_Change]) -> dict[type, dict[int, str]]:
    """Return the names of all rows that the changes mention, by model and primary key; one query a model."""
    wanted: dict[type, set[int]] = {}
    for change in changes:
        if isinstance(change.reads, type):
            wanted.setdefault(change.reads, set()).update({change.before, change.after} - {None})
    return {model: {pk: str(row) for pk, row in model.objects.in_bulk(pks).items()} for model, pks in wanted.items()}
