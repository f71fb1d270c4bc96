"""Pages for frames on other sites: the only ones that may be framed."""

import re

import pytest
from django.utils.html import escape

from tests import make
from timeline.absolute_urls import embed_event_url, embed_list_url, iframe

from .clients import page_ids, words

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_frame_shows_the_list_with_its_sentence_and_source(client):
    make.published("Call", type="phone-call", edtf="2022-03-24")
    make.published("Clash", type="clash")

    response = client.get("/embed/?category=call")

    html = response.content.decode()
    assert "1 event , in the category Call, oldest first" in words(response)
    assert re.findall('class="entry__title"><a[^>]*>(.*?)<', html) == ["Call"]
    assert "Clash" not in html
    assert 'From <a href="http://testserver/?category=call">Conflict event timeline</a>' in html
    assert '<link rel="canonical" href="http://testserver/?category=call">' in html


def test_frame_has_nothing_of_the_site_around_it(client):
    make.published()

    html = client.get("/embed/").content.decode()

    assert not re.search(r"<(header|nav|form)\b|Sign in|Export|Embed <", html)


def test_links_leave_the_frame_but_those_that_narrow_it_or_turn_its_pages(client, settings):
    settings.EVENTS_PER_PAGE = 2
    briefing = make.briefing()
    for _ in range(5):
        make.published(briefing=briefing)

    html = client.get("/embed/?from=2022").content.decode()

    assert '<base target="_blank">' in html
    links = re.findall(r"<a [^>]*>", html)
    assert len(links) > 8
    assert [link for link in links if ('target="_self"' in link) != ('href="/embed/' in link)] == []
    assert {mark for link in links for mark in re.findall('class="bucket"|id="clear-period"|rel="next"', link)} == {
        'class="bucket"',
        'id="clear-period"',
        'rel="next"',
    }


def test_pages_inside_the_frame_hold_every_event(client, settings):
    settings.EVENTS_PER_PAGE = 2
    briefing = make.briefing()
    events = [make.published(type="phone-call", briefing=briefing).public_id for _ in range(5)]

    assert page_ids(client, "category=call", "/embed/") == events


def test_same_events_as_the_page_at_any_day(client):
    make.published("Early", briefing=make.briefing(published_on="2022-03-01"))
    make.published("Late", briefing=make.briefing(published_on="2022-03-20"))

    for query in ("order=date", "known_by=2022-03-10", "known_by=2022-02"):
        assert page_ids(client, query, "/embed/") == page_ids(client, query)


def test_record_of_a_day_is_said_in_the_frame(client):
    make.published()

    response = client.get("/embed/?known_by=2022-03-24")

    assert "The record as known on 24 March 2022." in words(response)
    assert '<a href="/">see today’s record</a>' in response.content.decode()
    assert "No events match this filter." in words(response)


@pytest.mark.parametrize("address", ["/embed/", "/embed/?frm=1", "/embed/events/{event}/"])
def test_any_site_may_frame_it_and_the_rest_of_the_policy_holds(client, address):
    event = make.published().public_id

    response = client.get(address.format(event=event))

    assert "X-Frame-Options" not in response
    framed, usual = policy(response), policy(client.get("/"))
    assert framed.pop("frame-ancestors") == "*"
    assert usual.pop("frame-ancestors") == "'none'"
    assert framed == usual


@pytest.mark.parametrize("address", ["/", "/events/{event}/", "/briefings/", "/compare/", "/nowhere/", "/admin/login/"])
def test_no_other_page_may_be_framed(client, address):
    event = make.published().public_id

    response = client.get(address.format(event=event))

    assert policy(response)["frame-ancestors"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"


def test_frame_of_one_event(client):
    event = make.published("Ceasefire", edtf="2020-11")

    response = client.get(f"/embed/events/{event.public_id}/")

    html = response.content.decode()
    assert "<title>Ceasefire, November 2020 – " in html
    assert f'<h1 class="entry__title"><a href="/events/{event.public_id}/">Ceasefire</a></h1>' in html
    assert "“The ceasefire holds.”" in words(response)
    assert f'From <a href="http://testserver/events/{event.public_id}/">' in html
    assert not re.search(r"2020-11-\d\d|\b\d{1,2} November 2020", html)


def test_frame_of_a_withdrawn_event_says_why(client):
    event = make.published("Clash")
    event.withdraw("Entered twice.")

    response = client.get(f"/embed/events/{event.public_id}/")

    assert response.status_code == 200
    assert "This event was withdrawn." in words(response)
    assert "Reason: Entered twice." in words(response)
    assert "The ceasefire holds" not in words(response)


def test_page_offers_the_html_of_its_frame(client):
    event = make.published("Call “x” & <y>", type="phone-call", edtf="2022-03-24")

    page = client.get("/?category=call&known_by=2022").content.decode()
    sentence = "1 event, in the category Call, as known at the end of 2022, oldest first"
    assert escape(iframe("http://testserver/embed/?category=call&known_by=2022", sentence)) in page
    page = client.get(event.get_absolute_url()).content.decode()
    assert escape(iframe(embed_event_url(event.public_id), "Call “x” & <y>, 24 March 2022", height=320)) in page


def test_html_of_a_frame_is_escaped():
    assert iframe(embed_list_url("category=call&q=%22"), 'A "title" <b>', 640, 480) == (
        '<iframe src="http://testserver/embed/?category=call&amp;q=%22" title="A &quot;title&quot; &lt;b&gt;"'
        ' width="640" height="480" loading="lazy" style="border: 0"></iframe>'
    )
