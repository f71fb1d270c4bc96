"""What pages tell other sites, read back out of the pages."""

import datetime as dt
import json
import re

import pytest
from django.test import Client

from tests import make
from timeline.models import Citation
from timeline.pages import page_metadata

pytestmark = pytest.mark.django_db

JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
PROPERTY = re.compile(r'<meta property="og:(\w+)" content="([^"]*)">')


def data(client: Client, address: str) -> dict:
    (text,) = JSON_LD.findall(client.get(address).content.decode())
    return json.loads(text)


def preview(client: Client, address: str) -> dict[str, str]:
    return dict(PROPERTY.findall(client.get(address).content.decode()))


def event_data(client: Client, **fields) -> dict:
    return data(client, make.published(**fields).get_absolute_url())


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2022-03-24", "2022-03-24", None),
        ("2020-11", "2020-11", None),
        ("2020", "2020", None),
        ("202X", None, None),
        ("[2022-03-21,2022-03-22]", "2022-03", None),
        ("[2022-03-21..2022-04-02]", "2022", None),
        ("[2021-12-31,2022-01-01]", None, None),
        ("{2022-03-21,2022-03-22}", "2022-03-21", "2022-03-22"),
        ("2020-09-27/2020-11-10", "2020-09-27", "2020-11-10"),
        ("2020-09/2020-11", "2020-09", "2020-11"),
        ("2020-11-10/..", "2020-11-10", None),
        ("[..2022-03-25]", None, None),
        ("../2020-11", None, "2020-11"),
        ("2022-03-24~", None, None),
        ("2020-11?", None, None),
    ],
)
def test_event_begins_and_ends_as_precisely_as_known(edtf, start, end):
    json_ld = page_metadata.event_data(make.event(edtf=edtf), [], "")

    assert (json_ld.get("startDate"), json_ld.get("endDate")) == (start, end)


def test_event_with_a_clock_time_has_its_offset(client):
    json_ld = event_data(client, edtf="2020-11-10", time_of_day=dt.time(1), time_zone="Asia/Yerevan")

    assert json_ld["startDate"] == "2020-11-10T01:00+04:00"


def test_event_known_to_the_month_tells_no_day(client):
    briefing = make.briefing(published_on=None)
    event = make.published("Ceasefire", edtf="2020-11", briefing=briefing)

    json_ld = JSON_LD.findall(client.get(event.get_absolute_url()).content.decode())[0]

    assert not re.search(r"2020-11-\d\d|\d November 2020", json_ld)
    assert json.loads(json_ld)["description"] == "Date: November 2020."


REPORT = {
    "@type": "Report",
    "name": "Briefing of March",
    "url": "https://example.org/march",
    "publisher": {
        "@type": "Organization",
        "name": "Department",
        "url": "http://testserver/actors/department/",
    },
    "datePublished": "2022-03-25",
}


def quotation(citation: Citation) -> dict:
    return {
        "@type": "Quotation",
        "text": "The ceasefire holds.",
        "inLanguage": "en",
        "url": f"http://testserver/briefings/march/#q-{citation.public_id}",
        "spokenByCharacter": {
            "@type": "Person",
            "name": "Porter",
            "url": "http://testserver/actors/porter/",
        },
        "isPartOf": REPORT,
    }


def test_event_is_told_whole(client):
    publisher = make.actor("Department", kind="organisation", slug="department")
    briefing = make.briefing(
        slug="march", title="Briefing of March", publisher=publisher, url="https://example.org/march"
    )
    event = make.event(
        "Ceasefire",
        edtf="2020-11",
        type="ceasefire",
        summary="No day is given.",
        place=make.place("Shusha", slug="shusha", country="AZ", latitude="39.758", longitude="46.748"),
        place_precision="exact",
        conflict=make.conflict("Conflict", slug="conflict"),
    )
    make.participation(event, make.actor("Armenia", slug="armenia"))
    speaker = make.actor("Porter", kind="person", slug="porter")
    citation = make.citation(event, briefing, speaker=speaker, act="confirms")
    event.publish()

    url = f"http://testserver/events/{event.public_id}/"
    assert data(client, event.get_absolute_url()) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "identifier": event.public_id,
        "name": "Ceasefire",
        "description": "Date: November 2020. No day is given.",
        "startDate": "2020-11",
        "location": {
            "@type": "Place",
            "name": "Shusha",
            "url": "http://testserver/places/shusha/",
            "address": {"@type": "PostalAddress", "addressCountry": "AZ"},
            "geo": {"@type": "GeoCoordinates", "latitude": 39.758, "longitude": 46.748},
        },
        "about": [{"@type": "Country", "name": "Armenia", "url": "http://testserver/actors/armenia/"}],
        "keywords": ["Ceasefire & agreement", "Ceasefire in force"],
        "superEvent": {"@type": "Event", "name": "Conflict", "url": "http://testserver/conflicts/conflict/"},
        "subjectOf": [quotation(citation)],
    }


