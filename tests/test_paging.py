import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.database.keyset_paging import COLUMNS, page
from timeline.models import Event

from .hypothesis_examples import examples
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DATES = ["2020-11", "2020-11-01", "2022-03-24", "[..2022-03-25]", "2022-03-24/.."]


@made_once
def listed():
    """Seven events: equal dates, unknown starts, unknown days of report."""
    dated = make.briefing(published_on=dt.date(2022, 3, 25))
    undated = make.briefing(published_on=None)
    for number in range(7):
        briefing = dated if number % 3 else undated
        make.published(f"Event {number}", edtf=DATES[number % len(DATES)], briefing=briefing)
    make.event("Draft", edtf="2022-03-24")


@pytest.mark.parametrize("order", COLUMNS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_forwards_and_backwards_show_every_event_once(listed, order, size):
    events = Event.objects.public().in_order(order)
    whole = [event.public_id for event in events]

    forwards, pages, mark = [], [], ""
    while True:
        shown = page(events, order, size, after=mark)
        pages.append((shown.first, shown.last, shown.total))
        forwards += [event.public_id for event in shown.events]
        mark = shown.after
        if not mark:
            break
    backwards, mark = [], shown.before
    while mark:
        shown = page(events, order, size, before=mark)
        backwards = [event.public_id for event in shown.events] + backwards
        mark = shown.before

    assert forwards == whole
    assert backwards == whole[: len(backwards)]
    assert len(backwards) == (len(pages) - 1) * size
    assert pages == [(first, min(first + size - 1, 7), 7) for first in range(1, 8, size)]


def test_page_of_nothing():
    shown = page(Event.objects.public().in_order(), "date", 50)

    assert (shown.events, shown.first, shown.last, shown.total, shown.after, shown.before) == ([], 0, 0, 0, "", "")


@pytest.mark.parametrize("mark", ["draft", "unknown", "\0", "x" * 500])
def test_mark_that_is_no_public_event_is_refused(listed, mark):
    if mark == "draft":
        mark = Event.objects.get(title="Draft").public_id
    with pytest.raises(ValidationError) as caught:
        page(Event.objects.public().in_order(), "date", 2, after=mark)

    assert caught.value.messages == ["The page begins at an event that is not public. Start from the first page."]


def test_withdrawn_event_still_marks_a_place(listed):
    events = Event.objects.public().in_order()
    second = events[1]
    after = [event.public_id for event in events][2:]
    second.withdraw("Entered twice.")

    assert [event.public_id for event in page(events, "date", 50, after=second.public_id).events] == after


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(COLUMNS)), st.integers(1, 9), st.integers(1, 9))
def test_any_page_is_a_slice_of_the_whole(listed, order, size, start):
    events = Event.objects.public().in_order(order)
    whole = list(events)

    shown = page(events, order, size, after=whole[min(start, 6) - 1].public_id)

    assert shown.events == whole[min(start, 6) :][:size]
    assert shown.first == min(start, 6) + 1
