"""What lists can be narrowed by in the form above them: a hit, a miss and a wrong value for each field."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User

from tests import make
from timeline.models import Event, EventType

from .desk_client import editor
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def titles(client, table: str, query: str) -> list[str]:
    rows = client.get(f"/admin/timeline/{table}/?{query}").context["cl"].result_list
    return sorted(getattr(row, "title", None) or row.event.title for row in rows)


def refusals(client, table: str, query: str) -> tuple[int, list[str], dict[str, list[str]]]:
    """Return status, titles listed, and the errors of the form above the list."""
    page = client.get(f"/admin/timeline/{table}/?{query}")
    changes = page.context["cl"]
    form = next(spec.form for spec in changes.filter_specs if hasattr(spec, "form"))
    return (
        page.status_code,
        [str(row) for row in changes.result_list],
        {name: list(e) for name, e in form.errors.items()},
    )


@made_once
def events() -> dict[str, int]:
    """Return the primary keys that a filter can ask for."""
    state, country = make.actor("Zembla"), make.place("Onhava district")
    minister = make.actor("Minister of Zembla", parent=state)
    village = make.place("Odevalla", parent=country)
    briefing = make.briefing(title="Briefing of May")
    author = User.objects.create_user("ada", is_staff=True)
    call = make.event("Call", type="phone-call", edtf="2022-03-25", place=village, author=author)
    make.participation(call, minister)
    make.citation(call, briefing)
    make.event("Visit", type="visit", edtf="2022", place=country)
    make.event("Undated", type="statement", edtf="")
    return {
        "state": state.pk,
        "minister": minister.pk,
        "district": country.pk,
        "village": village.pk,
        "briefing": briefing.pk,
        "author": author.pk,
        "call": EventType.objects.get(slug="phone-call").pk,
        "strike": EventType.objects.get(slug="strike").pk,
        "visit": EventType.objects.get(slug="visit").pk,
        "other": make.actor("Kinbote").pk,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("actor={state}", ["Call"]),
        ("actor={minister}", ["Call"]),
        ("type={call}", ["Call"]),
        ("type={strike}", []),
        ("place={district}", ["Call", "Visit"]),
        ("place={village}", ["Call"]),
        ("briefing={briefing}", ["Call"]),
        ("author={author}", ["Call"]),
        ("type={call}&type={visit}", ["Call", "Visit"]),
        ("type={call}&type=&type={strike}", ["Call"]),
        ("actor={minister}&actor={other}", ["Call"]),
        ("place={village}&place={district}", ["Call", "Visit"]),
        ("briefing={briefing}&briefing={briefing}", ["Call"]),
        ("from=2022-03-25&to=2022-03-25", ["Call", "Undated", "Visit"]),
        ("from=2022-03-26&to=2022-04", ["Undated", "Visit"]),
        ("from=2023", ["Undated"]),
        ("from=2022&to=2022&when=certain", ["Call", "Visit"]),
        ("from=March+2022&to=25+March+2022&when=certain", ["Call"]),
        ("to=2021&when=certain", []),
        ("actor=&type=&place=&briefing=&from=&to=&when=&author=", ["Call", "Undated", "Visit"]),
        ("actor={state}&place={village}&from=2022&status__exact=draft", ["Call"]),
        ("actor={state}&status__exact=published", []),
        ("actor={state}&q=call", ["Call"]),
    ],
)
def test_events_are_found_by_fields(events, query, expected):
    assert titles(editor(), "event", query.format(**events)) == expected


GONE = "There is no such entry, or it became part of another. Choose again."


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("actor=999999", {"actor": [GONE]}),
        ("actor=Zembla", {"actor": [GONE]}),
        ("actor={state}&actor=999999", {"actor": [GONE]}),
        ("&".join(["actor=1"] * 51), {"actor": ["51 values are too many; at most 50 can be given at once."]}),
        ("type=9999999999999999999", {"type": [GONE]}),
        ("place=-1", {"place": [GONE]}),
        ("briefing=x", {"briefing": [GONE]}),
        ("author=999999", {"author": ["There is no such account. Choose one from the list."]}),
        ("from=2022-13", {"from": ["“2022-13” has no such month. Months go from 01 to 12."]}),
        (
            "from=2022-3",
            {"from": ["“2022-3” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."]},
        ),
        ("from=2023&to=2022", {"to": ["The period ends (2022) before it begins (2023). Swap the two."]}),
        ("from=2022&from=2023", {"from": ["“from” is given more than once. Keep one."]}),
        (
            "reported=20",
            {"reported": ["“20” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."]},
        ),
        ("when=perhaps", {"when": ["“perhaps” is not known here. Choose from: certain."]}),
    ],
)
def test_a_wrong_value_is_refused_in_words_and_nothing_is_listed(events, query, errors):
    assert refusals(editor(), "event", query.format(**events)) == (400, [], errors)


def test_each_selected_row_has_a_picker_and_another_is_empty(events):
    page = editor().get("/admin/timeline/event/?type={call}&type={visit}".format(**events)).text

    form = page.split('<form method="get" class="narrow"')[1].split("</form>")[0]
    types = [part.split("</select>")[0] for part in form.split('<select name="type"')[1:]]
    assert [re.findall(r"selected>([^<]+)<", part) for part in types] == [["Phone call"], ["Visit"], []]
    assert [part.count('aria-label="Type"') for part in types] == [1, 1, 1]


def test_an_action_on_a_refused_list_changes_nothing(events):
    event = Event.objects.get(title="Call")
    typed = {"action": "submit_selected", "_selected_action": event.pk, "select_across": "1"}

    editor().post("/admin/timeline/event/?actor=999999", typed)

    event.refresh_from_db()
    assert event.status == "draft"


def test_sources_are_found_by_publisher_and_period():
    first, second = make.actor("Ministry"), make.actor("Agency")
    make.briefing(title="One", publisher=first, published_on=dt.date(2022, 3, 25))
    make.briefing(title="Two", publisher=second, published_on=dt.date(2021, 3, 25), status="draft")
    make.briefing("", title="Address", publisher=second, published_on=dt.date(2021, 4, 1), url="https://example.org/")
    client = editor()

    queries = (
        f"publisher={first.pk}",
        f"publisher={second.pk}",
        "from=2022",
        "to=March 2021",
        "text=none",
        "from=2023",
    )
    assert [titles(client, "briefing", query) for query in queries] == [
        *(["One"], ["Address", "Two"], ["One"], ["Two"], ["Address"], []),
    ]
    assert refusals(client, "briefing", "publisher=ministry") == (400, [], {"publisher": [GONE]})


def test_citations_are_found_by_source_and_speaker():
    briefing, speaker = make.briefing(title="The briefing"), make.actor("Porter")
    make.citation(make.event("Here"), briefing, speaker=speaker)
    make.published("Elsewhere")
    client = editor()

    queries = (f"briefing={briefing.pk}", f"speaker={speaker.pk}", "event__status__exact=published")
    assert [titles(client, "citation", query) for query in queries] == [["Here"], ["Here"], ["Elsewhere"]]
    assert refusals(client, "citation", "briefing=x") == (400, [], {"briefing": [GONE]})


def test_the_form_shows_what_is_picked_and_sends_the_other_filters_along(events):
    html = editor().get(f"/admin/timeline/event/?actor={events['state']}&lacks=date&q=call&p=1").content.decode()

    form = html[html.index('<form method="get" class="narrow"') :].split("</form>")[0]
    assert '<option value="{}" selected>Zembla</option>'.format(events["state"]) in form
    assert [part.split('"')[0] for part in form.split('type="hidden" name="')[1:]] == ["lacks", "q"]
