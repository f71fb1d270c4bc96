"""The events of a filter for programs: page by page, and what may not leave the site."""

from urllib.parse import urlsplit

import pytest
from django.core import signing

from tests import make
from timeline.models import DataSet, Event

from . import api_client
from .api_client import ask, ids, keys, pages, refusal
from .clients import json_file
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

five = made_once(api_client.five)


def acled() -> DataSet:
    return DataSet.objects.create(
        slug="acled", name="ACLED", licence="terms of ACLED", attribution="ACLED, acleddata.com", redistributable=False
    )


def cursor_of(address: str) -> str:
    return urlsplit(address).query.rpartition("cursor=")[2]


def test_whole_list_is_the_json_export_and_how_it_goes_on(client, five):
    make.participation(five[0])

    assert ask(client, "events/?from=2022-03") == json_file(client, "from=2022-03") | {
        "updated_since": None,
        "next": None,
    }


def test_no_event_is_an_answer_too(client):
    answer = ask(client, "events/")

    assert (answer["events"], answer["total"], answer["next"], answer["revision"]) == ([], 0, None, 0)


@pytest.mark.parametrize("order", ["date", "-date", "-published", "-recorded"])
@pytest.mark.parametrize("limit", [1, 2, 5, 6])
def test_pages_together_are_the_list(client, five, order, limit):
    event_pages = pages(client, f"events/?limit={limit}&order={order}", "events")

    whole = [event["public_id"] for event in json_file(client, f"order={order}")["events"]]
    assert [event["public_id"] for page in event_pages for event in page] == whole
    assert [len(page) for page in event_pages] == [limit] * (5 // limit) + [5 % limit] * (5 % limit > 0)


def test_events_without_a_known_day_of_report_are_on_a_page_once(client):
    undated = make.briefing(published_on=None)
    for number in range(4):
        make.published(f"Event {number}", briefing=undated if number % 2 else make.briefing())

    public_ids = keys(client, "events/?order=-published&limit=1", "events")

    assert public_ids == [event["public_id"] for event in json_file(client, "order=-published")["events"]]
    assert len(public_ids) == 4


def test_answer_has_50_events_at_first(client):
    make.copies(make.published(), 50)

    assert [len(page) for page in pages(client, "events/", "events")] == [50, 1]
    assert [len(page) for page in pages(client, "events/?limit=200", "events")] == [51]


def test_what_is_added_meanwhile_neither_doubles_nor_hides_another(client, five):
    first = ask(client, "events/?limit=2")
    before, after = make.published(edtf="2022-02-28"), make.published(edtf="2022-03-03")
    five[2].edtf = "2022-03-06"
    five[2].save()

    rest = keys(client, f"events/?limit=2&cursor={cursor_of(first['next'])}", "events")

    assert [event["public_id"] for event in first["events"]] == ids(five[:2])
    assert rest == ids([after, five[3], five[4], five[2]])
    assert before.public_id not in rest


def test_page_goes_on_from_where_its_last_event_was(client, five):
    first = ask(client, "events/?limit=2")
    five[1].edtf = "2022-04-01"
    five[1].save()

    assert keys(client, f"events/?cursor={cursor_of(first['next'])}", "events") == ids([*five[2:], five[1]])


def test_page_goes_on_after_an_event_that_was_withdrawn(client, five):
    first = ask(client, "events/?limit=2")
    five[1].withdraw("Entered twice.")

    assert keys(client, f"events/?cursor={cursor_of(first['next'])}", "events") == ids(five[2:])


def test_cursor_says_nothing_of_the_number_of_rows(client, five):
    address = ask(client, "events/?limit=2")["next"]

    place = signing.Signer(salt="timeline.api.cursor").unsign_object(cursor_of(address).replace("%3A", ":"))

    assert place[1:] == [five[1].public_id, "2022-03-02"]


OURS = ["This cursor does not come from this site. Start from the first page."]
OTHER = ["This cursor belongs to other parameters. Keep those of the first page, or start from it."]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("limit=2&cursor={}", None),
        ("limit=1&cursor={}", None),  # the size of a page may change on the way
        ("category=statement&cursor={}", OTHER),
        ("order=-date&cursor={}", OTHER),
        ("updated_since=2022-01-01&cursor={}", OTHER),
        ("cursor={}x", OURS),
        ("cursor=x{}", OURS),
        ("cursor=", ["This cursor does not come from this site. Start from the first page, without it."]),
        ("cursor=%00", ["This cursor does not come from this site. Start from the first page, without it."]),
        ("cursor=WyJhIl0", OURS),
        ("cursor={0}&cursor={0}", ["“cursor” is given more than once. Keep one."]),
    ],
)
def test_only_the_cursor_of_this_list_is_taken(client, five, query, why):
    cursor = cursor_of(ask(client, "events/?limit=2")["next"])
    path = f"events/?{query.format(cursor)}"

    if why is None:
        assert ask(client, path)["events"]
    else:
        assert refusal(client, path) == (400, {"cursor": why})


