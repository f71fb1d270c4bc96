"""Changes proposed for an event that readers see: what they differ in, whether they still fit, and how they are decided."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from timeline import history
from timeline.models import Actor, Briefing, Citation, Event, PendingChange, Place, ReviewNote
from timeline.models.review import ChangeState, NoteKind

from .change_reason import reason_for_change
from .value_labels import RowFields, ValueLabels, field_label
from .word_diff import Piece, short_diff, shorten

DEATHS = ("deaths_low", "deaths_best", "deaths_high")
PROPOSABLE = ("title", "summary", "event_type", "actuality", "conflict", "date_as_stated", "edtf", "date_note")
PROPOSABLE += ("time_of_day", "time_zone", "place", "place_precision", *DEATHS, "value_note")
CITED = ("briefing", "quote", "prefix", "suffix", "start", "end", "state", "turn_kind", "act", "speaker", "basis")
CITED += ("date_as_stated", "edtf", "place", *DEATHS, "note")


def stored_columns(row: models.Model, names: Iterable[str]) -> dict:
    """Return the columns of these fields as JSON holds them."""
    columns = [row._meta.get_field(name).attname for name in names]
    return {column: _as_json(getattr(row, column)) for column in columns}


def _as_json(value):
    return value.isoformat() if isinstance(value, dt.time) else value


def seen_state(event: Event, version: str) -> models.Model:
    """Return the event as it was in the version that a page showed: a row of its history, or the event itself where the
    history has none. One query. Raises ValidationError for a version that is none of this event."""
    last = history.seen_history_ids(version, history.EVENT_PARTS)
    if last is None:
        raise ValidationError("This page does not say which version of the event you saw. Open it again.")
    return Event.history.filter(history_id=last[0], id=event.pk).first() or event


@transaction.atomic
def propose(event: Event, by: User | None, version: str, changed: models.Model | None = None, **rest) -> PendingChange:
    """Keep what `changed`, the event with the values proposed, differs in from the version that was seen; nothing of the
    event changes. `rest`: citation, reason, change_class, reason_withheld. Raises ValidationError where it says nothing."""
    before, after = {}, {}
    if changed is not None:
        seen, wanted = (stored_columns(row, PROPOSABLE) for row in (seen_state(event, version), changed))
        before = {column: value for column, value in seen.items() if value != wanted[column]}
        after = {column: wanted[column] for column in before}
    change = PendingChange(event=event, author=by, version=version, before=before, after=after, **rest)
    if same := next(filter(change.is_like, PendingChange.objects.waiting().filter(event=event, author=by)), None):
        return same  # sent twice
    change.full_clean(exclude=["event", "author", "decided_by", "decided_at"])
    change.save()
    ReviewNote.objects.write(event, NoteKind.PROPOSED, "", by, change)
    return change


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of a proposed change, in words."""

    column: str
    label: str
    before: str  # when it was proposed
    now: str
    after: str  # as proposed
    pieces: tuple[Piece, ...]  # of `now` and `after`, in order; empty: they have too little in common
    is_done: bool  # the event says so by now
    collides: bool  # changed since, to something else


@dataclass(frozen=True, slots=True)
class Comparison:
    """A proposed change beside the event as it is now."""

    change: PendingChange
    differences: list[FieldDifference]
    citation: Citation | None  # not saved; None: none is proposed, or its source is deleted
    is_newer: bool  # the event has changed since

    @property
    def collisions(self) -> list[FieldDifference]:
        return [difference for difference in self.differences if difference.collides]

    @property
    def is_source_gone(self) -> bool:
        return self.change.citation is not None and self.citation is None


