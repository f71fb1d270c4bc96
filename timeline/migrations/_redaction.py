"""Lets a redaction, and nothing else, change a text that a briefing had before; gives the roles their rights."""

from ._earlier_texts import MESSAGE, TABLE, TRIGGER, guard, unguard
from ._roles import _make_permissions

APPLYING = "EXISTS (SELECT 1 FROM timeline_redaction WHERE is_applying)"  # true within the transaction of one alone
RIGHTS = {"Reviewer": ["restrict_words"], "Administrator": ["restrict_words", "erase_words"]}


def open_guard(apps, schema_editor):
    """Let the guard of earlier texts pass what a redaction writes."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TRIGGER}")
        schema_editor.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} WHEN NOT {APPLYING} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
        return
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {APPLYING} THEN RETURN NEW; "
        f"END IF; RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )


def close_guard(apps, schema_editor):
    """Let it refuse every change again: it names a table that goes."""
    unguard(apps, schema_editor)
    guard(apps, schema_editor)


def give_rights(apps, schema_editor):
    """Let reviewers restrict words, and administrators erase them. What a site has given a group beside it stays."""
    _make_permissions(apps, apps.get_app_config("timeline"), schema_editor.connection.alias)
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.add(*permissions.filter(codename__in=RIGHTS[group.name]))
