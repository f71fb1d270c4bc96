"""Suggested events: shown in the transcript beside their words, and entered one by one."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import make
from timeline.models import Briefing, Event

from .desk_client import desk, editor, rows, send
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TEXT = """MS PORTER: Armenia and Azerbaijan signed a ceasefire on March 21st. Azerbaijan condemned the attack on March 22nd.

Armenia released 10 prisoners of war on March 23rd.
"""


@made_once
def briefing() -> Briefing:
    for name, country in (("Armenia", "AM"), ("Azerbaijan", "AZ")):
        make.actor(name, country=country)
    return make.briefing(TEXT, published_on=dt.date(2022, 3, 25))


def page(briefing: Briefing) -> str:
    return reverse("admin:timeline_briefing_workspace", args=[briefing.pk])


def proposed(client, briefing: Briefing) -> list[list]:
    """Return what is proposed in each passage of the transcript."""
    return shown(client.get(page(briefing)))


def shown(answer) -> list[list]:
    sections = answer.context["transcript"].sections
    return [placed.proposed for section in sections for placed in section.passages]


def test_each_suggestion_is_shown_with_the_passage_of_its_words(briefing):
    client = editor()
    before = rows()

    answer = client.get(page(briefing))  # once: an address holds the second in which it was signed
    text, (first, second) = answer.content.decode(), shown(answer)

    assert {entry.suggestion.trigger in TEXT.split("\n\n")[0] for entry in first} == {True}
    assert [entry.suggestion.event_type for entry in second] == ["prisoner-release"]
    for entry in [*first, *second]:
        assert f"Suggested: {entry.suggestion.title}" in text
        assert reverse("admin:timeline_briefing_new_event", args=[briefing.pk, entry.part]) in text
    assert rows() == before


def test_suggestion_is_entered_in_the_form_and_is_suggested_no_more(briefing):
    client = editor()
    _, [entry] = proposed(client, briefing)

    suggestion = entry.suggestion
    assert (suggestion.is_certain, suggestion.is_date_certain, suggestion.edtf) == (True, False, "2022-03-23")
    send(client, reverse("admin:timeline_briefing_new_event", args=[briefing.pk, entry.part]))

    event = Event.objects.get()
    assert (event.title, event.edtf, event.status) == (suggestion.title, "", "draft")
    assert event.citations.get().quote == suggestion.quote
    assert proposed(client, briefing)[1] == []


def test_event_of_another_type_on_the_same_words_is_named(briefing):
    client = editor()
    event = make.event("Something else", type="statement")
    make.citation(event, briefing, quote="Armenia released 10 prisoners of war on March 23rd.")

    _, [entry] = proposed(client, briefing)

    assert entry.near == (event,)
    assert "some of these words are cited for Something else" in client.get(page(briefing)).content.decode()


def test_nobody_else_than_who_may_enter_events_is_shown_any(briefing):
    reader = desk("reader", "view_briefing", "view_event", "add_citation")

    assert sum(proposed(reader, briefing), []) == []


def test_text_without_known_actors_says_what_to_do():
    text = editor().get(page(make.briefing("MS PORTER: Zembla signed a ceasefire."))).content.decode()

    assert "Add the actors that the text names" in text
