"""oEmbed 1.0: what a site learns that embeds one of our addresses."""

import re
from urllib.parse import urlencode

import pytest

from tests import make
from timeline.absolute_urls import embed_event_url, embed_list_url, iframe

pytestmark = pytest.mark.django_db


def ask(client, url: str, **parameters):
    return client.get(f"/oembed/?{urlencode({'url': url} | parameters)}")


def test_timeline_is_described(client):
    make.published(type="phone-call")

    response = ask(client, "http://testserver/?category=call", format="json")

    title = "1 event, in the category Call, oldest first"
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Conflict event timeline",
        "provider_url": "http://testserver",
        "html": iframe("http://testserver/embed/?category=call", title, 800, 600),
        "width": 800,
        "height": 600,
    }


def test_event_is_described(client):
    event = make.published("Ceasefire", edtf="2020-11")

    description = ask(client, f"http://testserver{event.get_absolute_url()}#citations").json()

    assert description["title"] == "Ceasefire, November 2020"
    assert description["html"] == iframe(embed_event_url(event.public_id), "Ceasefire, November 2020", 800, 320)


def test_page_or_view_of_a_list_stands_for_the_whole_list(client):
    event = make.published()

    address = f"http://testserver/?after={event.public_id}&known_by=2022&lanes=actor&scale=root&utm_source=x"
    description = ask(client, address).json()

    assert f'src="{embed_list_url("known_by=2022")}"' in description["html"]


def test_list_whose_lanes_had_days_of_their_own_is_embedded_with_this_period(client):
    make.published()

    html = ask(client, "http://testserver/?first=2022-03-01&last=2022-03-31").json()["html"]

    assert f'src="{embed_list_url("from=2022-03-01&to=2022-03-31").replace("&", "&amp;")}"' in html


@pytest.mark.parametrize(
    ("sizes", "given"),
    [
        ({"maxwidth": "400"}, (400, 600)),
        ({"maxheight": "300", "maxwidth": "0640"}, (640, 300)),
        ({"maxwidth": "99999999999999999999", "maxheight": ""}, (800, 600)),
    ],
)
def test_frame_is_no_larger_than_asked(client, sizes, given):
    make.published()

    description = ask(client, "http://testserver/", **sizes).json()

    assert (description["width"], description["height"]) == given
    assert f'width="{given[0]}" height="{given[1]}"' in description["html"]


@pytest.mark.parametrize("size", ["0", "-1", "wide", "4e2", "٣", "4.5"])
def test_size_that_is_no_number_is_refused(client, size):
    response = ask(client, "http://testserver/", maxwidth=size)

    assert response.status_code == 400
    assert response.json()["error"] == "maxwidth: write a whole number of pixels, like 800."


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "http://testserver/briefings/",
        "http://testserver/embed/",
        "http://testserver/admin/",
        "http://testserver/nowhere/",
        "http://testserver/events/nothing/",
        "http://testserver/events.csv",
        "http://testserver.evil.example/",
        "http://evil.example/?x=http://testserver/",
        "http://testserver@evil.example/",
        "http://user@testserver/",
        "http://testserver:99/",
        "javascript:alert(1)",
        "//testserver/",
        "http://[/",
        "http://testserver/?frm=1",
        "http://testserver/?from=2022-02-30",
    ],
)
def test_nothing_else_can_be_embedded(client, url):
    response = ask(client, url)

    assert response.status_code == 404
    assert response.json()["status"] == 404


def test_wrong_filter_is_explained(client):
    response = ask(client, "http://testserver/?frm=2022")

    assert response.json()["error"] == "There is no filter “frm”. Did you mean “from”?"


def test_address_without_a_path_is_the_timeline(client):
    assert ask(client, "https://TESTSERVER").status_code == 200


def test_draft_and_withdrawn_event_are_not_there(client):
    draft, withdrawn = make.event(), make.published()
    withdrawn.withdraw("Entered twice.")

    for event in (draft, withdrawn):
        assert ask(client, f"http://testserver{event.get_absolute_url()}").status_code == 404


@pytest.mark.parametrize("format", ["xml", "yaml", ""])
def test_other_formats_are_not_there(client, format):
    response = ask(client, "http://testserver/", format=format)

    assert response.status_code == 400
    assert response.json()["error"] == "The only format is json."


def test_answer_may_be_read_by_scripts_of_any_site_and_sets_no_cookie(client):
    response = ask(client, "http://testserver/")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.cookies == {}


def test_pages_name_their_description(client):
    event = make.published(type="phone-call")

    for address in ("/?category=call", event.get_absolute_url()):
        html = client.get(address).content.decode()
        (link,) = re.findall('<link rel="alternate" type="application/json\\+oembed" href="([^"]+)"', html)
        description = client.get(link.replace("&amp;", "&")).json()
        assert description["type"] == "rich"
        assert f'title="{description["title"]}">' in html


@pytest.mark.parametrize("address", ["/briefings/", "/?frm=1", "/embed/"])
def test_pages_that_cannot_be_embedded_name_none(client, address):
    assert b"json+oembed" not in client.get(address).content
