"""Conditions on events by what is measured: the day of the first report, deaths, the point of the place; and by what is not set."""

import datetime as dt
from decimal import Decimal

from django.db.models import Q

from . import tables


def first_reported(first: dt.date, last: dt.date) -> Q:
    """Return the condition that a public source first reported the event between these days, both included."""
    return Q(first_reported_on__gte=first, first_reported_on__lte=last)


def has_deaths(minimum: int) -> Q:
    """Return the condition that the best estimate of deaths is so high; the lowest count where there is no estimate."""
    return Q(deaths_best__gte=minimum) | Q(deaths_best=None, deaths_low__gte=minimum)


def is_in_box(west: Decimal, south: Decimal, east: Decimal, north: Decimal) -> Q:
    """Return the condition that the place has a point between these degrees (WGS 84), edges included."""
    north_south = Q(place__latitude__gte=south, place__latitude__lte=north)
    if west <= east:
        return north_south & Q(place__longitude__gte=west, place__longitude__lte=east)
    return north_south & (Q(place__longitude__gte=west) | Q(place__longitude__lte=east))


def is_without(part: str) -> Q:
    """Return the condition that an event lacks this part, of timeline.filters.parameter_choices.UNSET."""
    if part == "actor":
        return ~Q(pk__in=tables.participations().order_by().values("event"))
    return WITHOUT[part]


WITHOUT = {
    "place": Q(place=None),
    "conflict": Q(conflict=None),
    "start": Q(start_earliest=dt.date.min),
    "deaths": Q(deaths_low=None, deaths_best=None, deaths_high=None),
    "data_set": Q(data_set=None),
}
