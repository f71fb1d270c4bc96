import datetime as dt
import re

import pytest
from django.test import Client

from tests import make
from timeline.models import Briefing

from .clients import words
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. Troops moved."


def rows(client: Client, query: str = "") -> list[str]:
    """Return what readers read of each row of the list."""
    html = client.get(f"/briefings/{query}").content.decode()
    listed = re.findall('<li class="register__row">(.*?)</li>', html, re.S)
    return list(map(words, listed))


def test_list_shows_day_title_kind_publisher_and_counts(client):
    publisher = make.actor("State Department")
    briefing = make.briefing(TEXT, title="Daily briefing", publisher=publisher, published_on=dt.date(2022, 3, 25))
    event = make.published(briefing=briefing)
    make.citation(event, briefing, quote="Troops moved.")
    make.published(briefing=briefing)

    assert rows(client) == [
        "25 March 2022 Daily briefing Press briefing · State Department 2 events 3 citations, all quotes matched"
    ]


def test_newest_comes_first_and_unknown_days_last(client):
    for title, day in [("Old", dt.date(2021, 1, 1)), ("Undated", None), ("New", dt.date(2022, 1, 1))]:
        make.briefing(TEXT, title=title, published_on=day)

    assert [row.split(" Press briefing")[0] for row in rows(client)] == [
        "1 January 2022 New",
        "1 January 2021 Old",
        "Day not known Undated",
    ]


def test_briefings_of_one_day_come_in_one_order(client):
    for number in range(5):
        make.briefing(TEXT, title=f"Briefing {number}")

    assert [int(re.search(r"Briefing (\d)", row)[1]) for row in rows(client)] == [4, 3, 2, 1, 0]


def test_row_says_how_well_the_citations_hold(client):
    moved = make.briefing(TEXT, title="Moved", published_on=dt.date(2022, 1, 4))
    make.published(briefing=moved)
    moved.citations.update(state="missing", start=None, end=None)
    make.published(briefing=make.briefing("", url="https://x.example/", published_on=dt.date(2022, 1, 3)))
    make.published(briefing=make.briefing(TEXT, published_on=dt.date(2022, 1, 2)))
    make.briefing(TEXT, published_on=dt.date(2022, 1, 1))

    counts = [re.search(r"(\d events?|Not cited).*", row)[0] for row in rows(client)]
    assert counts == [
        "1 event 1 citation, 1 not found",
        "1 event 1 citation, text not stored",
        "1 event 1 citation, quote matched",
        "Not cited",
    ]


def test_empty_list_says_so(client):
    assert "No sources published yet." in client.get("/briefings/").content.decode()


@made_once
def hundred_and_one():
    fields = {"status": "published", "kind": "report", "publisher": make.actor(), "url": "https://x.example/"}
    Briefing.objects.bulk_create(Briefing(slug=f"b-{n}", title=f"Title {n}", **fields) for n in range(101))


@pytest.mark.usefixtures("hundred_and_one")
def test_list_has_a_hundred_rows_to_a_page(client):
    assert [len(rows(client, query)) for query in ("", "?page=1", "?page=2")] == [100, 100, 1]
    assert "1 to 100 of 101" in client.get("/briefings/").content.decode()
    assert 'href="?page=2" rel="next"' in client.get("/briefings/").content.decode()


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "", "1.5", "9" * 30, "9" * 5000, "\0", "%"])
def test_page_that_is_not_there_is_a_404(client, page):
    make.briefing(TEXT)

    assert client.get("/briefings/", {"page": page}).status_code == 404


def test_words_are_searched_in_title_and_text_and_shown_in_their_sentence(client):
    matching = make.briefing("MS PORTER: The Minsk Group met.", title="One", published_on=dt.date(2022, 1, 2))
    make.briefing("MS PORTER: No comment.", title="Minsk", published_on=dt.date(2022, 1, 1))
    html = client.get("/briefings/", {"q": "MINSK"}).content.decode()

    assert [row.split(" Not cited")[0] for row in rows(client, "?q=MINSK")] == [
        f"2 January 2022 One Press briefing · {matching.publisher} MS PORTER: The Minsk Group met.",
        f"1 January 2022 Minsk Press briefing · {Briefing.objects.get(title='Minsk').publisher}",
    ]
    assert (
        f'<a href="{matching.get_absolute_url()}#:~:text=Minsk">MS PORTER: The <mark>Minsk</mark> Group met.</a>'
        in html
    )
    assert "2 sources containing: MINSK" in html


def test_search_that_finds_nothing_says_so(client):
    make.briefing(TEXT)

    assert rows(client, "?q=zembla") == []
    assert "No source contains these words." in client.get("/briefings/?q=zembla").content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?q=%22open", "The quotation mark before “open” is not closed: close the phrase."),
        ("?q=%26%26", "There is nothing to search for: write at least one letter or digit."),
        ("?q=" + "a" * 201, "Search for at most 200 characters; this has 201."),
        ("?q=a+b+c+d+e+f+g+h+i+j+k", "Search for at most 10 words or phrases; this has 11."),
        ("?q=a&q=b", "“q” is given more than once. Keep one."),
        ("?qq=a", "There is no filter “qq”."),
    ],
)
def test_search_that_is_wrong_is_a_400_without_briefings(client, query, words):
    make.briefing(TEXT)
    response = client.get(f"/briefings/{query}")

    assert response.status_code == 400
    assert words in response.content.decode()
    assert rows(client, query) == []


def test_search_of_the_longest_words_is_right(client):
    make.briefing(TEXT)

    assert client.get("/briefings/?q=" + "a" * 200).status_code == 200
    assert client.get("/briefings/?q=a+b+c+d+e+f+g+h+i+j").status_code == 200
    assert len(rows(client, "?q=")) == 1


@pytest.mark.usefixtures("hundred_and_one")
def test_search_stays_on_the_next_page(client):
    assert 'href="?q=title&amp;page=2" rel="next"' in client.get("/briefings/?q=title").content.decode()
    assert len(rows(client, "?q=title&page=2")) == 1


def test_sources_that_a_data_set_lists_are_shown_where_asked_for(client):
    make.briefing(TEXT, title="Document")
    make.briefing("", title="Listed", kind="data_record", url="https://sets.example/", slug="listed")
    make.briefing(TEXT, title="Report", kind="report")
    titles = {
        query: sorted(re.search(r"(Document|Listed|Report) ", row)[1] for row in rows(client, query))
        for query in (
            "",
            "?q=listed",
            "?kind=data_record",
            "?kind=data_record&q=listed",
            "?kind=report&kind=data_record",
        )
    }

    assert titles == {
        "": ["Document", "Report"],
        "?q=listed": [],
        "?kind=data_record": ["Listed"],
        "?kind=data_record&q=listed": ["Listed"],
        "?kind=report&kind=data_record": ["Listed", "Report"],
    }
    assert "2 sources" in client.get("/briefings/").content.decode()
    assert client.get("/briefings/listed/").status_code == 200
    assert client.get("/briefings/?kind=novel").status_code == 400
