"""Briefings, actors, places and conflicts for programs."""

import datetime as dt

import pytest

from tests import make
from timeline.exports.columns import iso_utc
from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import keep_original
from timeline.models import ActorAlias, Briefing, BriefingSpeaker, DataSet, Event
from timeline.models.original import Way

from .api_client import ask, keys, refusal
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

LISTS = {"briefings": "briefing", "actors": "actor", "places": "place", "conflicts": "conflict"}


@made_once
def record():
    """Two published events, each with an actor, a place, a conflict and a briefing of its own, and a draft with others."""
    made = []
    for number, name in enumerate(("ada", "ben", "cleo")):
        department = make.actor(f"Department {name}", slug=f"department-{name}", kind="organisation", country="US")
        briefing = make.briefing(
            slug=name, title=f"Briefing {name}", publisher=department, published_on=dt.date(2022, 3, 25 + number)
        )
        place = make.place(f"Town of {name}", slug=name, country="AM", latitude="40.5", longitude="-44.25")
        conflict = make.conflict(f"Conflict {name}", slug=name)
        event = make.event(edtf="2022-03", place=place, conflict=conflict)
        make.participation(event, make.actor(name.capitalize(), slug=name, kind="person", parent=department))
        make.citation(event, briefing)
        made.append(event)
    listed = {"kind": "data_record", "url": "https://sets.example/", "published_on": dt.date(2022, 3, 28)}
    make.briefing("", slug="listed", publisher=made[1].citations.get().briefing.publisher, **listed)
    Briefing.objects.filter(slug="cleo").update(status="draft")
    for event in made[:2]:
        event.publish()
    return made


HEAD = {"publisher": "Conflict event timeline", "left_out": []}
HEAD |= {"licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}}


def test_actors_are_those_of_the_public(client, record):
    ActorAlias.objects.create(actor=record[0].participations.get().actor, name="Ada the First")

    answer = ask(client, "actors/?q=ada")

    assert {name: answer[name] for name in HEAD} == HEAD
    assert (answer["total"], answer["next"]) == (2, None)
    assert answer["actors"] == [
        {
            "slug": "ada",
            "name": "Ada",
            "kind": "person",
            "country": "",
            "description": "",
            "url": "http://testserver/actors/ada/",
            "parent": "department-ada",
            "aliases": ["Ada the First"],
            "event_count": 1,
        },
        {
            "slug": "department-ada",
            "name": "Department ada",
            "kind": "organisation",
            "country": "US",
            "description": "",
            "url": "http://testserver/actors/department-ada/",
            "parent": None,
            "aliases": [],
            "event_count": 1,
        },
    ]


def test_place_has_its_point_as_numbers(client, record):
    assert ask(client, "places/ada/")["place"] == {
        "slug": "ada",
        "name": "Town of ada",
        "country": "AM",
        "precision": None,
        "parent": None,
        "external_ids": [],
        "description": "",
        "latitude": 40.5,
        "longitude": -44.25,
        "url": "http://testserver/places/ada/",
        "event_count": 1,
    }


def test_conflict_says_when_its_events_were(client, record):
    make.published(conflict=record[0].conflict, edtf="2020-11~")
    make.published(conflict=record[0].conflict, edtf="[..2022-03-25]")

    assert ask(client, "conflicts/ada/")["conflict"] == {
        "slug": "ada",
        "name": "Conflict ada",
        "description": "",
        "url": "http://testserver/conflicts/ada/",
        "event_count": 3,
        "first_edtf": "2020-11~",
        "latest_edtf": "2022-03",
    }


def test_one_briefing_has_its_text_and_its_speakers(client, record):
    briefing = Briefing.objects.get(slug="ada")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make.actor("Porter", slug="porter"))
    briefing.origin = make.actor("Wire", slug="wire")
    briefing.save()
    original = keep_original(briefing, Received(b"The words", "text"), Way.PASTED)

    answer = ask(client, "briefings/ada/")["briefing"]

    assert answer.pop("updated_at").endswith("Z")
    assert answer == {
        "slug": "ada",
        "title": "Briefing ada",
        "kind": "press_briefing",
        "language": "en",
        "rights": "",
        "read_in_full": False,
        "published_on": "2022-03-25",
        "published_edtf": "2022-03-25",
        "captured_on": None,
        "url": "http://testserver/briefings/ada/",
        "source_url": None,
        "archive_url": None,
        "publisher": {"slug": "department-ada", "name": "Department ada"},
        "origin": "wire",
        "text_sha256": briefing.text_sha256,
        "original_sha256": original.sha256,
        "received_at": iso_utc(original.received_at),
        "event_count": 1,
        "citation_count": 1,
        "text": "MS PORTER: The ceasefire holds. Troops moved.",
        "speakers": [{"label": "MS PORTER", "office": "", "actor": {"slug": "porter", "name": "Porter"}}],
    }


def test_speaker_that_the_public_cannot_meet_is_a_label_alone(client, record):
    briefing = Briefing.objects.get(slug="ada")
    speaker = make.actor("Unmet", slug="unmet")
    BriefingSpeaker.objects.create(briefing=briefing, label="MR UNMET", actor=speaker, office="Aide")

    answer = ask(client, "briefings/ada/")["briefing"]

    assert answer["speakers"] == [{"label": "MR UNMET", "office": "Aide", "actor": None}]


def test_lists_of_briefings_have_no_long_texts(client, record):
    assert {"text", "speakers"}.isdisjoint(ask(client, "briefings/")["briefings"][0])


