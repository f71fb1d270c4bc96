"""Each parameter of the filter: a hit, a miss, a wrong value, a boundary."""

import datetime as dt

import pytest
from django.http import QueryDict

from tests import make
from timeline.filters import EventFilter
from timeline.models import Actor, ActorAlias, Event

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(query: str) -> list[str]:
    """Return the titles that a valid filter finds, in its order."""
    chosen = EventFilter(QueryDict(query), Event.objects.public())
    assert chosen.messages == {}
    return [event.title for event in chosen.events]


def messages(query: str) -> dict:
    """Return what is wrong with a filter; it must then find nothing."""
    chosen = EventFilter(QueryDict(query), Event.objects.public())
    assert list(chosen.events) == []
    assert list(chosen.in_period(certainly=True)) == []
    return chosen.messages


# ---- period


@made_once
def ceasefire():
    return make.published("Ceasefire", edtf="2020-11")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("from=2020-11-30", ["Ceasefire"]),
        ("from=2020-12-01", []),
        ("to=2020-11-01", ["Ceasefire"]),
        ("to=2020-10-31", []),
        ("from=2020-11-10&to=2020-11-10", ["Ceasefire"]),
        ("from=2020&to=2020", ["Ceasefire"]),
        ("from=2019&to=2019", []),
        ("from=2020-11&to=2020-11&when=certain", ["Ceasefire"]),
        ("from=2020-11-02&when=certain", []),
        ("to=2020-11-29&when=certain", []),
        ("when=certain", ["Ceasefire"]),
    ],
)
def test_period_finds_what_may_or_must_fall_in_it(ceasefire, query, titles):
    assert found(query) == titles


@pytest.mark.parametrize("edtf", ["2020-11~", "2020-11?", "2020-11-10%"])
def test_qualified_date_is_never_certain(edtf):
    make.published("About then", edtf=edtf)

    assert found("from=2020&to=2020") == ["About then"]
    assert found("from=2020&to=2020&when=certain") == []
    assert found("when=certain") == []


def test_ongoing_event_goes_on():
    make.published("Ongoing", edtf="2020-11-10/..")

    assert found("from=2999&when=certain") == []
    assert found("from=2020-11-10&to=2020-11-10&when=certain") == ["Ongoing"]
    assert found("from=2999") == ["Ongoing"]
    assert found("to=2020-11-09") == []


def test_upper_limit_alone_may_fall_in_any_earlier_period():
    make.published("Undated", edtf="[..2022-03-25]")

    assert found("from=1950&to=1960") == ["Undated"]
    assert found("from=2022-03-25") == ["Undated"]
    assert found("from=2022-03-26") == []
    assert found("from=1950&when=certain") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2022-02-30", {"from": ["“2022-02-30” does not exist: February 2022 has 28 days."]}),
        ("from=2022-00", {"from": ["“2022-00” has no such month. Months go from 01 to 12."]}),
        ("to=2022-12-00", {"to": ["“2022-12-00” does not exist: December 2022 has 31 days."]}),
        ("known_by=2022-00-10", {"known_by": ["“2022-00-10” has no such month. Months go from 01 to 12."]}),
        (
            "to=yesterday",
            {"to": ["“yesterday” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."]},
        ),
        ("from=2022&to=2021", {"to": ["The period ends (2021) before it begins (2022). Swap the two."]}),
        ("from=2022&from=2023", {"from": ["“from” stands there more than once. Keep one."]}),
        ("when=maybe", {"when": ["“maybe” is not known here. Choose from: possible, certain."]}),
        ("frm=2022", {"frm": ["There is no filter “frm”. Did you mean “from”?"]}),
        ("zzzz=1", {"zzzz": ["There is no filter “zzzz”. Take it out of the address."]}),
        ("a[]=1", {"a[]": ["There is no filter “a[]”. Take it out of the address."]}),
        ("after=3dx2bh2j3x", {"after": ["There is no filter “after”. Take it out of the address."]}),
    ],
)
def test_wrong_filter_is_refused_by_name(ceasefire, query, expected):
    assert messages(query) == expected


