"""The page on which a reader chooses what to take away."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from timeline.exports import FORMATS, stream
from timeline.exports.columns import WIDE
from timeline.models import DataSet, Event

from .clients import body
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

DOWNLOAD = re.compile(r'<a href="(/events\.[^"]+)" data-download data-size="(\d+)">')


@made_once
def events():
    return [make.published("Call", type="phone-call"), make.published("Statement"), make.published("Words")]


def page(client, query: str = "") -> str:
    return client.get(f"/export/?{query}").content.decode()


def test_every_format_is_a_link_with_the_filter_and_a_size(client, events):
    links = dict(DOWNLOAD.findall(page(client, "category=call")))

    assert list(links) == [f"/events.{extension}?category=call" for extension in FORMATS]
    assert all(int(size) > 0 for size in links.values())


def test_tables_have_a_link_for_excel(client, events):
    links = re.findall(r'<a href="(/events[^"]+bom=1)">for Excel', page(client, "category=call"))

    assert links == [f"/events.{extension}?category=call&amp;bom=1" for extension in ("csv", "citations.csv")]
    content = body(client.get(links[0].replace("&amp;", "&")))
    assert content.startswith("\ufeffpublic_id".encode())


def test_table_for_excel_has_the_manifest_that_proves_it(client, events):
    shown = page(client, "category=call")
    [table, *_] = re.findall(r'<a href="(/events\.[^"]+bom=1)">for Excel', shown)
    [proof, *_] = re.findall(r'<a href="(/events\.[^"]+bom=1)" rel="nofollow">its manifest', shown)
    data, manifest = (body(client.get(address.replace("&amp;", "&"))) for address in (table, proof))

    answer = client.post(
        "/verify/",
        {"file": SimpleUploadedFile("events.csv", data), "manifest": SimpleUploadedFile("events.manifest", manifest)},
    )
    assert answer.context["verdict"].is_proven is True


def test_rows_are_those_of_each_format(client, events):
    offers = [offer for group in client.get("/export/").context["groups"].values() for offer in group]

    rows = {offer.format.extension: offer.rows for offer in offers}
    assert rows == dict.fromkeys(FORMATS, 3) | {"citations.csv": 3}


def test_size_of_few_events_is_exact(client, events):
    (size,) = [int(size) for address, size in DOWNLOAD.findall(page(client)) if address == "/events.ndjson"]

    assert size == len(body(client.get("/events.ndjson")))


@pytest.mark.parametrize("extension", ["csv", "ndjson", "xlsx", "zip", "csl.json", "ics"])
def test_size_of_many_events_is_near_to_that_of_the_file(client, events, monkeypatch, extension):
    monkeypatch.setattr(stream, "SAMPLE", 5)
    briefing = make.briefing()
    for number in range(40):
        make.published(f"Event {number}", briefing=briefing)

    sizes = {address: int(size) for address, size in DOWNLOAD.findall(page(client))}
    size = len(body(client.get(f"/events.{extension}")))

    assert 0.6 * size < sizes[f"/events.{extension}"] < 1.7 * size


def test_nothing_found_is_said(client, events):
    text = page(client, "category=clash")

    assert '<h1 class="title">Export 0 events</h1>' in text
    assert "No events can be exported with this filter" in text
    assert "No event can be exported" not in page(client)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 event of ACLED left out: its licence (ACLED terms) forbids redistribution. It is shown on the page."),
        (
            2,
            "2 events of ACLED left out: its licence (ACLED terms) forbids redistribution. They are shown on the page.",
        ),
    ],
)
def test_what_may_not_leave_the_site_is_told_and_not_promised(client, events, count, words):
    terms = {"licence": "ACLED terms", "attribution": "ACLED, acleddata.com", "redistributable": False}
    acled = DataSet.objects.create(slug="acled", name="ACLED", **terms)
    Event.objects.filter(pk__in=[event.pk for event in events[:count]]).update(data_set=acled)

    text = re.sub(r"<[^>]+>", "", page(client))

    assert re.findall(r"\d events? of ACLED.*", text) == [words]
    assert "Every file contains all events that match the filter that may be exported, in the same order" in text


def test_columns_to_choose_are_those_of_the_table_and_the_filter_goes_along(client, events):
    form = page(client, "category=call").partition('<form class="columns"')[2].partition("</form>")[0]

    assert re.findall(r'name="fields" value="(\w+)"', form) == [column.name for column in WIDE]
    assert '<input type="hidden" name="category" value="call">' in form
