"""What to offer where nothing matches: the nearest wider filter, with its count."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from .event_filter import EventFilter
from .sentence import clauses

MOST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class WiderFilter:
    words: str
    count: int
    query: str


def wider_filters(event_filter: EventFilter, preset: str = "") -> list[WiderFilter]:
    """Return at most three wider filters that find something, the narrowest first. A few queries; for empty lists."""
    offers = [
        offer for offer in [_wider_period(event_filter), *_without_one(event_filter, preset)] if offer and offer.count
    ]
    return sorted(offers, key=lambda offer: offer.count)[:MOST_OFFERS]


def _without_one(event_filter: EventFilter, preset: str) -> list[WiderFilter]:
    offers = []
    for clause in clauses(event_filter, preset):
        count = EventFilter(
            QueryDict(event_filter.query_without(*clause.names - {preset})), event_filter.queryset
        ).events.count()
        offers.append(WiderFilter(f"Without “{clause.label}: {clause.value}”", count, clause.query_without))
    return offers


def _wider_period(event_filter: EventFilter) -> WiderFilter | None:
    """Return the period widened to the event that lies nearest outside it."""
    if not event_filter.has_period:
        return None
    first, last = event_filter.wanted["from"], event_filter.wanted["to"]
    choices = []
    if first and (day := _last_before(event_filter.in_any_period, first.first)):
        choices.append(((first.first - day).days, {"from": day.isoformat()}))
    if last and (day := _first_after(event_filter.in_any_period, last.last)):
        choices.append(((day - last.last).days, {"to": day.isoformat()}))
    if not choices:
        return None
    query = event_filter.query_with(**min(choices, key=lambda choice: choice[0])[1])
    count = EventFilter(QueryDict(query), event_filter.queryset).events.count()
    return WiderFilter("With the period widened to the nearest event", count, query)


def _last_before(events: QuerySet, day: dt.date) -> dt.date | None:
    earlier = events.filter(end_latest__lt=day).order_by("-end_latest")
    return earlier.values_list("end_latest", flat=True).first()


def _first_after(events: QuerySet, day: dt.date) -> dt.date | None:
    later = events.filter(start_earliest__gt=day).order_by("start_earliest")
    return later.values_list("start_earliest", flat=True).first()