def test_empty_parameters_and_tracking_marks_change_nothing(ceasefire):
    assert found("q=&from=&to=&category=&actor=&known_by=&order=&when=&utm_source=x&fbclid=y") == ["Ceasefire"]


# ---- known by


def test_known_by_finds_what_had_been_said_on_that_day():
    make.published("Said", briefing=make.briefing(published_on=dt.date(2022, 3, 25)))
    make.published("Said on an unknown day", briefing=make.briefing(published_on=None))

    assert found("known_by=2022-03-24") == []
    assert found("known_by=2022-03-25") == ["Said"]
    assert found("known_by=2022-03") == ["Said"]
    assert found("known_by=2022-02") == []
    assert list(messages("known_by=soon")) == ["known_by"]


def test_known_by_hides_later_citations():
    event = make.published("Said twice", briefing=make.briefing(published_on=dt.date(2022, 3, 25)))
    later = make.citation(event, make.briefing(published_on=dt.date(2022, 4, 1)), act="denies")

    chosen = EventFilter(QueryDict("known_by=2022-03-31"), Event.objects.public())

    assert [len(one.visible_citations) for one in chosen.for_timeline()] == [1]
    assert found("known_by=2022-03-31&act=denies") == []
    assert found("known_by=2022-04-01&act=denies") == ["Said twice"]
    assert found(f"known_by=2022-03-31&q={later.quote}&evidence=disputed") == []


# ---- kind and place


def test_category_and_type():
    make.published("Call", type="phone-call")
    make.published("Clash", type="clash")
    make.published("Strike", type="strike")

    assert found("category=call") == ["Call"]
    assert found("category=clash&category=call") == ["Call", "Clash", "Strike"]
    assert found("category__not=clash") == ["Call"]
    assert found("category=humanitarian") == []
    assert found("type=strike") == ["Strike"]
    assert found("type__not=strike&category=clash") == ["Clash"]
    assert messages("category=cal&category=call") == {
        "category": [
            "“cal”: not known here. Choose from: agreement, talks, call, statement, troops, clash, humanitarian, other."
        ]
    }
    assert messages("type=phone-cal") == {"type": ["“phone-cal” is not known here. Did you mean phone-call?"]}
    assert list(messages("type__not=x")) == ["type__not"]


def test_country_and_place():
    yerevan = make.place("Yerevan", slug="yerevan", country="AM")
    make.published("In Yerevan", place=yerevan)
    make.published("Nowhere")

    assert found("country=AM") == ["In Yerevan"]
    assert found("country=am") == ["In Yerevan"]
    assert found("country=AZ") == []
    assert found("country__not=AM") == ["Nowhere"]
    assert found("place=yerevan") == ["In Yerevan"]
    assert found("place__not=yerevan") == ["Nowhere"]
    assert messages("country=ZZ") == {"country": ["“ZZ”: no such country code. Use ISO 3166-1, like AM or AZ."]}
    assert messages("place=baku") == {"place": ["“baku” is not known here."]}


def test_place_moved_to_another_country_moves_its_events():
    place = make.place(country="AM")
    make.published("There", place=place)

    place.country = "AZ"
    place.save()

    assert (found("country=AM"), found("country=AZ")) == ([], ["There"])


def test_conflict():
    make.published("In it", conflict=make.conflict(slug="dossier"))
    make.published("Alone")

    assert found("conflict=dossier") == ["In it"]
    assert found("conflict__not=dossier") == ["Alone"]
    assert list(messages("conflict=none")) == ["conflict"]


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
    assert found(query) == titles


