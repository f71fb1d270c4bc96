"""On the desk: what an event claims, the codebook beside its type, and what supports it."""

import re

import pytest
from django.urls import reverse

from tests import make
from timeline.models import Event, EventType

from .desk_client import editor, errors, fields, lines, reviewer, rows, said, send

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: Nobody has moved. The ceasefire holds.\n\nQUESTION: Have they met?"
ADD = "/admin/timeline/event/add/"
LOST = (
    "A published event needs a citation that supports what it claims: the quote matched in the text of a published "
    "source, and an act that supports it by the codebook, outside a question. Add one, code the event as what its "
    "sources say, or withdraw it instead."
)


def change(row) -> str:
    return reverse(f"admin:timeline_{row._meta.model_name}_change", args=[row.pk])


def new_event(**changes) -> dict:
    return {"title": "They meet", "event_type": EventType.objects.get(slug="meeting").pk} | changes


def test_a_new_event_says_whether_it_happened():
    client, before = editor(), rows()
    assert fields(client.get(ADD))["actuality"] == ""

    answer = send(client, ADD, **new_event(actuality=""))

    assert errors(answer) == ["Say whether it happened, was announced, did not happen, or is unclear."]
    assert rows() == before
    send(client, ADD, **new_event(actuality="announced", value_note="The earlier of two days."))
    event = Event.objects.get()
    assert (event.actuality, event.value_note) == ("announced", "The earlier of two days.")


def test_the_codebook_stands_beside_the_type():
    event = make.event(type="meeting", actuality="announced")

    html = editor().get(change(event)).content.decode()

    entries = re.findall(r'<section data-type="(\d+)"( hidden)?>(.*?)</section>', html, re.S)
    assert len(entries) == EventType.objects.count()
    [(key, _, entry)] = [entry for entry in entries if not entry[1]]
    assert int(key) == event.event_type_id
    assert re.findall(r"<dt>(.+?)</dt>", entry) == ["Include", "Exclude", "Boundary", "Example", "Counter example"]
    assert re.findall(r'<p data-actuality="\w+">(.+?)</p>', entry) == [
        "<b>Announced</b>: supported by who announces, confirms, reports; taken for granted by who mentions; never by a "
        "question."
    ]
    assert '<a href="/admin/guide/codebook/"' in html


def test_a_change_of_type_or_actuality_says_what_it_does_to_support():
    event = make.event(type="statement")
    make.citation(event, make.briefing(TEXT), act="announces")
    client = editor()

    answer = send(client, change(event), event_type=EventType.objects.get(slug="meeting").pk)
    assert "Support for “Happened”, a deed: 1 does not support it. Before: 1 supports it." in said(answer)

    answer = send(client, change(event), actuality="announced")
    assert "Support for “Announced”, a deed: 1 supports it. Before: 1 does not support it." in said(answer)

    assert not any(message.startswith("Support") for message in said(send(client, change(event), title="Another")))


@pytest.mark.database
@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ("announced", "announces", {"actuality": "occurred"}),
        ("did_not_occur", "denies", {"actuality": "occurred"}),
        ("did_not_occur", "denies", {"actuality": "unclear"}),
        ("occurred", "mentions", {"actuality": "did_not_occur"}),
        ("occurred", "condemns", {"event_type": "appeal"}),
    ],
)
def test_a_public_event_is_not_coded_as_what_none_of_its_citations_supports(before, act, after):
    event = make.published(type="meeting", actuality=before, cited={"act": act})
    if slug := after.get("event_type"):
        after = {"event_type": EventType.objects.get(slug=slug).pk}
    client, stored = reviewer(), rows()

    answer = send(client, change(event), change_class="correction", change_reason="Coded anew.", **after)

    assert errors(answer) == [LOST]
    assert rows() == stored


@pytest.mark.database
@pytest.mark.parametrize(
    ("before", "act", "after", "act_after"),
    [
        ("did_not_occur", "denies", "occurred", "confirms"),
        ("occurred", "confirms", "did_not_occur", "denies"),
        ("announced", "announces", "occurred", "reports"),
    ],
)
def test_claim_and_citation_are_exchanged_in_one_save(before, act, after, act_after):
    briefing = make.briefing(TEXT)
    event = make.published(type="meeting", actuality=before, briefing=briefing, cited={"act": act})
    new_line = {"briefing": briefing.pk, "quote": "Nobody has moved.", "act": act_after, "position": 0}
    typed = {"actuality": after, "change_class": "correction", "change_reason": "It is known now."}

    answer = send(
        reviewer(), change(event), **typed, **{"citations-0-DELETE": "on"}, **lines("citations", new_line, start=1)
    )

    event.refresh_from_db()
    assert (answer.status_code, event.actuality, event.support) == (302, after, "supports")
    assert [(row.act, row.support) for row in event.citations.all()] == [(act_after, "supports")]


