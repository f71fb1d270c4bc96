"""A data set's record looks like one: no quotation marks, no marker, no claim to hold the words of a source."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from tests import make
from tests.demo import demo  # noqa: F401
from timeline.models import Briefing, DataSet, Event, ImportBatch, ImportedEvent
from timeline.views.briefing import DEMO_TEXT

from .clients import words
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

HEADLINE = "Renamo raid kills five"


@made_once
def event() -> Event:
    """Return an event that UCDP GED recorded, from a report of Reuters."""
    ucdp = DataSet.objects.create(
        slug="ucdp-ged", name="UCDP GED", licence="CC BY 4.0", attribution="Sundberg", url="https://ucdp.example/"
    )
    source = make.briefing(
        "",
        slug="ucdp-ged-1",
        title=HEADLINE,
        kind="data_record",
        publisher=make.actor("Reuters"),
        published_on=dt.date(1989, 11, 2),
        url="https://ucdp.example/",
    )
    event = make.published(
        "Clash", edtf="1989-11-01", type="clash", data_set=ucdp, briefing=source, cited={"quote": HEADLINE}
    )
    batch = ImportBatch.objects.create(data_set=ucdp, file_name="ged.csv", sha256="0" * 64, rows=1, at=timezone.now())
    ImportedEvent.objects.create(
        event=event, data_set=ucdp, external_id="1", batch=batch, baseline=json.dumps({"edtf": "1989-11-01"})
    )
    return event


def test_event_names_the_source_that_its_data_set_lists(client, event):
    for address in ("/", "/embed/", event.get_absolute_url(), f"/embed/events/{event.public_id}/"):
        html = client.get(address).content.decode()
        assert "Source listed by UCDP GED: Reuters, 2 November 1989" in words(client.get(address)), address
        assert f'<p class="listed" lang="en" dir="auto">{HEADLINE}</p>' in html
        assert not re.search(f"“{HEADLINE}|<mark>|<blockquote|#:~:text", html), address


def test_a_listed_source_supports_what_its_data_set_says_it_does(client, event):
    page = words(client.get(event.get_absolute_url()))

    assert "text not stored On the event supports it according to UCDP GED; not read here" in page


def test_record_itself_is_named_where_no_source_is_told_apart(client, event):
    Briefing.objects.update(slug="ucdp-ged")

    assert "In the record of UCDP GED" in words(client.get(event.get_absolute_url()))


def test_date_is_that_which_the_data_set_recorded(client, event):
    page = words(client.get(event.get_absolute_url()))

    assert "When As recorded by UCDP GED 1989-11-01 In words Wednesday 1 November 1989" in page
    assert "stated" not in page[page.index("When As") : page.index("How it is known")]

    event.edtf = "1989-11"
    event.save()
    assert "As recorded by UCDP GED 1989-11-01 Understood as November 1989" in words(
        client.get(event.get_absolute_url())
    )


def test_event_entered_by_hand_without_words_says_that_they_are_not_recorded(client):
    page = words(client.get(make.published(edtf="2022-03-24").get_absolute_url()))

    assert "As stated The source’s wording is not recorded Understood as Thursday 24 March 2022" in page


def test_page_of_a_listed_source_promises_no_text(client, event):
    page = words(client.get("/briefings/ucdp-ged-1/"))

    assert "Source listed by UCDP GED · Reuters Renamo raid kills five Published 2 November 1989" in page
    assert "A source that UCDP GED lists; its text is not stored here." in page
    assert "Read it at its address" not in page
    assert f"“{HEADLINE}”" not in page


def test_structured_data_cite_the_source_and_no_words(client, event):
    html = client.get(event.get_absolute_url()).content.decode()

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])

    assert data["subjectOf"] == [
        {
            "@type": "Report",
            "name": HEADLINE,
            "url": "http://testserver/briefings/ucdp-ged-1/",
            "publisher": {
                "@type": "Country",
                "name": "Reuters",
                "url": f"http://testserver{event.citations.get().briefing.publisher.get_absolute_url()}",
            },
            "datePublished": "1989-11-02",
        }
    ]


def test_pages_promise_no_more_quotes_than_there_are(client, event):
    make.published()

    assert "The one event here does not have a quote" in words(client.get("/?data_set=ucdp-ged"))
    for address in ("/", "/embed/", "/briefings/", event.get_absolute_url()):
        assert "1 of 2 events has a quote matched in a stored text." in words(client.get(address)), address


@pytest.mark.parametrize(
    ("fields", "says_so"), [({}, True), ({"url": "https://x.example/"}, False), ({"captured_on": "2022-03-26"}, False)]
)
def test_text_that_nobody_compared_says_so(client, fields, says_so):
    briefing = make.briefing(**fields)
    event = make.published(briefing=briefing)

    page = words(client.get(briefing.get_absolute_url()))

    entered = "The text was entered by hand and was not compared with the publisher’s page."
    assert (entered in page) == says_so
    assert ("in a text not compared" in words(client.get(event.get_absolute_url()))) == says_so


def test_text_of_the_demo_says_that_it_came_with_it(client, demo):  # noqa: F811
    page = words(client.get(Briefing.objects.get(text_sha256=DEMO_TEXT).get_absolute_url()))

    assert "The text was supplied with the demo and was not compared with the publisher’s page." in page
