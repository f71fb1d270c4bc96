"""The page that says how an event and each of its quotes is cited."""

import json

import bibtexparser
import pytest
from django.utils import timezone

from tests import make
from timeline.models import PublicRevision

from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

ADDRESS = "/events/e000000001/cite/"


@made_once
def event():
    briefing = make.briefing(slug="march", title="Briefing of March", publisher=make.actor("Department"))
    event = make.event("Ceasefire", edtf="2020-11", public_id="e000000001")
    make.citation(event, briefing, quote="The ceasefire holds.", speaker=make.actor("Porter"), public_id="c000000001")
    event.publish()
    return event


def today() -> str:
    day = timezone.localdate()
    return f"{day.day} {day:%B} {day.year}"


def test_event_and_quote_are_cited_in_words_with_the_revision(client, event):
    number, _ = PublicRevision.objects.current()
    context = client.get(ADDRESS).context

    assert context["cite"].text == (
        f"Conflict event timeline: “Ceasefire”, November 2020. In: Conflict event timeline. Revision {number}. "
        f"http://testserver/events/e000000001/#revision={number} (read on {today()})"
    )
    assert [reference.text for _, reference in context["quotes"]] == [
        f"Porter: “The ceasefire holds.”. In: Briefing of March, Department, 25 March 2022. Revision {number}. "
        f"http://testserver/briefings/march/#q-c000000001 (read on {today()})"
    ]


@pytest.mark.parametrize(
    ("quote", "author"),
    [("Is it over?", "A questioner"), ("It is not.", "A speaker not named"), ("Press Room", "Department")],
)
def test_quote_of_nobody_named_is_not_the_publishers(client, quote, author):
    text = "Press Room\n\nQ  Is it over?\n\nMS. LEE: It is not."
    event = make.event("Ceasefire")
    make.citation(event, make.briefing(text, publisher=make.actor("Department")), quote=quote, act="confirms")
    make.citation(event)
    event.publish()

    references = client.get(f"{event.get_absolute_url()}cite/").context["quotes"]

    assert [reference.author for _, reference in references if quote in reference.title] == [author]


def test_forms_for_programs_are_read_by_programs(client, event):
    number, at = PublicRevision.objects.current()
    cite, day = client.get(ADDRESS).context["cite"], timezone.localdate()

    (entry,) = bibtexparser.parse_string(cite.bibtex).entries
    assert (entry.key, entry["year"], entry["version"]) == ("event-e000000001", str(at.year), str(number))
    assert entry["urldate"] == day.isoformat()
    assert json.loads(cite.csl) == [
        {
            "id": "event-e000000001",
            "type": "dataset",
            "title": "“Ceasefire”, November 2020",
            "author": [{"literal": "Conflict event timeline"}],
            "container-title": "Conflict event timeline",
            "issued": {"date-parts": [[at.year]]},
            "version": str(number),
            "URL": f"http://testserver/events/e000000001/#revision={number}",
            "accessed": {"date-parts": [[day.year, day.month, day.day]]},
        }
    ]


@pytest.mark.parametrize("address", ["/events/e000000002/cite/", "/events/x/cite/"])
def test_event_that_is_not_there_is_not_found(client, event, address):
    make.event("Draft", public_id="e000000002")

    assert client.get(address).status_code == 404
