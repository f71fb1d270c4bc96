"""One filter, every output: the page, its count, CSV and JSON show the same events in the same order."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.charts.comparison import count_common, histograms, sides
from timeline.evidence.axes import AXES
from timeline.exports.export import Export
from timeline.exports.export_header import export_header
from timeline.facets.counting import count_exported, totals_today
from timeline.filters import EventFilter
from timeline.index import EventIndex
from timeline.index.column_clauses import flags_by_columns
from timeline.index.filter_clauses import alone, clauses
from timeline.models import Conflict, DataSet, Event
from timeline.querysets.event_ranges import is_without

from .clients import csv_rows, json_file, let_go, page_ids
from .hypothesis_examples import examples
from .shared_fixtures import made_once

pytestmark = pytest.mark.database

DATES = [
    "2020-11",
    "2022-03-24",
    "{2022-03-21,2022-03-22}",
    "[..2022-03-25]",
    "2020-11-10/..",
    "2021~",
    "2022-03-01/2022-03-30",
]
TYPES = ["phone-call", "clash", "ceasefire", "statement"]
PERIODS = ["2020", "2020-11", "2020-12-01", "2022-03", "2022-03-24", "2023"]

VALUES = {
    "q": ["event", "holds", "three", "nowhere"],
    "from": PERIODS,
    "to": PERIODS,
    "when": ["possible", "certain"],
    "known_by": ["2022-01-31", "2022-02-01", "2022-02-15", "2022-03"],
    "category": ["call", "clash", "agreement", "other"],
    "category__not": ["call", "clash"],
    "type": TYPES,
    "type__not": TYPES,
    "conflict": ["conflict"],
    "conflict__not": ["conflict"],
    "country": ["AM", "AZ", "US"],
    "country__not": ["AM"],
    "place": ["place-am", "place-az", "place-region"],
    "place__not": ["place-am", "place-region"],
    "actor": ["state", "minister", "other"],
    "actor__all": ["state", "other"],
    "actor__not": ["minister", "other"],
    "role": ["initiator", "recipient", "mediator"],
    "briefing": ["first", "second"],
    "briefing__not": ["first"],
    "publisher": ["state"],
    "speaker": ["minister", "other"],
    "act": ["reports", "denies", "confirms"],
    "act__not": ["denies"],
    "data_set": ["first-set", "second-set"],
    "data_set__not": ["first-set"],
    "evidence": ["verified", "unverified", "disputed"],
    "actuality": ["occurred", "announced", "did_not_occur", "unclear"],
    "actuality__not": ["announced"],
    "quad": ["1", "2", "3", "4"],
    "quad__not": ["4"],
    "form": ["quote", "source", "data_set"],
    "form__not": ["quote"],
    "assertion": ["first_hand", "not_told", "hearsay", "presupposed", "question", "none"],
    "assertion__not": ["not_told", "question"],
    "contest": ["denied", "disputed", "none"],
    "contest__not": ["none"],
    "sources_min": ["1", "2"],
    "reported_from": ["2022-03", "2030"],
    "reported_to": ["2022-03-24", "2022-02"],
    "deaths_min": ["1", "3"],
    "bbox": ["40,38,50,42", "170,-10,-170,10"],
    "unset": ["place", "conflict", "actor", "start", "deaths", "data_set"],
    "order": ["date", "-date", "-published", "-recorded"],
}
SINGLE = {
    "q",
    "from",
    "to",
    "when",
    "known_by",
    "sources_min",
    "order",
    "reported_from",
    "reported_to",
    "deaths_min",
    "bbox",
}


@made_once
def world():
    """Twenty-four events in every combination that the filters tell apart, some known in every way, and drafts that would
    match them all."""
    state = make.actor("State", slug="state")
    actors = [make.actor("Minister", slug="minister", parent=state), make.actor("Other", slug="other")]
    briefings = [
        make.briefing(slug="first", publisher=state, published_on=dt.date(2022, 2, 1)),
        make.briefing(slug="second", published_on=dt.date(2022, 3, 1)),
        make.briefing(slug="undated", published_on=None),
    ]
    sets = [
        *(
            DataSet.objects.create(slug=f"{name}-set", name=name, licence="CC0", attribution="Us.")
            for name in ("first", "second")
        ),
        None,
    ]
    district = make.place(slug="place-district", parent=make.place(slug="place-region"))
    places = [
        make.place(slug="place-am", country="AM", parent=district),
        make.place(slug="place-az", country="AZ"),
        district,
        None,
    ]
    conflict = Conflict.objects.create(slug="conflict", name="Conflict")
    for number in range(30):
        event = make.event(
            f"Event number {'three' if number % 3 == 0 else 'other'}",
            edtf=DATES[number % len(DATES)],
            type=TYPES[number % len(TYPES)],
            place=places[number % len(places)],
            data_set=sets[number // 2 % len(sets)],
            conflict=conflict if number % 4 < 2 else None,
            deaths_best=number % 4 or None,
        )
        make.participation(event, actors[number % 2], ["initiator", "recipient"][number // 2 % 2])
        if number % 5 == 0:
            make.participation(event, actors[(number + 1) % 2], "recipient")
        make.citation(event, briefings[number % 3], speaker=actors[number % 2], act="reports")
        if number % 4 == 0:
            make.citation(
                event, briefings[(number + 1) % 3], speaker=actors[1], act=["denies", "confirms"][number % 8 // 4]
            )
        if number % 5 != 4:
            event.publish()
        if number % 5 == 0:  # the text lost its quotes afterwards; one of these events is disputed too
            event.citations.update(state="missing", start=None, end=None)
    add_evidence(actors[1], briefings[0])


def add_evidence(wire, quoted) -> None:
    """Add events of each actuality, form and assertion, of another class each, some with several sources."""
    asks = make.briefing("QUESTION: The ceasefire holds.", published_on=dt.date(2022, 2, 1))
    listed = make.briefing("", kind="data_record", url="https://sets.example/", published_on=dt.date(2022, 2, 1))
    named = make.briefing("", url="https://news.example/", origin=wire, published_on=dt.date(2022, 2, 1))
    again = make.briefing("", url="https://paper.example/", origin=wire, published_on=dt.date(2022, 3, 1))
    for actuality, type, briefing, cited in (
        ("occurred", "threat", quoted, {"basis": "first_hand"}),
        ("occurred", "clash", listed, {}),
        ("announced", "meeting", named, {"act": "announces", "basis": "hearsay"}),
        ("did_not_occur", "meeting", named, {"act": "confirms"}),
        ("unclear", "clash", asks, {}),
        ("occurred", "clash", named, {"act": "condemns"}),
        ("occurred", "clash", named, {"act": "condemns"}),
    ):
        event = make.published(f"Event {actuality}", actuality=actuality, type=type, briefing=briefing, cited=cited)
        if briefing in (named, quoted):
            make.citation(event, again, act="mentions")
        make.citation(event, make.briefing("", url="https://other.example/"), act="disputes")
    event.citations.exclude(act="disputes").update(act="calls_for", support="nothing")  # the last: nothing supports it
    Event.objects.filter(pk=event.pk).refresh_evidence()


def test_world_has_every_value(world):
    known = {name: set(Event.objects.public().values_list(name, flat=True)) for name in ("actuality", *AXES)}
    del known["support"]

    assert {name: values - {""} for name, values in known.items()} == {name: {*VALUES[name]} for name in known}
    assert {*Event.objects.public().values_list("source_count", flat=True)} >= {0, 1, 2}
    assert {*Event.objects.public().values_list("event_type__quad", flat=True)} >= {1, 2, 3, 4}
    events = Event.objects.public()
    assert all(0 < events.filter(is_without(part)).count() < events.count() for part in VALUES["unset"])


def combinations() -> list[tuple[str, str]]:
    """Return each parameter with a query of each of its values, and of all together, alone and as known on a day."""
    known_by = "&known_by=2022-02-15"
    values = [(name, urlencode({name: value})) for name, values in VALUES.items() for value in values]
    values += [(name, urlencode({name: values}, doseq=True)) for name, values in VALUES.items() if name not in SINGLE]
    return [(name, query + day) for name, query in values for day in ("", known_by) if name != "known_by" or not day]


def test_columns_find_what_the_database_finds(world):
    """The clauses that the columns do not answer are those named last; words are found by their own index."""
    index, asked_of_database = EventIndex(), set()
    for name, query in combinations():
        event_filter = EventFilter(QueryDict(query), Event.objects.public())
        keys = set(event_filter.events.values_list("pk", flat=True))
        assert (query, set(index.keys(index.matching(event_filter)))) == (query, keys)
        for pairs in clauses(event_filter):
            if flags_by_columns(index, alone(event_filter, pairs), dict(pairs)) is None:
                asked_of_database.add((name, "known_by" in query))

    assert asked_of_database == {
        *((name, day) for name in ("bbox", "deaths_min", "q", "sources_min", "unset") for day in (False, True)),
        *((f"{axis}{negated}", True) for axis in ("form", "assertion", "contest") for negated in ("", "__not")),
    }


@st.composite
def queries(draw) -> str:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=4, unique=True))
    pairs = []
    for name in names:
        most = 1 if name in SINGLE else 2
        values = draw(st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=most, unique=True))
        pairs += [(name, value) for value in values]
    return urlencode(pairs)


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_page_csv_and_json_show_the_same_events(world, settings, query):
    settings.EVENTS_PER_PAGE, settings.FIRST_PAGE_ORDER = 7, "date"  # exports of no query go by date
    client = Client()
    page = client.get(f"/?{query}")
    if page.status_code == 400:
        assert client.get(f"/events.csv?{query}").status_code == 400
        assert client.get(f"/events.json?{query}").status_code == 400
        return

    exported = json_file(client, query)
    ids = [event["public_id"] for event in exported["events"]]

    assert page_ids(client, query) == ids
    assert [row["public_id"] for row in csv_rows(client, query)] == ids
    assert exported["total"] == len(ids) == page.context["page"].total
    assert page.context["count_possible"] >= page.context["count_certain"]
    assert exported["sentence"] == page.context["sentence"]


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries(), st.sampled_from(sorted(VALUES)), st.data())
def test_another_condition_never_widens_the_list(world, query, name, data):
    if name in SINGLE - {"q"} or f"{name}=" in query or name == "role":  # these change the list in other ways
        return
    client = Client()
    answer = client.get(f"/events.json?{query}")
    let_go(answer)  # a file counts as being read until then
    if answer.status_code == 400:
        return
    wider = {row["public_id"] for row in csv_rows(client, query)}

    narrower = f"{query}&{urlencode({name: data.draw(st.sampled_from(VALUES[name]))})}"

    assert {row["public_id"] for row in csv_rows(client, narrower)} <= wider


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries(), queries())
def test_exports_and_comparisons_count_what_the_database_does(world, query, other_query):
    DataSet.objects.filter(slug="second-set").update(redistributable=False)
    first, second = (EventFilter(QueryDict(text), Event.objects.public()) for text in (query, other_query))
    if first.messages or second.messages:
        return
    export, events = Export.of(first), set(second.events.values_list("pk", flat=True))
    common = [pk for pk in first.events.values_list("pk", flat=True) if pk in events]

    assert export_header(first) == export_header(first, use_index=False)
    assert count_exported(first) == (export.citations.count(), export.briefings.count())
    assert count_common(first, second) == len(common)
    for side in sides(first, second, histograms(first, second), totals_today):
        assert side.certain == side.event_filter.in_period(certainly=True).count()
