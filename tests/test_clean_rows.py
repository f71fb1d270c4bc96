"""Rows from before unseen characters were refused: they are listed and cleaned, and a migration goes on."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from timeline.history.clean_rows import REASON
from timeline.migrations import _full_text
from timeline.models import Actor, ActorAlias, Event, PublicRevision

from . import make

CLEANED = (Actor, ActorAlias, Event)


@pytest.fixture
def without_constraints(transactional_db):
    """Have the tables as they were before the constraints; afterwards as they are, which their rows must allow."""
    alter_tables("remove_constraint")
    yield
    alter_tables("add_constraint")


def alter_tables(change: str) -> None:
    """Let the schema editor remove, or add, what keeps unseen characters out of these tables."""
    with connection.schema_editor() as editor:
        _full_text.drop_indexes(apps, editor)
        for model in CLEANED:
            (constraint,) = [known for known in model._meta.constraints if known.name.endswith("_texts_clean")]
            others = [known for known in model._meta.constraints if known != constraint]
            with pytest.MonkeyPatch.context() as patch:
                if change == "remove_constraint":  # SQLite makes the table anew, by what its model says
                    patch.setattr(model._meta, "constraints", others)
                getattr(editor, change)(model, constraint)
        _full_text.make_indexes(apps, editor)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.database
@pytest.mark.long
def test_the_migration_cleans_and_goes_on(without_constraints, capsys):
    event = make.published("Cease\u200bfire\u202e holds", summary="First\x0bsecond")
    actor = make.actor("\u200b")
    ActorAlias.objects.bulk_create(ActorAlias(actor=actor, name=name) for name in ("Kabul", "Kabul\ufeff"))
    number = PublicRevision.objects.get().number

    listed = StringIO()
    call_command("clean_texts", stdout=listed)
    import_module("timeline.migrations.0040_clean_rows").clean(apps, None)

    lines = [
        f"actor {actor.pk}: name “[U+200B]”",
        f"actoralias {actor.aliases.last().pk}: name “Kabul[U+FEFF]”",
        f"event {event.pk}: title “Cease[U+200B]fire[U+202E] holds”, summary “First[U+000B]second”",
    ]
    assert listed.getvalue().splitlines() == [*lines, "To be cleaned: 3 rows."]
    assert [line.strip() for line in capsys.readouterr().out.splitlines() if "cleaned" in line] == [
        f"cleaned {line}" for line in lines
    ]
    assert Event.objects.values_list("title", "summary").get(pk=event.pk) == ("Ceasefire holds", "First\nsecond")
    assert Actor.objects.get(pk=actor.pk).name == "[U+200B]"
    assert list(actor.aliases.values_list("name", flat=True)) == ["Kabul", "Kabul[U+FEFF]"]
    assert PublicRevision.objects.get().number == number + 1
    change = event.history.latest()
    assert (change.title, change.history_change_reason, change.change_class) == ("Ceasefire holds", REASON, "typo")


@pytest.mark.django_db
def test_the_command_finds_nothing_in_what_was_entered():
    make.published("Ceasefire")

    for options, line in (({}, "To be cleaned: 0 rows."), ({"apply": True}, "Cleaned: 0 rows.")):
        output = StringIO()
        call_command("clean_texts", stdout=output, **options)
        assert output.getvalue().splitlines() == [line]
