"""What a clause of a filter finds, read off the columns: some milliseconds of a million events, where the database takes up to seconds."""

import datetime as dt
from collections.abc import Callable, Container, Iterable
from typing import TYPE_CHECKING

import numpy as np

from timeline.evidence.choices import Act
from timeline.evidence.support import TOLD, Actuality
from timeline.filters import EventFilter
from timeline.filters.parameter_types import Parameter
from timeline.filters.parameters import BY_NAME, CITED
from timeline.models import ActorAncestor, EventType, PlaceAncestor

from .event_columns import Matching
from .filter_clauses import ACTORS, PERIOD, REPORTED, UpTo, citation_conditions
from .values import NONE

if TYPE_CHECKING:
    from .event_index import EventIndex

Read = Callable[["EventIndex", EventFilter], Matching]


def flags_by_columns(index: "EventIndex", event_filter: EventFilter, names: Iterable[str]) -> Matching | None:
    """Return a flag for each slot as EventFilter.events finds the events in the database; some are of slots without an event. None: the
    columns do not say. `event_filter` has the parameters of one clause alone, `names`. One query for each actor, place or type."""
    named = set(names) - {"known_by"}
    for parameters, read in READERS:
        if named.issubset(parameters):
            return read(index, event_filter)
    parameter = BY_NAME[named.pop()]
    if named or not parameter.table or (parameter.is_axis and event_filter.wanted["known_by"]):
        return None
    flags = _of_values(index, event_filter, parameter)
    return ~flags if parameter.excludes else flags


def _of_values(index: "EventIndex", event_filter: EventFilter, parameter: Parameter) -> Matching:
    column, keys = parameter.name.removesuffix("__not"), tuple(event_filter.keys_of(parameter.name))
    if parameter.table == "participations":
        return _with_row(index, parameter.table, [(column, _members(keys))])
    if parameter.table == "citations":
        return _with_row(index, parameter.table, [*citation_conditions(event_filter), (column, keys)])
    if column == "place":
        keys = tuple(PlaceAncestor.objects.filter(ancestor__in=keys).values_list("place", flat=True))
    elif not parameter.is_counted:
        types = EventType.objects.filter(**{f"{column}__in": keys}).order_by()
        column, keys = "type", tuple(types.values_list("pk", flat=True))
    return index.are_of(index.columns.column(column), column, keys)


def _members(actors: Iterable[int]) -> tuple[int, ...]:
    return tuple(ActorAncestor.objects.filter(ancestor__in=actors).values_list("actor", flat=True))


def _with_row(index: "EventIndex", kind: str, conditions: Iterable[tuple[str, tuple | UpTo]]) -> Matching:
    """Return which events have a row that meets all conditions."""
    flags, rows = np.zeros(index.columns.size, bool), index.columns.rows(kind)
    flags[rows.event.take(np.flatnonzero(index.rows_meeting_all(kind, tuple(conditions))))] = True
    return flags


def _in_period(index: "EventIndex", event_filter: EventFilter) -> Matching:
    """Return what EventQuerySet.in_period does."""
    dates, (first, last) = index.values.dates, _days(event_filter, "from", "to")
    if event_filter.certainly:
        fits = (dates.column("start_latest") <= last) & (dates.column("end_earliest") >= first)
        fits &= dates.column("is_exact").astype(bool)
    else:
        fits = (dates.column("start_earliest") <= last) & (dates.column("end_latest") >= first)
    return fits.take(index.columns.column("date"))


def _days(event_filter: EventFilter, begin: str, end: str) -> tuple[int, int]:
    """Return the first and the last day that two parameters name, as proleptic ordinals."""
    first, last = event_filter.wanted[begin], event_filter.wanted[end]
    return (first.first if first else dt.date.min).toordinal(), (last.last if last else dt.date.max).toordinal()


def _reported(index: "EventIndex", event_filter: EventFilter) -> Matching:
    days, (first, last) = index.columns.column("reported"), _days(event_filter, "reported_from", "reported_to")
    return (days >= first) & (days <= last)  # none is NONE


def _with_actors(index: "EventIndex", event_filter: EventFilter) -> Matching:
    """Return which events have one of the actors, and each of those that are all to be there, in one of the roles."""
    groups = [event_filter.keys_of("actor"), *([each] for each in event_filter.keys_of("actor__all"))]
    roles = [("role", tuple(event_filter.keys_of("role")))] if event_filter.keys_of("role") else []
    conditions = [[("actor", _members(group)), *roles] for group in groups if group] or [roles]
    return np.logical_and.reduce([_with_row(index, "participations", of_group) for of_group in conditions])


def _cited(index: "EventIndex", event_filter: EventFilter) -> Matching:
    return _with_row(index, "citations", citation_conditions(event_filter))


def _with_evidence(index: "EventIndex", event_filter: EventFilter) -> Matching:
    """Return what EventQuerySet.with_evidence does."""

    def of_stance(stance: str) -> Matching:
        return _with_row(index, "citations", [*citation_conditions(event_filter), ("stance", (stance,))])

    flags = {
        "verified": lambda: of_stance("verified"),
        "unverified": lambda: ~of_stance("verified"),
        "disputed": lambda: of_stance("disputed"),
    }
    return np.logical_or.reduce([flags[kind]() for kind in event_filter.wanted["evidence"]])


def _known_by(index: "EventIndex", event_filter: EventFilter) -> Matching:
    """Return what EventQuerySet.known_by does: events that a source mentions by the day, which can have begun by then or of which a
    source had told by then that they will."""
    known = citation_conditions(event_filter)
    [next_day] = [until.last for column, until in known if column == "not_before" and isinstance(until, UpTo)]
    begun = index.values.dates.column("start_earliest") <= dt.date.fromisoformat(next_day).toordinal()
    occurred = index.are_of(index.columns.column("actuality"), "actuality", (Actuality.OCCURRED,))
    can_be_known = ~occurred | begun[index.columns.column("date")]
    foretold = ("act", tuple(act for act in Act.values if act not in TOLD))
    reported, last = index.columns.column("reported"), event_filter.wanted["known_by"].last
    can_be_known |= _with_row(index, "citations", [*known, foretold])
    return can_be_known & (reported > NONE) & (reported <= last.toordinal())


READERS: list[tuple[Container[str], Read]] = [
    ((), _known_by),
    (PERIOD, _in_period),
    (REPORTED, _reported),
    (ACTORS, _with_actors),
    (CITED, _cited),
    (("evidence",), _with_evidence),
]