def test_unknown_actor_and_role_are_refused(states):
    assert messages("actor=armenai") == {"actor": ["“armenai” is not known here. Did you mean armenia?"]}
    assert list(messages("actor__all=armenia&actor__all=nobody")) == ["actor__all"]
    assert list(messages("role=host")) == ["role"]


def test_actor_of_drafts_alone_is_as_unknown_as_any():
    make.participation(make.event("Draft"), make.actor(slug="secret"))

    assert messages("actor=secret") == {"actor": ["“secret” is not known here."]}
    assert messages("speaker=secret") == {"speaker": ["“secret” is not known here."]}


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
    assert found(query) == titles


def test_wrong_citation_conditions_are_refused(cited):
    assert sorted(messages("briefing=x&publisher=x&speaker=x&act=x&evidence=x")) == [
        "act",
        "briefing",
        "evidence",
        "publisher",
        "speaker",
    ]


def test_quote_lost_from_its_text_is_unverified():
    briefing = make.briefing()
    make.published("Lost", briefing=briefing)
    briefing.text = "MS PORTER: Nothing of the kind."
    briefing.save()

    assert found("evidence=unverified") == ["Lost"]
    assert found("evidence=verified") == []


def test_citation_of_a_draft_briefing_is_found_by_nothing():
    event = make.published("Published")
    speaker = make.actor(slug="hidden")
    draft = make.briefing("MS X: Secret words here.", slug="draft", status="draft")
    make.citation(event, draft, quote="Secret words", act="denies", speaker=speaker)

    assert found("q=secret") == []
    assert found("act=denies") == []
    assert found("evidence=disputed") == []
    assert messages("briefing=draft") == {"briefing": ["“draft” is not known here."]}
    assert messages("speaker=hidden") == {"speaker": ["“hidden” is not known here."]}


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
        assert found(query.urlencode()) == titles


@pytest.mark.parametrize("words", ["x" * 201, '"open', "a b c d e f g h i j k", "\0"])
def test_unusable_words_are_refused(words):
    query = QueryDict(mutable=True)
    query["q"] = words
    assert list(messages(query.urlencode())) == ["q"]


# ---- order


def test_order():
    old = make.published("Old", edtf="2019", briefing=make.briefing(published_on=dt.date(2022, 1, 1)))
    make.published("New", edtf="2022-03-24", briefing=make.briefing(published_on=dt.date(2021, 1, 1)))
    make.published("Undated", edtf="[..2022]", briefing=make.briefing(published_on=None))
    Event.objects.filter(pk=old.pk).update(recorded_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))

    assert found("") == ["Old", "New", "Undated"]
    assert found("order=date") == ["Old", "New", "Undated"]
    assert found("order=-date") == ["New", "Old", "Undated"]
    assert found("order=-published") == ["Old", "New", "Undated"]
    assert found("order=-recorded") == ["Old", "Undated", "New"]
    assert list(messages("order=title")) == ["order"]
    assert list(messages("order=date&order=-date")) == ["order"]


# ---- the filter as an address


def test_query_is_canonical(states):
    chosen = EventFilter(
        QueryDict(
            "to=2023&order=date&q=&when=possible&category=call&category=agreement&actor=usa&actor=armenia&country=am"
        ),
        Event.objects.public(),
    )

    assert chosen.query == "actor=armenia&actor=usa&category=agreement&category=call&country=AM&to=2023"
    assert chosen.query_without("actor", "to") == "category=agreement&category=call&country=AM"
    assert chosen.query_with(order="-date", to="2024") == (
        "actor=armenia&actor=usa&category=agreement&category=call&country=AM&order=-date&to=2024"
    )


def test_too_many_values_are_refused(states):
    query = "&".join(f"actor=a{number}" for number in range(51))

    assert messages(query) == {"actor": ["51 values are too many; at most 50 can be asked for at once."]}


CHOSEN = ["type", "conflict", "place", "actor", "actor__all", "briefing", "publisher", "speaker"]
TYPED = ["q", "from", "to", "known_by", "when", "category", "country", "act", "role", "order"]


