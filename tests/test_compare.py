"""The page that compares two filters: what it says of both, its addresses and its form."""

import re
from urllib.parse import urlencode

import pytest

from tests import make

from . import compare_page
from .clients import page_ids, words
from .compare_page import CALLS, TROOPS, compare
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

record = made_once(compare_page.record)


def test_both_sides_are_said_and_counted(client, record):
    page = words(compare(client, CALLS, TROOPS + "&from=2022-03-24&to=2022-03-24"))

    assert "A 2 events , in the category Call List of A" in page
    assert (
        "B 3 events , in the category Troop movement, on 24 March 2022, 2 of them only possibly 1 definitely in this period, 2 possibly."
        in page
    )
    assert "1 without a known start, not charted." in page
    assert "No event is in both A and B." in page


def test_sides_lead_to_their_lists_and_exports(client, record):
    html = compare(client, CALLS, TROOPS).content.decode()

    for query in (CALLS, TROOPS):
        assert f'href="/?{query}"' in html
        assert f'href="/events.csv?{query}"' in html
        assert f'href="/export/?{query}"' in html


def test_events_in_both_are_counted(client):
    armenia, azerbaijan = make.actor("Armenia", slug="armenia"), make.actor("Azerbaijan", slug="azerbaijan")
    together = make.published()
    make.participation(together, armenia)
    make.participation(together, azerbaijan)
    make.participation(make.published(), armenia)

    page = words(compare(client, "actor=armenia", "actor=azerbaijan"))

    assert "A 2 events , involving Armenia" in page
    assert "B 1 event , involving Azerbaijan" in page
    assert "1 event is counted in both A and B." in page


def test_empty_filter_means_all_events(client, record):
    page = words(compare(client, CALLS, ""))

    assert "B 6 events" in page
    assert "2 events are counted in both" in page


def test_permalink_is_canonical(client, record):
    response = compare(client, "to=2022&category=call&order=-date&from=", "when=possible&category=troops&utm_source=x")

    address = f"http://testserver/compare/?{urlencode({'a': 'category=call&to=2022', 'b': TROOPS})}"
    assert response.context["permalink"] == address
    assert f'<link rel="canonical" href="{address.replace("&", "&amp;")}">' in response.content.decode()


def test_form_leads_to_the_address_of_the_pair(client, record):
    form = {"a-category": ["call", "talks"], "a-q": "", "a-from": "2022", "b-category": "troops", "b-q": '"a b"'}

    response = client.get(f"/compare/?{urlencode(form, doseq=True)}")

    a, b = "category=call&category=talks&from=2022", "category=troops&q=%22a+b%22"
    assert (response.status_code, response["Location"]) == (302, f"/compare/?{urlencode({'a': a, 'b': b})}")


def test_form_wins_over_the_address_and_keeps_the_other_side(client, record):
    response = client.get(f"/compare/?{urlencode({'a': CALLS, 'b': CALLS, 'b-category': 'troops', 'scale': 'own'})}")

    assert response["Location"] == f"/compare/?{urlencode({'a': CALLS, 'b': TROOPS, 'scale': 'own'})}"


def test_one_filter_alone_asks_for_the_other(client, record):
    response = client.get(f"/compare/?{urlencode({'a': CALLS})}")

    html = response.content.decode()
    assert response.status_code == 200
    for side in "ab":
        assert f'name="{side}-category" value="call" checked' in html
    assert response.context["suggestions"][3] == (
        "Troop movement",
        f"/compare/?{urlencode({'a': CALLS, 'b': TROOPS})}",
    )
    assert response.context["suggestions"][-1] == ("All events", f"/compare/?{urlencode({'a': CALLS, 'b': ''})}")


def test_bare_page_offers_the_form(client, record):
    response = client.get("/compare/")

    assert response.status_code == 200
    assert 'name="b-known_by"' in response.content.decode()
    assert response.context["suggestions"] == []


def test_form_keeps_what_it_has_no_field_for(client, record):
    html = compare(client, "category=call&when=certain", "act=reports&act__not=denies").content.decode()

    for name, value, label in [
        ("a-when", "certain", "When: Definitely in this period"),
        ("b-act__not", "denies", "Act, none of: denies"),
    ]:
        assert f'<input type="checkbox" name="{name}" value="{value}" checked>{label}</label>' in html


@pytest.mark.parametrize(
    ("form", "a"),
    [
        ({"a-category": ["call", "talks"], "a-mode-category": "__not"}, "category__not=call&category__not=talks"),
        ({"a-category": "call", "a-mode-category": ""}, "category=call"),
        ({"a-actor": "armenia", "a-mode-actor": "__all"}, "actor__all=armenia"),
        ({"a-act": "denies", "a-mode-act": "__not", "a-act__not": "reports"}, "act__not=denies&act__not=reports"),
        ({"a-mode-category": "__not"}, ""),
        ({"a-deaths_min": "25", "a-bbox": "44, 38.5,50,42"}, "bbox=44%2C38.5%2C50%2C42&deaths_min=25"),
        ({"a-reported_from": "2022-03", "a-form": "quote"}, "form=quote&reported_from=2022-03"),
    ],
)
def test_values_of_a_list_are_any_all_or_none(client, record, form, a):
    make.participation(make.published(), make.actor("Armenia", slug="armenia"))

    response = client.get(f"/compare/?{urlencode(form | {'b-q': 'x'}, doseq=True)}")

    assert (response.status_code, response["Location"]) == (302, f"/compare/?{urlencode({'a': a, 'b': 'q=x'})}")


