from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection

from timeline.history.clean_rows import clean_rows, cleaned_tables, describe_unclean, unclean_rows


class Command(BaseCommand):
    help = (
        "List the rows whose titles, names, summaries and notes have characters that cannot be seen: controls, marks of "
        "direction, characters without width. Changes nothing without --apply."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--apply", action="store_true", help="Leave these characters out, as `migrate` does.")

    def handle(self, *, apply: bool, **options) -> None:
        there = connection.introspection.table_names()  # before `migrate`, newer tables and columns are not
        tables = [(model, texts) for model, texts in cleaned_tables(apps) if model._meta.db_table in there]
        if apply:
            self.stdout.write(f"Cleaned: {clean_rows(apps, tables, self.stdout.write):,} rows.")
            return
        unclean = [(row, texts) for model, texts in tables for row in unclean_rows(model, texts).only(*texts)]
        lines = [describe_unclean(row, texts) for row, texts in unclean]
        self.stdout.write("\n".join([*lines, f"To be cleaned: {len(lines):,} rows."]))
