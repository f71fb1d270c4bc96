from importlib import import_module

import pytest
from django.apps import apps

from timeline.models import Category, EventType

from .constraints import problems
from .test_wording import RULED_OUT

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


def test_event_type_slug_stands_once():
    make_type().save()

    assert problems(make_type()) == {"slug": ["Event type with this Slug already exists."]}


def test_entries_have_no_word_that_the_rules_exclude():
    texts = [text for row in EventType.objects.values_list() for text in row if isinstance(text, str)]

    assert [text for text in texts if RULED_OUT.search(text)] == []


def test_new_words_of_an_entry_leave_what_an_editor_wrote():
    migration = import_module("timeline.migrations.0049_codebook_words")
    ceasefire = EventType.objects.filter(slug="ceasefire")
    before, after = migration.CHANGES["ceasefire"]["description"]
    assert ceasefire.get().description == after

    migration.backwards(apps, None)
    assert ceasefire.get().description == before
    ceasefire.update(description="Ours.")
    migration.forwards(apps, None)

    assert (ceasefire.get().description, ceasefire.get().boundary) == (
        "Ours.",
        migration.CHANGES["ceasefire"]["boundary"][1],
    )
