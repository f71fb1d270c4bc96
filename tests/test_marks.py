"""What the chart draws of events, lane by lane: marks, groups, numbers, dots."""

import datetime as dt

import pytest

from tests import make
from timeline.charts.marks import marks
from timeline.charts.marks.lane_plan import KINDS
from timeline.charts.marks.reporting_delay import Dot, reported
from timeline.charts.window import Extent, Window
from timeline.models import Actor

from .filter_hits import filter_of

pytestmark = pytest.mark.django_db


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

    lane = marks(filter_of("from=2022-03&to=2022-03"), "category", width=400).lanes[5]

    for column in lane.columns:
        period = f"category=clash&from={column.first}&to={column.last}"
        narrowed = [filter_of(f"{period}&when={when}").events.count() for when in ("certain", "possible")]
        assert [column.certain, column.possible] == narrowed
    assert len(lane.columns) == 31


def test_moving_the_period_never_regroups():
    briefing = make.briefing()
    for day in range(1, 29):
        make.published(edtf=f"2022-03-{day:02}", briefing=briefing)

    def drawn(first: dt.date, last: dt.date) -> list[list[str]]:
        lane = marks(filter_of(), "category", extent=Extent(Window(first, last), Window(first, last), None)).lanes[3]
        return [mark.words for mark in lane.marks], lane.columns[1:-1]  # those at the edges are cut

    before = drawn(dt.date(2022, 1, 1), dt.date(2022, 6, 30))

    assert drawn(dt.date(2021, 12, 24), dt.date(2022, 6, 22)) == before
    assert drawn(dt.date(2022, 2, 28), dt.date(2022, 8, 27)) == before
    assert [len(words.split(";")) for words in before[0]] == [2, 3, 3, 3, 3, 3, 3, 2]


def test_event_known_to_the_month_is_a_box_as_wide_as_the_month():
    make.published("Ceasefire", edtf="2020-11")

    (mark,) = [mark for lane in marks(filter_of(), "category").lanes for mark in lane.marks]

    assert mark.words == "Ceasefire, November 2020"
    assert mark.shape.hatched == ((dt.date(2020, 11, 1), dt.date(2020, 11, 30)),)
    assert not mark.shape.solid
    assert not mark.shape.is_one_day


def test_group_says_the_dates_as_they_are_known():
    make.published(edtf="2020-11")
    make.published(edtf="2020-11")

    (mark,) = [mark for lane in marks(filter_of(), "category").lanes for mark in lane.marks]

    assert mark.words == "2 events: November 2020"
    assert mark.is_one_instant


def test_what_is_not_known_to_have_happened_is_a_mark_by_itself_ahead_of_its_source():
    announces = {"act": "announces"}
    make.published("Talks", type="meeting", edtf="2022-06-01", actuality="announced", cited=announces)
    make.published("Other talks", type="meeting", edtf="2022-06-01")

    (lane,) = (lane for lane in marks(filter_of(), "category").lanes if lane.lane.count)

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

    ends = [marks(filter_of(query), "category").lanes[3].marks[0].shape.last for query in ("", "known_by=2021-02")]

    assert ends == [dt.date(2021, 6, 1), dt.date(2021, 1, 5)]


def test_filter_without_events_has_no_marks():
    assert marks(filter_of()) is None


def test_reported_marks_bear_the_day_of_their_report():
    make.published("Ceasefire", edtf="2020-11", briefing=make.briefing(published_on=dt.date(2022, 3, 25)))
    make.published(briefing=make.briefing(published_on=None))

    drawn = reported(filter_of())

    marks = [(mark.words, day) for mark, day in drawn.marks]
    assert (marks, drawn.unreported) == ([("Ceasefire, November 2020", dt.date(2022, 3, 25))], 1)


def test_many_reported_events_are_counted_by_cells():
    briefing = make.briefing()
    for day in range(1, 29):
        make.copies(make.published(edtf=f"2022-03-{day:02}", briefing=briefing), 2)

    drawn = reported(filter_of())

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

    lanes = [(lane.lane.value, lane.lane.count) for lane in marks(filter_of(), "actor").lanes]

    assert lanes == [("state", 3), ("other", 1), ("", 0)]


def test_more_than_eight_lanes_leave_the_rest_to_the_last():
    pattern = make.published()
    for number in range(10):
        for event in make.copies(pattern, 10 - number):
            make.participation(event, _actor(number))
    pattern.withdraw("None of the ten")

    lanes = [(lane.lane.label, lane.lane.count) for lane in marks(filter_of(), "actor").lanes]

    assert lanes == [*((f"Actor {n}", 10 - n) for n in range(7)), ("Others, or none named", 6)]


def _actor(number: int):
    return Actor.objects.filter(slug=f"a{number}").first() or make.actor(f"Actor {number}", slug=f"a{number}")


@pytest.mark.parametrize("event_count", [1, 30])
def test_marks_take_as_many_queries_for_many_events(django_assert_max_num_queries, event_count):
    event = make.published(edtf="2022-03/..")
    make.participation(event)
    make.copies(event, event_count - 1)
    for kind in KINDS:
        with django_assert_max_num_queries(17):
            marks(filter_of(), kind)
