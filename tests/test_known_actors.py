"""Which actors a text names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from timeline.models import ActorAlias
from timeline.suggest import known_actors
from timeline.suggest.actor_names import KnownActor, KnownActors

from .constraints import force

ARMENIA = KnownActor(1, "Armenia", "state", "AM")
UNITED_STATES = KnownActor(2, "United States", "state", "US", ("U.S.", "US"))
BLINKEN = KnownActor(3, "Antony Blinken", "person", "US", ("Secretary Blinken",))
MINISTER = KnownActor(4, "Foreign Minister of Armenia", "office", "AM")
KNOWN = KnownActors([ARMENIA, UNITED_STATES, BLINKEN, MINISTER, KnownActor(5, "Turkey", "state", "TR")])

NAMED = {
    "Armenia and the United States met.": [("Armenia", 1), ("United States", 2)],
    "The U.S., the US and us.": [("U.S.", 2), ("US", 2)],
    "Armenians in New Armeniaville": [],
    "Armenia’s president, and (Armenia)": [("Armenia", 1), ("Armenia", 1)],
    "U.S.-led talks": [("U.S.", 2)],
    "Secretary Blinken told Blinken": [("Secretary Blinken", 3), ("Blinken", 3)],
    "Secretary\n  Blinken spoke.": [("Secretary Blinken", 3)],
    "SECRETARY BLINKEN": [("SECRETARY BLINKEN", 3)],
    "secretary blinken, turkey": [],
    "Evan Blinken, then the Blinken Institute": [],
    "Then Blinken’s call": [("Blinken", 3)],
    "the Armenian foreign minister": [("Armenian foreign minister", 4)],
    "the foreign minister of Armenia": [("foreign minister of Armenia", 4)],
    "the Armenian side": [("Armenian", 1)],
    "İstanbul and Armenia": [("Armenia", 1)],
    "": [],
}


@pytest.mark.parametrize("text", NAMED)
def test_find(text):
    assert [(named.words, named.actor.pk) for named in KNOWN.find(text)] == NAMED[text]


@pytest.mark.parametrize("text", NAMED)
def test_names_stand_where_it_says(text):
    for named in KNOWN.find(text):
        assert " ".join(text[named.start : named.end].split()) == named.words


def test_only_the_adjective_of_a_state_is_one():
    mentions = KNOWN.find("Armenia, the Armenian side, the Armenian foreign minister")

    assert [named.is_adjective for named in mentions] == [False, True, False]


def test_a_name_of_two_actors_names_neither():
    two = [
        KnownActor(1, "Ivan Petrov", "person", "", ("Minister",)),
        KnownActor(2, "Oleg Petrov", "person", "", ("Minister",)),
    ]

    assert [named.actor.pk for named in KnownActors(two).find("Minister Petrov and Ivan Petrov")] == [1]


def test_an_alias_goes_before_the_surname_of_another():
    known = KnownActors(
        [KnownActor(1, "Robert Price", "person", ""), KnownActor(2, "Market", "organisation", "", ("Price",))]
    )

    assert [named.actor.pk for named in known.find("the Price, he said")] == [2]


def test_called():
    assert KNOWN.by_name("SECRETARY BLINKEN") == BLINKEN
    assert KNOWN.by_name("Blinken") is None
    assert KnownActors([]).by_name("x") is None
    assert KnownActors([]).find("Armenia") == []


@given(st.text(max_size=80))
def test_find_never_raises(text):
    text = f"{text} Armenia {text}"

    assert "Armenia" in [text[named.start : named.end] for named in KNOWN.find(text)]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_known_actors_costs_two_queries(count, django_assert_num_queries):
    for number in range(count):
        ActorAlias.objects.create(actor=make.actor(f"Party {number}"), name=f"Front {number}")

    with django_assert_num_queries(2):
        known = known_actors()

    assert [named.words for named in known.find("Front 0 and Party 0")] == ["Front 0", "Party 0"]


@pytest.mark.django_db
def test_the_names_of_a_merged_actor_lead_to_the_one_it_became():
    target, gone = make.actor("Republic of Armenia"), make.actor("Hayastan")
    ActorAlias.objects.create(actor=gone, name="Haiastan")
    force(gone, merged_into=target)

    mentions = known_actors().find("Hayastan, Haiastan and the Republic of Armenia")

    assert [named.actor.pk for named in mentions] == [target.pk] * 3


def test_three_thousand_actors_are_made_ready_quickly():
    actors = [KnownActor(n, f"Given Surname{n}", "person", "", (f"Minister Surname{n}",)) for n in range(3_000)]

    begun = time.process_time()
    known = KnownActors(actors)

    assert time.process_time() - begun < 1  # measured: 0.05 s
    assert [named.actor.pk for named in known.find("Minister Surname2999")] == [2999]
