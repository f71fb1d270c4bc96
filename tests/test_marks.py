"""The chart agrees with the list, to the event, whatever the filter, the lanes and the window."""

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.test_parity import queries, world  # noqa: F401
from timeline.charts.marks import Marks, Window, marks
from timeline.charts.marks.build_marks import events_of_cell
from timeline.charts.marks.chart_view import View
from timeline.charts.marks.lane_plan import KINDS
from timeline.charts.marks.reporting_delay import Dot, reported
from timeline.filters import EventFilter
from timeline.models import Actor, Citation, Event

from .hypothesis_examples import examples

pytestmark = pytest.mark.django_db
random_filters = settings(
    max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
kinds = st.sampled_from(sorted(KINDS))
windows = st.tuples(st.dates(dt.date(2020, 6, 1), dt.date(2023, 6, 1)), st.integers(3, 2000)).map(
    lambda pair: Window(pair[0], pair[0] + dt.timedelta(days=pair[1]))
)
MIN, MAX = dt.date.min, dt.date.max


def chosen(query: str = "") -> EventFilter:
    return EventFilter(QueryDict(query), Event.objects.public())


def by_lane(kind: str, asked: EventFilter) -> dict[str, list[Event]]:
    """Return the events of each lane, worked out event by event."""
    cited = defaultdict(list)
    for one in asked.matching_citations.select_related("speaker", "briefing__publisher"):
        cited[one.event_id].append(one)
    found = defaultdict(list)
    for event in asked.for_timeline():
        for value in values_of(kind, event, cited[event.pk]):
            found[value].append(event)
    return found


def by_drawn_lane(kind: str, asked: EventFilter, marks: Marks) -> dict[str, list[Event]]:
    """Return the events of each lane that is drawn: those of all lanes beyond the most are in the lane without a value."""
    drawn, events = {lane.lane.value for lane in marks.lanes}, defaultdict(dict)
    for value, of_lane in by_lane(kind, asked).items():
        events[value if value in drawn else ""] |= {event.pk: event for event in of_lane}
    return defaultdict(list, {value: list(of_lane.values()) for value, of_lane in events.items()})


def values_of(kind: str, event: Event, citations: list[Citation]) -> set[str]:
    if kind == "category":
        return {event.event_type.category}
    if kind == "place":
        return {event.place.slug if event.place else ""}
    if kind == "actor":
        return {(one.actor.parent or one.actor).slug for one in event.participations.all()} or {""}
    if kind == "publisher":
        return {one.briefing.publisher.slug for one in citations}
    return {one.speaker.slug if one.speaker else "" for one in citations}


@random_filters
@given(queries(), kinds)
def test_lanes_count_the_events_of_the_list(world, query, kind):  # noqa: F811
    asked = chosen(query)
    if asked.messages:
        return

    found = marks(asked, kind)

    lanes = {one.lane.value: one.lane.count for one in found.lanes if one.lane.count} if found else {}
    events = by_drawn_lane(kind, asked, found) if found else {}
    assert lanes == {value: len(of_lane) for value, of_lane in events.items()}


@random_filters
@given(queries(), kinds, windows, st.integers(200, 1400))
def test_columns_count_what_may_go_on_in_each_cell(world, query, kind, window, width):  # noqa: F811
    asked = chosen(query)
    if asked.messages or (found := marks(asked, kind, window.first, window.last, width)) is None:
        return
    events = by_drawn_lane(kind, asked, found)

    for lane in found.lanes:
        drawn = {column.first: (column.certain, column.possible) for column in lane.columns}
        assert drawn == columns_of(events[lane.lane.value], found)


def columns_of(events: list[Event], found: Marks) -> dict[dt.date, tuple[int, int]]:
    cells = range(found.step.index(found.window.first), found.step.index(found.window.last) + 1)
    counted = {found.step.first(cell): counts(cell, events, found) for cell in cells}
    return {first: numbers for first, numbers in counted.items() if numbers[1]}


def counts(cell: int, events: list[Event], found: Marks) -> tuple[int, int]:
    """Return how many of the events certainly, and possibly, go on in a cell."""
    certain = possible = 0
    for event in events:
        first, begun, ended, last = (found.step.index(day) for day in days_of(event, found))
        possible += first <= cell <= max(first, last)
        certain += begun <= cell <= ended and not event.date_qualifier and event.actuality == "occurred"
    return certain, possible


def days_of(event: Event, found: Marks) -> list[dt.date]:
    """Return the bounds as they are drawn: no start stands at the end, no end at the last briefing."""
    first = event.start_earliest if event.has_known_start else event.end_latest
    bounds = [first, event.start_latest, event.end_earliest, event.end_latest]
    return [found.known_until if day == MAX else day for day in bounds]


@random_filters
@given(queries(), kinds, windows)
def test_every_event_in_view_is_in_one_mark_of_its_lane(world, query, kind, window):  # noqa: F811
    asked = chosen(query)
    if asked.messages or (found := marks(asked, kind, window.first, window.last)) is None:
        return
    events = by_lane(kind, asked)

    for lane in found.lanes:
        drawn = Counter(fact.public_id for mark in lane.marks for fact in mark.events)
        assert drawn == Counter(event.public_id for event in events[lane.lane.value] if shows(event, found))


def shows(event: Event, found: Marks) -> bool:
    first = event.start_earliest if event.has_known_start else event.end_latest
    cells = (found.step.index(day) for day in (first, found.window.last, found.window.first, event.end_latest))
    starts, last, first, ends = cells
    return starts <= last and ends >= first


def test_column_counts_what_the_filter_narrowed_to_its_cell_finds():
    edtfs = [
        "2022-03-04",
        "2022-03",
        "[2022-03-03..2022-03-09]",
        "2022-02-20/2022-03-05",
        "2022-03-10~",
        "2022-02/2022-04",
    ]
    for edtf in edtfs:
        make.published(edtf=edtf, type="clash")

    lane = marks(chosen(), first=dt.date(2022, 3, 1), last=dt.date(2022, 3, 31), width=400).lanes[5]

    for column in lane.columns:
        period = f"category=clash&from={column.first}&to={column.last}"
        narrowed = [chosen(f"{period}&when={when}").events.count() for when in ("certain", "possible")]
        assert [column.certain, column.possible] == narrowed
    assert len(lane.columns) == 31


def test_panning_never_regroups():
    briefing = make.briefing()
    for day in range(1, 29):
        make.published(edtf=f"2022-03-{day:02}", briefing=briefing)

    def drawn(first: dt.date, last: dt.date) -> list[list[str]]:
        lane = marks(chosen(), first=first, last=last).lanes[3]
        return [mark.words for mark in lane.marks], lane.columns

    before = drawn(dt.date(2022, 1, 1), dt.date(2022, 6, 30))

    assert drawn(dt.date(2021, 12, 24), dt.date(2022, 6, 22)) == before
    assert drawn(dt.date(2022, 2, 28), dt.date(2022, 8, 27)) == before
    assert [len(words.split(";")) for words in before[0]] == [2, 3, 3, 3, 3, 3, 3, 2]


def test_event_known_to_the_month_is_a_box_as_wide_as_the_month():
    make.published("Ceasefire", edtf="2020-11")

    (mark,) = [mark for lane in marks(chosen()).lanes for mark in lane.marks]

    assert mark.words == "Ceasefire, November 2020"
    assert mark.shape.hatched == ((dt.date(2020, 11, 1), dt.date(2020, 11, 30)),)
    assert not mark.shape.solid
    assert not mark.shape.is_one_day


def test_group_says_the_dates_as_they_are_known():
    make.published(edtf="2020-11")
    make.published(edtf="2020-11")

    (mark,) = [mark for lane in marks(chosen()).lanes for mark in lane.marks]

    assert mark.words == "2 events: November 2020"
    assert mark.is_one_instant


def test_what_is_not_known_to_have_happened_is_a_mark_by_itself_ahead_of_its_source():
    announces = {"act": "announces"}
    make.published("Talks", type="meeting", edtf="2022-06-01", actuality="announced", cited=announces)
    make.published("Other talks", type="meeting", edtf="2022-06-01")

    (lane,) = (lane for lane in marks(chosen(), "category").lanes if lane.lane.count)

    assert [(mark.words, mark.shape.is_claim, mark.shape.solid) for mark in lane.marks] == [
        ("Other talks, 1 June 2022", False, (JUNE, JUNE)),
        ("Talks, announced for 1 June 2022", True, (JUNE, JUNE)),
    ]
    assert [(column.certain, column.possible) for column in lane.columns] == [(1, 2)]


JUNE = dt.date(2022, 6, 1)


def test_ongoing_event_ends_where_a_briefing_the_reader_may_see_speaks_of_it():
    event = make.published(edtf="2020-11-10/..", briefing=make.briefing(published_on=dt.date(2021, 1, 5)))
    make.citation(event, make.briefing(published_on=dt.date(2021, 6, 1)))
    make.citation(event, make.briefing(published_on=dt.date(2022, 6, 1), status="draft"))

    ends = [marks(chosen(query)).lanes[3].marks[0].shape.last for query in ("", "known_by=2021-02")]

    assert ends == [dt.date(2021, 6, 1), dt.date(2021, 1, 5)]


def test_drafts_stand_in_no_lane_and_do_not_widen_the_extent():
    make.published(edtf="2022-03-24")
    before = marks(chosen())
    make.event(edtf="1999-01-01")
    make.citation(make.event(edtf="1998"))
    make.briefing(status="draft", published_on=dt.date(2030, 1, 1))

    assert marks(chosen()) == before


def test_filter_without_events_has_no_marks():
    assert marks(chosen()) is None


def test_reported_marks_bear_the_day_of_their_report():
    make.published("Ceasefire", edtf="2020-11", briefing=make.briefing(published_on=dt.date(2022, 3, 25)))
    make.published(briefing=make.briefing(published_on=None))

    drawn = reported(chosen())

    marks = [(mark.words, day) for mark, day in drawn.marks]
    assert (marks, drawn.unreported) == ([("Ceasefire, November 2020", dt.date(2022, 3, 25))], 1)


def test_many_reported_events_are_counted_by_cells():
    briefing = make.briefing()
    for day in range(1, 29):
        make.copies(make.published(edtf=f"2022-03-{day:02}", briefing=briefing), 2)

    drawn = reported(chosen())

    first_day, report = (step.index(dt.date(2022, 3, day)) for step, day in ((drawn.step, 1), (drawn.row_step, 25)))
    assert (drawn.marks, drawn.dots[0]) == ((), Dot((first_day, first_day), report, 3, True))
    assert sum(dot.count for dot in drawn.dots) == 84


def test_lanes_of_actors_are_those_that_belong_to_no_other():
    state = make.actor("State", slug="state")
    minister = make.actor("Minister", kind="office", parent=state)
    for actor in (state, minister, make.actor("Other", slug="other")):
        event = make.published()
        make.participation(event, actor)
        make.participation(event, minister, "mediator")

    lanes = [(one.lane.value, one.lane.count) for one in marks(chosen(), "actor").lanes]

    assert lanes == [("state", 3), ("other", 1), ("", 0)]


def test_more_than_eight_lanes_leave_the_rest_to_the_last():
    pattern = make.published()
    for number in range(10):
        for event in make.copies(pattern, 10 - number):
            make.participation(event, _actor(number))
    pattern.withdraw("None of the ten")

    lanes = [(one.lane.label, one.lane.count) for one in marks(chosen(), "actor").lanes]

    assert lanes == [*((f"Actor {n}", 10 - n) for n in range(7)), ("Others, or none named", 6)]


def _actor(number: int):
    return Actor.objects.filter(slug=f"a{number}").first() or make.actor(f"Actor {number}", slug=f"a{number}")


@random_filters
@given(queries(), kinds, windows)
def test_card_of_a_cell_lists_what_its_column_counts(world, query, kind, window):  # noqa: F811
    asked = chosen(query)
    if asked.messages or (found := marks(asked, kind, window.first, window.last, 200)) is None:
        return
    for number, lane in enumerate(found.lanes):
        for column in [one for one in lane.columns if one.last <= found.known_until][:2]:
            cell = events_of_cell(asked, View(kind, window=Window(column.first, column.last)), str(number))
            assert (cell.total, len(cell.events)) == (column.possible, column.possible)


@pytest.mark.parametrize("event_count", [1, 30])
def test_marks_take_as_many_queries_for_many_events(django_assert_max_num_queries, event_count):
    briefing = make.briefing()
    for _ in range(event_count):
        make.participation(make.published(edtf="2022-03/..", briefing=briefing))
    for kind in KINDS:
        with django_assert_max_num_queries(15):
            marks(chosen(), kind)