@pytest.mark.parametrize(
    "value", ["%00", "a%00b", "9" * 5000, "%ED%A0%80", "%FF%FE", "' OR 1=1 --", "../x", "%E2%80%AE"]
)
def test_nasty_value_is_refused_and_never_an_error(value):
    assert {name: list(messages(f"{name}={value}")) for name in CHOSEN} == {name: [name] for name in CHOSEN}


@pytest.mark.parametrize("value", ["%00", "a%00b%00", "9" * 5000, "%ED%A0%80", "NaN", "0000-00-00", "-1", "%E2%80%AE"])
def test_nasty_value_never_widens_the_list(value, ceasefire):
    chosen = {name: EventFilter(QueryDict(f"{name}={value}"), Event.objects.public()) for name in TYPED}

    assert {name: list(one.events) for name, one in chosen.items()} == dict.fromkeys(TYPED, [])
    assert [name for name, one in chosen.items() if not one.messages] in (["q"], [])


# ---- what an event claims, and how it is known


@made_once
def claims() -> None:
    """Events of which each parameter finds one and misses the others."""
    wire = make.actor("Wire")
    text, listed, named, printed, asked = (
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
    doubted = make.published("Doubted", briefing=asked, type="withdrawal", actuality="unclear")
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
        value: (found(f"{name}={value}{known_by}"), found(f"{name}__not={value}{known_by}")) for value in OTHERS[name]
    }

    assert both == {
        value: (titles, [title for title in EVERYTHING if title not in titles])
        for value, titles in OTHERS[name].items()
    }


@pytest.mark.parametrize("known_by", ["", "&known_by=2022-03-25"])
def test_sources_are_counted_once_for_each_origin(claims, known_by):
    least = {minimum: found(f"sources_min={minimum}{known_by}") for minimum in (1, 2, 3, 1000)}

    assert least == {1: [title for title in EVERYTHING if title != "Doubted"], 2: ["Off"], 3: [], 1000: []}


def test_how_an_event_is_known_is_found_as_it_was_known():
    event = make.published("Later denied", briefing=make.briefing(published_on=dt.date(2022, 3, 1)))
    make.citation(event, make.briefing(published_on=dt.date(2022, 4, 1)), act="denies")
    make.citation(event, make.briefing(published_on=dt.date(2022, 4, 1)), basis="first_hand")

    queries = ("contest=denied", "assertion=first_hand", "sources_min=2", "contest=none", "assertion=not_told")
    assert [found(query) for query in queries] == [["Later denied"]] * 3 + [[], []]
    assert [found(f"{query}&known_by=2022-03-31") for query in queries] == [[], [], [], *[["Later denied"]] * 2]


@pytest.mark.parametrize("actuality", ["announced", "did_not_occur", "unclear"])
def test_what_did_not_happen_is_never_certain(client, actuality):
    cited = {"act": "confirms"}
    make.published("Not happened", edtf="2022-03-24", type="meeting", actuality=actuality, cited=cited)
    make.published("Happened", edtf="2022-03-24", type="meeting", cited=cited)
    context = client.get("/?from=2022-03-24&to=2022-03-24").context

    assert found("from=2022&to=2022&when=certain") == found("when=certain") == ["Happened"]
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
        ("sources_min=0", "“0” is no count. Write a whole number from 1 to 1000."),
        ("sources_min=1001", "“1001” is no count. Write a whole number from 1 to 1000."),
        ("sources_min=1.5", "“1.5” is no count. Write a whole number from 1 to 1000."),
        ("sources_min=٣", "“٣” is no count. Write a whole number from 1 to 1000."),
        ("sources_min=1&sources_min=2", "“sources_min” stands there more than once. Keep one."),
    ],
)
def test_wrong_claims_are_refused(claims, query, expected):
    assert messages(query) == {query.split("=")[0]: [expected]}
