"""The citations of a filter's events for programs: as in the file, one after the other."""

import datetime as dt
from urllib.parse import urlsplit

import pytest

from tests import make
from timeline.models import Citation

from .api_client import ask, keys, refusal, rows
from .clients import body
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


@made_once
def three_events():
    """Three events with three, one and two citations."""
    briefing = make.briefing()
    events = [make.published(edtf=f"2022-03-0{day}", briefing=briefing) for day in (1, 2, 3)]
    for event, more in ((events[0], 2), (events[2], 1)):
        for position in range(more):
            make.citation(event, briefing, quote="Troops moved.", position=position + 1)
    return events


def in_order(query: str = "") -> list[str]:
    citations = Citation.objects.order_by("event__sort_on", "event_id", "position", "pk")
    return list(citations.values_list("public_id", flat=True))


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 6, 7, 200])
def test_pages_together_are_all_citations_in_order(client, three_events, limit):
    assert keys(client, f"citations/?limit={limit}", "citations") == in_order()


def test_they_are_those_of_the_file(client, three_events):
    lines = body(client.get("/events.citations.csv?order=-date")).decode().splitlines()[1:]

    assert keys(client, "citations/?order=-date&limit=2", "citations") == [line.split(",")[4] for line in lines]


def test_citation_says_what_it_speaks_of(client, three_events):
    answer = ask(client, "citations/?limit=1")
    event = ask(client, "events/?limit=1")["events"][0]

    assert answer["total"] == 6
    assert answer["sentence"] == "3 events, oldest first"
    assert answer["citations"] == [
        event["citations"][0] | {"event": {name: event[name] for name in ("public_id", "url", "title", "date", "edtf")}}
    ]


def test_total_and_rows_are_of_what_was_known_by_then(client, three_events):
    make.citation(three_events[0], make.briefing(published_on=dt.date(2022, 4, 1)), act="denies")

    assert ask(client, "citations/?known_by=2022-03-25")["total"] == 6
    assert len(rows(client, "citations/?known_by=2022-03-25&limit=2", "citations")) == 6
    assert ask(client, "citations/")["total"] == 7


def cursor(client, limit: int) -> str:
    return urlsplit(ask(client, f"citations/?limit={limit}")["next"]).query


def test_page_goes_on_after_an_event_that_was_withdrawn(client, three_events):
    query, rest = cursor(client, 2), in_order()[3:]
    three_events[0].withdraw("Entered twice.")

    assert [row["public_id"] for row in ask(client, f"citations/?{query}")["citations"]] == rest[:2]


def test_page_at_a_citation_that_is_no_more_is_refused(client, three_events):
    query = cursor(client, 2)
    Citation.objects.filter(public_id=in_order()[1]).delete()

    words = ["The citation at which this page begins is gone. Start from the first page."]
    assert refusal(client, f"citations/?{query}") == (400, {"cursor": words})


def test_filter_of_speakers_chooses_events_not_citations(client, three_events):
    speaker = make.actor(slug="ada")
    make.citation(three_events[1], speaker=speaker)

    citations = rows(client, "citations/?speaker=ada", "citations")

    assert [citation["speaker"] and citation["speaker"]["slug"] for citation in citations] == [None, "ada"]


def test_no_citation_is_an_answer_too(client):
    answer = ask(client, "citations/")

    assert (answer["citations"], answer["total"], answer["next"]) == ([], 0, None)
