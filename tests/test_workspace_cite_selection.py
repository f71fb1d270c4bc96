"""Chosen words, cited for an event that is there."""

import pytest

from tests import make
from timeline.models import Briefing, Citation

from .desk_client import desk, editor, fields, reviewer, said
from .workspace_page import QUOTE, choose, make_source, page

pytestmark = pytest.mark.django_db


def cite_page(client, briefing: Briefing, quote: str = QUOTE) -> str:
    return choose(client, briefing, "_cite", quote).url


def test_search_finds_events_to_cite_for():
    briefing, client = make_source(), editor()
    make.event("A call between ministers")
    make.event("Something else")
    merged = make.event("A call entered twice")
    merged.merge_into(make.event("Kept"))
    address = cite_page(client, briefing)

    def titles_for(query: str) -> list[str]:
        return [offer.event.title for offer in client.get(address, {"q": query}).context["offers"]]

    assert titles_for("call") == ["A call between ministers"]
    assert titles_for("CÄLL") == ["A call between ministers"]
    assert titles_for("nothing like it") == []
    assert titles_for("x" * 300) == []


def test_without_a_search_the_events_of_the_briefing_are_offered():
    briefing, client = make_source(), editor()
    make.event("Of no briefing")
    for title, quote in (("First", "The ceasefire holds."), ("Second", "spoke by phone")):
        make.citation(make.event(title), briefing, quote=quote)

    offers = client.get(cite_page(client, briefing)).context["offers"]

    assert [(offer.event.title, offer.cites_here) for offer in offers] == [("Second", True), ("First", False)]


def test_citing_adds_one_citation_however_often_it_is_sent():
    briefing, client, event = make_source(), editor(), make.event("The call")
    address = cite_page(client, briefing)
    sent = fields(client.get(address, {"q": "call"})) | {"event": event.pk, "act": "confirms", "date_as_stated": "24th"}

    answers = [client.post(address, sent) for _ in range(2)]

    citation = Citation.objects.get()
    assert {answer.url for answer in answers} == {f"{page(briefing)}#q-{citation.public_id}"}
    assert (citation.event, citation.quote, citation.act, citation.state) == (event, QUOTE, "confirms", "verified")
    assert (citation.date_as_stated, citation.speaker.name) == ("24th", "Jalina Porter")
    assert said(answers[0])[-1].endswith("is cited for “The call”.")
    assert "These words are cited for “The call” already." in said(answers[1])
    assert event.history.model.objects.filter(id=event.pk).count() >= 1
    assert citation.history.get().history_user.username == "editor"


def test_no_event_chosen_is_said_and_the_search_is_kept():
    briefing, client = make_source(), editor()
    make.event("The call")
    address = cite_page(client, briefing)

    for choice in ({}, {"event": "0"}, {"event": "x"}, {"event": "9" * 5000}):
        answer = client.post(address, {"act": "reports", "q": "call"} | choice)
        assert answer.context["form"].non_field_errors()[0].startswith("Choose the event.")
        assert [offer.event.title for offer in answer.context["offers"]] == ["The call"]
    assert not Citation.objects.exists()


def test_event_that_was_public_is_cited_for_by_a_reviewer_who_says_why():
    briefing = make_source()
    event = make.published("Out")
    clients = editor(), reviewer()
    addresses = [cite_page(client, briefing) for client in clients]

    assert [offer.is_open for offer in clients[0].get(addresses[0], {"q": "out"}).context["offers"]] == [False]
    refused = desk("adder", "view_briefing", "view_event", "add_citation")
    refused = refused.post(cite_page(refused, briefing), {"event": event.pk, "act": "reports", "change_reason": "More"})
    answer = clients[1].post(addresses[1], {"event": event.pk, "act": "reports"})
    kind = {"event": event.pk, "act": "reports", "change_class": "correction"}
    silent = clients[1].post(addresses[1], kind)
    done = clients[1].post(addresses[1], kind | {"change_reason": "A second source"})

    assert "you may not add to it" in refused.context["form"].non_field_errors()[0]
    assert answer.context["form"].errors == {
        "change_class": ["Choose the kind of change. Readers see it beside the change."]
    }
    assert silent.context["form"].errors == {
        "change_reason": ["Say why. This event has been public, and readers see the reason."]
    }
    assert done.status_code == 302
    row = briefing.citations.get().history.get()
    assert (row.change_class, row.history_change_reason) == ("correction", "A second source")


def test_merged_event_cannot_be_cited_for():
    briefing, client = make_source(), editor()
    merged = make.event("Entered twice")
    merged.merge_into(make.event("Kept"))

    answer = client.post(cite_page(client, briefing), {"event": merged.pk, "act": "reports"})

    assert answer.context["form"].non_field_errors() == [
        "“Entered twice” was merged into “Kept”. Cite the words for that one."
    ]
