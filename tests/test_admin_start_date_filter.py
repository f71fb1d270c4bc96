"""The list of events by when they may have begun."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from timeline import dates
from timeline.admin.lists.start_date_filter import Span, count_by_span
from timeline.models import Event

from .desk_client import editor
from .shared_fixtures import made_once

LIST = "/admin/timeline/event/"


@pytest.mark.parametrize(
    ("edtf", "level", "words", "above"),
    [
        ("20XX", "century", "2000 to 2099", []),
        ("202X", "decade", "2020s", []),
        ("2022", "year", "2022", ["202X"]),
        ("2020", "year", "2020", ["202X"]),
        ("2022-03", "month", "March 2022", ["202X", "2022"]),
    ],
)
def test_span_is_named_and_knows_what_holds_it(edtf, level, words, above):
    span = Span(edtf)

    assert (span.level, span.words, [wider.edtf for wider in span.above()]) == (level, words, above)


BOUNDS = ("2020-11-09", "1999-12-31", "2020-01-01", "2029-12-31", "2100-02-28", "2020-12")
DATES = st.sampled_from([*BOUNDS, "2020", "202X", "20XX", "[2020-01-31,2021-02-01]", "[2019..]", "2020-11/..", "2020?"])


@given(st.lists(DATES, max_size=6), st.sampled_from([None, "20XX", "202X", "2020", "2021"]))
def test_counts_are_those_of_the_events_that_may_have_begun_there(written, within):
    span, level = (Span(within), Span(within).finer) if within else (None, "decade")
    length = {"century": 2, "decade": 3, "year": 4, "month": 7}[level]
    known = [dates.parse(text) for text in written]
    known = [date for date in known if span is None or _meets(date, span)]
    starts = [(f"{date.start_earliest}"[:length], f"{date.start_latest}"[:length], 1) for date in known]

    counts = count_by_span(starts, level, span)

    assert {span: sum(_meets(date, span) for date in known) for span in counts} == counts


def _meets(date: dates.EventDate, span: Span) -> bool:
    first, last = span.bounds
    return date.start_earliest <= last and date.start_latest >= first


def shown(client, query: str = "") -> tuple[list[str], list[str]]:
    """Return the titles listed, and what the way by beginnings says."""
    changes = client.get(f"{LIST}{query}").context["cl"]
    spec = next(spec for spec in changes.filter_specs if spec.parameter_name == "start")
    said = [f"{choice['words']} {choice.get('n', '')}".strip() for choice in spec.choices(changes)]
    return sorted(event.title for event in changes.result_list), said


@made_once
def events():
    for title, edtf in {
        "day": "2020-11-09",
        "month": "2020-11",
        "year": "2020",
        "decade": "202X",
        "either": "[2019-12-31,2020-01-01]",
        "after": "[2021..]",
        "before": "[..2022-03-25]",
        "none": "",
        "old": "1994-05-12",
    }.items():
        make.event(title, edtf=edtf)


def test_an_event_counts_wherever_it_may_have_begun(events):
    client = editor()

    everything = sorted(Event.objects.values_list("title", flat=True))
    assert shown(client) == (everything, ["1990s 1", "2010s 1", "2020s 6", "Start not known 2"])
    assert shown(client, "?start=201X") == (["either"], ["All starts", "2010s", "2019 1"])
    assert shown(client, "?start=202X")[1][:4] == ["All starts", "2020s", "2020 5", "2021 2"]
    assert shown(client, "?start=2020") == (
        ["day", "decade", "either", "month", "year"],
        [
            *("All starts", "2020s", "2020", "January 2020 3", "February 2020 2", "March 2020 2", "April 2020 2"),
            *("May 2020 2", "June 2020 2", "July 2020 2", "August 2020 2", "September 2020 2", "October 2020 2"),
            *("November 2020 4", "December 2020 2"),
        ],
    )
    assert shown(client, "?start=2020-11") == (
        ["day", "decade", "month", "year"],
        ["All starts", "2020s", "2020", "November 2020"],
    )


def test_a_start_that_is_not_known_stands_apart_and_is_never_the_first_day(events):
    assert shown(editor(), "?start=unknown") == (["before", "none"], ["All starts", "Start not known"])


def test_counts_follow_the_other_filters_and_the_search(events):
    Event.objects.get(title="day").submit()
    client = editor()

    assert shown(client, "?status__exact=review")[1] == ["2020s 1"]
    assert shown(client, "?start=2020&q=month")[1][3:] == ["November 2020 1"]
    assert shown(client, f"?q={'a ' * 11}") == ([], [])


def test_many_decades_are_shown_as_centuries(events):
    for year in range(1000, 1250, 10):
        make.event(edtf=str(year))

    assert shown(editor())[1] == ["1000 to 1099 10", "1100 to 1199 10", "1200 to 1299 5", "1900 to 1999 1", "2000 to 2099 6",
                                  "Start not known 2"]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ["", "0000", "00XX", "000X", "20", "202", "2022-00", "2022-13", "2022-1", "2022-03-24", "x", "20xx", "２０２２"],
)
@pytest.mark.django_db
def test_other_spans_are_refused(value):
    assert editor().get(LIST, {"start": value}).status_code == 400


@pytest.mark.django_db
def test_a_span_is_asked_for_once():
    assert editor().get(f"{LIST}?start=2020&start=2021").status_code == 400
