import re

import pytest

from tests import make

from .clients import page_ids, words

pytestmark = pytest.mark.django_db


def test_page_shows_an_event_with_date_words_and_source(client):
    briefing = make.briefing(title="Briefing of March", slug="march", publisher=make.actor("Department"))
    event = make.event("Ceasefire", edtf="2020-11", type="ceasefire", place=make.place("Line of contact"))
    make.participation(event, make.actor("Armenia"), "participant")
    make.citation(event, briefing, speaker=make.actor("Porter"), act="confirms")
    event.publish()

    page = words(client.get("/"))

    entry = page[page.index("2020 1 event") : page.index("1 source")]
    for part in ["November 2020", "Ceasefire & agreement", "Line of contact", "Armenia", "participant", "Porter"]:
        assert part.replace("&", "&amp;") in entry
    assert "confirms" in entry
    assert "“The ceasefire holds.”" in entry
    assert "quote matched in our stored text" in entry


def test_no_day_is_printed_that_is_not_known(client):
    make.published("Ceasefire", edtf="2020-11")

    assert not re.search(r"\b\d{1,2} November 2020|2020-11-\d\d", words(client.get("/")))


def test_gap_is_said(client):
    make.published(edtf="2020-11")
    make.published(edtf="{2022-03-21,2022-03-22}")

    assert "1 year 4 months: no event recorded; no source read in full." in words(client.get("/"))


def test_gap_is_said_from_a_sixth_of_the_window_on(client):
    for edtf in ("2022-01-01", "2022-06-01", "2022-08-20", "2022-12-31"):  # gaps of 150, 79 and 132 days in some 380
        make.published(edtf=edtf)

    html = client.get("/").content.decode()

    assert re.findall(r"<p><b>(.*?): no event recorded", html) == ["4 months", "3 months", "5 months"]
    make.published(edtf="2021-06-01")  # now a sixth of the window is longer than the second gap

    html = client.get("/").content.decode()

    assert re.findall(r"<p><b>(.*?): no event recorded", html) == ["4 months", "5 months", "7 months"]


def test_event_without_a_known_start_comes_last(client):
    undated = make.published("Troops", edtf="[..2022-03-25]")
    dated = make.published("Call", edtf="2022-03-24")

    for query in ("", "order=-date"):
        assert page_ids(client, query) == [dated.public_id, undated.public_id]
    page = words(client.get("/"))
    assert page.index("Call") < page.index("Start not known") < page.index("On or before 25 March 2022")


def test_wrong_filter_is_refused_beside_its_field(client):
    event = make.published("Ceasefire", edtf="2020-11")

    response = client.get("/?from=2022-02-30&frm=1")

    assert response.status_code == 400
    page = response.content.decode()
    assert event.public_id not in page
    assert 'aria-invalid="true"' in page
    assert "“2022-02-30” does not exist: February 2022 has 28 days." in page
    assert "There is no filter “frm”. Did you mean “from”?" in page


def test_page_mark_that_is_no_event_is_refused(client):
    make.published()

    response = client.get("/?after=nothing")

    assert response.status_code == 400
    assert "Start from the first page." in words(response)


def test_pages_keep_the_filter(client, settings):
    settings.EVENTS_PER_PAGE = 2
    briefing = make.briefing()
    calls = [make.published(f"Call {number}", type="phone-call", briefing=briefing).public_id for number in range(5)]
    make.published("Clash", type="clash", briefing=briefing)

    assert page_ids(client, "category=call") == calls
    assert "1 to 2 of 5" in words(client.get("/?category=call"))


def test_both_counts_are_shown(client):
    make.published(edtf="2022-03-24")
    make.published(edtf="2022-03-24~")

    response = client.get("/?from=2022-03&to=2022-03")

    assert (response.context["count_possible"], response.context["count_certain"]) == (2, 1)
    assert "2 events in March 2022, 1 of them only possibly, oldest first" in words(response)
    assert "1 definitely in this period, 1 possibly." in words(response)
    assert "May fall in this period 2 Definitely in this period 1" in words(response)
    assert "definitely in this period," not in words(client.get("/"))
    assert "May fall in this period Definitely in this period" in words(client.get("/"))
    assert client.get("/?from=2022-03&to=2022-03&when=certain").context["count_possible"] == 2


def test_empty_result_offers_the_nearest_widening(client):
    make.published(edtf="2022-03-24")

    response = client.get("/?from=2022-01&to=2022-02")

    assert "No events match" in words(response)
    assert 'href="/?from=2022-01&amp;to=2022-03-24"' in response.content.decode()


def test_event_known_from_a_question_alone_says_so(client):
    briefing = make.briefing("QUESTION: Yesterday they urged both sides.\n\nMS PORTER: Thanks.")
    make.published("Urged", briefing=briefing, actuality="unclear", cited={"quote": "Yesterday they urged both sides."})

    html = client.get("/").content.decode()

    assert '<span class="actuality actuality--unclear">Unclear whether it happened</span>' in html
    assert (
        '<p class="known"><span>Quote matched in our stored text</span><span class="known__weak">asserted in a question '
        "alone</span><span>no source asserts it outside a question</span></p>"
    ) in html
    assert 'href="#i-verified"' not in html


def test_filter_links_of_chips_take_one_part_out(client):
    make.published(type="phone-call")

    response = client.get("/?category=call&from=2022")

    assert [(clause.label, clause.query_without) for clause in response.context["clauses"]] == [
        ("Category", "from=2022"),
        ("Period", "category=call"),
    ]


def test_refusal_names_the_label_of_the_field(client):
    assert "<b>Words in events and quotes</b>: " in client.get("/?q=-ceasefire").content.decode()
    assert "<b>frm</b>: There is no filter “frm”." in client.get("/?frm=2022").content.decode()