def compare(changes: Iterable[PendingChange]) -> list[Comparison]:
    """Return each change beside its event as it is now. At most eight queries, for any number of changes. They come
    `with_event`."""
    changes = list(changes)
    if not changes:
        return []
    rows = {change.pk: [_filled(change.before), change.event, _filled(change.after)] for change in changes}
    fields = {change.pk: [_field(column) for column in change.after] for change in changes}
    labels = ValueLabels([RowFields(row, fields[pk]) for pk, states in rows.items() for row in states])
    citations = _citations(changes)
    versions = history.versions(Event, {change.event_id for change in changes}, history.EVENT_PARTS)
    return [
        Comparison(
            change,
            [_difference(change, field, rows[change.pk], labels) for field in fields[change.pk]],
            citations.get(change.pk),
            change.version not in ("", versions[change.event_id]),
        )
        for change in changes
    ]


def _field(column: str) -> models.Field:
    return next(field for field in Event._meta.concrete_fields if field.attname == column)


def _filled(columns: dict) -> Event:
    """Return an event, not to be saved, with these columns."""
    event = Event()
    for column, value in columns.items():
        field = _field(column)
        setattr(event, column, value if field.is_relation else field.to_python(value))
    return event


def _difference(
    change: PendingChange, field: models.Field, states: list[Event], labels: ValueLabels
) -> FieldDifference:
    column = field.attname
    now = _as_json(getattr(change.event, column))
    before, current, after = (labels.display(state, field) for state in states)
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices and column != "edtf"
    pieces = short_diff(current, after) if is_text and current and after else []
    is_done = now == change.after[column]
    collides = not is_done and now != change.before[column]
    words = map(shorten, (before, current, after))
    return FieldDifference(column, field_label(field), *words, tuple(pieces), is_done, collides)


def _citations(changes: list[PendingChange]) -> dict[int, Citation]:
    """Return the proposed citations by change, not saved, with source, speaker and place. Three queries."""
    proposed = {change.pk: change for change in changes if change.citation is not None}
    named = {
        column: model.objects.in_bulk({change.citation.get(column) for change in proposed.values()} - {None})
        for column, model in (("speaker_id", Actor), ("place_id", Place))
    }
    keys = {change.citation["briefing_id"] for change in proposed.values()}
    sources = Briefing.objects.select_related("publisher").defer("text").in_bulk(keys)
    citations = {}
    for pk, change in proposed.items():
        if source := sources.get(change.citation["briefing_id"]):
            citations[pk] = Citation(event=change.event, **change.citation)
            citations[pk].briefing = source
            for column, rows in named.items():
                setattr(citations[pk], column.removesuffix("_id"), rows.get(change.citation.get(column)))
    return citations


def accept(
    change: PendingChange, event: Event, citation: Citation | None, by: User, *, is_amended: bool, **reason
) -> None:
    """Write what is proposed as an edit is written: history, kind of change, reason, evidence. `event`: locked, with the
    values to take; `citation`: to save; `reason`: as `reason_for_change` takes it, `text` for its first argument.

    Raises ValidationError where a rule of the event would be broken; the caller's transaction is to be rolled back.
    """
    with reason_for_change(reason.pop("text"), by, **reason):
        event.is_claim_pending = bool(change.after)
        if citation is not None:
            citation.event = event
            citation.full_clean(exclude=["event"], validate_unique=False)
            citation.save()
        if change.after:
            event.refuse_lost_support()
            event.save()
    decide(change, ChangeState.AMENDED if is_amended else ChangeState.ACCEPTED, by)


@transaction.atomic
def decide(change: PendingChange, state: ChangeState, by: User, text: str = "") -> None:
    """Close a change, with a line in the discussion. Raises ValidationError where it is closed already."""
    stored = PendingChange.objects.locked(change.pk)
    if stored is None or not stored.is_open:
        raise ValidationError("Somebody has decided on this proposal in the meantime.")
    change.state, change.decided_by, change.decided_at = state, by, timezone.now()
    change.self_reviewed = change.author_id == by.pk
    change.save(update_fields=["state", "decided_by", "decided_at", "self_reviewed"])
    ReviewNote.objects.write(change.event, NoteKind(state.value), text, by, change)
