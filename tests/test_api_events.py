"""The events of a filter for programs: page by page, one by one, what changed, and what is gone."""

import datetime as dt
from urllib.parse import quote, urlsplit

import pytest
from django.core import signing
from django.db import models

from tests import make
from timeline.api.pagination import paginate
from timeline.models import DataSet, Event, PublicRevision

from .api_client import ask, keys, pages, refusal
from .clients import json_file
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


@made_once
def five():
    briefing = make.briefing()
    return [make.published(f"Event {day}", edtf=f"2022-03-0{day}", briefing=briefing) for day in range(1, 6)]


def ids(events) -> list[str]:
    return [event.public_id for event in events]


def acled() -> DataSet:
    return DataSet.objects.create(
        slug="acled", name="ACLED", licence="terms of ACLED", attribution="ACLED, acleddata.com", redistributable=False
    )


def cursor_of(address: str) -> str:
    return urlsplit(address).query.rpartition("cursor=")[2]


# ---- the list


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
    found = pages(client, f"events/?limit={limit}&order={order}", "events")

    whole = [one["public_id"] for one in json_file(client, f"order={order}")["events"]]
    assert [one["public_id"] for page in found for one in page] == whole
    assert [len(page) for page in found] == [limit] * (5 // limit) + [5 % limit] * (5 % limit > 0)


def test_events_without_a_known_day_of_report_are_on_a_page_once(client):
    undated = make.briefing(published_on=None)
    for number in range(4):
        make.published(f"Event {number}", briefing=undated if number % 2 else make.briefing())

    found = keys(client, "events/?order=-published&limit=1", "events")

    assert found == [one["public_id"] for one in json_file(client, "order=-published")["events"]]
    assert len(found) == 4


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

    assert [one["public_id"] for one in first["events"]] == ids(five[:2])
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


OURS = ["This is no cursor of this site. Start from the first page."]
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
        ("cursor=", ["This is no cursor of this site. Start from the first page, without it."]),
        ("cursor=%00", ["This is no cursor of this site. Start from the first page, without it."]),
        ("cursor=WyJhIl0", OURS),
        ("cursor={0}&cursor={0}", ["“cursor” stands there more than once. Keep one."]),
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
    assert errors["limit"][0].endswith("is no size of a page. Write a whole number from 1 to 200.")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("frm", "Did you mean “from”?"),
        ("limt", "Did you mean “limit”?"),
        ("xyz", "Take it out of the address."),
        ("after", "Take it out of the address."),
    ],
)
def test_unknown_parameter_is_named_with_the_near_one(client, name, near):
    assert refusal(client, f"events/?{name}=1") == (400, {name: [f"There is no filter “{name}”. {near}"]})


def test_all_that_is_wrong_is_said_at_once(client):
    status, errors = refusal(client, "events/?from=2022-02-30&limit=0&updated_since=soon&x=1")

    assert (status, sorted(errors)) == (400, ["from", "limit", "updated_since", "x"])


def test_cursor_costs_one_query_more(client, django_assert_num_queries, five):
    cursor = cursor_of(ask(client, "events/?limit=2")["next"])

    with django_assert_num_queries(6):  # the counts are kept
        ask(client, f"events/?limit=2&cursor={cursor}")


# ---- what may not leave the site


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


# ---- one


def test_one_event_is_as_in_the_list(client, five):
    number, at = PublicRevision.objects.current()

    assert ask(client, f"events/{five[2].public_id}/") == {
        "revision": number,
        "revised_at": at.isoformat().replace("+00:00", "Z"),
        "publisher": "Conflict event timeline",
        "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "event": json_file(client)["events"][2],
    }


NONE = (404, {"public_id": ["There is no public event with this id."]})


@pytest.mark.parametrize("key", ["aaaaaaaaaa", "1", "9" * 19, "9" * 5000, "%00", "%ED%A0%80", "AAAAAAAAAA", "é"])
def test_what_is_no_event_is_not_found(client, key):
    assert refusal(client, f"events/{key}/") == NONE


def test_drafts_are_not_found(client):
    draft = make.event()
    make.citation(draft)

    assert refusal(client, f"events/{draft.public_id}/") == NONE


def test_one_event_takes_no_filter(client, five):
    path = f"events/{five[0].public_id}/?category=call"

    words = ["There is no filter “category”. Take it out of the address."]
    assert refusal(client, path) == (400, {"category": words})


def test_withdrawn_event_says_why(client, five):
    five[0].withdraw("Entered twice.")

    words = ["This event was withdrawn: Entered twice."]
    assert refusal(client, f"events/{five[0].public_id}/") == (410, {"public_id": words})


def test_merged_event_leads_to_what_it_is_part_of_at_last(client, five):
    five[0].merge_into(five[1])
    five[1].merge_into(five[2])

    response = client.get(f"/api/v1/events/{five[0].public_id}/")

    assert (response.status_code, response["Location"]) == (
        308,
        f"http://testserver/api/v1/events/{five[2].public_id}/",
    )
    assert response["Access-Control-Allow-Origin"] == "*"


def test_event_merged_into_a_draft_does_not_tell_of_it(client, five):
    draft = make.event("Not public")
    five[0].merge_into(draft)

    response = client.get(f"/api/v1/events/{five[0].public_id}/")

    words = ["This event became part of another that is not public."]
    assert (response.status_code, response.json()["errors"]) == (410, {"public_id": words})
    assert ask(client, "removed/")["removed"][0]["merged_into"] is None


