"""How new a list is: its last source and its last change, found without reading all events."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import make
from timeline.facets import freshness as module
from timeline.facets.freshness import freshness
from timeline.filters import EventFilter
from timeline.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def freshness_of(query: str = "") -> dict:
    return freshness(EventFilter(QueryDict(query), Event.objects.public()))


@pytest.fixture(params=[0, 100])
def few(request, monkeypatch) -> None:
    """Have the last change looked for among the newest events, and by the keys of those of the filter."""
    monkeypatch.setattr(module, "FEW", request.param)


def test_nothing_is_known_of_no_event(few):
    assert freshness_of() == {"source": None, "change": None}


def test_last_source_and_change_are_those_of_the_filter(few):
    early, late = (make.briefing(published_on=dt.date(2022, month, 1)) for month in (3, 6))
    older = make.published("Older", type="clash", briefing=early)
    newer = make.published("Newer", type="visit", briefing=late)
    make.citation(make.event("Draft", type="clash"), make.briefing(published_on=dt.date(2024, 1, 1)))
    make.citation(older, make.briefing(published_on=None))
    changed = dict(Event.objects.values_list("pk", "revised_at"))

    assert freshness_of() == {"source": dt.date(2022, 6, 1), "change": max(changed[older.pk], changed[newer.pk])}
    assert freshness_of("type=clash") == {"source": dt.date(2022, 3, 1), "change": changed[older.pk]}
    assert freshness_of("type=visit") == {"source": dt.date(2022, 6, 1), "change": changed[newer.pk]}


def test_change_that_was_never_counted(few):
    event = make.published(briefing=make.briefing(published_on=None))
    Event.objects.filter(pk=event.pk).update(revised_at=None)
    Event.objects.filter(pk=event.pk).update(title="Another title")
    expected = Event.objects.get(pk=event.pk).revised_at

    assert freshness_of() == {"source": None, "change": expected}
