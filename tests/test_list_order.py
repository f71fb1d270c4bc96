"""Pages from the index in memory are those that the database finds."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import make
from timeline.database import keyset_paging
from timeline.filters import EventFilter
from timeline.index import index_for, list_order
from timeline.index.list_order import (
    ORDERS,
    ListPage,
    begin_first_and_last,
    first_of_list,
    numbered_page,
    page_beside,
    places_of_years,
)
from timeline.models import Conflict, Event
from timeline.pages.event_groups import SHORTEST_GAP

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DATES = ["2020-11", "2020-11-01/..", "2022-03-24", "[..2022-03-25]", "2022-03-24/2022-06-01", "2022-03-24", "2021"]
QUERIES = ["", "category=call", "from=2022"]


@made_once
def listed():
    """Nine events: equal dates, unknown starts, unknown days of report, one that was withdrawn."""
    dated, undated = make.briefing(published_on=dt.date(2022, 3, 25)), make.briefing(published_on=None)
    for number in range(9):
        briefing = dated if number % 3 else undated
        make.published(f"Event {number}", edtf=DATES[number % len(DATES)], briefing=briefing)
    make.published("Withdrawn", edtf="2022-03-24").withdraw("Entered twice.")
    make.event("Draft", edtf="2022-03-24")


@pytest.fixture(params=ORDERS)
def order(request):
    return request.param


@pytest.fixture(params=[1, 1_000_000], ids=["sorted", "selected"])
def few(request, monkeypatch):
    """Have the events of a filter sorted by themselves, or taken from the order of all."""
    monkeypatch.setattr(list_order, "FEW", request.param)


@pytest.fixture(params=QUERIES)
def event_filter(listed, order, few, request):
    return EventFilter(QueryDict(f"{request.param}&order={order}"), Event.objects.public())


def as_database_finds(event_filter, first: int, last: int) -> ListPage:
    """Return the page of these places in the list, from 0."""
    whole = list(event_filter.events)
    shown, order = whole[first:last], event_filter.order
    covered = None
    if order in ("date", "-date"):
        elsewhere = whole[last:] if order == "-date" else whole[:first]
        firm = [event for event in elsewhere if event.start_latest <= event.start_earliest + SHORTEST_GAP]
        reached = [event.start_latest if event.end_latest == dt.date.max else event.end_latest for event in firm]
        covered = max(reached, default=None)
    return ListPage(tuple(event.pk for event in shown), first + 1 if shown else 0, covered)


@pytest.mark.parametrize("size", [1, 2, 5, 50])
def test_numbered_pages(event_filter, order, size):
    index, total = index_for(event_filter), event_filter.events.count()
    matching = index.matching(event_filter)

    for number in range(1, total // size + 3):
        expected = as_database_finds(event_filter, (number - 1) * size, number * size)
        assert numbered_page(index, matching, order, size, number) == expected


@pytest.mark.parametrize("piece", [1, 4, 1000])
@pytest.mark.parametrize("most", [0, 1, 4, 50])
def test_the_first_events_of_a_list(event_filter, order, most, piece, monkeypatch):
    monkeypatch.setattr(list_order, "PIECE", piece)
    index = index_for(event_filter)

    keys = first_of_list(index, index.matching(event_filter), order, most)

    assert list(keys) == [event.pk for event in event_filter.events[:most]]


@pytest.mark.parametrize("size", [1, 4])
def test_pages_beside_any_event(event_filter, order, size):
    index = index_for(event_filter)
    matching, whole = index.matching(event_filter), [event.pk for event in event_filter.events]

    for mark in Event.objects.addressable():
        position = keyset_paging.position_at(Event.objects.all(), order, mark.pk)
        after = keyset_paging.beyond(event_filter.events, order, position).count()
        before = keyset_paging.beyond(event_filter.events, order, position, backwards=True).count()
        start = len(whole) - after

        assert page_beside(index, matching, order, size, position, after=True) == as_database_finds(
            event_filter, start, start + size
        )
        assert page_beside(index, matching, order, size, position, after=False) == as_database_finds(
            event_filter, max(0, before - size), before
        )


@pytest.mark.parametrize(
    ("number", "titles"), [("1", ["Event 0", "Event 1"]), ("3", ["Event 6", "Event 2"]), (" 5 ", ["Event 3"])]
)
def test_address_has_pages_by_number(client, listed, settings, number, titles):
    settings.EVENTS_PER_PAGE = 2
    page = client.get("/", {"page": number}).context["page"]

    assert [event.title for event in page.events] == titles
    assert page.first == 2 * int(number) - 1


@pytest.mark.parametrize("order", ["date", "-recorded"])
@pytest.mark.parametrize("number", ["0", "-1", "6", "two", "²", "9" * 30])
def test_number_of_no_page_is_refused(client, listed, settings, order, number):
    settings.EVENTS_PER_PAGE = 2
    response = client.get("/", {"page": number, "order": order})

    assert response.status_code == 400
    assert response.context["wrong"] == {
        "page": [f"There is no page {number[:20]!r}. The pages of this list are 1 to 5."]
    }


def test_last_page_by_record_is_a_slice_of_the_whole(client, listed, settings):
    settings.EVENTS_PER_PAGE = 2
    page = client.get("/?order=-recorded&page=5").context["page"]

    assert ([event.title for event in page.events], page.first, page.after) == (["Event 0"], 9, "")


def test_first_and_last_of_each_conflict_are_those_of_the_database(listed):
    for number, event in enumerate(Event.objects.order_by("pk")):
        Event.objects.filter(pk=event.pk).update(conflict=make.conflict() if number < 2 else Conflict.objects.first())
    index = index_for(EventFilter(QueryDict(), Event.objects.public()))
    edtf_of = dict(Event.objects.values_list("pk", "edtf"))

    spans = {
        conflict: tuple(edtf_of[pk] for pk in keys)
        for conflict, keys in begin_first_and_last(index.columns, "conflict").items()
        if conflict
    }

    rows = Conflict.objects.public().with_span()
    assert spans == {row.pk: (row.first_edtf, row.latest_edtf) for row in rows if row.first_edtf}
    assert len(spans) == 2


def test_places_of_years(event_filter, order):
    index = index_for(event_filter)
    day_of = {"-published": lambda event: event.first_reported_on, "-recorded": lambda event: event.recorded_at.date()}
    by_start = lambda event: event.start_earliest if event.has_known_start else None  # noqa: E731 (beside the two above)
    days = list(map(day_of.get(order, by_start), event_filter.events))
    years = [day and day.year for day in days]
    expected = [(year, years.index(year), years.count(year)) for year in dict.fromkeys(years) if year]

    assert places_of_years(index, index.matching(event_filter), order) == expected
