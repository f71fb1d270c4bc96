"""Rows made once for several tests: each finds them as they were made."""

import pytest

from tests import make
from timeline.models import Event

from .shared_fixtures import Stage, made_once

pytestmark = pytest.mark.django_db


@made_once
def talks() -> Event:
    return make.published("Talks")


@made_once
def clash() -> list[Event]:
    return [make.published("Clash")]


@pytest.mark.parametrize("title", ["Talks go on", "Talks end"])
def test_what_a_test_writes_is_gone_with_it(talks, title):
    assert [event.title for event in Event.objects.all()] == [talks.title] == ["Talks"]

    talks.title = title
    talks.save()

    assert Event.objects.get().title == title


@pytest.mark.parametrize("number", [1, 2])
def test_what_a_test_deletes_is_there_again(clash, number):
    assert list(Event.objects.all()) == clash
    clash.pop().withdraw("A mistake")
    Event.objects.all().delete()


def test_two_worlds_are_one(talks, clash):
    assert set(Event.objects.all()) == {talks, *clash}


def test_without_a_world_nothing_is_there():
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_world_stands_around_a_test_without_a_transaction():
    assert not Event.objects.exists()
    make.published()


def test_a_world_stands_until_another_is_asked_for(db):
    stage, made = Stage(), []
    first, second = (lambda: made.append("first")), (lambda: made.append("second"))

    for makers in ((first,), (first,), (second,), (), (first,)):
        stage.set_for(makers)
    stage.clear()

    assert made == ["first", "second", "first"]
