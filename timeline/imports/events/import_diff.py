"""A row of the file beside what is stored: is it new, changed, or the same, and whose word stands where both differ."""

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
        """Return whether the file says something else than when the event was brought in last."""
        return self.imported is not None and self.before != serialize_state(self.state)


def compare_with_stored(options: Options, stated: list[tuple[EventRecord, State]]) -> list[ImportDiff]:
    """Return the verdict on each. One query for each 500 rows, five more for those that changed."""
    names = [record.external_id for record, _ in stated]
    known = {name: rest for name, *rest in options.imported().named(names)}
    verdicts = [_diff_of(record, state, known.get(record.external_id)) for record, state in stated]
    _compare_restated(options, [one for one in verdicts if one.is_restated])
    return verdicts


def _diff_of(record: EventRecord, state: State, known: list | None) -> ImportDiff:
    return ImportDiff(record, state, *known) if known else ImportDiff(record, state)


def _compare_restated(options: Options, told_anew: list[ImportDiff]) -> None:
    events = [one.event for one in told_anew if one.event]
    now, states = current_states(events), _statuses(events)
    for one in told_anew:
        if one.event not in now:
            one.kept_reason = "It was deleted here."
        elif words := CLOSED.get(states[one.event]):
            one.kept_reason = words
        elif states[one.event] == Status.PUBLISHED and not options.may_change_public:
            one.kept_reason = "It is public, and changing it needs the permission to publish."
        else:
            one.now = now[one.event]
            one.change, one.kept_reason = _fields_to_write(one, options.overwrite)


def _fields_to_write(one: ImportDiff, overwrite: bool) -> tuple[frozenset[str], str]:
    """Return the parts to write, and what is kept of the editors' work in words."""
    baseline = parse_state(one.before)
    differs = differing_fields(one.state, one.now)
    by_file = differing_fields(one.state, baseline) & differs
    by_hand = differing_fields(one.now, baseline) & differs
    if overwrite:
        return frozenset(by_file | by_hand), ""
    standing = by_file & by_hand
    words = ", ".join(FIELD_LABELS[name] for name in one.state if name in standing)
    return frozenset(by_file - by_hand), f"Changed here by hand and in the file too: {words}." if words else ""


def _statuses(events: Iterable[int]) -> dict[int, str]:
    found = {}
    for some in batches(list(events)):
        found |= dict(Event.objects.filter(pk__in=some).order_by().values_list("pk", "status"))
    return found
