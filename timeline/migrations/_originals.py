"""The guard of originals, which the database lets nothing but a redaction change, and the right to download them."""

from . import _roles
from ._redaction import APPLYING

TABLE, TRIGGER, MESSAGE = "timeline_original", "original_never_changed", "An original is never changed."
ON_SQLITE = f"""
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} WHEN NOT {APPLYING} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
ON_POSTGRESQL = f"""
CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF {APPLYING} THEN RETURN NEW; END IF; RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TRIGGER}();
"""
MAY_DOWNLOAD = ("Editor", "Reviewer", "Administrator")


def guard(apps, schema_editor):
    """Let the database refuse every change of an original but that of a redaction."""
    schema_editor.execute(ON_SQLITE if schema_editor.connection.vendor == "sqlite" else ON_POSTGRESQL)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER}")
    else:
        schema_editor.execute(f"DROP TRIGGER {TRIGGER} ON {TABLE}; DROP FUNCTION {TRIGGER}();")


def add_right(apps, schema_editor):
    """Let who enters sources download their originals; nothing else changes of what a site has given its roles."""
    _roles._make_permissions(apps, apps.get_app_config("timeline"), schema_editor.connection.alias)
    right = apps.get_model("auth", "Permission").objects.get(codename="view_original")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=MAY_DOWNLOAD):
        group.permissions.add(right)
