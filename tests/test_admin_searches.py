"""What the searches of the desk's lists find, and how many pages of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.admin.lists import paginators
from timeline.admin.tables.event import EventAdmin
from timeline.models import Event
from timeline.querysets import full_text

from .desk_client import desk, editor

HOLDS = [  # by an index, and by reading
    lambda words: full_text.holds_typed(Event.objects.all(), words, "search_text"),
    lambda words: full_text.reads_typed(words, "search_text"),
]
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(params=[0, full_text.MANY], ids=["many", "few"])
def many(request, monkeypatch) -> None:
    """Search as where at least so many rows have a word, and as where fewer have it."""
    monkeypatch.setattr(full_text, "MANY", request.param)


@pytest.mark.parametrize("search", ["a" * 201, "a " * 11])
def test_search_too_long_finds_nothing_and_says_so(search):
    make.event(search[:200])

    page = editor().get("/admin/timeline/event/", {"q": search})

    assert list(page.context["cl"].result_list) == []
    assert [str(message) for message in page.context["messages"]] == [
        "This search is too long; at most 10 words and 200 characters can be searched for."
    ]


def test_briefings_are_found_by_words_of_their_text():
    briefing = make.briefing("MS PORTER: The Ağdam road is open.", title="One")
    make.briefing("MS PORTER: No comment.", title="Two")
    client = editor()

    def titles(query: str) -> list[str]:
        page = client.get("/admin/timeline/briefing/", {"q": query})
        return [briefing.title for briefing in page.context["cl"].result_list]

    assert titles("agdam") == titles("agdam one") == [briefing.title]
    assert (titles("zembla"), titles("%")) == ([], [])


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("ceasefire hold", ["Call"]),
        ("call", ["Call"]),
        ("press", ["Call", "Meeting"]),
        ("ceasefire meeting", []),
        ("!", []),
    ],
)
def test_citations_are_found_by_all_words_of_quote_event_or_briefing(words, titles, many):
    make.event("Without a citation")  # so that events and citations do not have the same keys
    briefing = make.briefing("MS PORTER: The ceasefire holds. They met.", title="Press briefing")
    make.citation(make.event("Call"), briefing, quote="The ceasefire holds.")
    make.citation(make.event("Meeting"), briefing, quote="They met.")

    rows = desk("ada", "view_citation").get("/admin/timeline/citation/", {"q": words}).context["cl"].result_list

    assert sorted(citation.event.title for citation in rows) == titles


def test_events_are_found_by_quote_participant_place_and_id(many):
    event = make.event("Truce", place=make.place("Stepanakert"), edtf="2022-03-24~")
    make.citation(event, make.briefing("MS PORTER: The corridor stays open."), quote="The corridor stays open.")
    make.participation(event, make.actor("Azərbaycan"))
    other, client = make.event("Other"), desk("ada", "view_event")

    def titles(words: str) -> list[str]:
        return [row.title for row in client.get("/admin/timeline/event/", {"q": words}).context["cl"].result_list]

    words = ("corridor open", "azerbaycan", "STEPANAKERT", event.public_id.upper(), "truce", "03-24~")
    assert [titles(phrase) for phrase in words] == [["Truce"]] * 6
    assert (titles("corridor closed"), titles("pana"), titles(other.public_id)) == ([], [], ["Other"])


@pytest.mark.parametrize("order", ["", "&o=1"], ids=["newest first", "by title"])
def test_a_search_lists_what_it_finds_in_any_order(order, many):
    early, late = make.event("Truce kept"), make.event("Attack on the truce")
    make.citation(make.event("Battle"), make.briefing("MS PORTER: The truce is over."), quote="The truce is over.")
    make.event("Talks")

    rows = editor().get(f"/admin/timeline/event/?q=truce{order}").context["cl"].result_list

    titles = ["Battle", late.title, early.title]
    assert [event.title for event in rows] == (sorted(titles) if order else titles)


def test_a_search_and_a_filter_narrow_together(many):
    for title in ("Truce", "Truce kept", "Talks"):
        make.event(title, place=make.place())
    make.event("Truce", place=None)
    event_list = editor().get("/admin/timeline/event/?q=truce&lacks=date&o=1").context["cl"]
    placed = editor("bela").get("/admin/timeline/event/?q=truce&lacks=place").context["cl"]

    assert (list(event_list.result_list), [event.place for event in placed.result_list]) == ([], [None])


def test_no_row_holds_a_mark_alone():
    make.event("Truce!")

    counts = [Event.objects.filter(holds(["truce", mark])).count() for holds in HOLDS for mark in ("!", "truc")]

    assert counts == [0, 1, 0, 1]


COUNT = re.compile(r"^([a-z0-9 ]+ events)$", re.MULTILINE)


@pytest.fixture
def three_listed(monkeypatch) -> None:
    monkeypatch.setattr(paginators, "MOST_FOUND", 3)
    monkeypatch.setattr(EventAdmin, "list_per_page", 2)


@pytest.mark.parametrize(
    ("event_count", "count", "pages"),
    [(2, "2 events", [[1, 0]]), (3, "3 events", [[2, 1], [0]]), (5, "more than 3 events", [[4, 3], [2]])],
)
def test_a_search_lists_so_many_rows_and_says_where_there_are_more(three_listed, event_count, count, pages):
    events = [make.event(f"Truce {number}") for number in range(event_count)]
    client = editor()

    answers = [client.get(f"/admin/timeline/event/?q=truce&p={number}") for number in range(1, len(pages) + 1)]

    assert [[events.index(event) for event in answer.context["cl"].result_list] for answer in answers] == pages
    assert [COUNT.findall(answer.content.decode()) for answer in answers] == [[count]] * len(pages)


def test_one_query_searches_for_the_page_and_for_the_number_of_rows():
    make.event("Truce")
    client = editor()
    client.get("/admin/timeline/event/?q=truce")

    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/timeline/event/?q=truce")

    searching = [query["sql"] for query in queries if "_index MATCH" in query["sql"] or "@@" in query["sql"]]
    assert [
        sql.split()[1] for sql in searching if not sql.startswith(("SELECT count(*) FROM (SELECT 1 ", "EXPLAIN"))
    ] == ['"timeline_event"."id"']
