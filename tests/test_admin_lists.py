import datetime as dt
import json
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.models import ActorAlias, BriefingSpeaker, EventRelation, EventType

from .desk_client import desk, editor, reviewer

pytestmark = pytest.mark.django_db

NASTY = ("\x00", "9" * 19, "9" * 5000, "a" * 3000, "(a+)+$", "'", "%", "\\", "[", "-1", "0", "", "\u202e")
WORST = NASTY[:4]
EVERYWHERE = ("all", "e", "zzz", "id", "pk__in", "title__regex", "_facets", "_popup", "_to_field")
OFFERED = {
    "timeline/actor": ["kind__exact"],
    "timeline/briefing": [
        *("status__exact", "kind__exact", "text", "from", "to", "coded", "quote", "publisher"),
    ],
    "timeline/citation": [
        *("state__exact", "act__exact", "turn_kind__exact", "reliability__exact", "event__status__exact"),
        *("briefing", "speaker"),
    ],
    "timeline/conflict": [],
    "timeline/event": [
        "status__exact",
        "event_type__category__exact",
        "conflict__id__exact",
        "conflict__isnull",
        "lacks",
        "quote",
        "mine",
        *("actor", "type", "place", "briefing", "from", "to", "when", "reported", "author"),
    ],
    "timeline/eventtype": ["category__exact", "quad__exact", "quad__isnull"],
    "timeline/place": ["precision__exact"],
    "auth/user": ["is_staff__exact", "groups__id__exact", "groups__isnull"],
    "auth/group": [],
}


def a_row_of_everything() -> None:
    event, briefing = make.event(conflict=make.conflict(), place=make.place()), make.briefing()
    citation = make.citation(event, briefing, speaker=make.actor())
    make.participation(event)
    ActorAlias.objects.create(actor=make.actor(parent=make.actor()), name="Other")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make.actor())
    EventRelation.objects.create(from_event=event, to_event=make.event(), kind="follows", citation=citation)


@pytest.mark.long
@pytest.mark.parametrize("table", OFFERED)
def test_no_address_of_a_list_breaks_it(table):
    a_row_of_everything()
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))

    pairs = [("q", value) for value in NASTY]
    pairs += [(name, value) for name in ("o", "p", *OFFERED[table]) for value in WORST]
    pairs += [(name, value) for name in EVERYWHERE for value in WORST[:2]]
    answers = {(name, value): client.get(f"/admin/{table}/", {name: value}) for name, value in pairs}

    codes = {case: answer.status_code for case, answer in answers.items()}
    assert {case: code for case, code in codes.items() if code not in (200, 302, 400)} == {}


def test_what_the_list_does_not_offer_is_refused():
    client = reviewer()
    refused = [
        "title__regex=^(a%2B)%2B$",
        "title=Event",
        "status__in=draft",
        "status__exact=other",
        "withdrawal_reason__contains=a",
        "citations__briefing__text__contains=a",
        "event_type__name=Call",
        "conflict__id__exact=9999999999999999999",
        "unknown=1",
        "o=1.2.3.4.5.6.7.8.9.1.2",
        "q=%00",
    ]

    answers = {query: client.get(f"/admin/timeline/event/?{query}").status_code for query in refused}
    assert answers == dict.fromkeys(refused, 400)


def test_offered_filters_answer():
    draft, other = make.event(conflict=make.conflict()), make.event(type="phone-call")
    other.submit()
    client = editor()

    def listed(query: str) -> list:
        return list(client.get(f"/admin/timeline/event/?{query}").context["cl"].result_list)

    assert listed("status__exact=draft") == [draft]
    assert listed("event_type__category__exact=call") == [other]
    assert listed(f"conflict__id__exact={draft.conflict_id}") == [draft]
    assert listed("conflict__isnull=True") == [other]


def test_rows_are_chosen_by_their_numbers():
    client = editor()

    for row_id in ("abc", "9" * 19, "\x00", "-1"):
        typed = {"action": "submit_selected", "_selected_action": row_id}
        assert client.post("/admin/timeline/event/", typed).status_code == 400


def test_no_number_of_a_row_breaks_its_pages():
    client = reviewer()

    for number in ("abc", "9" * 19, "9" * 5000, "1%00", "0", "-1"):
        for page in ("change", "delete", "history"):
            answer = client.get(f"/admin/timeline/event/{number}/{page}/")
            assert answer.status_code in (302, 404), (number[:20], page)


@pytest.mark.parametrize("query", ["event_type=abc", "conflict=99999999999999999999", "place=%00", "title=Words"])
def test_an_address_fills_in_no_form(query):
    client = editor()

    filled, empty = client.get(f"/admin/timeline/event/add/?{query}"), client.get("/admin/timeline/event/add/")

    assert filled.context["adminform"].form.initial == empty.context["adminform"].form.initial == {}


def offered(client, model: str, field: str, term: str):
    return client.get(
        "/admin/autocomplete/", {"app_label": "timeline", "model_name": model, "field_name": field, "term": term}
    )


