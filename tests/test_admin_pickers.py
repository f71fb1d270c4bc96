"""What a picker offers for other spellings, what it says of each row, and what can be added from it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.models import Actor, ActorAlias, Place

from .desk_client import desk, editor, rows

pytestmark = pytest.mark.django_db
ACTOR = "/admin/timeline/actor/quick-add/"
PLACE = "/admin/timeline/place/quick-add/"


def offers(client: Client, term: str, model: str = "participation", field: str = "actor") -> list[dict]:
    query = {"app_label": "timeline", "model_name": model, "field_name": field, "term": term}
    return client.get("/admin/autocomplete/", query).json()["results"]


@pytest.mark.parametrize(
    "term",
    ["Pashinian", "Pasinyan", "nikol pashinian", "Пашинян", "Փաշինյան", "Pashiny", "Pashniyan", "Pas\u0301inyan"],
)
def test_other_spellings_and_alphabets_find_the_actor(term):
    pashinyan = make.actor("Nikol Pashinyan", kind="person", country="AM")
    make.actor("Nikol Duda"), make.actor("Iran")
    nearness = 3 if term == "Pashiny" else 5  # a word begins so; it sounds so
    says = {"detail": "Person, Armenia", "nearness": nearness, "exact": False}

    assert offers(editor(), term) == [{"id": str(pashinyan.pk), "text": "Nikol Pashinyan"} | says]


@pytest.mark.parametrize(
    ("term", "exact"), [("Алиев", False), ("aliyev", True), ("I\u0307lham Əliyev", True), ("Iran", False)]
)
def test_name_is_exact_by_each_of_its_spellings_and_not_by_its_sound(term, exact):
    aliyev = make.actor("İlham Əliyev", kind="person")
    ActorAlias.objects.create(actor=aliyev, name="Aliyev")

    assert [offer["exact"] for offer in offers(editor(), term)] == ([] if term == "Iran" else [exact])


def test_what_only_sounds_like_the_words_comes_last():
    for name in ("Natig Aliev", "Alifuddin", "Ilham Aliyev", "Aliev"):
        make.actor(name)

    assert [offer["text"] for offer in offers(editor(), "aliev")] == [
        *("Aliev", "Natig Aliev", "Ilham Aliyev", "Alifuddin"),
    ]


def test_short_words_are_not_searched_by_their_sound():
    make.actor("Sea of Azov")

    assert offers(editor(), "zoo") == []


def test_each_row_says_what_tells_it_from_its_namesakes():
    publisher = make.actor("Foreign Ministry")
    region = make.place("Syunik")
    make.place("Kapan", parent=region), make.place("Goris", country="AM")
    briefing = make.briefing(title="Daily briefing", publisher=publisher)
    make.citation(make.event("Talks in Sochi"), briefing)
    pickers = [("event", "place", "kapan"), ("event", "place", "goris"), ("event", "event_type", "phone call")]
    pickers += [("citation", "briefing", "daily"), ("eventrelation", "to_event", "sochi")]
    pickers += [("eventrelation", "citation", "ceasefire"), ("briefing", "publisher", "foreign")]
    client = editor()

    assert [offers(client, term, model, field)[0]["detail"] for model, field, term in pickers] == [
        *("within Syunik", "Armenia", "Call", "25 March 2022, Foreign Ministry", "24 March 2022, Statement"),
        *("Talks in Sochi, by Daily briefing", "State"),
    ]


@pytest.mark.parametrize(
    ("word", "types"),
    [
        ("attack", ["Clash", "Shelling or strike", "Violence against civilians"]),
        ("arrest", ["Coercion"]),
        ("protest", ["Protest"]),
        ("battle", ["Clash"]),
        ("border", ["Line or zone established", "Troop movement"]),
    ],
)
def test_types_are_found_by_the_words_that_coders_use(word, types):
    offered = offers(editor(), word, "event", "event_type")

    assert [offer["text"] for offer in offered if offer["exact"]] == types


def test_search_of_a_picker_makes_two_queries_beside_those_of_the_account():
    make.actor("Nikol Pashinyan"), make.actor("Nikol Duda")
    client = editor()
    offers(client, "warm")

    with CaptureQueriesContext(connection) as captured:
        assert offers(client, "nikol pasinyan")

    assert len([query for query in captured if "timeline_actor" in query["sql"]]) == 2


def test_what_is_not_there_is_added_with_name_kind_and_country():
    answer = editor().post(ACTOR, {"name": "Ərəb Hərəkatı", "kind": "armed_group", "country": "SY"})

    actor = Actor.objects.get()
    assert (answer.status_code, answer.json()) == (201, {"id": actor.pk, "text": "Ərəb Hərəkatı"})
    assert (actor.slug, actor.kind, actor.country) == ("ereb-herekati", "armed_group", "SY")
    assert actor.history.get().history_change_reason == "Added from another form"
    assert [offer["text"] for offer in offers(editor("other"), "arab harakati")] == ["Ərəb Hərəkatı"]


def test_slug_is_one_that_no_row_has():
    make.actor("Other", slug="amina")

    editor().post(ACTOR, {"name": "Amina", "kind": "person"})

    assert list(Actor.objects.values_list("slug", flat=True)) == ["amina-2", "amina"]


def test_a_name_like_one_that_is_there_is_added_only_on_purpose():
    make.actor("Nikol Pashinyan", kind="person", country="AM")
    client, typed = editor(), {"name": "Nikol Pashinian", "kind": "person"}

    warned = client.post(ACTOR, typed)
    added = client.post(ACTOR, typed | {"sure": "1"})

    assert warned.status_code == 422
    assert "Use Nikol Pashinyan" in warned.content.decode()
    assert "Person, Armenia" in warned.content.decode()
    assert (added.status_code, Actor.objects.count()) == (201, 2)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "", "kind": "person"}, "This field is required."),
        ({"name": "Amina", "kind": ""}, "This field is required."),
        ({"name": "Amina", "kind": "person", "country": "XX"}, "two capital letters"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_added(typed, words):
    client, before = editor(), rows()

    answer = client.post(ACTOR, typed)

    assert (answer.status_code, rows()) == (422, before)
    assert words in answer.content.decode()


def test_a_place_is_added_once():
    client, typed = editor(), {"name": "Soba", "country": "SD"}

    assert client.post(PLACE, typed).status_code == 201
    assert client.post(PLACE, typed | {"sure": "1"}).status_code == 422
    assert Place.objects.count() == 1


def test_adding_needs_the_permission_of_the_form():
    names = ("view_actor", "view_event", "change_event", "add_event", "view_place")
    client, adder = desk("coder", *names), desk("adder", *names, "add_actor")

    assert (client.get(ACTOR).status_code, client.post(ACTOR, {"name": "A", "kind": "state"}).status_code) == (403, 403)
    form = adder.get("/admin/timeline/event/add/").content.decode()
    assert form.count(f'data-add="{ACTOR}"') == 0  # may not add participations
    assert f'data-add="{PLACE}"' not in form
    assert f'data-add="{PLACE}"' in editor().get("/admin/timeline/event/add/").content.decode()
