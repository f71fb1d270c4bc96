import datetime as dt
import re

import pytest
from django.http import QueryDict

from tests import make
from timeline.charts.bars import Heights
from timeline.charts.histogram import Bar, Histogram
from timeline.charts.overview import Overview, overview, overview_bars
from timeline.charts.overview.bar_labels import title
from timeline.charts.overview.overview_bars import BASE
from timeline.charts.time_steps import BY_NAME
from timeline.filters import EventFilter
from timeline.models import Event

from .shared_fixtures import made_once


def make_bar(month: int = 3, **changes) -> Bar:
    first = dt.date(2022, month, 1)
    last = dt.date(2022, month + 1, 1) - dt.timedelta(days=1)
    numbers = {"certain": 0, "possible": 0.0, "events": 0, **changes}
    behind = {"all_certain": numbers["certain"], "all_possible": numbers["possible"]}
    period = f"2022-{month:02}"
    fields = {"label": f"{first:%B} 2022", "partial": "", "query": f"from={period}&to={period}"}
    return Bar(**{"first": first, "last": last} | fields | behind | numbers)


LEAST = 0.15  # em


@pytest.fixture
def drawn(monkeypatch):
    """Return a function that draws bars as they are given."""

    def draw(query: str, *bars: Bar, undated: int = 0, outside: int = 0, by_root: bool = False) -> Overview:
        event_filter = EventFilter(QueryDict(query), Event.objects.public())
        total = sum(bar.events for bar in bars) + undated + outside
        counted = Histogram(BY_NAME["month"], bars, total, undated, outside, bars[0].first, bars[-1].last)
        monkeypatch.setattr(overview_bars, "window_histogram", lambda event_filter: counted)
        return overview(event_filter, by_root=by_root)

    return draw


def heights(mark_kind: str, drawing: Overview) -> list[float]:
    return [float(mark.height) for column in drawing.columns for mark in column.marks if mark.kind == mark_kind]


def test_title_says_how_many_and_how_many_of_them_only_possibly():
    assert title(make_bar(certain=1, possible=1.0, events=2)) == "March 2022: 2 events, 1 of them only possibly"
    assert title(make_bar(possible=0.5, events=1)) == "March 2022: 1 event, only possibly"
    assert title(make_bar(possible=1.5, events=3)) == "March 2022: 3 events, all of them only possibly"
    assert title(make_bar(certain=1427, events=1427)) == "March 2022: 1,427 events"
    assert title(make_bar()) == "March 2022: no events"


def test_title_says_what_the_period_hides():
    assert title(make_bar(all_certain=3585)) == "March 2022: 3,585 events outside the period"
    assert title(make_bar(certain=1, events=1, all_certain=3)) == "March 2022: 1 event; 2 more outside the period"
    assert title(make_bar(all_possible=2.4)) == "March 2022: about 2 events outside the period"


def test_title_is_silent_of_less_than_half_an_event():
    assert title(make_bar(all_possible=0.2)) == "March 2022: no events"


@pytest.mark.django_db
def test_heights_are_proportional_and_the_possible_stands_on_the_certain(drawn):
    drawing = drawn("", make_bar(3, certain=1, possible=1.0, events=2), make_bar(4, certain=4, events=4))

    solid = heights("b-solid", drawing)
    assert solid[1] == pytest.approx(4 * solid[0])
    assert heights("b-hatch", drawing) == [solid[0]]
    hatch = next(mark for mark in drawing.columns[0].marks if mark.kind == "b-hatch")
    assert float(hatch.y) == pytest.approx(BASE - 2 * solid[0], abs=0.002)


@pytest.mark.django_db
def test_lowest_bar_is_still_seen_and_an_empty_bucket_has_none(drawn):
    drawing = drawn("", make_bar(3, possible=0.01, events=1), make_bar(4), make_bar(5, certain=9000, events=9000))

    assert heights("b-hatch", drawing) == [LEAST]
    assert drawing.columns[1].marks == []