def names(answer) -> list[str]:
    return [offer["text"] for offer in answer.json()["results"]]


def test_autocomplete_finds_by_name_other_name_and_slug():
    aliyev = make.actor("İlham Əliyev", slug="ilham-aliyev")
    ActorAlias.objects.create(actor=aliyev, name="President of Azerbaijan")
    make.actor("Nikol Pashinyan", slug="nikol-pashinyan")
    client = editor()

    for term in ("ilham", "president of azer", "ilham-aliyev", "AZERBAIJAN ilham"):
        assert names(offered(client, "participation", "actor", term)) == ["İlham Əliyev"]
    place, conflict, briefing = (
        make.place("Vardenis"),
        make.conflict("Second war"),
        make.briefing(title="Daily briefing"),
    )
    event = make.event("Talks in Sochi", conflict=conflict, place=place)
    make.citation(event, briefing)
    lookups = [("event", "place", "varden"), ("event", "conflict", "second"), ("citation", "briefing", "daily")]
    lookups += [("eventrelation", "to_event", "sochi"), ("eventrelation", "citation", "CEASEFIRE holds")]
    assert [names(offered(client, *lookup)) for lookup in lookups] == [
        ["Vardenis"],
        ["Second war"],
        ["Daily briefing"],
        ["Talks in Sochi"],
        ["“The ceasefire holds.”"],
    ]
    kind = EventType.objects.get(slug="phone-call")
    assert str(kind) in names(offered(client, "event", "event_type", "phone"))


@pytest.mark.parametrize("term", NASTY)
def test_no_term_breaks_autocomplete(term):
    client = editor()

    for model, field in (("participation", "actor"), ("citation", "briefing"), ("eventrelation", "citation")):
        assert offered(client, model, field, term).status_code == 200


def test_date_is_read_back():
    answer = editor().get("/admin/timeline/event/date/", {"text": "21 or 22 March 2022"})

    assert answer.json() == {
        "edtf": "[2022-03-21,2022-03-22]",
        "statement": "Understood as: 21 or 22 March 2022. Earliest start 21 March 2022, latest end 22 March 2022. "
        "Stored as [2022-03-21,2022-03-22].",
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("text", ["", "yesterday", "01/02/2022", *NASTY])
def test_date_not_understood_is_answered_with_the_reason(text):
    answer = editor().get("/admin/timeline/event/date/", {"text": text})

    assert (answer.status_code, list(answer.json())) == (200, ["error", "readings"])
    assert json.loads(answer.content)["error"].endswith((".", "?"))


@pytest.mark.parametrize("url", ["", "timeline/event/", "timeline/event/add/", "timeline/briefing/add/", "login/"])
def test_every_page_forbids_inline_scripts_and_styles(url):
    policy = editor().get(f"/admin/{url}", follow=True)["Content-Security-Policy"]

    assert {part.strip() for part in policy.split(";")} >= {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    }
    assert "unsafe" not in policy


@pytest.mark.database
def test_sources_without_a_day_are_the_last_of_their_list():
    for title, day in (("No day", None), ("Old", dt.date(2020, 1, 1)), ("New", dt.date(2022, 1, 1)), ("Newer", None)):
        make.briefing(title=title, published_on=day)

    rows = editor().get("/admin/timeline/briefing/").context["cl"].result_list

    assert [briefing.title for briefing in rows] == ["New", "Old", "Newer", "No day"]


@pytest.mark.parametrize("event_count", [1, 51, 101])
def test_a_page_is_found_by_keys_and_read_in_one_query(event_count):
    events = [make.event(f"Event {number}") for number in range(event_count)]
    client, last = desk("ada", "view_event"), (event_count - 1) // 50 + 1
    client.get("/admin/timeline/event/")

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/admin/timeline/event/?p={last}")

    assert list(answer.context["cl"].result_list) == events[: event_count - 50 * (last - 1)][::-1]
    assert len(queries) == 10
    assert sum(" OFFSET " in query["sql"].split(" IN (SELECT ")[-1] for query in queries) == (event_count > 50)


def test_what_a_refused_date_can_mean_is_offered_as_seen_from_the_source():
    answer = editor().get("/admin/timeline/event/date/", {"text": "May 4th", "day": "2023-06-01"})

    assert answer.json() == {
        "error": '"May 4th" has no year. Say the year, for example May 4th 2023.',
        "readings": [
            {"edtf": "2023-05-04", "label": "4 May 2023, by this source"},
            {"edtf": "2024-05-04", "label": "4 May 2024, by this source"},
        ],
    }


def test_date_typed_where_no_source_is_known_is_not_said_to_be_seen_from_one():
    client = editor()
    form = client.get("/admin/timeline/event/add/").content.decode()
    answer = client.get("/admin/timeline/event/date/", {"text": "yesterday", "day": ""})

    assert set(re.findall(r'id="id_edtf_understood"[^>]* data-day="([^"]*)"', form)) == {""}
    assert "By today it is" in answer.json()["error"]
