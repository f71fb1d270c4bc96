"""Stored dates follow the bounds of `dates.parse`, without a new row in any history."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from tests import make
from timeline.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAMES = ("start_earliest", "start_latest", "end_earliest", "end_latest")
BEFORE = {  # as they were derived before
    "2022-03-24~": ("2022-03-24", "2022-03-24", "2022-03-24", "2022-03-24"),
    "2020-11-10/..": ("2020-11-10", "2020-11-10", "9999-12-31", "9999-12-31"),
    "2020-11/": ("2020-11-01", "2020-11-30", "2020-11-01", "9999-12-31"),
    "2022-03-24": ("2022-03-24", "2022-03-24", "2022-03-24", "2022-03-24"),
}
AFTER = BEFORE | {
    "2022-03-24~": ("2022-03-21", "2022-03-27", "2022-03-21", "2022-03-27"),
    "2020-11-10/..": ("2020-11-10", "2020-11-10", "2020-11-10", "9999-12-31"),
    "2020-11/": ("2020-11-01", "2020-11-30", "2020-11-30", "9999-12-31"),
}


def days(bounds: tuple[str, ...]) -> dict[str, dt.date]:
    return dict(zip(NAMES, map(dt.date.fromisoformat, bounds), strict=True))


def test_stored_bounds_are_derived_anew_in_the_history_too():
    events = {edtf: make.published(edtf=edtf) for edtf in BEFORE}
    rows = Event.history.count()
    for edtf, event in events.items():
        Event.objects.filter(pk=event.pk).update(**days(BEFORE[edtf]), sort_on=BEFORE[edtf][0])
        event.history.update(**days(BEFORE[edtf]))

    import_module("timeline.migrations._date_bounds").derive_bounds(apps, None)

    expected = {edtf: days(AFTER[edtf]) for edtf in AFTER}
    assert {row.pop("edtf"): row for row in Event.objects.values("edtf", *NAMES)} == expected
    assert {row.pop("edtf"): row for row in Event.history.values("edtf", *NAMES)} == expected
    assert Event.history.count() == rows
    assert Event.objects.get(edtf="2022-03-24~").sort_on == dt.date(2022, 3, 21)
