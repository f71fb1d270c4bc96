"""What comes before and after an event: in the list that the reader came from, and in time."""

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from timeline.charts.comparison import pair_query
from timeline.charts.neighbours import neighbours
from timeline.dates.periods import FIRST_YEAR
from timeline.facets.counting import counts_by_value
from timeline.filters import EventFilter
from timeline.filters.first_page import address_query, with_first_order, with_query
from timeline.index import index_for
from timeline.index.list_order import surroundings
from timeline.models import Event
from timeline.models.taxonomy import Category

AROUND = dt.timedelta(days=3)


def list_context(request: HttpRequest, event: Event) -> dict:
    """Return the place of an event in the list that its address carries as a filter, and what is beside it in time. Where the
    filter is wrong, or does not find the event, neither: no other list is put in its place."""
    context = {"around_url": around_url(event)}
    event_filter = EventFilter(with_first_order(request.GET), Event.objects.public())
    if event_filter.messages:
        return context
    index = index_for(event_filter)
    matching = index.matching(event_filter)
    if (around := surroundings(index, matching, event_filter.order, 1, event.pk)) is None:
        return context
    beside = Event.objects.public().only("public_id", "title").in_bulk([*around.before, *around.after])
    previous, following = (next(map(beside.get, keys), None) for keys in (around.before, around.after))
    return context | {
        "list_query": address_query(event_filter.query),
        "list_url": list_url(event, event_filter, previous, around.number),
        "list_total": index.total(matching),
        "list_number": around.number,
        "previous_event": previous,
        "next_event": following,
        "neighbours": neighbours(event, event_filter)
        or neighbours(event, EventFilter(with_first_order(QueryDict()), Event.objects.public())),
        "hatched_categories": Category.values,
        "versus_url": versus_url(event, event_filter),
        "versus_by_category": versus_by_category(event, event_filter),
    }


def list_url(event: Event, event_filter: EventFilter, previous: Event | None, number: int) -> str:
    """Return the address of the page of the list that has the event, at the event."""
    is_first_page = previous is None or number <= settings.EVENTS_PER_PAGE
    mark = "" if is_first_page else urlencode({"after": previous.public_id})
    query = "&".join(filter(None, [event_filter.query, mark]))
    return f"{with_query(reverse('event-list'), query)}#e-{event.public_id}"


def around_url(event: Event) -> str:
    """Return the address of all events within three days of this one; empty where its start or its end is not known."""
    if not event.has_known_start or event.end_latest == dt.date.max or event.start_earliest.year < FIRST_YEAR:
        return ""
    days = {"from": event.start_earliest - AROUND, "to": event.end_latest + AROUND}
    return f"{reverse('event-list')}?{urlencode({name: day.isoformat() for name, day in days.items()})}"


def versus_url(event: Event, event_filter: EventFilter, **single: str) -> str:
    """Return the address that compares what comes before the event with what comes after it, in the list in any period, with
    these single parameters set; empty where its start is not known to lie between two days."""
    if not event.has_known_start or event.start_latest == dt.date.max or event.start_earliest.year < FIRST_YEAR:
        return ""
    day = dt.timedelta(days=1)
    in_any_period = event_filter.without("from", "to", "order")
    before = in_any_period.query_with(to=(event.start_earliest - day).isoformat(), **single)
    after = in_any_period.query_with(**{"from": (event.start_latest + day).isoformat()}, **single)
    return f"{reverse('compare')}?{pair_query(before, after)}"


def versus_by_category(event: Event, event_filter: EventFilter) -> list[tuple[str, str]]:
    """Return the category and the address of the same comparison of each category that the list has in any period; nothing
    where it has one alone."""
    counts = counts_by_value(event_filter.without("from", "to", "order"), "category")
    present = [category for category in Category if counts.get(category.value)]
    addresses = [
        (str(category.label), versus_url(event, event_filter, category=category.value)) for category in present
    ]
    return addresses if len(addresses) > 1 and addresses[0][1] else []
