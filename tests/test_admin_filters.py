"""What the lists of events, briefings and citations can be narrowed by: a hit, a miss and a wrong value for each."""

import datetime as dt

import pytest
from django.contrib.auth.models import User

from tests import make

from .citations import lose_quote
from .constraints import force
from .desk_client import editor, reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOWHERE = {"start": None, "end": None}


def titles(client, table: str, query: str) -> list[str]:
    rows = client.get(f"/admin/timeline/{table}/?{query}").context["cl"].result_list
    return sorted(getattr(row, "title", None) or row.event.title for row in rows)


def test_events_are_found_by_what_they_lack():
    whole = make.published("Whole", place=make.place())
    make.participation(whole)
    bare = make.event("Bare", edtf="")
    denied = make.event("Denied", place=make.place())
    make.citation(denied, act="denies")
    lost = make.event("Lost", place=make.place())
    make.citation(lost)
    lose_quote(lost)
    make.participation(lost)
    client = editor()

    assert {
        what: titles(client, "event", f"lacks={what}") for what in ("citation", "verified", "date", "actor", "place")
    } == {
        "citation": ["Bare"],
        "verified": ["Bare", "Denied", "Lost"],
        "date": ["Bare"],
        "actor": ["Bare", "Denied"],
        "place": ["Bare"],
    }
    assert bare.edtf == ""


def test_of_a_public_event_the_matched_quote_is_in_a_text_that_readers_see():
    event = make.published("Lost", place=make.place())
    lose_quote(event)
    make.citation(event, make.briefing(status="draft"))
    make.published("Whole")

    assert titles(editor(), "event", "lacks=verified") == ["Lost"]


def test_events_are_found_whose_start_is_not_known():
    for title, edtf in {"Open": "[..2022]", "Undated": "", "Year": "2022", "After": "[2022..]"}.items():
        make.event(title, edtf=edtf)

    assert titles(editor(), "event", "lacks=start") == ["Open", "Undated"]


def test_events_and_briefings_are_found_by_the_state_of_a_quote():
    states = {"missing": "Lost", "ambiguous": "Twice", "moved": "Moved", "verified": "Held"}
    for state, title in states.items():
        force(
            make.citation(make.event(title), make.briefing(title=f"Source of {title}")),
            state=state,
            **(NOWHERE if state == "missing" else {}),
        )
    client = editor()

    assert [titles(client, "event", f"quote={state}") for state in ("missing", "ambiguous", "moved")] == [
        *(["Lost"], ["Twice"], ["Moved"]),
    ]
    assert [titles(client, "briefing", f"quote={state}") for state in ("missing", "ambiguous")] == [
        *(["Source of Lost"], ["Source of Twice"]),
    ]


def test_editor_finds_own_work_and_what_was_returned():
    client, other = editor(), User.objects.create_user("other")
    me = User.objects.get(username="editor")
    make.event("Theirs", author=other)
    make.event("Mine", author=me)
    returned = make.event("Returned", author=me)
    returned.submit(me)
    returned.return_to_draft("Name the village.")
    make.published("Public", author=me)
    silent = make.event("Taken back", author=other)
    silent.submit(me)
    silent.return_to_draft()

    assert {stage: titles(client, "event", f"mine={stage}") for stage in ("entered", "drafts", "returned")} == {
        "entered": ["Mine", "Public", "Returned"],
        "drafts": ["Mine", "Returned"],
        "returned": ["Returned"],
    }
    assert titles(reviewer(), "event", "mine=entered") == []


def test_events_are_found_by_the_days_of_their_first_report():
    make.published("Early", briefing=make.briefing(published_on=dt.date(2020, 1, 1)))
    make.published("Late", briefing=make.briefing(published_on=dt.date(2021, 12, 31)))
    make.event("Never reported")
    client = editor()
    periods = ("2019", "2020", "2021", "2021-12", "2021-11", "2022", "2020-01-01", "2020-01-02")

    assert {period: titles(client, "event", f"reported={period}") for period in periods} == {
        "2019": [],
        "2020": ["Early"],
        "2021": ["Late"],
        "2021-12": ["Late"],
        "2021-11": [],
        "2022": [],
        "2020-01-01": ["Early"],
        "2020-01-02": [],
    }


def test_briefings_are_found_by_how_far_they_are_coded():
    make.briefing(title="Not coded")
    make.briefing("", title="No text", url="https://example.org/")
    partly, whole = make.briefing(title="Partly"), make.briefing(title="Whole")
    make.published(briefing=partly)
    make.citation(make.event(), partly)
    make.published(briefing=whole)
    client = editor()

    assert {how: titles(client, "briefing", f"coded={how}") for how in ("no", "partly", "yes")} == {
        "no": ["Not coded"],
        "partly": ["Partly"],
        "yes": ["Whole"],
    }


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("event", "lacks=everything"),
        ("event", "lacks="),
        ("event", "lacks=date&lacks=place"),
        ("event", "quote=verified"),
        ("event", "mine=theirs"),
        ("briefing", "coded=maybe"),
        ("briefing", "quote=moved"),
        ("citation", "event__status__exact=public"),
    ],
)
def test_wrong_values_are_refused(table, query):
    assert editor().get(f"/admin/timeline/{table}/?{query}").status_code == 400


def test_filters_are_kept_when_one_is_changed():
    page = editor().get("/admin/timeline/event/?lacks=place&status__exact=draft&from=2022&to=")

    assert "?from=2022&amp;lacks=date&amp;status__exact=draft&amp;to=" in page.content.decode()
