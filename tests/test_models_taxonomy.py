import pytest

from timeline.models import Category, EventType

from .constraints import problems

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def make_type(**changes) -> EventType:
    return EventType(**{"slug": "parade", "name": "Parade", "category": "other"} | changes)


def test_categories_have_letters_of_their_own():
    assert {category.value: category.letter for category in Category} == {
        "agreement": "A",
        "talks": "M",
        "call": "C",
        "statement": "S",
        "troops": "T",
        "clash": "X",
        "humanitarian": "H",
        "other": "O",
    }


def test_event_types_are_there_from_the_start():
    assert EventType.objects.count() == 32


def test_event_types_from_the_start_are_in_order():
    assert [problems(event_type) for event_type in EventType.objects.all()] == [{}] * 32


def test_event_types_from_the_start_serve_every_category():
    assert set(EventType.objects.values_list("category", flat=True)) == set(Category.values)


def test_event_type_is_in_order():
    assert problems(make_type(quad=1)) == {}


def test_event_type_slug_stands_once():
    make_type().save()

    assert problems(make_type()) == {"slug": ["Event type with this Slug already exists."]}
