import datetime as dt
import re

import pytest
from django.test import Client

from tests import make
from timeline.models import Briefing, BriefingSpeaker, Citation

from .beside import SHARED

pytestmark = pytest.mark.django_db

TEXT = """Briefing on the Ceasefire

QUESTION: Is there a readout of the call?

And what of the talks?

MS PORTER: Thanks. The ceasefire holds. Troops moved.

12:30 p.m.
"""
TAGS = re.compile(r"<[^>]+>")


def html_of(client: Client, briefing: Briefing) -> str:
    response = client.get(f"/briefings/{briefing.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(TAGS.sub(" ", html).split())


def found(html: str, start: str, end: str) -> list[str]:
    """Return what readers read of each stretch of the page from `start` to `end`."""
    return [words(one) for one in re.findall(f"{start}(.*?){end}", html, re.S)]


def paragraphs(html: str) -> list[str]:
    return [re.sub(r" ?\u2060 (\d+ )*", "", one) for one in found(html, '<p class="passage__text"[^>]*>', "</p>")]


def notes(html: str) -> list[str]:
    return found(html, '<li class="note" id="', "</li>")


def cited(briefing: Briefing, title: str, quote: str, actuality: str = "occurred", **changes) -> Citation:
    event = make.published(title, briefing=briefing, actuality=actuality, cited={"quote": quote} | changes)
    return event.citations.get()


def test_page_shows_the_whole_text_in_numbered_paragraphs(client):
    html = html_of(client, make.briefing(TEXT))

    assert paragraphs(html) == [
        "Briefing on the Ceasefire",
        "Is there a readout of the call?",
        "And what of the talks?",
        "Thanks. The ceasefire holds. Troops moved.",
        "12:30 p.m.",
    ]
    assert found(html, '<h3 class="turn__who">', "</h3>") == ["QUESTION:", "MS PORTER:"]
    assert re.findall(r'href="#(p\d)" aria-label="(.*?)">(\d)<', html) == [
        ("p1", "Paragraph 1", "1"),
        ("p2", "Paragraph 2", "2"),
        ("p3", "Paragraph 3", "3"),
    ]
    assert "No event cites this paragraph." not in html  # of a text that nothing cites, this goes without saying


def test_paragraphs_that_no_event_cites_are_told_beside_those_that_are_cited(client):
    make.published(briefing=(briefing := make.briefing(TEXT)))

    html = client.get(briefing.get_absolute_url()).content.decode()

    assert html.count("No event cites this paragraph.") == 2


def test_page_says_what_is_stored(client):
    briefing = make.briefing(
        TEXT,
        title="Briefing on the Ceasefire",
        publisher=make.actor("State Department", parent=make.actor("United States")),
        published_on=dt.date(2022, 3, 25),
        captured_on=dt.date(2022, 3, 26),
        url="https://www.state.gov/briefings/?id=1",
        archive_url="https://archive.example/1",
        rights="Public domain",
    )
    cited(briefing, "Ceasefire holds", "The ceasefire holds.")

    page = words(html_of(client, briefing))

    assert "Press briefing · State Department , United States Briefing on the Ceasefire Published 25 March 2022" in page
    assert "Text 160 characters, 3 paragraphs, 2 turns" in page
    assert "Citations 1, quote matched" in page
    assert "Text cited 21% of the transcript 1 of 2 turns cited" in page
    assert f"{briefing.text_sha256[:12]}… whole {briefing.text_sha256}" in page
    assert (
        "Source www.state.gov text copied on 26 March 2022 Archived copy archive.example Rights Public domain" in page
    )


def test_links_to_the_source_say_nothing_of_us(client):
    briefing = make.briefing(TEXT, url="https://www.state.gov/1", archive_url="https://archive.example/1")
    cited(briefing, "Ceasefire holds", "The ceasefire holds.")

    links = re.findall(r'<a [^>]*href="http[^>]*>', html_of(client, briefing))

    assert len(links) == 4  # source, archived copy; the words, in the list and in the margin
    assert all('rel="noopener noreferrer nofollow"' in link for link in links)


def test_day_of_publication_may_be_unknown(client):
    assert "Day of publication not known" in html_of(client, make.briefing(TEXT, published_on=None))


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
    assert words(note) == "1 Ceasefire holds 24 March 2022 confirms , to the words quote matched at the source"
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
    listed = found(html, '<li class="note">', "</li>")
    assert [one.split(" Unclear")[0] for one in listed] == ["1 First", "2 Second", "3 Third"]


def test_event_that_is_cited_twice_in_a_paragraph_has_one_note(client):
    briefing = make.briefing(TEXT)
    citation = cited(briefing, "Ceasefire holds", "The ceasefire holds.")
    make.citation(citation.event, briefing, quote="Troops moved.", act="condemns")

    (note,) = notes(html_of(client, briefing))

    assert note.endswith("reports , to the words quote matched condemns , to the words quote matched")


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

    assert "denies: speaks against the event" in note


def test_speaker_behind_a_label_is_named_and_linked(client):
    briefing = make.briefing(TEXT)
    porter = make.actor("Jalina Porter", slug="porter", kind="person")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter, office="Spokesperson")
    cited(briefing, "Ceasefire holds", "The ceasefire holds.")

    html = html_of(client, briefing)

    assert found(html, '<h3 class="turn__who">', "</h3>")[1] == "MS PORTER: Jalina Porter , Spokesperson"
    assert '<a href="/actors/porter/">Jalina Porter</a>' in html