@pytest.mark.django_db
def test_ghost_stands_only_where_the_period_hides_something(drawn):
    drawing = drawn("from=2022-03&to=2022-03", make_bar(3, certain=2, events=2), make_bar(4, all_certain=5))

    kinds = [[mark.kind for mark in column.marks] for column in drawing.columns]
    assert kinds == [["b-solid"], ["b-ghost"]]
    assert drawing.hidden


@pytest.mark.django_db
def test_slots_cover_the_whole_width_by_their_days(drawn):
    drawing = drawn("", make_bar(3, certain=1, events=1), make_bar(4, certain=1, events=1))

    assert [(column.x, column.width) for column in drawing.columns] == [("0", "50.82"), ("50.82", "49.18")]


@pytest.mark.django_db
def test_undated_events_are_said_to_be_in_no_bar(drawn):
    assert drawn("", make_bar(3), undated=1).notes[-1] == "1 event has no known start date and is not shown."
    assert drawn("", make_bar(3), undated=12).notes[-1] == "12 events have no known start date and are not shown."


def make_days(*counts: int) -> list[Bar]:
    """Return a bar for each of the days of 2022."""
    days = [dt.date(2022, 1, 1) + dt.timedelta(days=number) for number in range(len(counts))]
    return [
        make_bar(first=day, last=day, certain=count, events=count, query=f"from={day}&to={day}")
        for day, count in zip(days, counts, strict=True)
    ]


@pytest.mark.django_db
def test_number_stands_above_every_bar_where_there_are_few(drawn):
    counts = drawn("", *make_days(7, 0, 12345)).counts
    assert [(count.text, count.only, count.anchor) for count in counts] == [
        ("7", "", ""),
        ("12,345", "", ""),
    ]


@pytest.mark.django_db
def test_number_stands_above_the_tallest_bar_and_where_there_is_room(drawn):
    counts = drawn("", *make_days(*[1234] * 19, 12345)).counts
    assert [(count.text, count.x, count.anchor) for count in counts if not count.only] == [("12,345", "100", "t-end")]
    assert [count.only for count in counts] == ["full"] * 19 + [""]
    counts = drawn("", *make_days(*[7] * 39, 8)).counts
    assert [count.only for count in counts] == ["wide"] * 39 + [""]


@pytest.mark.django_db
def test_event_spread_over_many_bars_is_numbered_in_none(drawn):
    bars = [make_bar(month, possible=1 / 3, events=1) for month in (3, 4, 5)]
    assert drawn("", *bars).counts == []


@pytest.mark.django_db
def test_number_stands_above_what_it_counts_not_above_what_is_hidden(drawn):
    drawing = drawn("from=2022-03", make_bar(3, certain=1, events=1, all_certain=100), make_bar(4, all_certain=100))
    assert [count.y for count in drawing.counts] == [f"{BASE - LEAST - 0.35:.1f}"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2022-03", "outside the period"),
        ("from=2022-03&when=certain", "not definitely in the period"),
        ("when=certain", "without a definite date"),
    ],
)
def test_pale_parts_are_named(drawn, query, words):
    drawing = drawn(query, make_bar(3, all_certain=2))
    assert drawing.hidden == words
    assert drawing.columns[0].title == f"March 2022: 2 events {words}"


@pytest.mark.django_db
def test_few_bars_are_not_stretched(drawn):
    assert drawn("", make_bar(3, certain=1, events=1)).width == "14em"
    assert drawn("", *[make_bar(month % 11 + 1) for month in range(13)]).width == "100%"


@pytest.mark.django_db
def test_events_before_the_period_are_said_to_be_in_no_bar(drawn):
    assert drawn("", make_bar(3), outside=1).notes[-1] == "1 event started before this period and is not shown."
    assert drawn("", make_bar(3), outside=2).notes[-1] == "2 events started before this period and are not shown."


@pytest.mark.django_db
def test_square_root_lets_few_be_seen_beside_many(drawn):
    bars = make_bar(3, certain=1, events=1), make_bar(4, certain=100, events=100)

    assert [heights("b-solid", drawn("", *bars, by_root=by_root)) for by_root in (False, True)] == [
        [LEAST, 5.2],
        [0.52, 5.2],
    ]


