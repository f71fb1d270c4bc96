"""What was changed in an event after it was first published, field by field, as the public may read it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from timeline import dates
from timeline.models import Actor, Briefing, Citation, Event, EventType, Participation, Place
from timeline.models.citation import Act
from timeline.models.event import Status
from timeline.models.participation import Role


@dataclass(frozen=True, slots=True)
class Correction:
    at: dt.datetime  # UTC
    what: str
    before: str  # empty: there was nothing
    after: str  # empty: nothing is there any more
    reason: str  # empty: none given


def _plain(value) -> str:
    return "" if value is None else str(value)


def _date(edtf: str) -> str:
    return dates.parse(edtf).display if edtf else ""


# field -> what readers call it, and how its value is read: by a function, or as the name of a row of a model
EVENT_FIELDS = {
    "title": ("Title", _plain),
    "summary": ("Summary", _plain),
    "edtf": ("Date", _date),
    "date_as_stated": ("Date as stated", _plain),
    "date_note": ("How the date was understood", _plain),
    "time_of_day": ("Clock time", _plain),
    "time_zone": ("Time zone", _plain),
    "event_type_id": ("Type", EventType),
    "place_id": ("Place", Place),
    "status": ("State", lambda value: Status(value).label),
}
CITATION_FIELDS = {
    "quote": ("Quote", _plain),
    "act": ("How it is said", lambda value: Act(value).label),
    "speaker_id": ("Speaker", Actor),
    "briefing_id": ("Briefing", Briefing),
    "date_as_stated": ("Date as stated by the source", _plain),
    "edtf": ("Date by the source", _date),
    "reliability": ("Reliability", _plain),
    "credibility": ("Credibility", _plain),
    "note": ("Note on the citation", _plain),
}
PARTICIPATION_FIELDS = {
    "actor_id": ("Participant", Actor),
    "role": ("Role", lambda value: Role(value).label),
    "office": ("Office", _plain),
}


@dataclass(frozen=True, slots=True)
class _Change:
    """One field of one row of the history, its values not yet in words."""

    row: object
    what: str
    reads: object
    before: object  # None: nothing
    after: object


def corrections(event: Event) -> list[Correction]:
    """Return the changes since first publication, newest first. At most eight queries for any number of changes."""
    rows = list(event.history.order_by("history_date", "history_id"))
    first = next((row for row in rows if row.status == Status.PUBLISHED), None)
    if first is None:
        return []
    since = first.history_date
    changes = list(_changes(rows, EVENT_FIELDS, since))
    public = set(Briefing.objects.public().filter(citations__event=event).values_list("pk", flat=True))
    cited = [row for row in _history(Citation, event) if row.briefing_id in public]
    changes += _of_parts(cited, CITATION_FIELDS, since, "quote")
    changes += _of_parts(_history(Participation, event), PARTICIPATION_FIELDS, since, "actor_id")
    return sorted(_in_words(changes), key=lambda one: one.at, reverse=True)


def _history(model, event: Event) -> list:
    return list(model.history.filter(event_id=event.pk).order_by("id", "history_date", "history_id"))


def _of_parts(rows: list, fields: dict, since: dt.datetime, naming: str) -> Iterator[_Change]:
    """Yield the changes of each citation or participation, its coming and its going among them."""
    what, reads = fields[naming]
    for _, history in groupby(rows, lambda row: row.id):
        one = list(history)
        for row in one:
            if row.history_date > since and row.history_type in "+-":
                value = getattr(row, naming)
                yield _Change(row, what, reads, *((None, value) if row.history_type == "+" else (value, None)))
        yield from _changes([row for row in one if row.history_type != "-"], fields, since)


def _changes(rows: Iterable, fields: dict, since: dt.datetime) -> Iterator[_Change]:
    """Yield the fields that differ from one row of the history to the next, later than `since`."""
    previous = None
    for row in rows:
        if previous is not None and row.history_date > since:
            for name, (what, reads) in fields.items():
                before, after = getattr(previous, name), getattr(row, name)
                if before != after:
                    yield _Change(row, what, reads, before, after)
        previous = row


def _in_words(changes: list[_Change]) -> Iterator[Correction]:
    names = _names(changes)

    def words(change: _Change, value) -> str:
        if value is None:
            return ""
        if isinstance(change.reads, type):
            return names[change.reads].get(value, "deleted")
        return change.reads(value)

    for change in changes:
        before, after = words(change, change.before), words(change, change.after)
        yield Correction(change.row.history_date, change.what, before, after, change.row.history_change_reason or "")


def _names(changes: list[_Change]) -> dict[type, dict[int, str]]:
    """Return the names of all rows that the changes speak of, by model and primary key; one query a model."""
    wanted: dict[type, set[int]] = {}
    for change in changes:
        if isinstance(change.reads, type):
            wanted.setdefault(change.reads, set()).update({change.before, change.after} - {None})
    return {model: {pk: str(row) for pk, row in model.objects.in_bulk(pks).items()} for model, pks in wanted.items()}
