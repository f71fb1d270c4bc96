"""The chart agrees with the list, to the event, whatever the filter, the lanes and the window. Which dates show in a
window of the chart."""

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.test_parity import queries, world  # noqa: F401
from timeline.charts.marks import Marks, marks
from timeline.charts.marks.build_marks import events_of_cell
from timeline.charts.marks.cell_counts import dates_showing
from timeline.charts.marks.chart_view import View
from timeline.charts.marks.lane_plan import KINDS
from timeline.charts.time_steps import Step
from timeline.charts.window import Window
from timeline.filters import EventFilter
from timeline.index import Dates
from timeline.models import Citation, Event

from .filter_hits import filter_of
from .hypothesis_examples import examples

pytestmark = pytest.mark.django_db

random_filters = settings(
    max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
kinds = st.sampled_from(sorted(KINDS))
windows = st.tuples(st.dates(dt.date(2020, 6, 1), dt.date(2023, 6, 1)), st.integers(3, 2000)).map(
    lambda pair: Window(pair[0], pair[0] + dt.timedelta(days=pair[1]))
)


def filter_in(query: str, window: Window) -> EventFilter:
    """Return the filter with this period in place of its own."""
    data = QueryDict(query, mutable=True)
    data["from"], data["to"] = window.first.isoformat(), window.last.isoformat()
    return EventFilter(data, Event.objects.public())


MAX = dt.date.max


def by_lane(kind: str, event_filter: EventFilter) -> dict[str, list[Event]]:
    """Return the events of each lane, worked out event by event."""
    cited = defaultdict(list)
    for citation in event_filter.matching_citations.select_related("speaker", "briefing__publisher"):
        cited[citation.event_id].append(citation)
    events = defaultdict(list)
    for event in event_filter.events.for_timeline(event_filter.source_citations):
        for value in values_of(kind, event, cited[event.pk]):
            events[value].append(event)
    return events


def by_drawn_lane(kind: str, event_filter: EventFilter, marks: Marks) -> dict[str, list[Event]]:
    """Return the events of each lane that is drawn: those of all lanes beyond the most are in the lane without a value."""
    drawn, events = {lane.lane.value for lane in marks.lanes}, defaultdict(dict)
    for value, of_lane in by_lane(kind, event_filter).items():
        events[value if value in drawn else ""] |= {event.pk: event for event in of_lane}
    return defaultdict(list, {value: list(of_lane.values()) for value, of_lane in events.items()})


def values_of(kind: str, event: Event, citations: list[Citation]) -> set[str]:
    if kind == "category":
        return {event.event_type.category}
    if kind == "type":
        return {event.event_type.slug}
    if kind == "place":
        place = event.place
        while place and place.parent:
            place = place.parent
        return {place.slug if place else ""}
    if kind == "actor":
        return {
            (participation.actor.parent or participation.actor).slug for participation in event.participations.all()
        } or {""}
    if kind == "publisher":
        return {citation.briefing.publisher.slug for citation in citations}
    return {citation.speaker.slug if citation.speaker else "" for citation in citations}


@random_filters
@given(queries(), kinds)
def test_lanes_count_the_events_of_the_list(world, query, kind):  # noqa: F811
    event_filter = filter_of(query)
    if event_filter.messages:
        return

    chart = marks(event_filter, kind)

    lanes = {lane.lane.value: lane.lane.count for lane in chart.lanes if lane.lane.count} if chart else {}
    events = by_drawn_lane(kind, event_filter, chart) if chart else {}
    assert lanes == {value: len(of_lane) for value, of_lane in events.items()}


@random_filters
@given(queries(), kinds, windows, st.integers(200, 1400))
def test_columns_count_what_may_go_on_in_each_cell(world, query, kind, window, width):  # noqa: F811
    event_filter = filter_in(query, window)
    if event_filter.messages or (chart := marks(event_filter, kind, width=width)) is None:
        return
    events = by_drawn_lane(kind, event_filter, chart)

    for lane in chart.lanes:
        drawn = {column.first: (column.certain, column.possible) for column in lane.columns}
        assert drawn == columns_of(events[lane.lane.value], chart)


def columns_of(events: list[Event], chart: Marks) -> dict[dt.date, tuple[int, int]]:
    """Return what each cell counts, by its first day, of the stretches that are not folded."""
    counted = {}
    for piece in chart.scale.open_pieces:
        for cell in range(piece.step.index(piece.window.first), piece.step.index(piece.window.last) + 1):
            first = max(piece.step.first(cell), piece.window.first)
            counted[first] = counts(cell, piece.step, events, chart)
    return {first: numbers for first, numbers in counted.items() if numbers[1]}


def counts(cell: int, step: Step, events: list[Event], chart: Marks) -> tuple[int, int]:
    """Return how many of the events certainly, and possibly, go on in a cell."""
    certain = possible = 0
    for event in events:
        first, begun, ended, last = (step.index(day) for day in days_of(event, chart))
        possible += first <= cell <= max(first, last)
        certain += begun <= cell <= ended and not event.date_qualifier and event.actuality == "occurred"
    return certain, possible


def days_of(event: Event, chart: Marks) -> list[dt.date]:
    """Return the bounds as they are drawn: no start is at the end, no end at the last briefing."""
    first = event.start_earliest if event.has_known_start else event.end_latest
    bounds = [first, event.start_latest, event.end_earliest, event.end_latest]
    return [chart.known_until if day == MAX else day for day in bounds]


@random_filters
@given(queries(), kinds, windows)
@example("", "publisher", Window(dt.date(2020, 6, 1), dt.date(2022, 3, 21)))
def test_every_event_in_view_is_in_one_mark_of_its_lane(world, query, kind, window):  # noqa: F811
    event_filter = filter_in(query, window)
    if event_filter.messages or (chart := marks(event_filter, kind)) is None:
        return
    events = by_drawn_lane(kind, event_filter, chart)

    for lane in chart.lanes:
        drawn = Counter(fact.public_id for mark in lane.marks for fact in mark.events)
        assert drawn == Counter(event.public_id for event in events[lane.lane.value] if shows(event, chart))


def shows(event: Event, chart: Marks) -> bool:
    first = event.start_earliest if event.has_known_start else event.end_latest
    return first <= chart.window.last and event.end_latest >= chart.window.first


@random_filters
@given(queries(), kinds, windows)
def test_card_of_a_cell_lists_what_its_column_counts(world, query, kind, window):  # noqa: F811
    event_filter = filter_in(query, window)
    if event_filter.messages or (chart := marks(event_filter, kind, width=200)) is None:
        return
    for number, lane in enumerate(chart.lanes):
        for column in [column for column in lane.columns if column.last <= chart.known_until][:2]:
            cell = events_of_cell(event_filter, View(kind), str(number), Window(column.first, column.last))
            assert (cell.total, len(cell.events)) == (column.possible, column.possible)


@pytest.mark.parametrize(("day", "shows"), [(19, False), (20, True), (25, True), (26, False)])
def test_first_and_last_day_of_a_window_are_in_it(day, shows):
    dates = Dates()
    [number] = dates.encode([(*[f"2022-03-{day}"] * 4, "")])

    assert dates_showing(dates, Window(dt.date(2022, 3, 20), dt.date(2022, 3, 25)))[number] == shows
