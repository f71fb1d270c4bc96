"""The public page of a briefing: its text, its speakers, and what is known of its source."""

import datetime as dt
import re

import pytest

from tests import make
from timeline.models import BriefingSpeaker

from .beside import SHARED
from .briefing_page import TEXT, cited, html_of, stretches
from .clients import words

pytestmark = pytest.mark.django_db


def paragraphs(html: str) -> list[str]:
    return [
        re.sub(r" ?\u2060 (\d+ )*", "", paragraph)
        for paragraph in stretches(html, '<p class="passage__text"[^>]*>', "</p>")
    ]


def test_page_shows_the_whole_text_in_numbered_paragraphs(client):
    html = html_of(client, make.briefing(TEXT))

    assert paragraphs(html) == [
        "Briefing on the Ceasefire",
        "Is there a readout of the call?",
        "And what of the talks?",
        "Thanks. The ceasefire holds. Troops moved.",
        "12:30 p.m.",
    ]
    assert stretches(html, '<h3 class="turn__who">', "</h3>") == ["QUESTION:", "MS PORTER:"]
    assert re.findall(r'href="#(p\d)" aria-label="(.*?)">(\d)<', html) == [
        ("p1", "Paragraph 1", "1"),
        ("p2", "Paragraph 2", "2"),
        ("p3", "Paragraph 3", "3"),
    ]
    assert "Not cited by any event." not in html  # of a text that nothing cites, this goes without saying


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
    assert "Text 160 characters, 3 paragraphs, 2 speaker turns" in page
    assert "Citations 1, quote matched" in page
    assert "Text cited 21% of the transcript from 1 of 2 speaker turns" in page
    assert f"{briefing.text_sha256[:12]}… show all {briefing.text_sha256}" in page
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
    assert "Publication date not known" in html_of(client, make.briefing(TEXT, published_on=None))


def test_speaker_behind_a_label_is_named_and_linked(client):
    briefing = make.briefing(TEXT)
    porter = make.actor("Jalina Porter", slug="porter", kind="person")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter, office="Spokesperson")
    cited(briefing, "Ceasefire holds", "The ceasefire holds.")

    html = html_of(client, briefing)

    assert stretches(html, '<h3 class="turn__who">', "</h3>")[1] == "MS PORTER: Jalina Porter , Spokesperson"
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

    assert stretches(html, '<h3 class="turn__who">', "</h3>") == ["Q question", "MS PORTER:", "Q question"]


def test_briefing_without_text_says_so_and_gives_its_address(client):
    briefing = make.briefing("", url="https://news.example/1")
    citation = cited(briefing, "Troops moved", "Troops moved.")

    html = html_of(client, briefing)

    assert "The text of this source is not stored here. Read it at: https://news.example/1" in words(html)
    assert stretches(html, f'<article class="unplaced" id="q-{citation.public_id}">', "</article>")[0].startswith(
        f"{briefing.publisher} reports: Troops moved , 24 March 2022 “Troops moved.” text not stored"
    )
    assert "Transcript" not in html


def test_briefing_that_nothing_cites(client):
    page = words(html_of(client, make.briefing(TEXT)))

    assert "About this source not cited by any event" in page
    assert "Text cited 0% of the transcript" in page
    assert "Events cited from this source" not in page


def test_text_title_and_quote_are_escaped(client):
    evil = "<script>alert(1)</script>"
    briefing = make.briefing(f"MS PORTER: The {evil} holds.", title=evil)
    cited(briefing, evil, f"The {evil}")

    assert "<script>" not in html_of(client, briefing)


@pytest.mark.parametrize("query", ["known_by=2000", "actor=nobody", "page=1", "anything"])
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