def test_form_shows_what_is_in_force_under_its_mode(client, record):
    html = compare(client, "category__not=call&deaths_min=3&bbox=1,2,3,4", "").content.decode()

    assert '<option value="__not" selected>none of these</option>' in html
    assert 'name="a-category" value="call" checked' in html
    assert 'name="b-category" value="call">' in html
    assert re.search(r'name="a-deaths_min"[^>]* value="3"', html)
    assert re.search(r'name="a-bbox"[^>]* value="1,2,3,4"', html)


def test_mode_that_a_list_does_not_have_is_refused(client, record):
    response = client.get("/compare/?a-category=call&a-mode-category=__all&b-q=x")

    assert response.status_code == 400
    assert "There is no filter “mode-category”." in words(response)


def test_lists_have_what_most_events_have(client, monkeypatch):
    monkeypatch.setattr("timeline.views.compare.MOST_OPTIONS", 2)
    for name, count in (("Armenia", 1), ("Azerbaijan", 3), ("Artsakh", 2)):
        party = make.actor(name, slug=name.lower())
        for _ in range(count):
            make.participation(make.published(), party)
    make.participation(make.event(), make.actor("Hidden"))

    html = compare(client, "", "").content.decode()

    assert re.findall(r'name="a-actor" value="([^"]*)"', html) == ["artsakh", "azerbaijan"]
    assert "Listed are those with most events." in html


def test_each_side_has_its_own_day_of_knowledge(client):
    make.published(edtf="2022-02-20", briefing=make.briefing(published_on="2022-03-01"))
    make.published(edtf="2022-02-20", briefing=make.briefing(published_on="2022-03-20"))

    response = compare(client, "known_by=2022-03-10", "")

    page = words(response)
    assert "A 1 event , as known on 10 March 2022" in page
    assert "B 2 events" in page
    assert page.count("The record as known on 10 March 2022.") == 1
    assert 'href="/compare/?a=&amp;b=">see today’s record</a>' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"a": "frm=1", "b": ""}, "A, frm : There is no filter “frm”. Did you mean “from”?"),
        ({"a": "", "b": "from=2022-02-30"}, "B, From : “2022-02-30” does not exist: February 2022 has 28 days."),
        ({"a": "category=calls"}, "A, Category : “calls”: not known here."),
        ({"a": "after=x", "b": ""}, "A, after : There is no filter “after”."),
        ({"a-from": "yesterday", "b-from": "2022"}, "A, From : “yesterday” is not a year, a month or a day."),
        ({"a": "", "b": "", "c": "1"}, "c : A comparison has no “c”. It takes two filters, a and b."),
        ({"a": ["", "q=x"], "b": ""}, "a : “a” is given more than once. Keep one."),
        ({"a": "", "b": "", "scale": "log"}, "scale : Write scale=own, or leave it out"),
    ],
)
def test_wrong_side_is_refused_with_its_letter(client, record, query, message):
    response = client.get(f"/compare/?{urlencode(query, doseq=True)}")

    page = words(response)
    assert response.status_code == 400
    assert message in page
    assert page.count("This comparison cannot be made") == 2
    assert not re.search(r"\d events?\b", page.split(" events have")[0].rpartition(" ")[0])


def test_wrong_side_is_said_beside_its_field(client, record):
    html = compare(client, CALLS, "from=2022-02-30").content.decode()

    assert re.search(r'id="b-from"[^>]*value="2022-02-30" aria-invalid="true" aria-describedby="error-b-from"', html)
    assert '<p class="facet__error" id="error-b-from">' in html


def test_unknown_chosen_value_stays_in_the_form(client, record):
    html = compare(client, "actor=nobody", "").content.decode()

    assert '<input type="checkbox" name="a-actor" value="nobody" checked>nobody</label>' in html


def test_timeline_leads_to_the_comparison_of_its_filter(client, record):
    html = client.get("/?category=call&known_by=2023").content.decode()

    assert f'href="/compare/?{urlencode({"a": "category=call&known_by=2023"})}"' in html


def test_sides_hold_the_events_of_their_lists(client, record):
    for query in (CALLS, TROOPS, "from=2022-03-25", "when=certain&from=2022-03-24&to=2022-03-25"):
        page = words(compare(client, query, ""))
        count = len(page_ids(client, query))
        assert f"A {count} event{'' if count == 1 else 's'}" in page
