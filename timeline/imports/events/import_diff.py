"""A row of the file beside what is stored: is it new, changed, or the same, and whose word stands where both differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.database.shards import batches
from timeline.models import Event
from timeline.models.publication import Status

from .event_record import EventRecord
from .import_options import Options
from .snapshot import NAMES, State, as_they_stand, different, packed, unpacked

CLOSED = {Status.WITHDRAWN: "It was withdrawn here.", Status.MERGED: "It was merged into another event here."}


@dataclass(slots=True)
class Verdict:
    record: EventRecord
    state: State  # as the file states it
    imported: int | None = None  # primary key of what is known of it; None: it is new
    event: int | None = None
    before: str = ""  # baseline until now
    now: State | None = None
    change: frozenset[str] = frozenset()  # parts to be written
    kept: str = ""  # why something is not written though the file differs

    @property
    def is_new(self) -> bool:
        return self.imported is None

    @property
    def is_updated(self) -> bool:
        return bool(self.change)

    @property
    def is_told_anew(self) -> bool:
        """Return whether the file says something else than when the event was brought in last."""
        return self.imported is not None and self.before != packed(self.state)


def judge(options: Options, stated: list[tuple[EventRecord, State]]) -> list[Verdict]:
    """Return the verdict on each. One query for each 500 rows, five more for those that changed."""
    names = [record.external_id for record, _ in stated]
    known = {name: rest for name, *rest in options.imported().named(names)}
    verdicts = [_known(record, state, known.get(record.external_id)) for record, state in stated]
    _compare(options, [one for one in verdicts if one.is_told_anew])
    return verdicts


def _known(record: EventRecord, state: State, known: list | None) -> Verdict:
    return Verdict(record, state, *known) if known else Verdict(record, state)


def _compare(options: Options, told_anew: list[Verdict]) -> None:
    events = [one.event for one in told_anew if one.event]
    now, states = as_they_stand(events), _statuses(events)
    for one in told_anew:
        if one.event not in now:
            one.kept = "It was deleted here."
        elif words := CLOSED.get(states[one.event]):
            one.kept = words
        elif states[one.event] == Status.PUBLISHED and not options.may_change_public:
            one.kept = "It is public, and changing it needs the permission to publish."
        else:
            one.now = now[one.event]
            one.change, one.kept = _weigh(one, options.overwrite)


def _weigh(one: Verdict, overwrite: bool) -> tuple[frozenset[str], str]:
    """Return the parts to write, and what is kept of the editors' work in words."""
    baseline = unpacked(one.before)
    differs = different(one.state, one.now)
    by_file = different(one.state, baseline) & differs
    by_hand = different(one.now, baseline) & differs
    if overwrite:
        return frozenset(by_file | by_hand), ""
    standing = by_file & by_hand
    words = ", ".join(NAMES[name] for name in one.state if name in standing)
    return frozenset(by_file - by_hand), f"Changed here by hand and in the file too: {words}." if words else ""


def _statuses(events: Iterable[int]) -> dict[int, str]:
    found = {}
    for some in batches(list(events)):
        found |= dict(Event.objects.filter(pk__in=some).order_by().values_list("pk", "status"))
    return found
