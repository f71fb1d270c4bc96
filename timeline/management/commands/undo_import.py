from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.imports.events.undo_batch import UndoRefused, undo
from timeline.models import ImportBatch


class Command(BaseCommand):
    help = "Undo an import: delete its events and revert what it changed. Refused where something else depends on it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="of the import, as import_events and the desk show it")

    def handle(self, number: int, **options) -> None:
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(f"There is no import {number}.")
        try:
            undo(batch)
        except UndoRefused as error:
            raise CommandError("\n".join(["Nothing was undone:", *error.reasons])) from None
        self.stdout.write(f"{batch} is undone: {batch.created:,} events are gone, {batch.updated:,} are as before.")