def test_speaker_without_a_public_page_is_named_without_link(client):
    briefing = make.briefing(TEXT)
    porter = make.actor("Jalina Porter", slug="porter", kind="person")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter)

    html = html_of(client, briefing)

    assert "Jalina Porter" in html
    assert "/actors/porter/" not in html


def test_question_is_called_one_where_its_label_does_not_say_so(client):
    html = html_of(client, make.briefing("Q  Is there a readout?\n\nMS PORTER: Yes.\n\nQ  Thanks.\n"))

    assert found(html, '<h3 class="turn__who">', "</h3>") == ["Q question", "MS PORTER:", "Q question"]


def test_briefing_without_text_says_so_and_gives_its_address(client):
    briefing = make.briefing("", url="https://news.example/1")
    citation = cited(briefing, "Troops moved", "Troops moved.")

    html = html_of(client, briefing)

    assert "The text of this briefing is not stored here. Read it at its address: https://news.example/1" in words(html)
    assert found(html, f'<article class="unplaced" id="q-{citation.public_id}">', "</article>")[0].startswith(
        f"{briefing.publisher} reports: Troops moved , 24 March 2022 “Troops moved.” text not stored"
    )
    assert "Transcript" not in html


def test_quote_that_left_the_text_is_listed_under_it(client):
    briefing = make.briefing(TEXT)
    citation = cited(briefing, "Ceasefire holds", "The ceasefire holds.")
    briefing.text = TEXT.replace("The ceasefire holds.", "No comment.")
    briefing.save()

    html = html_of(client, briefing)

    assert "Cited, but not found in the text 1" in words(html)
    assert "missing from the text" in found(html, f'id="q-{citation.public_id}">', "</article>")[0]
    assert "<mark" not in html


def test_briefing_that_nothing_cites(client):
    page = words(html_of(client, make.briefing(TEXT)))

    assert "The source cited by no event" in page
    assert "Text cited 0% of the transcript" in page
    assert "Events it speaks of" not in page


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


def test_text_title_and_quote_are_escaped(client):
    evil = "<script>alert(1)</script>"
    briefing = make.briefing(f"MS PORTER: The {evil} holds.", title=evil)
    cited(briefing, evil, f"The {evil}")

    assert "<script>" not in html_of(client, briefing)


@pytest.mark.parametrize("query", ["known_by=2000", "actor=nobody", "page=9", "anything"])
def test_filters_do_not_apply_here(client, query):
    briefing = make.briefing(TEXT)
    cited(briefing, "Ceasefire holds", "The ceasefire holds.")

    path = f"/briefings/{briefing.slug}/"
    assert client.get(f"{path}?{query}").content == client.get(path).content


@pytest.mark.beside("data/whitehouse-briefings")
def test_long_real_briefing_is_shown_whole(client):
    folder = SHARED / "data/whitehouse-briefings"
    text = max((path.read_text(encoding="utf-8") for path in folder.iterdir()), key=len)
    briefing = make.briefing(text)

    html = html_of(client, briefing)

    shown = re.findall(r'<b lang="en" dir="auto">(.*?)</b>|<p class="passage__text"[^>]*>(.*?)</p>', html, re.S)
    entities = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&#x27;": "'", "&quot;": '"'}
    whole = re.sub(
        "&[#a-z0-9]+;", lambda entity: entities[entity[0]], "".join(label or words for label, words in shown)
    )
    assert whole == briefing.text
