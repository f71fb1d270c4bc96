import pytest

from tests import make
from timeline.filters.sentence import clauses, sentence

from .filter_hits import filter_of
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@made_once
def known():
    briefing = make.briefing(slug="march", title="Briefing of March")
    for name in ("Armenia", "Azerbaijan", "Russia"):
        make.participation(make.published(briefing=briefing), make.actor(name, slug=name.lower()))


@pytest.mark.parametrize(
    ("query", "total", "words"),
    [
        ("", 11, "11 events, oldest first"),
        ("", 1, "1 event, oldest first"),
        ("order=-date", 1234, "1,234 events, newest first"),
        ("category=call&from=2022-03", 2, "2 events, in the category Call, since March 2022, oldest first"),
        (
            "from=2022-03-01&to=2022&when=certain",
            0,
            "0 events, definitely from 1 March 2022 to 2022, oldest first",
        ),
        ("from=2022-03&to=2022-03", 0, "0 events in March 2022, oldest first"),
        ("to=2022", 0, "0 events until 2022, oldest first"),
        ("when=certain", 0, "0 events, definitely in any period, oldest first"),
        ("known_by=2022-03-25", 0, "0 events, as known on 25 March 2022, oldest first"),
        ("known_by=2022-03", 0, "0 events, as known at the end of March 2022, oldest first"),
        (
            "actor=armenia&actor=azerbaijan&role=mediator",
            0,
            ("0 events, involving Armenia or Azerbaijan, with the role mediator, oldest first"),
        ),
        (
            "actor__all=armenia&actor__all=azerbaijan&actor__not=russia",
            0,
            ("0 events, not involving Russia, involving Armenia and Azerbaijan together, oldest first"),
        ),
        (
            "act=denies&act=disputes&briefing=march",
            0,
            ("0 events, cited from “Briefing of March”, where a source denies or disputes, oldest first"),
        ),
        (
            "country=AM&evidence=disputed&order=-published",
            0,
            ("0 events, in Armenia, that a source denies or disputes, most recently reported first"),
        ),
        ('q="line of contact" troops', 0, "0 events, with the words “line of contact” troops, oldest first"),
        ("q=truce", 0, "0 events, with the word truce, oldest first"),
        ("q=-armenia us", 0, "0 events, with the word us, without armenia, oldest first"),
        ("q=Ceasefire OR truce", 0, "0 events, with the words Ceasefire or truce, oldest first"),
        (
            "q=a OR b baku -war -“two words”",
            0,
            "0 events, with the words (a or b) baku, without war or “two words”, oldest first",
        ),
    ],
)
def test_sentence_states_the_filter(query, total, words):
    assert sentence(filter_of(query), total, 0) == words


@pytest.mark.parametrize(
    ("query", "only_possible", "words"),
    [
        ("from=2022&to=2022", 2, "71 events in 2022, 2 of them only possibly, oldest first"),
        ("from=2022&to=2022", 0, "71 events in 2022, oldest first"),
        ("from=2022", 71, "71 events since 2022, all of them only possibly, oldest first"),
        ("from=2022&category=call", 1, "71 events, in the category Call, since 2022, 1 of them only possibly, oldest first"),
        ("from=2022&to=2022&when=certain", 2, "71 events, definitely in 2022, oldest first"),
        ("", 0, "71 events, oldest first"),
    ],
)  # fmt: skip
def test_sentence_says_how_many_fall_in_the_period_only_possibly(query, only_possible, words):
    assert sentence(filter_of(query), 71, only_possible) == words


def test_every_parameter_that_narrows_has_a_clause():
    """A chip and words for each: a filter that is not said is a filter that is not seen."""
    everything = (
        "q=x&from=2022&to=2022&when=certain&known_by=2022&category=call&category__not=clash&type=clash&type__not=strike"
        "&country=AM&country__not=AZ&actor=armenia&actor__all=armenia&actor__not=russia&role=mediator&briefing=march"
        "&briefing__not=march&act=denies&act__not=reports&evidence=verified"
    )
    event_filter = filter_of(everything)
    assert event_filter.messages == {}

    said = set().union(*(clause.names for clause in clauses(event_filter)))

    assert {name for name, _ in event_filter.parameters} <= said


def test_clause_leads_to_the_filter_without_it():
    shown_clauses = clauses(filter_of("actor=armenia&category=call&from=2022&to=2023"))

    assert [(clause.label, clause.value, clause.query_without) for clause in shown_clauses] == [
        ("Category", "Call", "actor=armenia&from=2022&to=2023"),
        ("Actor", "Armenia", "category=call&from=2022&to=2023"),
        ("Period", "possibly from 2022 to 2023", "actor=armenia&category=call"),
    ]


def test_preset_of_a_page_is_no_clause():
    shown_clauses = clauses(filter_of("actor=armenia&category=call"), preset="actor")

    assert [(clause.label, clause.query_without) for clause in shown_clauses] == [("Category", "")]