@pytest.mark.database
def test_claim_and_act_are_changed_in_one_save():
    event = make.published(type="meeting", actuality="did_not_occur", cited={"act": "denies"})
    client = reviewer()
    typed = {"change_class": "correction", "change_reason": "It is known now."}

    send(client, change(event), actuality="occurred", **typed, **{"citations-0-act": "confirms"})
    assert list(event.citations.values_list("act", "support")) == [("confirms", "supports")]
    send(client, change(event), actuality="did_not_occur", **typed, **{"citations-0-act": "disputes"})
    assert list(event.citations.values_list("act", "support")) == [("disputes", "supports")]


@pytest.mark.database
def test_what_did_not_happen_is_published_on_a_denial_with_a_button():
    event = make.event(type="meeting", actuality="did_not_occur")
    make.citation(event, act="denies")

    answer = send(reviewer(), change(event), button="_publish")

    event.refresh_from_db()
    assert (answer.status_code, event.status, event.supporting_count) == (302, "published", 1)


def test_the_last_support_by_the_codebook_stays():
    event = make.published(type="meeting", briefing=make.briefing(TEXT))
    client, before = reviewer(), rows()

    answer = send(
        client, change(event), change_class="correction", change_reason="Act", **{"citations-0-act": "calls_for"}
    )

    assert errors(answer)[0].startswith("A published event needs a citation that supports what it claims: ")
    assert rows() == before


def test_what_is_under_review_can_be_edited():
    event = make.published(type="meeting", briefing=make.briefing(TEXT))
    event.citations.update(act="calls_for", support="nothing")
    Event.objects.all().refresh_evidence()

    answer = send(
        reviewer(),
        change(event),
        change_class="correction",
        change_reason="A note",
        **{"citations-0-note": "Look at this."},
    )

    assert (answer.status_code, event.citations.get().note) == (302, "Look at this.")


@pytest.mark.database
@pytest.mark.parametrize("change_of_line", [{"citations-0-act": "denies"}, {"citations-0-DELETE": "on"}])
def test_what_is_under_review_keeps_what_does_not_speak_against_it(change_of_line):
    event = make.published(type="meeting", briefing=make.briefing(TEXT))
    event.citations.update(act="calls_for", support="nothing")
    Event.objects.all().refresh_evidence()
    client, stored = reviewer(), rows()

    answer = send(client, change(event), change_class="correction", change_reason="Act", **change_of_line)

    assert errors(answer) == [LOST]
    assert rows() == stored


def test_a_citation_says_what_its_source_says():
    place, briefing = make.place(), make.briefing(TEXT)
    line = {"briefing": briefing.pk, "quote": "Nobody has moved.", "act": "reports", "basis": "first_hand"} | {
        "position": 0
    }
    counts = {"place": place.pk, "deaths_low": 0, "deaths_best": "", "deaths_high": 3}

    send(editor(), ADD, **new_event(), **lines("citations", line | counts))

    citation = Event.objects.get().citations.get()
    assert (citation.basis, citation.place, citation.support) == ("first_hand", place, "supports")
    assert (citation.deaths_low, citation.deaths_best, citation.deaths_high) == (0, None, 3)
    assert (citation.reliability, citation.credibility) == ("", "")


def test_a_briefing_says_whose_report_it_prints():
    briefing, agency = make.briefing(), make.actor("Reuters")

    send(editor(), change(briefing), origin=agency.pk)

    briefing.refresh_from_db()
    assert briefing.origin == agency


def test_what_a_type_claims_decides_anew_what_supports_its_events():
    event = make.published(type="meeting")
    make.citation(event, act="announces")
    event_type = event.event_type

    send(reviewer(), change(event_type), claim="appeal", example="“Stop.”", change_reason="Codebook")

    event.refresh_from_db()
    assert [citation.support for citation in event.citations.all()] == ["supports", "nothing"]
    send(reviewer("another"), change(event_type), claim="statement", change_reason="Codebook")
    assert [citation.support for citation in event.citations.all()] == ["supports", "supports"]
    assert EventType.objects.get(slug="meeting").example == "“Stop.”"


def test_the_list_is_narrowed_by_actuality_and_by_missing_support():
    make.published(type="meeting")
    announced = make.event(type="meeting", actuality="announced")
    client = editor()

    def listed(query: str) -> list[Event]:
        return list(client.get(f"/admin/timeline/event/?{query}").context["cl"].result_list)

    assert listed("actuality__exact=announced") == listed("lacks=support") == [announced]
    assert client.get("/admin/timeline/event/?actuality__exact=perhaps").status_code == 400
