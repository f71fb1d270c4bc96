"""/marks.html, the cards, and the lanes on the page."""

import datetime as dt
import re

import pytest

from tests import make
from timeline.models import Event

pytestmark = pytest.mark.django_db


def test_marks_as_json_are_gone(client):
    answer = client.get("/marks.json?lanes=actor")

    words = (
        "Marks are no longer given as JSON. Use /api/v1/histogram/ with the same filter: it counts events over time."
    )
    assert (answer.status_code, answer.json()) == (410, {"errors": {"format": [words]}, "status": 410})


def test_marks_have_no_other_format(client):
    assert client.get("/marks.csv").status_code == 404


def test_marks_of_no_events_are_empty(client):
    assert client.get("/marks.html").content == client.get("/marks.html?axis=reported").content == b""


def test_view_of_the_page_never_changes_the_list(client):
    for day in ("2022-03-01", "2022-03-24"):
        make.published(edtf=day)
    plain = client.get("/?order=date").context

    other = client.get("/?lanes=category&lane=call&scale=root").context

    assert other["sentence"] == plain["sentence"]
    assert other["page"] == plain["page"]


def test_address_of_old_whose_lanes_had_days_leads_to_the_period(client):
    answer = client.get("/?category=call&from=2022&first=2022-03-20&last=2022-03-26&lanes=actor")

    assert answer.headers["Location"] == "/?category=call&from=2022-03-20&lanes=actor&to=2022-03-26"


def test_page_refuses_a_wrong_view(client):
    make.published()

    page = client.get("/?lanes=colour&axis=up")

    assert page.status_code == 400
    assert page.context["wrong"] == {
        "lanes": ["“colour”: not known here. Choose from: category, type, actor, place, publisher, speaker."],
        "axis": ["“up”: not known here. Choose from: lanes, reported."],
    }


@pytest.mark.parametrize("name", ["lanes", "lane", "axis", "scale", "measure", "first", "event", "px"])
def test_exports_refuse_what_belongs_to_the_view(client, name):
    assert client.get(f"/events.csv?{name}=1").json()["errors"].keys() == {name}


def test_page_draws_the_lanes_as_wide_as_asked_and_no_link_carries_it_on(client):
    make.published()

    page = client.get("/?category=statement&px=360").content.decode()

    assert 'data-width="360"' in page
    assert "px=" not in page


def test_page_draws_the_marks_without_script(client):
    event = make.published("Ceasefire", edtf="2020-11", type="ceasefire")

    page = client.get("/").content.decode()

    (mark,) = re.findall(r'<a class="mark[^>]*>', page)
    assert f'href="/events/{event.public_id}/"' in mark
    assert "<title>Ceasefire, November 2020</title>" in page


def test_drawing_of_very_many_events_comes_after_the_page(client, monkeypatch):
    monkeypatch.setattr("timeline.views.chart_marks.MOST_AT_ONCE", 1)
    make.published("One", edtf="2022-03-24")
    assert client.get("/?order=date").context["lanes_later"] == ""
    make.published("Other", edtf="2022-03-26")

    page = client.get("/?order=date")

    assert page.context["lanes"] == ""
    assert page.context["lanes_later"] == "/?lanes=category"
    assert 'class="mark' not in page.content.decode()
    assert 'class="mark' in client.get(page.context["lanes_later"]).content.decode()


def test_drawing_follows_a_write(client):
    event = make.published("Title of old")
    assert b"Title of old" in client.get("/marks.html").content

    event.title = "Title of new"
    event.save()

    assert b"Title of old" not in client.get("/marks.html").content


def test_selected_event_has_its_card_on_the_page(client):
    event = make.published("A call")

    page = client.get(f"/?event={event.public_id}").content.decode()

    assert f'data-id="{event.public_id}"' in page
    assert len(re.findall(r'id="e-', page)) == len(re.findall(r'id="card-', page)) == 1


def test_card_shows_what_the_list_shows(client):
    event = make.published("A call")

    card = client.get(f"/events/{event.public_id}/card/").content.decode()

    assert all(words in card for words in ("A call", "24 March 2022", "The ceasefire holds.", event.get_absolute_url()))