@pytest.mark.parametrize(
    ("path", "slugs"),
    [
        ("briefings/", ["ben", "ada"]),
        ("briefings/?order=slug", ["ada", "ben"]),
        ("briefings/?q=BRIEFING+ada", ["ada"]),
        ("briefings/?q=nothing", []),
        ("briefings/?publisher=department-ben", ["ben"]),
        ("briefings/?publisher=department-ben&publisher=department-ada", ["ben", "ada"]),
        ("briefings/?kind=press_briefing", ["ben", "ada"]),
        ("briefings/?kind=report", []),
        ("briefings/?kind=data_record", ["listed"]),
        ("briefings/?kind=data_record&kind=press_briefing", ["listed", "ben", "ada"]),
        ("briefings/?from=2022-03-26", ["ben"]),
        ("briefings/?to=2022-03-25", ["ada"]),
        ("briefings/?from=2022-03&to=2022", ["ben", "ada"]),
        ("briefings/?from=2023", []),
        ("briefings/?updated_since=2022-01-01", ["ada", "ben"]),
        ("briefings/?updated_since=2022-01-01&order=-published", ["ben", "ada"]),
        ("briefings/?updated_since=9999-01-01", []),
        ("actors/?kind=person", ["ada", "ben"]),
        ("actors/?kind=state", []),
        ("actors/?country=us", ["department-ada", "department-ben"]),
        ("actors/?country=AM", []),
        ("actors/?q=depart", ["department-ada", "department-ben"]),
        ("actors/?q=partment", []),
        ("places/?q=town", ["ada", "ben"]),
        ("places/?q=TOWN+of+ben", ["ben"]),
        ("places/?q=100%25", []),
        ("places/?country=AM", ["ada", "ben"]),
        ("places/?country=AZ", []),
        ("conflicts/?q=ben", ["ben"]),
        ("conflicts/?q=", ["ada", "ben"]),
    ],
)
def test_lists_are_narrowed_by_parameters_of_their_own(client, record, path, slugs):
    name = path.partition("/")[0]
    joint = "&" if "?" in path else "?"

    assert keys(client, path, name, "slug") == slugs
    assert keys(client, f"{path}{joint}limit=1", name, "slug") == slugs
    assert ask(client, path)["total"] == len(slugs)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("briefings/?publisher=nobody", ["publisher"]),
        ("briefings/?publisher=department-cleo", ["publisher"]),
        ("briefings/?kind=novel", ["kind"]),
        ("briefings/?from=2023&to=2022", ["to"]),
        ("briefings/?order=date", ["order"]),
        ("briefings/?updated_since=soon", ["updated_since"]),
        ("briefings/?category=call", ["category"]),
        ("actors/?country=XX", ["country"]),
        ("actors/?q=%22open", ["q"]),
        ("places/?q=%00", ["q"]),
        ("places/?q=" + "a" * 201, ["q"]),
        ("conflicts/?cursor=x", ["cursor"]),
        ("conflicts/?updated_since=2022", ["updated_since"]),
        ("conflicts/?q=a&q=b", ["q"]),
    ],
)
def test_wrong_parameters_are_refused(client, record, path, names):
    status, errors = refusal(client, path)

    assert (status, list(errors)) == (400, names)


@pytest.mark.parametrize(("many", "singular"), LISTS.items())
@pytest.mark.parametrize("slug", ["cleo", "nobody", "%00", "a b", "9" * 5000, "%ED%A0%80"])
def test_what_is_not_public_is_not_found(client, record, many, singular, slug):
    words = [f"There is no public {singular} with this slug."]
    assert refusal(client, f"{many}/{slug}/") == (404, {"slug": words})


@pytest.mark.parametrize("many", LISTS)
def test_nothing_is_an_answer_too(client, many):
    answer = ask(client, f"{many}/")

    assert (answer[many], answer["total"], answer["next"]) == ([], 0, None)


@pytest.mark.parametrize(("many", "singular"), LISTS.items())
def test_what_is_known_by_held_back_events_alone_is_left_out_and_counted(client, record, many, singular):
    data = {"licence": "terms of ACLED", "attribution": "ACLED, acleddata.com", "redistributable": False}
    Event.objects.filter(pk=record[0].pk).update(data_set=DataSet.objects.create(slug="acled", name="ACLED", **data))

    answer = ask(client, f"{many}/")
    count = 2 if many == "actors" else 1  # the department too

    assert [row["slug"] for row in answer[many]] == (["ben", "department-ben"] if many == "actors" else ["ben"])
    assert answer["left_out"] == [
        {
            "data_set": "acled",
            "count": count,
            "why": f"{count} {many} known by events of ACLED (terms of ACLED) alone left out: "
            "the licence forbids redistribution.",
            "attribution": "ACLED, acleddata.com",
        }
    ]
    words = f"The licence of its data set forbids redistribution. It is shown at http://testserver/{many}/ada/"
    assert refusal(client, f"{many}/ada/") == (403, {"slug": [words]})


def test_what_another_event_knows_too_is_not_left_out(client, record):
    data = {"licence": "terms of ACLED", "attribution": "ACLED", "redistributable": False}
    Event.objects.filter(pk=record[0].pk).update(data_set=DataSet.objects.create(slug="acled", name="ACLED", **data))
    other = make.published(
        place=record[0].place, conflict=record[0].conflict, briefing=Briefing.objects.get(slug="ada")
    )
    make.participation(other, record[0].participations.get().actor)

    assert [ask(client, f"{many}/")["left_out"] for many in LISTS] == [[], [], [], []]


def test_briefing_that_nothing_cites_leaves_the_site(client):
    make.briefing(slug="uncited", publisher=make.actor(slug="ministry"))

    assert keys(client, "briefings/", "briefings", "slug") == ["uncited"]
    assert keys(client, "actors/", "actors", "slug") == ["ministry"]
