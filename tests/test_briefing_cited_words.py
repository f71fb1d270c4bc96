"""The words that events cite, on the page of their briefing: marked, numbered, noted beside, and drawn in the map."""

import re

import pytest

from tests import make
from timeline.models import Citation

from .briefing_page import TEXT, cited, html_of, notes, stretches
from .clients import words

pytestmark = pytest.mark.django_db


def test_paragraphs_that_no_event_cites_are_told_beside_those_that_are_cited(client):
    make.published(briefing=(briefing := make.briefing(TEXT)))

    html = client.get(briefing.get_absolute_url()).content.decode()

    assert html.count("Not cited by any event.") == 2


def test_cited_words_are_marked_and_lead_to_their_event(client):
    briefing = make.briefing(TEXT, url="https://www.state.gov/1")
    citation = cited(briefing, "Ceasefire holds", "The ceasefire holds.", act="confirms")

    html = html_of(client, briefing)

    assert (
        f'Thanks. <mark class="cited cat-statement" data-citation="{citation.public_id}" id="q-{citation.public_id}">'
        'The ceasefire holds.&#8288;<span class="refs" dir="ltr">'
        '<a class="ref" href="#p3-e1" aria-label="Event 1">1</a></span></mark> Troops moved.'
    ) in html
    (note,) = re.findall('<li class="note" id="p3-e1">.*?</li>', html, re.S)
    assert words(note) == "1 Ceasefire holds 24 March 2022 confirms , go to the quote quote matched original"
    assert re.findall('href="(.*?)"', note) == [
        "#g-statement",
        citation.event.get_absolute_url(),
        f"#q-{citation.public_id}",
        "#i-verified",
        "https://www.state.gov/1#:~:text=MS%20PORTER%3A%20Thanks.-,The%20ceasefire%20holds.,-Troops%20moved.",
    ]


def test_address_of_a_citation_is_on_the_page(client):
    citation = cited(make.briefing(TEXT), "Ceasefire holds", "The ceasefire holds.")

    path, anchor = citation.get_absolute_url().split("#")

    assert f'id="{anchor}"' in client.get(path).content.decode()


def test_events_are_numbered_in_the_order_of_the_text(client):
    briefing = make.briefing(TEXT)
    for title, quote in [("Third", "Troops moved."), ("First", "a readout"), ("Second", "The ceasefire holds.")]:
        cited(briefing, title, quote, "unclear")
    make.citation(Citation.objects.get(quote="a readout").event, briefing, quote="Thanks.", act="confirms")

    html = html_of(client, briefing)

    assert [re.match(r"p\d-e\d", note)[0] for note in notes(html)] == ["p1-e1", "p3-e1", "p3-e2", "p3-e3"]
    listed = stretches(html, '<li class="note">', "</li>")
    assert [entry.split(" Unclear")[0] for entry in listed] == ["1 First", "2 Second", "3 Third"]


def test_event_that_is_cited_twice_in_a_paragraph_has_one_note(client):
    briefing = make.briefing(TEXT)
    citation = cited(briefing, "Ceasefire holds", "The ceasefire holds.")
    make.citation(citation.event, briefing, quote="Troops moved.", act="condemns")

    (note,) = notes(html_of(client, briefing))

    assert note.endswith("reports , go to the quote quote matched condemns , go to the quote quote matched")


def test_citation_over_two_paragraphs_is_noted_at_both_and_has_one_address(client):
    briefing = make.briefing(TEXT)
    citation = cited(briefing, "Call and talks", "of the call?\n\nAnd what of the talks?", "unclear")

    html = html_of(client, briefing)

    assert html.count(f'data-citation="{citation.public_id}"') == 2
    assert html.count(f'id="q-{citation.public_id}"') == 1
    assert [note[:5] for note in notes(html)] == ["p1-e1", "p2-e1"]


def test_citation_of_a_label_is_noted_beside_the_words_that_follow(client):
    briefing = make.briefing(TEXT)
    cited(briefing, "Porter speaks", "MS PORTER: Thanks.")

    html = html_of(client, briefing)

    assert [note[:5] for note in notes(html)] == ["p3-e1"]
    assert '<mark class="cited' in re.findall('<h3 class="turn__who">.*?</h3>', html, re.S)[1]


def test_denial_is_about_the_event_and_never_for_it(client):
    briefing = make.briefing(TEXT)
    event = make.published("Troops moved")
    make.citation(event, briefing, quote="Troops moved.", act="denies")

    (note,) = notes(html_of(client, briefing))

    assert "denies: disputes this event" in note


def test_quote_that_is_in_no_text_is_listed_under_it(client):
    briefing = make.briefing(TEXT)
    citation = cited(briefing, "Ceasefire holds", "The ceasefire holds.")
    briefing.citations.update(state="missing", start=None, end=None)

    html = html_of(client, briefing)

    assert "Cited, but not found in the text 1" in words(html)
    assert "missing from the text" in stretches(html, f'id="q-{citation.public_id}">', "</article>")[0]
    assert "<mark" not in html


def test_map_shows_where_in_the_text_the_citations_fall(client):
    text = "QUESTION: Is it so?\n\nMS PORTER: It is. Troops moved."
    citation = cited(make.briefing(text), "Troops moved", "Troops moved.")

    (shape,) = re.findall('<div class="minimap">.*?</svg>', html_of(client, citation.briefing), re.S)

    start, width, line = (f"{100 * places / len(text):.3f}%" for places in (text.index("Troops"), 13, text.index("MS")))
    assert f'<a href="#q-{citation.public_id}" tabindex="-1" class="cat-statement"><title>Troops moved</title>' in shape
    assert f'<rect class="minimap__mark" x="{start}" width="{width}"' in shape
    assert re.findall('<line class="minimap__turn" x1="(.*?)"', shape) == [line]


def test_map_of_many_turns_has_no_lines_and_short_quotes_can_be_seen(client):
    briefing = make.briefing(
        "QUESTION: And then?\n\nMS PORTER: Then it went on and on for a long time.\n\n" * 40 + "MS PORTER: So."
    )
    cited(briefing, "So", "So.")

    html = html_of(client, briefing)

    assert 'class="minimap__turn"' not in html
    assert 'width="0.150%"' in html
    assert '<details class="index" open>' in html
