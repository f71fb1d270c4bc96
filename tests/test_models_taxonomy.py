import pytest

from timeline.models import Category, EventType

from .constraints import force, problems, refused, refused_by

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


def test_event_type_category_is_one_of_the_groups():
    assert problems(make_type(category="war")) == {"category": ["Value 'war' is not a valid choice."]}
    with refused_by("eventtype_category_known"):
        EventType.objects.bulk_create([make_type(category="war")])


def test_event_type_quad_is_one_of_four():
    assert problems(make_type(quad=5)) == {"quad": ["Value 5 is not a valid choice."]}


def test_event_type_needs_a_name():
    assert problems(make_type(name="")) == {"name": ["This field cannot be blank."]}
    with refused_by("eventtype_name_filled"):
        EventType.objects.bulk_create([make_type(name="")])


def test_event_type_name_has_at_most_80_characters():
    event_type = EventType.objects.create(slug="parade", name="x" * 80, category="other")

    assert problems(make_type(name="x" * 81)) == {
        "name": ["Ensure this value has at most 80 characters (it has 81)."],
        "slug": ["Event type with this Slug already exists."],
    }
    with refused():
        force(event_type, name="x" * 81)


def test_event_type_slug_stands_once():
    make_type().save()

    assert problems(make_type()) == {"slug": ["Event type with this Slug already exists."]}


def test_event_type_reads_as_its_name():
    assert str(EventType.objects.get(slug="phone-call")) == "Phone call"
