"""What was changed in an event after it was first published, field by field, as the public may read it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from timeline import dates
from timeline.evidence.axes import Basis
from timeline.evidence.choices import Act
from timeline.evidence.support import Actuality
from timeline.models import (
    Actor,
    Briefing,
    Citation,
    Conflict,
    DataSet,
    Event,
    EventRelation,
    EventType,
    Participation,
    Place,
)
from timeline.models.event import Status
from timeline.models.history_field import ChangeClass, ChangeRow
from timeline.models.participation import Role
from timeline.models.place import PlacePrecision
from timeline.models.relation import RelationKind


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


def _text(value) -> str:
    return "" if value is None else str(value)


def _date(edtf: str) -> str:
    return dates.parse(edtf).display if edtf else ""


def _precision(value: str) -> str:
    return PlacePrecision(value).label if value else ""


def deaths_in_words(counts: tuple[int | None, int | None, int | None]) -> str:
    words = ("at least", "best estimate", "at most")
    return ", ".join(f"{word} {count:,}" for word, count in zip(words, counts, strict=True) if count is not None)


STATE = "State"  # published and withdrawn: what is corrected is beside it
EARLIER_TEXT = "in an earlier text of the source; no longer in its current one"
DEATHS = ("deaths_low", "deaths_best", "deaths_high")
# field, or fields shown as one -> its label for readers, and how its value is displayed: by a function, or as the name of
# a row of a model
EVENT_FIELDS = {
    "title": ("Title", _text),
    "summary": ("Summary", _text),
    "actuality": ("Whether it happened", lambda value: Actuality(value).label),
    "edtf": ("Date", _date),
    "date_as_stated": ("Date as stated", _text),
    "date_note": ("How the date was understood", _text),
    "time_of_day": ("Clock time", _text),
    "time_zone": ("Time zone", _text),
    "event_type_id": ("Type", EventType),
    "place_id": ("Place", Place),
    "place_precision": ("How precisely the place is known", _precision),
    "conflict_id": ("Conflict", Conflict),
    "data_set_id": ("Data set", DataSet),
    DEATHS: ("Deaths", deaths_in_words),
    "value_note": ("Which values it takes", _text),
    "status": (STATE, lambda value: Status(value).label),
}
CITATION_FIELDS = {
    "quote": ("Quote", _text),
    ("earlier_text_id",): ("Where the words are found", lambda key: EARLIER_TEXT if key[0] else "in the source's text"),
    "act": ("How it is said", lambda value: Act(value).label),
    "speaker_id": ("Speaker", Actor),
    "briefing_id": ("Briefing", Briefing),
    "date_as_stated": ("Date as stated by the source", _text),
    "edtf": ("Date by the source", _date),
    "place_id": ("Place by the source", Place),
    DEATHS: ("Deaths by the source", deaths_in_words),
    "basis": ("How the speaker knows", lambda value: Basis(value).label if value else ""),
    "reliability": ("Reliability", _text),
    "credibility": ("Credibility", _text),
    "note": ("Note on the citation", _text),
}
PARTICIPATION_FIELDS = {
    "actor_id": ("Participant", Actor),
    "role": ("Role", lambda value: Role(value).label),
    "office": ("Office", _text),
}
# Texts in which letters can be corrected without a word to readers
TYPO_FIELDS = ("title", "summary", "date_note", "value_note", "note")
RELATION_ENDS = ("from_event_id", "kind", "to_event_id")


def relation_fields(event: Event, titles: dict[int, str], quotes: dict[int, str]) -> dict:
    """Return the same for relations, as seen from this event; `titles` of the other events, and `quotes` of public
    citations, by primary key."""

    def words(ends: tuple[int, str, int]) -> str:
        first, kind, second = ends
        label = RelationKind(kind).label if first == event.pk else RelationKind(kind).inverse_label
        return f"{label}: {titles[second if first == event.pk else first]}"

    cited = {"citation_id": ("Words that tell of the related event", lambda key: quotes.get(key, ""))}
    return {RELATION_ENDS: ("Related event", words), **cited, "note": ("Note on the related event", _text)}


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
    rows = list(event.history.order_by("history_date", "history_id"))
    first = next((row for row in rows if row.status == Status.PUBLISHED), None)
    if first is None:
        return []
    since = first.history_date
    hidden = _hidden_spans(rows)
    actors, cited = (_history(model, Q(event=event.pk)) for model in (Participation, Citation))
    sources = Briefing.objects.public().filter(pk__in={row.briefing_id for row in cited})
    public = set(sources.values_list("pk", flat=True))

    def is_of_event(row) -> bool:
        return row.event_id == event.pk

    def is_cited(row) -> bool:
        return is_of_event(row) and row.briefing_id in public

    changes = list(_changes(_readable_rows(rows, hidden), EVENT_FIELDS, since, "title"))
    changes += _changes(_readable_rows(cited, hidden), CITATION_FIELDS, since, "quote", is_cited)
    changes += _changes(_readable_rows(actors, hidden), PARTICIPATION_FIELDS, since, "actor_id", is_of_event)
    changes += _relation_changes(event, hidden, since)
    return sorted(_to_corrections(changes), key=lambda correction: correction.at, reverse=True)


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


def _relation_changes(event: Event, hidden: list[Span], since: dt.datetime) -> Iterator[_Change]:
    """Yield the changes of relations that the public can see now: with a published event, in public words."""
    rows = _history(EventRelation, Q(from_event=event.pk) | Q(to_event=event.pk))
    if not rows:
        return
    others = {row.from_event_id for row in rows} | {row.to_event_id for row in rows}
    titles = dict(Event.objects.public().filter(pk__in=others).values_list("pk", "title"))
    quotes = {
        citation.pk: str(citation)
        for citation in Citation.objects.public().filter(pk__in={row.citation_id for row in rows})
    }

    def is_readable(row) -> bool:
        ends = {row.from_event_id, row.to_event_id}
        is_shown = row.citation_id in quotes or row.kind == RelationKind.CARRIED_OUT_BY
        return event.pk in ends and ends <= titles.keys() and is_shown

    fields = relation_fields(event, titles, quotes)
    yield from _changes(_readable_rows(rows, hidden), fields, since, RELATION_ENDS, is_readable)


def _history(model, belongs: Q) -> list:
    """Return the history of all rows that belong to the event or once did."""
    ids = model.history.filter(belongs).values("id")
    return list(model.history.filter(id__in=ids).order_by("id", "history_date", "history_id"))


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


def _to_corrections(changes: list[_Change]) -> Iterator[Correction]:
    names = _names(changes)

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


def _names(changes: list[_Change]) -> dict[type, dict[int, str]]:
    """Return the names of all rows that the changes mention, by model and primary key; one query a model."""
    wanted: dict[type, set[int]] = {}
    for change in changes:
        if isinstance(change.reads, type):
            wanted.setdefault(change.reads, set()).update({change.before, change.after} - {None})
    return {model: {pk: str(row) for pk, row in model.objects.in_bulk(pks).items()} for model, pks in wanted.items()}
