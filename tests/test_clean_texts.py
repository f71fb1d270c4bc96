"""What editors type has no unseen characters: the database holds it where no form was asked."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from timeline.history.clean_rows import cleaned_tables
from timeline.models import Actor, Event, LoginAttempt, Redaction
from timeline.models.clean_texts import IsClean
from timeline.models.validators import one_line, plain_text
from timeline.text.unseen import find_unseen

from . import make
from .constraints import force, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# Both sides of each end of each range are among them
CODES = [
    *range(0x01, 0x700),
    *range(0x8F0, 0x910),
    *range(0xDF0, 0xE10),
    *range(0x1FF0, 0x2080),
    *range(0xFB40, 0xFB60),
]
CODES += [*range(0xFDF0, 0xFFFE), *range(0xDFFF0, 0xE0090)]
TEXTS = [f"a{chr(code)}b" for code in CODES] + [f"{chr(code)}\u200d" for code in CODES]
TEXTS += ["", "\u200c", "می\u200cخواهم", "]-^[", "two\nlines"]


@pytest.mark.parametrize("lines", [False, True])
def test_the_database_refuses_what_the_validators_refuse(lines):
    texts = TEXTS if connection.vendor == "postgresql" else [*TEXTS, "a\0b"]  # which PostgreSQL takes in no text
    LoginAttempt.objects.bulk_create(LoginAttempt(account=text, at=timezone.now()) for text in texts)

    test = IsClean("account", lines=True) if lines else IsClean("account")
    is_clean = dict(LoginAttempt.objects.annotate(is_clean=test).values_list("account", "is_clean"))

    differing = [text for text in texts if is_clean[text] != (find_unseen(text, lines=lines) is None)]
    assert differing == (["a\rb"] if lines else [])  # a carriage return alone: in forms


def test_every_text_with_a_rule_of_the_form_has_one_of_the_database():
    texts_of = {(model, column): lines for model, texts in cleaned_tables(apps) for column, lines in texts.items()}
    ruled = {
        (model, field.name): plain_text in field.validators
        for model in apps.get_app_config("timeline").get_models()
        for field in model._meta.concrete_fields
        if not model.__name__.startswith("Historical")
        and any(validator in (one_line, plain_text) for validator in field.validators)
    }

    del ruled[Redaction, "reason"]  # SQLite makes no table anew that a trigger names

    assert texts_of == ruled
    assert len(texts_of) > 30


@pytest.mark.parametrize("title", ["Cease\u200bfire", "\u202eerif", "a\x0bb", "two\nlines", "👩\u200d💻"])
def test_a_title_past_the_form_is_refused(title):
    event = make.event()

    with refused_by("event_texts_clean"):
        force(event, title=title)


@pytest.mark.parametrize("name", ["می\u200cخواهم", "क्\u200dष", "“Quoted” – é"])
def test_a_name_with_a_joiner_of_its_script_is_taken(name):
    actor = make.actor()

    force(actor, name=name)

    assert Actor.objects.get().name == name


def test_a_summary_may_have_lines():
    event = make.event()

    force(event, summary="First\n\tsecond")

    assert Event.objects.get().summary == "First\n\tsecond"
