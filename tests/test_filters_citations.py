"""The parameters that ask for actors, for citations and for words: a hit, a miss, a wrong value, a boundary."""

import pytest
from django.http import QueryDict

from tests import make
from timeline.models import Actor, ActorAlias, Citation, Event

from .filter_hits import filter_of, hits, messages
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


# ---- actors


@made_once
def states():
    usa = make.actor("United States", slug="usa")
    department = make.actor("Department", slug="department", parent=usa, kind="organisation")
    make.actor("Secretary", slug="secretary", parent=department, kind="person")
    make.actor("Armenia", slug="armenia")
    call = make.published("Call")
    make.participation(call, Actor.objects.get(slug="secretary"), "initiator")
    make.participation(call, Actor.objects.get(slug="armenia"), "recipient")
    make.participation(make.published("Statement"), Actor.objects.get(slug="armenia"), "initiator")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("actor=usa", ["Call"]),
        ("actor=secretary", ["Call"]),
        ("actor=armenia", ["Call", "Statement"]),
        ("actor=usa&actor=armenia", ["Call", "Statement"]),
        ("actor__all=usa&actor__all=armenia", ["Call"]),
        ("actor__not=usa", ["Statement"]),
        ("actor=armenia&actor__not=department", ["Statement"]),
        ("actor=armenia&role=initiator", ["Statement"]),
        ("actor=armenia&role=recipient&role=initiator", ["Call", "Statement"]),
        ("actor=usa&role=mediator", []),
        ("actor__not=armenia&role=recipient", []),
        ("role=recipient", ["Call"]),
        ("role=mediator", []),
    ],
)
def test_actor_includes_those_that_belong_to_it(states, query, titles):
    assert hits(query) == titles


def test_unknown_actor_and_role_are_refused(states):
    assert messages("actor=armenai") == {"actor": ["“armenai” is not known here. Did you mean armenia?"]}
    assert list(messages("actor__all=armenia&actor__all=nobody")) == ["actor__all"]
    assert list(messages("role=host")) == ["role"]


# ---- citations


@made_once
def cited():
    """An event that Ada confirms in one briefing and Ben denies in another."""
    ada, ben = make.actor("Ada", slug="ada"), make.actor("Ben", slug="ben")
    ministry = make.actor("Ministry", slug="ministry")
    first = make.briefing(slug="first", publisher=ministry)
    event = make.published("Cited", briefing=first, cited={"speaker": ada, "act": "confirms"})
    make.citation(event, make.briefing(slug="second"), speaker=ben, act="denies")
    make.published("Other", briefing=make.briefing(slug="third"))
    return event


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("briefing=first", ["Cited"]),
        ("briefing=third", ["Other"]),
        ("briefing__not=first", ["Other"]),
        ("publisher=ministry", ["Cited"]),
        ("publisher__not=ministry", ["Other"]),
        ("speaker=ada", ["Cited"]),
        ("speaker__not=ada", ["Other"]),
        ("act=confirms&act=reports", ["Cited", "Other"]),
        ("act__not=denies", ["Other"]),
        ("act=calls_for", []),
        ("speaker=ada&act=confirms", ["Cited"]),
        ("speaker=ada&act=denies", []),
        ("speaker=ben&briefing=first", []),
        ("publisher=ministry&speaker=ada&act=confirms&briefing=first", ["Cited"]),
        ("evidence=disputed", ["Cited"]),
        ("evidence=verified", ["Cited", "Other"]),
        ("evidence=unverified", []),
        ("evidence=disputed&evidence=unverified", ["Cited"]),
    ],
)
def test_conditions_on_citations_must_hold_for_the_same_one(cited, query, titles):
    assert hits(query) == titles


def test_wrong_citation_conditions_are_refused(cited):
    assert sorted(messages("briefing=x&publisher=x&speaker=x&act=x&evidence=x")) == [
        "act",
        "briefing",
        "evidence",
        "publisher",
        "speaker",
    ]


def test_quote_lost_from_its_text_is_unverified():
    make.published("Lost", briefing=make.briefing())
    Citation.objects.update(state="missing", start=None, end=None)
    Event.objects.refresh_evidence()

    assert hits("evidence=unverified") == ["Lost"]
    assert hits("evidence=verified") == []


# ---- words


@made_once
def worded():
    event = make.published("Ceasefire in the north", summary="Élysée mediation")
    actor = make.actor("Ararat Mirzoyan")
    ActorAlias.objects.create(actor=actor, name="Foreign Minister")
    make.participation(event, actor)
    make.published("Something else", cited={"quote": "Troops moved."})


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("ceasefire", ["Ceasefire in the north"]),
        ("CEASE", ["Ceasefire in the north"]),
        ("fire", []),
        ("elysee", ["Ceasefire in the north"]),
        ("Élysée north", ["Ceasefire in the north"]),
        ("mirzoyan", ["Ceasefire in the north"]),
        ('"foreign minister"', ["Ceasefire in the north"]),
        ('"minister foreign"', []),
        ("holds", ["Ceasefire in the north"]),
        ("moved", ["Something else"]),
        ("ceasefire moved", []),
        ("%", None),
    ],
)
def test_words_are_found_where_they_begin(worded, words, titles):
    query = QueryDict(mutable=True)
    query["q"] = words
    if titles is None:
        assert list(messages(query.urlencode())) == ["q"]
    else:
        assert hits(query.urlencode()) == titles


@pytest.mark.parametrize("words", ["x" * 201, '"open', "a b c d e f g h i j k", "\0"])
def test_unusable_words_are_refused(words):
    query = QueryDict(mutable=True)
    query["q"] = words
    assert list(messages(query.urlencode())) == ["q"]


# ---- the filter as an address


def test_query_is_canonical(states):
    event_filter = filter_of(
        "to=2023&order=date&q=&when=possible&category=call&category=agreement&actor=usa&actor=armenia&country=am"
    )

    assert event_filter.query == "actor=armenia&actor=usa&category=agreement&category=call&country=AM&to=2023"
    assert event_filter.query_without("actor", "to") == "category=agreement&category=call&country=AM"
    assert event_filter.query_with(order="-date", to="2024") == (
        "actor=armenia&actor=usa&category=agreement&category=call&country=AM&order=-date&to=2024"
    )


def test_too_many_values_are_refused(states):
    query = "&".join(f"actor=a{number}" for number in range(51))

    assert messages(query) == {"actor": ["51 values are too many; at most 50 can be given at once."]}


@pytest.mark.parametrize("parameter", ["category", "country", "actor"])
def test_values_are_counted_also_where_they_come_again(parameter):
    value = {"category": "call", "country": "AM", "actor": "georgia"}[parameter]
    make.participation(make.published(), make.actor("Georgia", slug="georgia"))

    assert filter_of("&".join([f"{parameter}={value}"] * 50)).messages == {}
    assert messages("&".join([f"{parameter}={value}"] * 51)).keys() == {parameter}
