"""Words that the index finds in memory are those that the database finds."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import make
from timeline.filters import EventFilter
from timeline.index import index_for, word_search
from timeline.models import Actor, Citation, Event

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

QUERIES = [
    "q=ceasefire",
    "q=ceasefire -agdam",
    "q=hayastan OR ministry",
    "q=agdam",
    "q=second war",
    "q=clash",
    "q=talks ceasefire",
    'q="the ceasefire"',
    "q=nothing",
    "q=ceasefire&known_by=2022-03-26",
    "q=ministry&known_by=2022-03-26",
    "q=ceasefire&actor=armenia&act=denies",
]


TEXT = "MS PORTER: The ceasefire holds. Troops moved."


@made_once
def world() -> None:
    """Words in a title, a summary, a quote, and in the names of a place, a conflict, a type, an actor and a publisher."""
    armenia = make.actor("Armenia", slug="armenia")
    armenia.aliases.create(name="Hayastan")
    ministry = make.actor("Ministry of Defence", slug="ministry")
    early = make.briefing(TEXT, publisher=ministry, published_on=dt.date(2022, 3, 25))
    late = make.briefing(TEXT, published_on=dt.date(2022, 4, 2))
    moved = {"briefing": early, "cited": {"quote": "Troops moved."}}
    make.published("Ceasefire at the line", place=make.place("Ağdam"), **moved)
    make.published("Talks", summary="On the ceasefire.", conflict=make.conflict("Second war"), **moved)
    quoted = make.published("Clash", type="clash", **moved)
    make.citation(quoted, late, act="denies")
    make.participation(quoted, armenia)
    make.event("Ceasefire of a draft")
    make.published("Ceasefire withdrawn").withdraw("Entered twice.")


def both(query: str) -> tuple[list[str], list[str]]:
    """Return the titles of what index and database find."""
    event_filter = EventFilter(QueryDict(query), Event.objects.public())
    assert event_filter.messages == {}
    index = index_for(event_filter)
    by_index = Event.objects.filter(pk__in=index.keys(index.matching(event_filter)))
    return tuple(sorted(events.values_list("title", flat=True)) for events in (by_index, event_filter.events))


QUERIES = {
    "q=ceasefire": ["Ceasefire at the line", "Clash", "Talks"],
    "q=ceasefire -agdam": ["Clash", "Talks"],
    "q=hayastan OR geneva": ["Clash"],
    "q=ministry": ["Ceasefire at the line", "Clash", "Talks"],
    "q=agdam": ["Ceasefire at the line"],
    "q=second war": ["Talks"],
    "q=clash": ["Clash"],
    "q=moved ceasefire": ["Ceasefire at the line", "Clash", "Talks"],
    'q="the ceasefire"': ["Clash", "Talks"],
    "q=nothing": [],
    "q=ceasefire&known_by=2022-03-26": ["Ceasefire at the line", "Talks"],
    "q=ministry&known_by=2022-03-24": [],
    "q=ceasefire&actor=armenia&act=denies": ["Clash"],
}


@pytest.mark.parametrize("query", QUERIES)
def test_index_finds_what_the_database_finds(world, query):
    assert both(query) == (QUERIES[query], QUERIES[query])


def _retitle():
    event = Event.objects.get(title="Talks")
    event.title, event.summary = "Ceasefire", ""
    event.save()


def _rename():
    actor = Actor.objects.get(slug="armenia")
    actor.name = "Ceasefire monitors"
    actor.save()


WRITES = {
    "a title": (_retitle, ["Ceasefire", "Ceasefire at the line", "Clash"]),
    "a quote": (lambda: Citation.objects.get(act="denies").delete(), ["Ceasefire at the line", "Talks"]),
    "a name": (_rename, ["Ceasefire at the line", "Clash", "Talks"]),
    "a new event": (lambda: make.published("Truce"), ["Ceasefire at the line", "Clash", "Talks", "Truce"]),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("few_parts", [0, 32])
def test_what_was_written_since_is_found(world, monkeypatch, set_shard_size, write, few_parts):
    monkeypatch.setattr(word_search, "FEW_PARTS", few_parts)
    set_shard_size(1)
    both("q=ceasefire")
    both("q=ceasefire&known_by=2022-03-26")

    WRITES[write][0]()

    assert both("q=ceasefire") == (WRITES[write][1], WRITES[write][1])
    by_index, by_database = both("q=ceasefire&known_by=2022-03-26")
    assert by_index == by_database


def test_few_parts_are_read_without_the_index_of_words(world, monkeypatch, set_shard_size):
    set_shard_size(1)
    both("q=ceasefire")
    for number in range(2):
        make.published(f"Ceasefire {number}")
    monkeypatch.setattr(word_search, "keys_holding", None)

    event_filter = EventFilter(QueryDict("q=ceasefire"), Event.objects.public())
    index = index_for(event_filter)

    assert index.total(index.matching(event_filter)) == 5
