"""The events of a filter that may leave the site: all but those of data sets whose licence forbids redistribution."""

from timeline.filters import EventFilter
from timeline.models import DataSet

from .export_header import LeftOut, export_header


def redistributable(event_filter: EventFilter) -> tuple[EventFilter, tuple[LeftOut, ...]]:
    """Return a valid filter without events that may not leave the site, and how many are left out of which data set: the
    same filter where there are none. One query; four more where a data set is withheld."""
    withheld = export_header(event_filter).left_out if DataSet.objects.not_redistributable().exists() else ()
    if not withheld:
        return event_filter, ()
    shut_out = {row.slug for row in event_filter.wanted["data_set__not"]} | {left_out.data_set for left_out in withheld}
    return event_filter.with_values(data_set__not=DataSet.objects.filter(slug__in=shut_out)), withheld
