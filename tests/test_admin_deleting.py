"""The page of confirmation before a row is deleted on which many others hang."""

import pytest
from django.urls import reverse

from tests import make

from .desk_client import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]

REST = {"view_event", "view_actor"}


def page(row) -> str:
    return reverse(f"admin:timeline_{row._meta.model_name}_delete", args=[row.pk])


@pytest.mark.parametrize("event_count", [21, 25])
def test_many_rows_are_counted_and_the_first_are_named(event_count, django_assert_num_queries):
    conflict = make.conflict()
    events = [make.event(f"Event {number}", conflict=conflict) for number in range(event_count)]
    client = desk("ada", "delete_conflict", "view_conflict", "publish_event", *REST)
    client.get(page(conflict))

    with django_assert_num_queries(QUERIES):
        answer = client.get(page(conflict))

    rest = event_count - 20
    assert sorted(line.split(">")[-2].removesuffix("</a") for line in answer.context["protected"][:-1]) == sorted(
        event.title for event in events[:20]
    )
    assert answer.context["protected"][-1] == f"{rest} more event{'s' if rest > 1 else ''}"
    assert client.post(page(conflict), {"post": "yes"}).status_code == 200
    conflict.refresh_from_db()  # it is there


QUERIES = 10  # session, account, its permissions (2), savepoint (2) or none; the row, its history, who holds it, how many, names


def test_rows_without_a_page_of_their_own_are_counted():
    actor = make.actor("Armenia")
    for _ in range(21):
        make.participation(make.event(), actor)
    client = desk("ada", "delete_actor", "view_actor", "publish_event")

    assert client.get(page(actor)).context["protected"] == ["21 participations"]


def test_few_rows_are_named_as_ever():
    conflict = make.conflict()
    make.event("The one", conflict=conflict)
    client = desk("ada", "delete_conflict", "delete_event", "view_conflict", "publish_event", *REST)

    [line] = client.get(page(conflict)).context["protected"]

    assert ">The one<" in line
