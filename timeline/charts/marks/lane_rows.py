"""The rows from which the lanes of a filter are counted: of the index, and as querysets."""

import numpy as np
from django.db.models import QuerySet

from timeline.database.shards import BATCH_SIZE
from timeline.filters import EventFilter
from timeline.index import EventIndex, Rows, citation_conditions, index_for


def event_queryset(event_filter: EventFilter) -> QuerySet:
    """Return the events of a filter, few of them by their primary keys: no word is searched again."""
    index = index_for(event_filter)
    matching = index.matching(event_filter)
    if index.total(matching) > BATCH_SIZE:
        return event_filter.events.order_by()
    return event_filter.queryset.filter(pk__in=index.keys(matching)).order_by()


def citation_queryset(event_filter: EventFilter) -> QuerySet:
    """Return the citations by which an event is found: those that meet all the filter asks of one."""
    return event_filter.matching_citations.order_by().filter(event__in=event_queryset(event_filter).values("pk"))


def event_rows(column: str, index: EventIndex, event_filter: EventFilter) -> Rows:
    """Return each event with its value in a column of events."""
    events = np.flatnonzero(index.matching(event_filter))
    return Rows(events, {column: index.columns.column(column)[events]})


def actor_rows(index: EventIndex, event_filter: EventFilter) -> Rows:
    """Return each event with each of its actors; one without any comes with none."""
    matching = index.matching(event_filter)
    taken = index.rows_meeting(matching, "participations", [], "actor")
    alone = matching.copy()
    alone[taken.event] = False
    events = np.concatenate([taken.event, np.flatnonzero(alone)])
    return Rows(events, {"actor": np.concatenate([taken.columns["actor"], np.zeros(alone.sum(), np.int32)])})


def citation_rows(index: EventIndex, event_filter: EventFilter) -> Rows:
    return index.rows_meeting(
        index.matching(event_filter), "citations", citation_conditions(event_filter), "publisher", "speaker"
    )
