"""An autocomplete offers the nearest name first."""

import pytest
from django.test import Client

from tests import make
from timeline.models import Actor, ActorAlias

from .desk_client import editor

pytestmark = pytest.mark.django_db


def offers(client: Client, model: str, field: str, term: str, page: int = 1) -> list[str]:
    parameters = {"app_label": "timeline", "model_name": model, "field_name": field, "term": term, "page": page}
    answer = client.get("/admin/autocomplete/", parameters)
    return [offer["text"] for offer in answer.json()["results"]]


def named(name: str, *aliases: str) -> Actor:
    actor = make.actor(name)
    for alias in aliases:
        ActorAlias.objects.create(actor=actor, name=alias)
    return actor


@pytest.mark.parametrize(
    ("term", "first"),
    [
        ("Meeting", "Meeting"),
        ("meeting", "Meeting"),
        ("Other", "Other"),
        (" ceasefire  violation ", "Ceasefire violation"),
        ("Statement", "Statement"),
    ],
)
def test_type_of_exactly_this_name_is_the_first(term, first):
    assert offers(editor(), "event", "event_type", term)[0] == first


def test_types_whose_descriptions_hold_the_words_come_last():
    assert offers(editor(), "event", "event_type", "ceasefire") == [
        "Ceasefire declared",
        "Ceasefire ended",
        "Ceasefire in force",
        "Ceasefire violation",
        "Agreement signed",
    ]


def test_actors_by_exact_name_or_alias_then_beginning_then_beginning_of_a_word_then_the_rest():
    named("Air industries")
    named("Army of Us")
    named("USS Cole")
    named("Office for the Us–Iran talks")
    named("Zembla", "US")
    named("The US")
    named("Us")
    named("Zanzibar", "USA")

    assert offers(editor(), "participation", "actor", "us") == [
        *("Us", "Zembla"),
        *("USS Cole", "Zanzibar"),
        *("Army of Us", "Office for the Us–Iran talks", "The US"),
        "Air industries",
    ]


@pytest.mark.parametrize("term", ["Türkiye", "turkiye", "TURKIYE"])
def test_actor_is_exact_without_case_and_accents(term):
    named("Turkiye Air Force", "Air Force of Turkiye")
    named("Türkiye", "Turkey")

    assert offers(editor(), "participation", "actor", term) == ["Türkiye", "Turkiye Air Force"]


def test_places_conflicts_and_briefings_come_in_the_same_order():
    for name in ("A war of Lachin", "Lachin corridor", "Lachin"):
        make.place(name)
        make.conflict(name)
        make.briefing(title=name)
    client = editor()

    pickers = [("event", "place"), ("event", "conflict"), ("citation", "briefing")]

    assert [offers(client, *picker, "lachin") for picker in pickers] == [
        ["Lachin", "Lachin corridor", "A war of Lachin"]
    ] * 3


def test_order_holds_over_the_pages_of_a_picker_and_without_words_it_is_the_list_s():
    for number in range(25):
        named(f"A friend of Iran {number:02}")
    named("Iran")
    client = editor()

    pages = [offers(client, "participation", "actor", "iran", page) for page in (1, 2)]

    assert pages == [
        ["Iran", *(f"A friend of Iran {number:02}" for number in range(19))],
        [f"A friend of Iran {number:02}" for number in range(19, 25)],
    ]
    assert offers(client, "participation", "actor", "") == [f"A friend of Iran {number:02}" for number in range(20)]


@pytest.mark.parametrize("term", ["!", "%", "_", "\\"])
def test_signs_in_a_term_are_no_patterns(term):
    named("Iran")

    assert offers(editor(), "participation", "actor", term) == []
