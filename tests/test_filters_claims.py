"""The parameters that ask what an event claims, and how it is known."""

import datetime as dt

import pytest

from tests import make

from .filter_hits import hits, messages
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@made_once
def claims() -> None:
    """Events of which each parameter finds one and misses the others."""
    wire = make.actor("Wire")
    text, listed, named, printed, questioned = (
        make.briefing(slug="text"),
        make.briefing("", kind="data_record", url="https://sets.example/"),
        make.briefing("", url="https://news.example/", origin=wire),
        make.briefing("", url="https://paper.example/", origin=wire),
        make.briefing("QUESTION: The ceasefire holds."),
    )
    make.published("Quoted", briefing=text, type="threat", cited={"basis": "first_hand"})
    make.published("Listed", briefing=listed, type="clash")
    due = make.published("Due", briefing=named, type="meeting", actuality="announced", cited={"act": "announces"})
    make.citation(due, printed, act="announces")
    off = make.published("Off", briefing=named, type="meeting", actuality="did_not_occur", cited={"basis": "hearsay"})
    make.citation(off, listed, act="confirms", basis="hearsay")
    doubted = make.published("Doubted", briefing=questioned, type="withdrawal", actuality="unclear")
    make.citation(doubted, text, act="denies")
    presupposed = make.published("Presupposed", briefing=named, type="statement", cited={"act": "mentions"})
    make.citation(presupposed, text, act="disputes")


EVERYTHING = ["Quoted", "Listed", "Due", "Off", "Doubted", "Presupposed"]
OTHERS = {
    "actuality": {"occurred": ["Quoted", "Listed", "Presupposed"], "announced": ["Due"]}
    | {"did_not_occur": ["Off"], "unclear": ["Doubted"]},
    "quad": {"1": ["Due", "Off"], "2": ["Doubted"], "3": ["Quoted"], "4": ["Listed"]},
    "form": {"quote": ["Quoted", "Doubted"], "source": ["Due", "Off", "Presupposed"], "data_set": ["Listed"]},
    "assertion": {"first_hand": ["Quoted"], "not_told": ["Listed", "Due"], "hearsay": ["Off"]}
    | {"presupposed": ["Presupposed"], "question": ["Doubted"], "none": []},
    "contest": {"denied": ["Doubted"], "disputed": ["Presupposed"], "none": ["Quoted", "Listed", "Due", "Off"]},
}


@pytest.mark.parametrize("known_by", ["", "&known_by=2022-03-25"])
@pytest.mark.parametrize("name", OTHERS)
def test_claims_are_found_by_each_value_and_by_its_exclusion(claims, name, known_by):
    both = {
        value: (hits(f"{name}={value}{known_by}"), hits(f"{name}__not={value}{known_by}")) for value in OTHERS[name]
    }

    assert both == {
        value: (titles, [title for title in EVERYTHING if title not in titles])
        for value, titles in OTHERS[name].items()
    }


@pytest.mark.parametrize("known_by", ["", "&known_by=2022-03-25"])
def test_sources_are_counted_once_for_each_origin(claims, known_by):
    least = {minimum: hits(f"sources_min={minimum}{known_by}") for minimum in (1, 2, 3, 1000)}

    assert least == {1: [title for title in EVERYTHING if title != "Doubted"], 2: ["Off"], 3: [], 1000: []}


def test_how_an_event_is_known_is_found_as_it_was_known():
    event = make.published("Later denied", briefing=make.briefing(published_on=dt.date(2022, 3, 1)))
    make.citation(event, make.briefing(published_on=dt.date(2022, 4, 1)), act="denies")
    make.citation(event, make.briefing(published_on=dt.date(2022, 4, 1)), basis="first_hand")

    queries = ("contest=denied", "assertion=first_hand", "sources_min=2", "contest=none", "assertion=not_told")
    assert [hits(query) for query in queries] == [["Later denied"]] * 3 + [[], []]
    assert [hits(f"{query}&known_by=2022-03-31") for query in queries] == [[], [], [], *[["Later denied"]] * 2]


@pytest.mark.parametrize("actuality", ["announced", "did_not_occur", "unclear"])
def test_what_did_not_happen_is_never_certain(client, actuality):
    cited = {"act": "confirms"}
    make.published("Not happened", edtf="2022-03-24", type="meeting", actuality=actuality, cited=cited)
    make.published("Happened", edtf="2022-03-24", type="meeting", cited=cited)
    context = client.get("/?from=2022-03-24&to=2022-03-24").context

    assert hits("from=2022&to=2022&when=certain") == hits("when=certain") == ["Happened"]
    assert (context["count_possible"], context["count_certain"]) == (2, 1)
    (bar,) = [bar for bar in client.get("/api/v1/histogram/").json()["bars"] if bar["events"]]
    assert (bar["events"], bar["certain"]) == (2, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("actuality=maybe", "“maybe”: not known here. Choose from: occurred, announced, did_not_occur, unclear."),
        ("quad=5", "“5”: not known here. Choose from: 1, 2, 3, 4."),
        ("form=verified", "“verified”: not known here. Choose from: quote, source, data_set."),
        ("contest__not=both", "“both”: not known here. Choose from: denied, disputed, none."),
        ("sources_min=0", "“0” is not a count. Write a whole number from 1 to 1000."),
        ("sources_min=1001", "“1001” is not a count. Write a whole number from 1 to 1000."),
        ("sources_min=1.5", "“1.5” is not a count. Write a whole number from 1 to 1000."),
        ("sources_min=٣", "“٣” is not a count. Write a whole number from 1 to 1000."),
        ("sources_min=1&sources_min=2", "“sources_min” is given more than once. Keep one."),
    ],
)
def test_wrong_claims_are_refused(claims, query, expected):
    assert messages(query) == {query.split("=")[0]: [expected]}
