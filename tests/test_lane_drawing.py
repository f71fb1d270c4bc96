"""What is drawn: where, how wide, and never too much of it."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string

from tests import make
from timeline.charts.axis import TimeScale
from timeline.charts.drawing import Links, chart
from timeline.charts.drawing.drawn_chart import DrawnColumn, write_svg
from timeline.charts.drawing.row_stacking import shorten
from timeline.charts.marks import Column, Fact, LaneMarks, Mark, Marks, View, marks
from timeline.charts.marks.build_marks import MOST_MARKS
from timeline.charts.marks.lane_plan import MOST_LANES, Lane
from timeline.charts.marks.uncertainty_shape import Shape
from timeline.charts.time_steps import MOST_CELLS
from timeline.charts.window import Extent, Window
from timeline.models.taxonomy import Category

from .filter_hits import filter_of

MOST_NODES = 1500
YEAR = Window(dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def links(query: str = "", window: Window = YEAR, whole: Window = YEAR) -> Links:
    return Links(filter_of(query), View(), window, whole)


def drawn(lanes: list[LaneMarks], window: Window = YEAR, width: int = 960):
    return chart(Marks("category", TimeScale(window, width), window, None, tuple(lanes)), links(window=window))


def drawn_in(window: Window):
    return chart(marks(filter_of(), "category", extent=Extent(window, window, KNOWN)), links(window=window))


KNOWN = dt.date(2022, 3, 25)


def rendered(made) -> str:
    return render_to_string("timeline/_lanes_figure.html", {"chart": made})


def nodes(html: str) -> int:
    """Return the number of elements in the drawing; those of a legend that stays folded are not of it."""
    drawing = html[html.index('<div class="lanes"') : html.index("</figure>")].partition("<details")[0]
    return len(re.findall(r"<(svg|g|a|rect|line|path|use|text|tspan)\b", drawing))


def lane(category: Category, columns=(), lane_marks=None) -> LaneMarks:
    return LaneMarks(Lane(category.value, category.label, category.value, 100_000), columns, lane_marks)


def test_full_columns_stay_within_the_nodes():
    window = Window(dt.date(2022, 1, 1), dt.date(2022, 1, 1) + dt.timedelta(days=MOST_CELLS - 1))
    days = [window.first + dt.timedelta(days=n) for n in range(MOST_CELLS)]
    columns = tuple(Column(day, day, "a day", 80_000 + n, 90_000 + n) for n, day in enumerate(days))

    html = rendered(drawn([lane(category, columns) for category in Category], window, width=4000))

    assert 1300 < nodes(html) <= MOST_NODES


def test_claim_is_drawn_as_an_outline():
    day = dt.date(2022, 6, 1)
    shape = Shape(solid=(day, day), is_one_day=True, is_claim=True)
    mark = Mark((Fact("x", "Talks", "announced for 1 June 2022", "talks", shape),), shape, None)

    (drawn_mark,) = drawn([lane(Category.TALKS, (), (mark,))]).lanes[0].marks

    assert [rect.kind for rect in drawn_mark.rects] == ["m-open"]


def test_full_marks_stay_within_the_nodes():
    marked = tuple(_mark(n) for n in range(MOST_MARKS))

    html = rendered(drawn([lane(category, (), marked) for category in Category], width=4000))

    assert 1000 < nodes(html) <= MOST_NODES
    assert len(Category) == MOST_LANES


def _mark(number: int) -> Mark:
    """Return a mark of the kind that needs most nodes: its start open, its end uncertain."""
    first = dt.date(2022, 1, 1) + dt.timedelta(days=16 * number)
    after = first + dt.timedelta(days=5)
    shape = Shape(hatched=((after, after),), solid=(first, first), stop=(after, after), arrow="start")
    return Mark((Fact(f"event-{number}", "Event", "until", "call", shape),), shape, None)


@pytest.mark.django_db
def test_mark_of_a_month_is_a_hatched_box_as_wide_as_the_month():
    make.published("Ceasefire of November 2020", edtf="2020-11", type="ceasefire")
    window = Window(dt.date(2020, 11, 1), dt.date(2020, 12, 10))
    made = drawn_in(window)

    (mark,) = made.lanes[0].marks

    assert [(rect.kind, rect.x, rect.width) for rect in mark.rects] == [("m-hatch", "0", "75")]
    assert mark.signs == []
    assert [text.text for text in mark.texts] == ["Ceasefire of November 2020"]
    (link,) = re.findall(r'<a class="mark.*?</a>', rendered(made))
    assert not re.search(r"\d November|2020-11-", link)


@pytest.mark.django_db
def test_mark_of_a_day_is_a_solid_bar_one_day_wide_with_the_shape_on_it():
    make.published("A call", edtf="2022-03-24", type="phone-call")
    window = Window(dt.date(2022, 3, 20), dt.date(2022, 3, 29))
    made = drawn_in(window)

    (mark,) = made.lanes[0].marks

    assert [(rect.kind, rect.x, rect.width) for rect in mark.rects] == [("m-solid", "40", "10")]
    assert [(sign.symbol, sign.x) for sign in mark.signs] == [("g-call", "45")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("edtf", "signs"),
    [
        ("[..2022-03-25]", ["m-before", "m-limit"]),
        ("[2022-03-25..]", ["m-after", "m-limit"]),
        ("2022-03-01/..", ["m-torn"]),
    ],
)
def test_open_dates_have_their_signs(edtf, signs):
    make.published(edtf=edtf)
    made = drawn_in(YEAR)

    assert [sign.symbol for sign in made.lanes[0].marks[0].signs] == signs


@pytest.mark.django_db
def test_ground_is_stippled_after_the_last_briefing():
    make.published(edtf="2022-03-24")  # in a briefing of 25 March
    window = Window(dt.date(2022, 3, 16), dt.date(2022, 4, 4))

    assert drawn_in(window).known == "50"


def test_lane_with_marks_that_need_too_many_rows_is_drawn_in_columns():
    column = Column(dt.date(2022, 1, 1), dt.date(2022, 1, 31), "January 2022", 0, 6)
    shape = Shape(hatched=((dt.date(2022, 1, 1), dt.date(2022, 1, 31)),))
    marked = tuple(Mark((Fact(str(n), "Event", "January 2022", "call", shape),), shape, None) for n in range(6))

    (made,) = drawn([lane(Category.CALL, (column,), marked)]).lanes

    assert made.marks == []
    assert [column.words for column in made.columns] == ["6 events, only possibly, January 2022, Call"]


def test_names_stand_above_their_marks_where_it_is_narrow():
    shape = Shape(solid=(dt.date(2022, 12, 24), dt.date(2022, 12, 24)), is_one_day=True)
    fact = Fact("one", "A long name of something that happened on the day", "24 December 2022", "call", shape)

    (made,) = drawn([lane(Category.CALL, (), (Mark((fact,), shape, None),))], width=360).lanes

    (text,) = made.marks[0].texts
    assert (text.text, text.x) == ("A long name of something that happened on the day", "12.03")
    assert float(text.y) < float(made.marks[0].rects[0].y)


def test_long_name_ends_with_a_whole_word():
    assert shorten("Spokesperson calls on Armenia, and more", 33) == "Spokesperson calls on Armenia …"


@pytest.mark.django_db
def test_links_move_the_period_and_change_nothing_else():
    window = Window(dt.date(2022, 3, 1), dt.date(2022, 3, 31))
    made = links("category=call&from=2022-03&to=2022-03", window)

    assert {tool.name: tool.href for tool in made.tools()} == {
        "earlier": "/?category=call&from=2022-02-13&to=2022-03-15",
        "out": "/?category=call&from=2022-02-13&to=2022-04-16",
        "fit": "/?category=call",
        "in": "/?category=call&from=2022-03-09&to=2022-03-23",
        "later": "/?category=call&from=2022-03-17&to=2022-04-16",
    }
    assert made.closer(dt.date(2022, 3, 5), dt.date(2022, 3, 14)) == "/?category=call&from=2022-03-04&to=2022-03-15"
    assert made.on(dt.date(2022, 2, 1), dt.date(2022, 2, 28)) == "/?category=call&from=2022-02&to=2022-02"


@pytest.mark.django_db
def test_column_leads_to_its_days_in_its_lane_and_never_widens_the_filter():
    day, calls = dt.date(2022, 3, 24), Lane("call", "Call", "call", 3)

    assert links().on(day, day, calls) == "/?category=call&from=2022-03-24&to=2022-03-24"
    assert links("category=clash").on(day, day, calls) == "/?category=clash&from=2022-03-24&to=2022-03-24"
    assert links().on(day, day, Lane("", "Others", "", 3)) == "/?from=2022-03-24&to=2022-03-24"


@pytest.mark.django_db
def test_every_event_of_a_short_list_has_its_name_though_they_are_of_one_day():
    for number in range(7):
        make.published(f"Statement {number}", edtf="2022-03-24")

    (lane,) = drawn_in(Window(dt.date(2022, 3, 1), dt.date(2022, 3, 31))).lanes

    assert sorted(text.text for mark in lane.marks for text in mark.texts) == [
        f"Statement {number}" for number in range(7)
    ]


@pytest.mark.django_db
def test_stretch_without_events_is_folded_and_says_how_long_it_is():
    for edtf in ("2020-11", "2022-03-21"):
        make.published(edtf=edtf)

    made = chart(marks(filter_of(), "category"), links())

    assert [(fold.length, fold.words) for fold in made.folds] == [
        (
            "1 year 4 months",
            "1 year 4 months, 2 December 2020 to 19 March 2022: no event recorded; no source read in full",
        )
    ]


@pytest.mark.django_db
def test_no_tool_leads_where_nothing_is():
    assert {tool.name: bool(tool.href) for tool in links().tools()} == {
        "earlier": False,
        "out": False,
        "fit": False,
        "in": True,
        "later": False,
    }


def test_columns_are_written_with_nothing_that_ends_an_attribute():
    column = DrawnColumn('/?q="><b>&from=2022', "2 events, 'May' & June", "c-plain", "1", "2", "3", "4")

    assert (
        write_svg([column, column]).split("\n")
        == [
            '<a class="mark" tabindex="-1" href="/?q=&quot;&gt;&lt;b&gt;&amp;from=2022">'
            "<title>2 events, &#x27;May&#x27; &amp; June</title>"
            '<rect class="c-plain" x="1%" width="2%" y="3em" height="4em"/></a>'
        ]
        * 2
    )
    assert write_svg([]) == ""


def test_column_of_a_lane_is_reached_at_any_height_and_names_its_day():
    column = DrawnColumn("/", "1 event", "c-plain", "1", "2", "3", "4", "2022-03-24")

    assert write_svg([column], is_tall=True) == (
        '<a class="mark" tabindex="-1" href="/" data-day="2022-03-24"><title>1 event</title>'
        '<rect class="m-hit" x="1%" width="2%" y="0" height="100%"/>'
        '<rect class="c-plain" x="1%" width="2%" y="3em" height="4em"/></a>'
    )