def test_merged_draft_was_never_there(client, five):
    draft = make.event()
    draft.merge_into(five[0])

    assert refusal(client, f"events/{draft.public_id}/") == NONE
    assert ask(client, "removed/")["removed"] == []


# ---- what changed


def set_revised(event: Event, moment: str) -> None:
    """Set it past the revision, which the write would raise."""
    models.QuerySet.update(Event.objects.filter(pk=event.pk), revised_at=dt.datetime.fromisoformat(moment))


def test_changes_come_in_their_order(client, five):
    for event, day in zip(five, [3, 1, 5, 2, 4], strict=True):
        set_revised(event, f"2024-01-0{day}T12:00:00+00:00")

    answer = ask(client, "events/?updated_since=2024-01-02")

    assert [one["title"] for one in answer["events"]] == ["Event 4", "Event 1", "Event 5", "Event 3"]
    assert (answer["total"], answer["updated_since"]) == (4, "2024-01-02T00:00:00Z")
    assert keys(client, "events/?updated_since=2024-01-02&limit=1", "events") == [
        one["public_id"] for one in answer["events"]
    ]


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("2024-01-03", 2),
        ("2024-01-03T12:00:00Z", 2),
        ("2024-01-03T12:00:00.000001Z", 1),
        ("2024-01-03T16:00:00+04:00", 2),
        ("2024-01-03T16:00:01+04:00", 1),
        ("9999-12-31", 0),
        ("0001-01-01", 5),
    ],
)
def test_since_is_a_day_or_a_moment_included(client, five, since, found):
    for number, event in enumerate(five, 1):
        set_revised(event, f"2024-01-0{min(number, 4)}T12:00:00+00:00" if number < 5 else "2024-01-01T00:00:00+00:00")

    assert ask(client, f"events/?updated_since={quote(since)}")["total"] == found


@pytest.mark.parametrize(
    "since",
    ["", "soon", "2022", "2022-02-30", "2022-03-25T14:00:00", "2022-03-25T14:00:00 04:00", "0001-01-01T00:00:00+14:00"]
    + ["9999-12-31T23:59:59-14:00", "2022-03-25T25:00:00Z", "%00", "2022-03-25\n", "٢٠٢٢-٠٣-٢٥", "9" * 5000],
)
def test_what_is_no_moment_is_refused(client, since):
    status, errors = refusal(client, f"events/?updated_since={quote(since, safe='%')}")

    assert (status, list(errors)) == (400, ["updated_since"])
    assert "Write a day, like 2022-03-25, or a moment with its zone" in errors["updated_since"][0]


def test_an_order_of_ones_own_goes_before_that_of_the_changes(client, five):
    assert keys(client, "events/?updated_since=2020-01-01&order=-date", "events") == ids(reversed(five))


def test_copy_follows_the_record(client, five):
    held, since = {}, "2020-01-01"

    def follow() -> str:
        first = ask(client, f"events/?updated_since={quote(since)}")
        held.update((one["public_id"], one) for one in first["events"])
        for one in ask(client, f"removed/?updated_since={quote(since)}")["removed"]:
            held.pop(one["public_id"], None)
        return first["revised_at"]

    def record() -> dict:
        return {one["public_id"]: one for one in json_file(client)["events"]}

    since = follow()
    assert held == record()
    five[0].withdraw("Entered twice.")
    five[1].title = "Otherwise"
    five[1].save()
    five[2].merge_into(five[3])
    make.published("New")
    make.event("Draft")
    since = follow()
    assert held == record()
    five[0].publish()
    since = follow()
    assert held == record()
    assert len(held) == 5


@pytest.mark.parametrize(("path", "name"), [("events/", "events"), ("removed/", "events"), ("actors/", "resource")])
def test_state_that_an_answer_names_is_from_before_its_rows(client, monkeypatch, five, path, name):
    number, _ = PublicRevision.objects.current()

    def late(*args):
        make.published("Meanwhile")
        return paginate(*args)

    monkeypatch.setattr(f"timeline.api.{name}.paginate", late)

    assert ask(client, path)["revision"] == number


def test_removed_events_are_told_with_the_reason(client, five):
    five[0].withdraw("Entered twice.")
    five[1].merge_into(five[2])
    make.event("Draft")

    answer = ask(client, "removed/")

    for one in answer["removed"]:
        assert dt.datetime.fromisoformat(one.pop("removed_at")) <= dt.datetime.fromisoformat(answer["revised_at"])
    assert answer["removed"] == [
        {
            "public_id": five[0].public_id,
            "status": "withdrawn",
            "reason": "Entered twice.",
            "merged_into": None,
        },
        {"public_id": five[1].public_id, "status": "merged", "reason": "", "merged_into": five[2].public_id},
    ]
    assert keys(client, "removed/?limit=1", "removed") == ids(five[:2])
    assert ask(client, "removed/?updated_since=9999-01-01")["removed"] == []


def test_event_that_was_withdrawn_and_may_not_leave_is_not_told_of(client, held_back):
    held_back.refresh_from_db()
    held_back.withdraw("Entered twice.")

    assert ask(client, "removed/")["removed"] == []


# ---- what it is made of


def test_place_without_coordinates_is_null_not_zero(client):
    make.published(place=make.place("Somewhere"))

    event = ask(client, "events/")["events"][0]

    assert (event["place"], event["latitude"], event["longitude"]) == ("Somewhere", None, None)
