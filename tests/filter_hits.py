"""How tests ask a filter of the public events: for what it finds, or for what is wrong with it."""

from django.http import QueryDict

from timeline.filters import EventFilter
from timeline.models import Event


def filter_of(query: str = "") -> EventFilter:
    return EventFilter(QueryDict(query), Event.objects.public())


def hits(query: str) -> list[str]:
    """Return the titles that a valid filter finds, in its order."""
    event_filter = filter_of(query)
    assert event_filter.messages == {}
    return [event.title for event in event_filter.events]


def messages(query: str) -> dict:
    """Return what is wrong with a filter; it must then find nothing."""
    event_filter = filter_of(query)
    assert list(event_filter.events) == []
    assert list(event_filter.in_period(certainly=True)) == []
    return event_filter.messages
