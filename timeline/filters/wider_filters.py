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


def wider_filters(chosen: EventFilter, preset: str = "") -> list[WiderFilter]:
    """Return at most three wider filters that find something, the narrowest first. A few queries; for empty lists."""
    found = [offer for offer in [_wider_period(chosen), *_without_one(chosen, preset)] if offer and offer.count]
    return sorted(found, key=lambda offer: offer.count)[:MOST_OFFERS]


def _without_one(chosen: EventFilter, preset: str) -> list[WiderFilter]:
    made = []
    for clause in clauses(chosen, preset):
        count = EventFilter(QueryDict(chosen.query_without(*clause.names - {preset})), chosen.queryset).events.count()
        made.append(WiderFilter(f"Without “{clause.label}: {clause.value}”", count, clause.query_without))
    return made


def _wider_period(chosen: EventFilter) -> WiderFilter | None:
    """Return the period widened to the event that lies nearest outside it."""
    if not chosen.has_period:
        return None
    first, last = chosen.wanted["from"], chosen.wanted["to"]
    choices = []
    if first and (day := _last_before(chosen.in_any_period, first.first)):
        choices.append(((first.first - day).days, {"from": day.isoformat()}))
    if last and (day := _first_after(chosen.in_any_period, last.last)):
        choices.append(((day - last.last).days, {"to": day.isoformat()}))
    if not choices:
        return None
    query = chosen.query_with(**min(choices, key=lambda choice: choice[0])[1])
    count = EventFilter(QueryDict(query), chosen.queryset).events.count()
    return WiderFilter("With the period widened to the nearest event", count, query)


def _last_before(events: QuerySet, day: dt.date) -> dt.date | None:
    earlier = events.filter(end_latest__lt=day).order_by("-end_latest")
    return earlier.values_list("end_latest", flat=True).first()


def _first_after(events: QuerySet, day: dt.date) -> dt.date | None:
    later = events.filter(start_earliest__gt=day).order_by("start_earliest")
    return later.values_list("start_earliest", flat=True).first()