def test_part_of_a_bar_is_drawn_above_what_is_beneath_it():
    by_root = Heights(100, 10, by_root=True)

    assert [by_root(25), by_root.above(25, 75), by_root.above(25, 0)] == [5, 5, 0]


@pytest.mark.django_db
def test_no_event_with_a_known_start_means_no_drawing(client):
    make.published(edtf="[..2022-04-01]")

    assert '<figure class="figure overview"' not in client.get("/").content.decode()


@pytest.mark.django_db
def test_bars_are_those_of_the_period_and_the_strip_is_the_whole_record(client):
    for edtf in ("2019-05-01", "2022-03-02", "2022-03-30", "2022-06"):
        make.published(edtf=edtf, type="phone-call")

    drawing = client.get("/?from=2022-03&to=2022-03-20&category=call").context["overview"]

    assert (drawing.histogram.unit, len(drawing.columns), drawing.words) == ("day", 20, "March 2022 to 20 March 2022")
    assert [column.bar.label for column in drawing.columns if column.bar.events] == ["2 March 2022"]
    assert (drawing.strip.columns[0].bar.query, drawing.strip.columns[-1].bar.query) == (
        "category=call&from=2019-05&to=2019-05",
        "category=call&from=2022-06&to=2022-06",
    )
    assert [drawing.strip.x, drawing.strip.width] == ["89.455", "1.729"]
    assert drawing.query_without_period == "category=call"


@pytest.mark.django_db
def test_whole_record_has_no_strip(client):
    make.published(edtf="2022-03-02")

    assert client.get("/?when=certain").context["overview"].strip is None


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["from=2030", "to=1990", "from=2022-03-03&to=2022-03-05"])
def test_period_without_events_is_drawn_empty(client, query):
    make.published(edtf="2022-03-02")

    drawing = client.get(f"/?{query}").context["overview"]

    assert [column.bar.events for column in drawing.columns if column.bar.events] == []
    assert 0 <= float(drawing.strip.x) <= float(drawing.strip.end) <= 100


BUCKET = re.compile(r'<a class="bucket" href="/\?([^"]*)"[^>]*><title>([^<]*)</title>')


@made_once
def spring() -> None:
    briefing = make.briefing()
    for edtf in ("2022-03-02", "2022-03-30", "2022-04-04", "2022-04", "2022-05-06~", "[..2022-04-01]"):
        make.published(edtf=edtf, briefing=briefing)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "from=2022-03&to=2022-04-10", "category=statement", "from=2022&when=certain"])
def test_every_bar_leads_to_a_list_that_holds_its_events(client, spring, query):
    page = client.get("/", QueryDict(query).dict())
    bars = page.context["overview"].histogram.bars
    links = BUCKET.findall(page.content.decode().partition('id="strip"')[0])

    assert [link.replace("&amp;", "&") for link, _ in links] == [bar.query for bar in bars]
    assert [said for _, said in links] == [column.title for column in page.context["overview"].columns]
    for bar in bars:
        narrowed = EventFilter(QueryDict(bar.query), Event.objects.public())
        assert narrowed.query == bar.query
        assert narrowed.messages == {}
        beginning = narrowed.events.filter(start_earliest__lte=bar.last, start_latest__gte=bar.first)
        if not query or query.startswith("category"):
            assert beginning.exclude(start_earliest=dt.date.min).count() == bar.events


@pytest.mark.django_db
def test_what_is_drawn_sums_to_the_list(client):
    briefing = make.briefing()
    for edtf in ("2022-03-02", "2022-04", "2020/2022-04", "[..2022-04-01]", "2022-03-24?"):
        make.published(edtf=edtf, briefing=briefing)

    context = client.get("/?from=2022-03").context
    histogram = context["overview"].histogram

    weights = sum(bar.certain + bar.possible for bar in histogram.bars)
    assert weights + histogram.undated + histogram.outside == pytest.approx(context["page"].total, abs=1e-6)
