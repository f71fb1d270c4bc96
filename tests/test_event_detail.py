import datetime as dt

import pytest

from tests import make
from timeline.models import EventRelation
from timeline.models.relation import public_relations

from .clients import words

pytestmark = pytest.mark.django_db


def test_page_shows_every_citation_with_its_source(client):
    event = make.published(
        "Call", edtf="2022-03-24", date_as_stated="on March 24th", date_note="The year is the briefing's."
    )
    disputing = make.briefing(title="Other account", published_on=dt.date(2022, 4, 1), url="https://example.org/a")
    make.citation(event, disputing, act="denies", speaker=make.actor("Ben"), edtf="2022-03-25", note="Of two minds.")
    make.participation(event, make.actor("Donfried"), office="Assistant Secretary")

    page = words(client.get(event.get_absolute_url()))

    for part in [
        "24 March 2022",
        "“on March 24th”",
        "The year is the briefing&#x27;s.",
        "Other account",
        "Ben",
        "denies",
        "1 April 2022",
        "25 March 2022",
        "quote matched",
        "supports it",
        "speaks against it",
        "Donfried",
        "Assistant Secretary",
        "Of two minds.",
    ]:
        assert part in page, part


def test_words_at_the_source_are_linked(client):
    briefing = make.briefing(url="https://example.org/a")
    event = make.published(briefing=briefing)
    citation = event.citations.get()

    page = client.get(event.get_absolute_url()).content.decode()

    assert f'href="{citation.source_url}"'.replace("&", "&amp;") in page
    assert f'href="{citation.get_absolute_url()}"' in page


def test_related_events_are_shown_from_both_sides_and_drafts_from_neither(client):
    ceasefire, line, draft = make.published("Ceasefire"), make.published("Line"), make.event("Draft")
    EventRelation.objects.create(from_event=line, kind="follows", to_event=ceasefire, citation=line.citations.get())
    EventRelation.objects.create(from_event=draft, kind="follows", to_event=ceasefire)
    EventRelation.objects.create(from_event=ceasefire, kind="concerns", to_event=draft)

    assert public_relations(ceasefire) == [("is followed by", line, "The ceasefire holds.")]
    assert public_relations(line) == [("follows", ceasefire, "The ceasefire holds.")]
    page = words(client.get(ceasefire.get_absolute_url()))
    assert "is followed by" in page.lower()
    assert "Draft" not in page


def test_correction_is_public_with_its_reason(client):
    event = make.published("Caesefire")
    event.title = "Ceasefire"
    event._change_reason = "A slip of the pen."
    event.save()

    page = words(client.get(event.get_absolute_url()))

    for part in ["Corrections", "Caesefire", "Ceasefire", "A slip of the pen."]:
        assert part in page


def test_withdrawn_event_leaves_its_reason(client):
    event = make.published("Clash", summary="Nothing of this happened.")
    event.withdraw("Entered twice.")

    response = client.get(event.get_absolute_url())

    assert response.status_code == 200
    assert "Entered twice." in words(response)
    assert "Nothing of this happened." not in words(response)
    assert "The ceasefire holds." not in words(response)


@pytest.mark.parametrize("address", ["/events/x%00y/", "/events/%ED%A0%80/", "/events/" + "9" * 500 + "/"])
def test_nasty_address_is_not_found(client, address):
    assert client.get(address).status_code == 404