def test_card_hides_what_a_briefing_said_later(client):
    event = make.published(cited={"quote": "The ceasefire holds."})
    make.citation(event, make.briefing("MS PORTER: Said later.", published_on=dt.date(2023, 1, 1)), quote="Said later.")

    card = client.get(f"/events/{event.public_id}/card/?known_by=2022-06").content.decode()

    assert "The ceasefire holds." in card
    assert "1 citation" in card
    assert "Said later" not in card


@pytest.mark.parametrize("query", ["known_by=2021", "q=Meeting"])
def test_event_that_the_filter_does_not_find_has_no_card(client, query):
    event = make.published("A call")
    make.published("Meeting", briefing=make.briefing(published_on=dt.date(2020, 3, 1)), edtf="2020-03-01")

    answers = client.get(f"/events/{event.public_id}/card/?{query}"), client.get(f"/?{query}&event={event.public_id}")

    assert [answer.status_code for answer in answers] == [404, 200]
    assert [b"A call" in answer.content for answer in answers] == [False, False]


def test_card_of_a_cell_lists_known_days_first_and_says_what_is_left_out(client):
    make.published("Goes on", edtf="2022-01-01/..", type="clash")
    make.copies(make.published("That day", edtf="2022-03-24", type="clash"), 20)

    card = client.get("/marks/cell/?number=5&lanes=category&first=2022-03-24&last=2022-03-24").content.decode()

    assert "Clash &amp; strike, 24 March 2022: 22 events" in card
    assert card.count("That day") == 20
    assert "The first 20 are listed." in card
    assert "/?category=clash&amp;from=2022-03-24&amp;to=2022-03-24&amp;lanes=category#list" in card


@pytest.mark.parametrize(
    "query", ["first=2022-03-24&last=2022-03-24", "number=99&first=2022-03-24&last=2022-03-24", "number=1"]
)
def test_card_of_a_cell_needs_lane_and_days(client, query):
    make.published()

    assert client.get(f"/marks/cell/?{query}").status_code == 400


def test_reported_axis_sets_the_event_against_its_first_report(client):
    make.published("Ceasefire", edtf="2020-11", briefing=make.briefing(published_on=dt.date(2022, 3, 25)))
    unreported = make.published(briefing=make.briefing(published_on=None))

    page = client.get("/?axis=reported").content.decode()

    assert "1 event is left out" in page
    assert Event.objects.get(pk=unreported.pk).first_reported_on is None


def test_one_category_is_drawn_by_what_still_differs(client):
    for event_type in ("meeting", "mediation"):
        make.published(type=event_type)

    page = client.get("/?order=date")

    assert re.findall(r'<a href="([^"]*)" rel="nofollow">([^<]*)</a> <span class="count">', page.content.decode()) == [
        ("/?type=meeting", "Meeting"),
        ("/?type=mediation", "Mediation"),
    ]


def test_name_of_a_lane_takes_its_value_in_or_out(client):
    make.published(type="phone-call")
    make.published(type="clash")

    page = client.get("/?category=clash&lanes=category").content.decode()

    assert '<a href="/?lanes=category" rel="nofollow">Clash &amp; strike</a>' in page
    assert '<a href="/?category=call&amp;category=clash&amp;lanes=category" rel="nofollow">' in page


def test_lanes_can_be_chosen(client):
    for slug in ("donetsk", "luhansk"):
        make.published(place=make.place(slug.capitalize(), slug=slug))

    page = client.get("/?lanes=place&lane=luhansk").content.decode()

    lanes = re.findall(r'(?:rel="nofollow">|<span>)([^<]*)</(?:a|span)> <span class="count">(\d)', page)
    assert lanes == [("Luhansk", "1"), ("Others, or none named", "1")]
    assert '<input type="checkbox" name="lane" value="luhansk" checked> Luhansk' in page
    assert '<input type="checkbox" name="lane" value="donetsk"> Donetsk' in page


@pytest.mark.parametrize("lanes", ["place", "category"])
def test_lane_that_no_event_can_have_is_refused(client, lanes):
    make.published()

    page = client.get(f"/?lanes={lanes}&lane=nowhere")

    assert page.status_code == 400
    assert page.context["wrong"] == {"lane": ["“nowhere”: no event of this list has it. Choose another lane."]}
