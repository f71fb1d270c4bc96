from django.core.management.base import BaseCommand, CommandParser

from timeline.imports.events import jobs
from timeline.models import ImportUpload


class Command(BaseCommand):
    help = "Check or write an uploaded file. The import page starts this; nobody else needs it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("upload", type=int)
        parser.add_argument("step", choices=list(jobs.SECONDS))

    def handle(self, upload: int, step: str, **options) -> None:
        jobs.limit(step)
        jobs.work(ImportUpload.objects.select_related("by", "data_set").get(pk=upload), step)
