"""One search over events, sources and names."""

import re

import pytest

from tests import make
from timeline.models import ActorAlias

pytestmark = pytest.mark.django_db


def search(client, words: str) -> dict:
    return client.get("/search/", {"q": words}).context


def marked(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_searched else piece.text for piece in pieces)


def names(matches) -> list[tuple[str, str, int, str]]:
    """Return name, other name, number of events and how it is met, what is searched in brackets."""
    return [(marked(match.pieces), marked(match.other_name), match.count, match.met_as) for match in matches.first]


@pytest.fixture
def agdam():
    """Return an event at Agdam, in a conflict of that name, with a party known so by another name, and one more."""
    office = make.actor("Agdam Office", kind="organisation")
    briefing = make.briefing("MS PORTER: The ceasefire of Agdam holds.", title="Friday", publisher=office)
    place, conflict = make.place("Ağdam", country="AZ"), make.conflict("War over Agdam")
    quoted = {"quote": "The ceasefire of Agdam holds."}
    event = make.published("Ceasefire", briefing=briefing, cited=quoted, place=place, conflict=conflict)
    party = make.actor("Local council", kind="group")
    ActorAlias.objects.create(actor=party, name="Council of Agdam")
    make.participation(event, party)
    make.published("Talks elsewhere", edtf="2022-03-25", briefing=make.briefing(title="Saturday"))
    return event


def test_words_are_found_in_events_sources_and_names(client, agdam):
    context = search(client, "agdam")

    assert [event.pk for event in context["events"].first] == [agdam.pk]
    assert [(briefing.title, hit.words) for briefing, hit in context["sources"].first] == [("Friday", "Agdam")]
    assert {kind: names(matches) for kind, matches in context["names"].items()} == {
        "actor": [("[Agdam] Office", "", 1, "reported"), ("Local council", "Council of [Agdam]", 1, "")],
        "place": [("[Ağdam]", "", 1, "")],
        "conflict": [("War over [Agdam]", "", 1, "")],
    }
    assert context["total"] == 6


def test_event_says_why_it_is_found(client, agdam):
    html = search(client, "agdam")["events"].first[0].html.replace("<mark>", "[").replace("</mark>", "]")

    assert re.findall("<span><b>(.*?):</b> (.*?)</span>", html) == [
        ("Quote", "The ceasefire of [Agdam] holds."),
        ("Other name of Local council", "Council of [Agdam]"),
        ("Place", "[Ağdam]"),
        ("Conflict", "War over [Agdam]"),
        ("Publisher", "[Agdam] Office"),
    ]


def test_each_part_leads_to_the_list_that_has_all(client, agdam):
    for day in range(1, 7):
        make.published(f"Agdam {day}", edtf=f"2022-03-0{day}", briefing=make.briefing(title=f"Agdam {day}"))
        make.published(edtf="2021", place=make.place(f"Agdam {day}"))

    context = search(client, "agdam")

    assert [event.title for event in context["events"].first] == ["Ceasefire"] + [
        f"Agdam {day}" for day in (6, 5, 4, 3)
    ]
    assert client.get(context["events"].url).context["page"].total == context["events"].total == 13
    assert client.get(context["sources"].url).context["page"].paginator.count == context["sources"].total == 7
    assert client.get(context["names"]["place"].url).context["page"].paginator.count == 7
    assert (context["names"]["place"].total, len(context["names"]["place"].first)) == (7, 5)


def test_what_is_called_so_comes_first_then_what_has_most_events(client):
    for name, count in (("Armenian army", 3), ("Armenia", 1), ("Armenian parliament", 2)):
        party = make.actor(name)
        for _ in range(count):
            make.participation(make.published(), party)

    assert [name for name, *_ in names(search(client, "armenia")["names"]["actor"])] == [
        "[Armenia]",
        "[Armenian] army",
        "[Armenian] parliament",
    ]


def test_nothing_is_searched_without_words(client, agdam):
    page = client.get("/search/")

    assert page.status_code == 200
    assert not {"events", "sources", "names"} & page.context.keys()


def test_search_that_finds_nothing_says_so(client, agdam):
    assert "No event, source or name has these words." in client.get("/search/?q=zembla").content.decode()


def test_every_page_has_the_search_and_a_list_without_events_leads_to_it(client, agdam):
    form = re.compile(r'<form class="site__search" action="/search/" role="search"')

    for address in ("/", "/actors/", agdam.get_absolute_url(), "/about/", "/no-such-page/"):
        assert form.search(client.get(address).content.decode()), address
    assert not form.search(client.get("/search/").content.decode())
    assert 'href="/search/?q=Mr.%20Saturday"' in client.get("/?q=Mr.+Saturday").content.decode()
