"""What the planner of the database knows of the tables: out of date after many rows came or went at once, and queries that
took hundredths then take seconds."""

from contextlib import suppress

from django.apps import apps
from django.db import connection, transaction

SAMPLE = 1_000  # rows of each index that SQLite looks at. Source: sqlite.org/lang_analyze.html, approximate ANALYZE


def refresh_after_commit() -> None:
    """Refresh them once what was written is committed; where that fails, the log says so and what was written stays."""
    transaction.on_commit(refresh, robust=True)


def refresh() -> None:
    """Each table in a transaction of its own, so that nobody who writes waits for long. Ctrl-C ends this alone."""
    with suppress(KeyboardInterrupt), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        for model in apps.get_app_config("timeline").get_models(include_auto_created=True):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
