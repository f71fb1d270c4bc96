from django.core.management.base import BaseCommand, CommandParser

from timeline.imports import upload_jobs
from timeline.models import ImportUpload


class Command(BaseCommand):
    help = "Check or write an uploaded file. The import page starts this; nobody else needs it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("upload", type=int)
        parser.add_argument("step", choices=list(upload_jobs.SECONDS))

    def handle(self, upload: int, step: str, **options) -> None:
        upload_jobs.limit_process(step)
        upload_jobs.run_step(ImportUpload.objects.select_related("by", "data_set").get(pk=upload), step)
