import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.database.keyset_paging import COLUMNS, Page, beyond, marked_position, position_at
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


def test_page_of_nothing():
    shown = Page([], 0, 0)

    assert (shown.last, shown.after, shown.before, shown.is_whole) == (0, "", "", True)


@pytest.mark.parametrize("mark", ["draft", "unknown", "\0", "x" * 500])
def test_mark_that_is_no_public_event_is_refused(listed, mark):
    if mark == "draft":
        mark = Event.objects.get(title="Draft").public_id
    with pytest.raises(ValidationError) as caught:
        marked_position(Event.objects.public(), "date", mark)

    assert caught.value.messages == ["The page begins at an event that is not public. Start from the first page."]


def test_withdrawn_event_still_marks_a_place(listed):
    second = Event.objects.public().in_order()[1]
    second.withdraw("Entered twice.")

    assert marked_position(Event.objects.public(), "date", second.public_id) == (second.sort_on, second.pk)


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(COLUMNS)), st.integers(0, 6))
def test_events_beyond_one_are_a_slice_of_the_whole(listed, order, number):
    events = Event.objects.public().in_order(order)
    whole = list(events)

    position = position_at(events, order, whole[number].pk)

    assert list(beyond(events, order, position)) == whole[number + 1 :]
    assert list(beyond(events, order, position, backwards=True)) == whole[:number]
