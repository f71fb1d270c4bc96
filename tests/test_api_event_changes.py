"""One event for programs, what changed since a moment, and what is gone."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.db import models

from tests import make
from timeline.api.pagination import paginate
from timeline.models import Event, PublicRevision

from . import api_client
from .api_client import ask, ids, keys, refusal
from .clients import json_file
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

five = made_once(api_client.five)


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


def test_one_event_takes_no_filter(client, five):
    path = f"events/{five[0].public_id}/?category=call"

    words = ["There is no filter “category”. Remove it from the address."]
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


def set_revised(event: Event, moment: str) -> None:
    """Set it past the revision, which the write would raise."""
    models.QuerySet.update(Event.objects.filter(pk=event.pk), revised_at=dt.datetime.fromisoformat(moment))


def test_changes_come_in_their_order(client, five):
    for event, day in zip(five, [3, 1, 5, 2, 4], strict=True):
        set_revised(event, f"2024-01-0{day}T12:00:00+00:00")

    answer = ask(client, "events/?updated_since=2024-01-02")

    assert [event["title"] for event in answer["events"]] == ["Event 4", "Event 1", "Event 5", "Event 3"]
    assert (answer["total"], answer["updated_since"]) == (4, "2024-01-02T00:00:00Z")
    assert keys(client, "events/?updated_since=2024-01-02&limit=1", "events") == [
        event["public_id"] for event in answer["events"]
    ]


@pytest.mark.parametrize(
    ("since", "total"),
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
def test_since_is_a_day_or_a_moment_included(client, five, since, total):
    for number, event in enumerate(five, 1):
        set_revised(event, f"2024-01-0{min(number, 4)}T12:00:00+00:00" if number < 5 else "2024-01-01T00:00:00+00:00")

    assert ask(client, f"events/?updated_since={quote(since)}")["total"] == total


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
    copied, since = {}, "2020-01-01"

    def follow() -> str:
        first = ask(client, f"events/?updated_since={quote(since)}")
        copied.update((event["public_id"], event) for event in first["events"])
        for removed in ask(client, f"removed/?updated_since={quote(since)}")["removed"]:
            copied.pop(removed["public_id"], None)
        return first["revised_at"]

    def record() -> dict:
        return {event["public_id"]: event for event in json_file(client)["events"]}

    since = follow()
    assert copied == record()
    five[0].withdraw("Entered twice.")
    five[1].title = "Otherwise"
    five[1].save()
    five[2].merge_into(five[3])
    make.published("New")
    make.event("Draft")
    since = follow()
    assert copied == record()
    five[0].publish()
    since = follow()
    assert copied == record()
    assert len(copied) == 5


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

    for removed in answer["removed"]:
        assert dt.datetime.fromisoformat(removed.pop("removed_at")) <= dt.datetime.fromisoformat(answer["revised_at"])
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
