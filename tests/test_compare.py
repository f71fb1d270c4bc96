"""Two filters on one axis."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from tests import make
from timeline.charts.comparison import chart, histograms
from timeline.filters import EventFilter
from timeline.models import Event

from .clients import page_ids
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TAGS = re.compile(r"<[^>]+>")
CALLS, TROOPS = "category=call", "category=troops"


def words(response) -> str:
    return " ".join(TAGS.sub(" ", response.content.decode()).split())


def compare(client, a: str, b: str, **more: str):
    return client.get(f"/compare/?{urlencode({'a': a, 'b': b} | more)}")


def drawn(a: str, b: str, **how):
    sides = (EventFilter(QueryDict(query), Event.objects.public()) for query in (a, b))
    return chart(histograms(*sides), **how)


@made_once
def record():
    """Two calls and three troop movements, one of these undated, in March 2022; a clash elsewhere."""
    briefing = make.briefing()
    for edtf, type_ in [
        ("2022-03-21", "phone-call"),
        ("2022-03-24", "phone-call"),
        ("2022-03-24", "troop-movement"),
        ("[2022-03-24..2022-03-27]", "troop-movement"),
        ("[..2022-03-25]", "troop-movement"),
        ("1994-05-12", "clash"),
    ]:
        make.published(edtf=edtf, type=type_, briefing=briefing)


def test_both_sides_are_said_and_counted(client, record):
    page = words(compare(client, CALLS, TROOPS + "&from=2022-03-24&to=2022-03-24"))

    assert "A 2 events , of the category Call The list of A" in page
    assert (
        "B 3 events , of the category Troop movement, on 24 March 2022, 2 of them only possibly 1 certainly in this period, 2 only possibly."
        in page
    )
    assert "1 without a known start, in no bar." in page
    assert "No event is in both." in page


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

    assert "A 2 events , with Armenia" in page
    assert "B 1 event , with Azerbaijan" in page
    assert "1 event is in both, and counted on either side." in page


def test_both_are_drawn_on_one_axis(record):
    found = drawn(CALLS, TROOPS)

    assert found.unit == "day"
    assert [(a.label, a.events, b.events) for a, b in found.rows] == [
        ("21 March 2022", 1, 0),
        ("24 March 2022", 1, 2),
        ("25 March 2022", 0, 1),
        ("26 March 2022", 0, 1),
        ("27 March 2022", 0, 1),
    ]
    assert [column.title for column in found.columns] == [
        "A, 21 March 2022: 1 event",
        "A, 24 March 2022: 1 event",
        "B, 24 March 2022: 2 events, 1 of them only possibly",
        "B, 25 March 2022: 1 event, only possibly",
        "B, 26 March 2022: 1 event, only possibly",
        "B, 27 March 2022: 1 event, only possibly",
    ]
    places = {column.bar.first: set() for column in found.columns}
    for column in found.columns:
        places[column.bar.first].add((column.x, column.width))
    assert all(len(same) == 1 for same in places.values())


def test_axis_reaches_over_both_sides_and_no_further(record):
    found = drawn(CALLS, "category=clash")

    assert found.unit == "year"
    assert [(a.label, a.events, b.events) for a, b in found.rows] == [("1994", 0, 1), ("2022", 2, 0)]


def test_bars_lead_to_the_filter_narrowed_to_them(record):
    found = drawn(CALLS, TROOPS + "&known_by=2022-04")

    assert [column.bar.query for column in found.columns][1:3] == [
        "category=call&from=2022-03-24&to=2022-03-24",
        "category=troops&from=2022-03-24&known_by=2022-04&to=2022-03-24",
    ]


def test_bars_of_a_grow_upwards_and_those_of_b_downwards(record):
    found = drawn(CALLS, TROOPS)

    above, below = map(float, found.lines)
    for column in found.columns:
        for mark in column.marks:
            y, height = float(mark.y), float(mark.height)
            assert (y + height <= above + 0.001) if mark.kind.startswith("a-") else (y >= below - 0.001)
    assert {mark.kind for column in found.columns for mark in column.marks} == {"a-certain", "b-certain", "b-possible"}


def heights(found) -> dict[str, float]:
    """Return the height of the tallest bar of each side."""
    sides = {"A": 0.0, "B": 0.0}
    for column in found.columns:
        letter = column.title[0]
        sides[letter] = max(sides[letter], sum(float(mark.height) for mark in column.marks))
    return sides


def test_both_have_one_scale_unless_each_shall_have_its_own(record):
    shared, own = heights(drawn(CALLS, TROOPS)), heights(drawn(CALLS, TROOPS, own_scale=True))

    assert shared == pytest.approx({"A": 6 / 1.25, "B": 6}, abs=0.01)
    assert own == pytest.approx({"A": 6, "B": 6}, abs=0.01)


def test_every_bar_has_its_number_where_there_is_room(record):
    few, many = drawn(CALLS, TROOPS), drawn(CALLS, "category=clash")

    assert [count.text for count in few.counts] == ["1", "1", "2", "1", "1", "1"]
    assert [count.text for count in many.counts] == ["2", "1"]


def test_page_says_which_scale_and_leads_to_the_other(client, record):
    shared, own = compare(client, CALLS, TROOPS), compare(client, CALLS, TROOPS, scale="own")

    assert "Both sides have one scale." in words(shared)
    assert shared.context["other_scale_url"] == f"/compare/?{urlencode({'a': CALLS, 'b': TROOPS, 'scale': 'own'})}"
    assert own.context["other_scale_url"] == f"/compare/?{urlencode({'a': CALLS, 'b': TROOPS})}"
    assert "Each side has its own scale" in words(own)


def test_weights_of_a_side_add_up_to_its_events(record):
    for query in (CALLS, TROOPS, "", "from=2022-03-24"):
        found = drawn(query, "")
        weight = sum(column.bar.certain + column.bar.possible for column in found.columns if column.title[0] == "A")
        chosen = EventFilter(QueryDict(query), Event.objects.public())
        undated = chosen.events.filter(start_earliest__year=1).count()
        assert weight + undated == pytest.approx(chosen.events.count())


def test_side_without_a_dated_event_is_named(client, record):
    page = words(compare(client, CALLS, TROOPS + "&to=2022-03-20"))

    assert "B has no event with a known start." in page


def test_nothing_to_draw_is_said(client):
    make.published(edtf="[..2022-03-25]")

    page = words(compare(client, "", CALLS))

    assert "Neither side has an event with a known start" in page


def test_empty_filter_means_all_events(client, record):
    page = words(compare(client, CALLS, ""))

    assert "B 6 events" in page
    assert "2 events are in both" in page


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
    html = compare(client, "category=call&evidence=verified&when=certain", "act__not=denies").content.decode()

    for name, value, label in [
        ("a-evidence", "verified", "Evidence: Quote matched"),
        ("a-when", "certain", "When: Certainly in it"),
        ("b-act__not", "denies", "Act, none of: denies"),
    ]:
        assert f'<input type="checkbox" name="{name}" value="{value}" checked>{label}</label>' in html


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
        ({"a": "", "b": "from=2022-02-30"}, "B, from : “2022-02-30” does not exist: February 2022 has 28 days."),
        ({"a": "category=calls"}, "A, category : “calls”: not known here."),
        ({"a": "after=x", "b": ""}, "A, after : There is no filter “after”."),
        ({"a-from": "yesterday", "b-from": "2022"}, "A, from : “yesterday” is not a year, a month or a day."),
        ({"a": "", "b": "", "c": "1"}, "c : A comparison has no “c”. It takes two filters, a and b."),
        ({"a": ["", "q=x"], "b": ""}, "a : “a” stands there more than once. Keep one."),
        ({"a": "", "b": "", "scale": "log"}, "scale : Write scale=own, or leave it out"),
    ],
)
def test_wrong_side_is_refused_with_its_letter(client, record, query, message):
    response = client.get(f"/compare/?{urlencode(query, doseq=True)}")

    page = words(response)
    assert response.status_code == 400
    assert message in page
    assert page.count("This comparison cannot be made") == 2
    assert not re.search(r"\d events?\b", page.split(" events rest")[0].rpartition(" ")[0])


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


def test_side_known_to_the_month_alone_is_drawn_by_the_month(client):
    make.published(edtf="2020-11", type="phone-call", briefing=make.briefing(published_on=None))
    make.published(edtf="2020-12-24", type="clash", briefing=make.briefing(published_on=None))

    page = words(compare(client, CALLS, "category=clash"))

    assert "A, November 2020: 1 event" in page
    assert "B, December 2020: 1 event" in page
    assert not re.search(r"[1-9]\d? (November|December) 2020|2020-1[12]-\d\d", page)


def test_drafts_cannot_be_observed(client, record):
    addresses = [f"/compare/?{urlencode({'a': CALLS, 'b': b})}" for b in ("", TROOPS, "known_by=2022")]
    addresses += ["/compare/", f"/compare/?{urlencode({'a': CALLS})}"]
    before = [client.get(address).content for address in addresses]

    hidden = make.event("Hidden", edtf="2025-01-01", type="phone-call")
    make.participation(hidden, make.actor("Hidden"))
    make.citation(hidden, make.briefing(publisher=make.actor("Hidden publisher"), status="draft"))
    make.citation(Event.objects.public().first(), make.briefing(status="draft"), act="denies", position=9)

    assert [client.get(address).content for address in addresses] == before


def test_sides_hold_the_events_of_their_lists(client, record):
    for query in (CALLS, TROOPS, "from=2022-03-25", "when=certain&from=2022-03-24&to=2022-03-25"):
        page = words(compare(client, query, ""))
        count = len(page_ids(client, query))
        assert f"A {count} event{'' if count == 1 else 's'}" in page


def test_page_sets_no_cookie(client, record):
    response = compare(client, CALLS, TROOPS)

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