@pytest.mark.parametrize(
    ("kind", "type_"), [("news_item", "NewsArticle"), ("social_post", "SocialMediaPosting"), ("readout", "Report")]
)
def test_source_has_its_type(client, kind, type_):
    briefing = make.briefing(kind=kind)
    json_ld = event_data(client, briefing=briefing)

    assert json_ld["subjectOf"][0]["isPartOf"]["@type"] == type_
    assert data(client, briefing.get_absolute_url())["@type"] == type_


@pytest.mark.parametrize("precision", ["province", ""])
def test_point_of_a_loosely_known_place_is_not_told(client, precision):
    place = make.place(latitude="39.8", longitude="46.7")

    assert "geo" not in event_data(client, place=place, place_precision=precision)["location"]


def test_event_that_only_a_question_asserts_says_so(client):
    briefing = make.briefing("QUESTION: Yesterday they urged both sides.\n\nMS PORTER: Thanks.")
    event = make.published(
        "Urged", briefing=briefing, actuality="unclear", cited={"quote": "Yesterday they urged both sides."}
    )

    for description in (
        data(client, event.get_absolute_url())["description"],
        preview(client, event.get_absolute_url())["description"],
    ):
        assert "Asserted in a question alone; no source stored here confirms it." in description


def test_event_that_is_disputed_says_so(client):
    event = make.published("Clash")
    make.citation(event, make.briefing(), act="denies", quote="Troops moved.")

    assert "A source denies it." in preview(client, event.get_absolute_url())["description"]


def test_no_text_can_end_the_element(client):
    evil = '</script><script>alert(1)</script><!-- & "'
    event = make.published(evil, summary=evil)

    html = client.get(event.get_absolute_url()).content.decode()

    (text,) = JSON_LD.findall(html)
    assert not set("<>&") & set(text)
    assert json.loads(text)["name"] == evil
    assert "<script>alert" not in html


def test_preview_of_an_event_has_its_honest_date(client):
    event = make.published("Ceasefire", edtf="2020-11")

    assert preview(client, event.get_absolute_url()) == {
        "site_name": "Conflict event timeline",
        "type": "article",
        "title": "Ceasefire, November 2020",
        "description": f"November 2020. {event.citations.get().briefing.publisher} reports: “The ceasefire holds.”",
        "url": f"http://testserver/events/{event.public_id}/",
        "locale": "en_GB",
    }


def test_preview_of_a_list_is_its_sentence(client):
    make.published(type="phone-call")

    tags = preview(client, "/?utm_source=x&category=call")

    assert tags["title"] == "1 event, in the category Call, oldest first"
    assert tags["url"] == "http://testserver/?category=call"
    assert tags["type"] == "website"


def test_list_names_the_events_of_its_page(client, settings):
    settings.EVENTS_PER_PAGE = 2
    briefing = make.briefing()
    events = [make.published(edtf=f"2022-03-0{day}", briefing=briefing) for day in (1, 2, 3)]

    json_ld = data(client, f"/?after={events[1].public_id}")

    assert json_ld["url"] == "http://testserver/?order=date"
    assert json_ld["mainEntity"] == {
        "@type": "ItemList",
        "numberOfItems": 3,
        "itemListElement": [
            {"@type": "ListItem", "position": 3, "url": f"http://testserver/events/{events[2].public_id}/"}
        ],
    }


def test_list_of_an_actor_is_told_under_its_name(client):
    armenia = make.actor("Armenia", slug="armenia")
    make.participation(make.published(), armenia)

    tags = preview(client, "/actors/armenia/")

    assert tags["title"] == "Armenia: 1 event, involving Armenia, oldest first"
    assert tags["url"] == "http://testserver/actors/armenia/"


def test_briefing_is_told_as_report(client):
    publisher = make.actor("Department", kind="organisation", slug="department")
    briefing = make.briefing(
        slug="march", title="Briefing of March", publisher=publisher, archive_url="https://archive.example/1"
    )
    make.published(briefing=briefing)

    url = "http://testserver/briefings/march/"
    assert data(client, "/briefings/march/") == {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": url,
        "url": url,
        "name": "Briefing of March",
        "publisher": {
            "@type": "Organization",
            "name": "Department",
            "url": "http://testserver/actors/department/",
        },
        "datePublished": "2022-03-25",
        "inLanguage": "en",
        "isBasedOn": "https://archive.example/1",
    }
    assert preview(client, "/briefings/march/")["description"] == (
        "Press briefing by Department, 25 March 2022, with the words that 1 event cites."
    )


def test_withdrawn_event_is_told_as_withdrawn_and_nothing_else(client):
    event = make.published("Clash")
    event.withdraw("Entered twice.")

    html = client.get(event.get_absolute_url()).content.decode()

    assert JSON_LD.findall(html) == []
    assert preview(client, event.get_absolute_url())["title"] == "Withdrawn: Clash"


@pytest.mark.parametrize("address", ["/?frm=1", "/events/nothing/", "/briefings/nothing/"])
def test_wrong_address_tells_nothing(client, address):
    html = client.get(address).content.decode()

    assert JSON_LD.findall(html) == PROPERTY.findall(html) == []
