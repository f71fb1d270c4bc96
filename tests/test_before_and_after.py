"""The page of an event in the list that the reader came from, and among those next to it in time."""

import re

import pytest

from tests import make
from timeline.models import Event

from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


@made_once
def march() -> list[Event]:
    """Return four events of March in order of time, the third of another category, and one long after."""
    days = ["2022-03-21", "2022-03-22", "2022-03-23", "2022-03-24", "2024-01-01"]
    types = ["phone-call", "phone-call", "clash", "phone-call", "phone-call"]
    return [make.published(f"Event of {day}", edtf=day, type=kind) for day, kind in zip(days, types, strict=True)]


def page_of(client, event: Event, query: str = "") -> dict:
    return client.get(f"{event.get_absolute_url()}{query}").context


def test_event_has_its_place_in_the_list_it_was_reached_from(client, march):
    context = page_of(client, march[1], "?category=call")

    assert (context["list_number"], context["list_total"]) == (2, 4)
    assert (context["previous_event"], context["next_event"]) == (march[0], march[3])
    assert context["list_url"] == f"/?category=call#e-{march[1].public_id}"


def test_without_a_filter_the_list_is_the_whole_timeline(client, march):
    context = page_of(client, march[1])

    assert (context["list_number"], context["list_total"], context["next_event"]) == (4, 5, march[0])
    assert context["list_url"] == f"/#e-{march[1].public_id}"

    oldest_first = page_of(client, march[1], "?order=date")
    assert (oldest_first["list_number"], oldest_first["next_event"]) == (2, march[2])
    assert oldest_first["list_url"] == f"/?order=date#e-{march[1].public_id}"


def test_comparison_of_before_and_after_is_offered_by_category(client, march):
    context = page_of(client, march[1], "?from=2022&to=2022")

    assert context["versus_by_category"] == [
        ("Call", "/compare/?a=category%3Dcall%26to%3D2022-03-21&b=category%3Dcall%26from%3D2022-03-23"),
        ("Clash & strike", "/compare/?a=category%3Dclash%26to%3D2022-03-21&b=category%3Dclash%26from%3D2022-03-23"),
    ]


def test_one_category_alone_is_not_offered_again(client, march):
    assert page_of(client, march[1], "?type=phone-call")["versus_by_category"] == []


@pytest.mark.parametrize("query", ["?category=nonsense", "?colour=red", "?category=clash", "?from=2023"])
def test_list_that_is_wrong_or_without_the_event_is_not_replaced_by_another(client, march, query):
    context = page_of(client, march[1], query)

    assert not {"list_url", "list_total", "previous_event", "next_event", "neighbours"} & context.keys()
    assert context["around_url"] == "/?from=2022-03-19&to=2022-03-25"


def test_order_of_the_list_holds(client, march):
    context = page_of(client, march[1], "?order=-date")

    assert (context["list_number"], context["previous_event"], context["next_event"]) == (4, march[2], march[0])


def test_way_back_leads_to_the_page_of_the_list_that_has_the_event(client, march, settings):
    settings.EVENTS_PER_PAGE = 2

    address = page_of(client, march[3], "?order=date")["list_url"]

    assert address == f"/?after={march[2].public_id}#e-{march[3].public_id}"
    assert client.get(address).context["page"].events[0].title == march[3].title


def test_links_of_a_list_carry_its_filter_to_the_page(client, march):
    page = client.get("/?category=call&from=2022").content.decode()

    address = f"{march[0].get_absolute_url()}?category=call&amp;from=2022"
    assert f'class="entry__title"><a href="{address}">' in page
    assert re.search(rf'class="mark [^>]*href="{re.escape(address)}"', page)


def test_strip_shows_the_event_among_those_beside_it_and_folds_what_is_empty(client, march):
    neighbours = page_of(client, march[1], "?category=call")["neighbours"]

    assert [mark.key for mark in neighbours.drawn] == [march[number].public_id for number in (0, 1, 3, 4)]
    assert [fold.length for fold in neighbours.folds] == ["1 year 9 months"]
    assert neighbours.drawn[0].href == f"{march[0].get_absolute_url()}?category=call"


def test_strip_of_a_list_of_one_is_of_the_whole_record(client, march):
    neighbours = page_of(client, march[2], "?category=clash")["neighbours"]

    assert len(neighbours.drawn) == 5
    assert neighbours.drawn[0].href == march[0].get_absolute_url()


def test_strip_has_events_that_only_undated_sources_mention(client, march):
    undated = [make.published(edtf="2022-03-22", briefing=make.briefing(published_on=None)) for _ in range(2)]

    drawn = page_of(client, undated[0])["neighbours"].drawn

    assert {mark.key for mark in drawn} == {event.public_id for event in [*march, *undated]}


def test_strip_has_at_most_four_on_a_side(client):
    events = [make.published(edtf=f"2022-03-{day:02}") for day in range(1, 15)]

    drawn = page_of(client, events[7])["neighbours"].drawn

    assert [mark.key for mark in drawn] == [event.public_id for event in events[3:12]]


def test_before_and_after_are_compared_in_the_list_in_any_period(client, march):
    address = page_of(client, march[2], "?category=clash&from=2022&order=-date")["versus_url"]

    assert address == ("/compare/?a=category%3Dclash%26to%3D2022-03-22&b=category%3Dclash%26from%3D2022-03-24")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("edtf", "around", "versus"),
    [
        ("[..2022-03-25]", "", ""),
        ("2022-03-21/..", "", "/compare/?a=to%3D2022-03-20&b=from%3D2022-03-22"),
        ("[2022-03-21..]", "", ""),
        ("2022-03", "/?from=2022-02-26&to=2022-04-03", "/compare/?a=to%3D2022-02-28&b=from%3D2022-04-01"),
    ],
)
def test_open_dates_lead_nowhere_that_they_do_not_name(client, edtf, around, versus):
    context = page_of(client, make.published(edtf=edtf))

    assert (context["around_url"], context["versus_url"]) == (around, versus)


def test_withdrawn_event_has_no_place(client, march):
    march[1].withdraw("An error")

    assert "list_url" not in client.get(march[1].get_absolute_url()).context
