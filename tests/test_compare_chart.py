"""Two filters on one axis."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from tests import make
from timeline.charts.comparison import chart, histograms
from timeline.filters import EventFilter
from timeline.models import Event

from . import compare_page
from .clients import words
from .compare_page import CALLS, TROOPS, compare
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

record = made_once(compare_page.record)


def drawn(a: str, b: str, **how):
    sides = (EventFilter(QueryDict(query), Event.objects.public()) for query in (a, b))
    return chart(histograms(*sides), **how)


def test_both_are_drawn_on_one_axis(record):
    comparison = drawn(CALLS, TROOPS)

    assert comparison.unit == "day"
    assert [(a.label, a.events, b.events) for a, b in comparison.rows] == [
        ("21 March 2022", 1, 0),
        ("24 March 2022", 1, 2),
        ("25 March 2022", 0, 1),
        ("26 March 2022", 0, 1),
        ("27 March 2022", 0, 1),
    ]
    assert [column.title for column in comparison.columns] == [
        "A, 21 March 2022: 1 event",
        "A, 24 March 2022: 1 event",
        "B, 24 March 2022: 2 events, 1 of them only possibly",
        "B, 25 March 2022: 1 event, only possibly",
        "B, 26 March 2022: 1 event, only possibly",
        "B, 27 March 2022: 1 event, only possibly",
    ]
    places = {column.bar.first: set() for column in comparison.columns}
    for column in comparison.columns:
        places[column.bar.first].add((column.x, column.width))
    assert all(len(same) == 1 for same in places.values())


def test_axis_reaches_over_both_sides_and_no_further(record):
    comparison = drawn(CALLS, "category=clash")

    assert comparison.unit == "year"
    assert [(a.label, a.events, b.events) for a, b in comparison.rows] == [("1994", 0, 1), ("2022", 2, 0)]


def test_bars_lead_to_the_filter_narrowed_to_them(record):
    comparison = drawn(CALLS, TROOPS + "&known_by=2022-04")

    assert [column.bar.query for column in comparison.columns][1:3] == [
        "category=call&from=2022-03-24&to=2022-03-24",
        "category=troops&from=2022-03-24&known_by=2022-04&to=2022-03-24",
    ]


def test_bars_of_a_grow_upwards_and_those_of_b_downwards(record):
    comparison = drawn(CALLS, TROOPS)

    above, below = map(float, comparison.lines)
    for column in comparison.columns:
        for mark in column.marks:
            y, height = float(mark.y), float(mark.height)
            assert (y + height <= above + 0.001) if mark.kind.startswith("a-") else (y >= below - 0.001)
    assert {mark.kind for column in comparison.columns for mark in column.marks} == {
        "a-certain",
        "b-certain",
        "b-possible",
    }


def heights(comparison) -> dict[str, float]:
    """Return the height of the tallest bar of each side."""
    sides = {"A": 0.0, "B": 0.0}
    for column in comparison.columns:
        letter = column.title[0]
        sides[letter] = max(sides[letter], sum(float(mark.height) for mark in column.marks))
    return sides


def test_both_have_one_scale_unless_each_shall_have_its_own(record):
    shared, separate = heights(drawn(CALLS, TROOPS)), heights(drawn(CALLS, TROOPS, own_scale=True))

    assert shared == pytest.approx({"A": 6 / 1.25, "B": 6}, abs=0.01)
    assert separate == pytest.approx({"A": 6, "B": 6}, abs=0.01)


def test_bars_have_their_numbers_where_there_is_room(record):
    few, many = drawn(CALLS, TROOPS), drawn(CALLS, "category=clash")

    assert [count.text for count in few.counts] == [
        "1",
        "1",
        "2",
    ]  # of an event that may have begun in three months none
    assert [count.text for count in many.counts] == ["2", "1"]


def test_page_says_which_scale_and_leads_to_the_other(client, record):
    shared, separate = compare(client, CALLS, TROOPS), compare(client, CALLS, TROOPS, scale="own")

    assert "A and B share one scale." in words(shared)
    assert shared.context["other_scale_url"] == f"/compare/?{urlencode({'a': CALLS, 'b': TROOPS, 'scale': 'own'})}"
    assert separate.context["other_scale_url"] == f"/compare/?{urlencode({'a': CALLS, 'b': TROOPS})}"
    assert "A and B have separate scales" in words(separate)


def test_weights_of_a_side_add_up_to_its_events(record):
    for query in (CALLS, TROOPS, "", "from=2022-03-24"):
        comparison = drawn(query, "")
        weight = sum(
            column.bar.certain + column.bar.possible for column in comparison.columns if column.title[0] == "A"
        )
        event_filter = EventFilter(QueryDict(query), Event.objects.public())
        undated = event_filter.events.filter(start_earliest__year=1).count()
        assert weight + undated == pytest.approx(event_filter.events.count())


def test_side_without_a_dated_event_is_named(client, record):
    page = words(compare(client, CALLS, TROOPS + "&to=2022-03-20"))

    assert "B has no event with a known start." in page


def test_nothing_to_draw_is_said(client):
    make.published(edtf="[..2022-03-25]")

    page = words(compare(client, "", CALLS))

    assert "Neither A nor B has an event with a known start" in page


def test_side_known_to_the_month_alone_is_drawn_by_the_month(client):
    make.published(edtf="2020-11", type="phone-call", briefing=make.briefing(published_on=None))
    make.published(edtf="2020-12-24", type="clash", briefing=make.briefing(published_on=None))

    page = words(compare(client, CALLS, "category=clash"))

    assert "A, November 2020: 1 event" in page
    assert "B, December 2020: 1 event" in page
    assert not re.search(r"[1-9]\d? (November|December) 2020|2020-1[12]-\d\d", page)
