"""What of a filter may leave the site: all but events of data sets whose licence forbids redistribution."""

from timeline.filters import EventFilter
from timeline.models import DataSet

from .export_header import LeftOut, export_header


def redistributable(event_filter: EventFilter) -> tuple[EventFilter, tuple[LeftOut, ...]]:
    """Return a valid filter without events that may not leave the site, and how many are left out of which data set: the
    same filter where there are none. One query; four more where a data set is held back."""
    held_back = export_header(event_filter).left_out if DataSet.objects.not_redistributable().exists() else ()
    if not held_back:
        return event_filter, ()
    shut_out = {row.slug for row in event_filter.wanted["data_set__not"]} | {
        left_out.data_set for left_out in held_back
    }
    return event_filter.with_values(data_set__not=DataSet.objects.filter(slug__in=shut_out)), held_back
