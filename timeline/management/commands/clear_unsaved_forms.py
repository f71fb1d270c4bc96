from django.core.management.base import BaseCommand

from timeline.models import UnsavedForm


class Command(BaseCommand):
    help = "Delete what was typed into forms of the desk and not saved for a week."

    def handle(self, **options) -> None:
        count, _ = UnsavedForm.objects.too_old().delete()
        self.stdout.write(f"{count:,} unsaved form{'' if count == 1 else 's'} deleted.")
