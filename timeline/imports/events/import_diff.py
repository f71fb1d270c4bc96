"""Each record of the file compared with the stored event: new, changed or unchanged, and which fields the file may change."""

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.database.shards import batches
from timeline.models import Event
from timeline.models.publication import Status

from .event_record import EventRecord
from .import_options import Options
from .snapshot import FIELD_LABELS, State, current_states, differing_fields, parse_state, serialize_state

CLOSED = {Status.WITHDRAWN: "It was withdrawn here.", Status.MERGED: "It was merged into another event here."}


@dataclass(slots=True)
class ImportDiff:
    record: EventRecord
    state: State  # as the file states it
    imported: int | None = None  # primary key of what is known of it; None: it is new
    event: int | None = None
    before: str = ""  # baseline until now
    now: State | None = None
    change: frozenset[str] = frozenset()  # parts to be written
    kept_reason: str = ""  # why something is not written though the file differs

    @property
    def is_new(self) -> bool:
        return self.imported is None

    @property
    def is_updated(self) -> bool:
        return bool(self.change)

    @property
    def is_restated(self) -> bool:
        """Return whether the file differs from the last import of this event."""
        return self.imported is not None and self.before != serialize_state(self.state)


def compare_with_stored(options: Options, stated: list[tuple[EventRecord, State]]) -> list[ImportDiff]:
    """Return the diff of each record. One query for each 500 records, five more for those that changed."""
    names = [record.external_id for record, _ in stated]
    known = {name: rest for name, *rest in options.imported().named(names)}
    diffs = [_diff_of(record, state, known.get(record.external_id)) for record, state in stated]
    _compare_restated(options, [diff for diff in diffs if diff.is_restated])
    return diffs


def _diff_of(record: EventRecord, state: State, known: list | None) -> ImportDiff:
    return ImportDiff(record, state, *known) if known else ImportDiff(record, state)


def _compare_restated(options: Options, restated: list[ImportDiff]) -> None:
    events = [diff.event for diff in restated if diff.event]
    now, states = current_states(events), _statuses(events)
    for diff in restated:
        if diff.event not in now:
            diff.kept_reason = "It was deleted here."
        elif words := CLOSED.get(states[diff.event]):
            diff.kept_reason = words
        elif states[diff.event] == Status.PUBLISHED and not options.may_change_public:
            diff.kept_reason = "It is public, and changing it needs the permission to publish."
        else:
            diff.now = now[diff.event]
            diff.change, diff.kept_reason = _fields_to_write(diff, options.overwrite)


def _fields_to_write(diff: ImportDiff, overwrite: bool) -> tuple[frozenset[str], str]:
    """Return the fields to write, and a sentence that names the editors' changes that stay."""
    baseline = parse_state(diff.before)
    differs = differing_fields(diff.state, diff.now)
    by_file = differing_fields(diff.state, baseline) & differs
    by_hand = differing_fields(diff.now, baseline) & differs
    if overwrite:
        return frozenset(by_file | by_hand), ""
    standing = by_file & by_hand
    words = ", ".join(FIELD_LABELS[name] for name in diff.state if name in standing)
    return frozenset(by_file - by_hand), f"Changed here by hand and in the file too: {words}." if words else ""


def _statuses(events: Iterable[int]) -> dict[int, str]:
    statuses = {}
    for keys in batches(list(events)):
        statuses |= dict(Event.objects.filter(pk__in=keys).order_by().values_list("pk", "status"))
    return statuses
