"""Cleans what the constraints of the next migration would refuse, in a transaction of its own: PostgreSQL changes no table
of which it has rows to check."""

from importlib import import_module

from django.db import migrations

from timeline.history.clean_rows import clean_rows


def clean(apps, schema_editor):
    operations = import_module("timeline.migrations.0041_clean_texts").Migration.operations
    added = [operation for operation in operations if isinstance(operation, migrations.AddConstraint)]
    tables = [(apps.get_model("timeline", addition.model_name), addition.constraint.texts) for addition in added]
    clean_rows(apps, tables, lambda line: print(f"\n    cleaned {line}", end=""))


class Migration(migrations.Migration):
    dependencies = [("timeline", "0039_quote_locators")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
