from django.core.management.base import BaseCommand

from timeline.admin.source_files import delete_old_files
from timeline.models import UnsavedForm


class Command(BaseCommand):
    help = "Delete what was typed into forms of the desk, or sent with them as a file, and not saved for a week."

    def handle(self, **options) -> None:
        count, _ = UnsavedForm.objects.too_old().delete()
        self.stdout.write(f"{count:,} unsaved form{'' if count == 1 else 's'} deleted.")
        files = delete_old_files()
        self.stdout.write(f"{files:,} file{'' if files == 1 else 's'} of unsaved forms deleted.")