def test_cursor_of_another_resource_is_refused(client, five):
    cursor = cursor_of(ask(client, "events/?limit=2")["next"])

    assert refusal(client, f"citations/?cursor={cursor}") == (400, {"cursor": OTHER})


def test_cursor_at_an_event_that_is_no_more_is_refused(client, five):
    cursor = cursor_of(ask(client, "events/?limit=2")["next"])
    five[1].delete()

    words = ["The row at which this page begins is gone. Start from the first page."]
    assert refusal(client, f"events/?cursor={cursor}") == (400, {"cursor": words})


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "a", "", "1" * 5000, "٣", "1 ", "%00"])
def test_size_of_a_page_is_bounded(client, limit):
    status, errors = refusal(client, f"events/?limit={limit}")

    assert (status, list(errors)) == (400, ["limit"])
    assert errors["limit"][0].endswith("is not a valid page size. Write a whole number from 1 to 200.")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("frm", "Did you mean “from”?"),
        ("limt", "Did you mean “limit”?"),
        ("xyz", "Remove it from the address."),
        ("after", "Remove it from the address."),
    ],
)
def test_unknown_parameter_is_named_with_the_near_one(client, name, near):
    assert refusal(client, f"events/?{name}=1") == (400, {name: [f"There is no filter “{name}”. {near}"]})


def test_all_that_is_wrong_is_said_at_once(client):
    status, errors = refusal(client, "events/?from=2022-02-30&limit=0&updated_since=soon&x=1")

    assert (status, sorted(errors)) == (400, ["from", "limit", "updated_since", "x"])


def test_cursor_costs_one_query_more(client, django_assert_num_queries, five):
    cursor = cursor_of(ask(client, "events/?limit=2")["next"])

    with django_assert_num_queries(7):  # the counts are kept
        ask(client, f"events/?limit=2&cursor={cursor}")


@pytest.fixture
def held_back(five):
    Event.objects.filter(pk=five[1].pk).update(data_set=acled())
    return five[1]


WHY = "1 event of ACLED left out: its licence (terms of ACLED) forbids redistribution."


@pytest.mark.parametrize("path", ["events/", "citations/"])
def test_what_may_not_leave_is_left_out_and_counted(client, five, held_back, path):
    answer = ask(client, path)
    response = client.get(f"/api/v1/{path}")

    assert answer["left_out"] == [{"data_set": "acled", "count": 1, "why": WHY, "attribution": "ACLED, acleddata.com"}]
    assert answer["total"] == 4
    assert response["X-Left-Out"] == "acled=1"
    assert held_back.public_id not in response.content.decode()


def test_page_ends_where_the_rest_may_not_leave(client, five, held_back):
    assert keys(client, "events/?limit=1", "events") == ids([five[0], *five[2:]])


def test_one_that_may_not_leave_is_refused_with_its_address_here(client, held_back):
    words = (
        "The licence of ACLED (terms of ACLED) forbids redistribution. "
        f"The event is shown at http://testserver/events/{held_back.public_id}/"
    )
    assert refusal(client, f"events/{held_back.public_id}/") == (403, {"public_id": [words]})


def test_event_that_was_withdrawn_and_may_not_leave_is_not_told_of(client, held_back):
    held_back.refresh_from_db()
    held_back.withdraw("Entered twice.")

    assert ask(client, "removed/")["removed"] == []


def test_place_without_coordinates_is_null_not_zero(client):
    make.published(place=make.place("Somewhere"))

    event = ask(client, "events/")["events"][0]

    assert (event["place"], event["latitude"], event["longitude"]) == ("Somewhere", None, None)


def test_drafts_are_not_found(client):
    draft = make.event()
    make.citation(draft)

    assert client.get(f"/api/v1/events/{draft.public_id}/").status_code == 404
