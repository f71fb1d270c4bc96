from django.core.management.base import BaseCommand

from timeline.index.current_columns import current_columns, rebuilt_source


class Command(BaseCommand):
    help = (
        "Write the index file of the public events for this release, unless there is one. Run it before the processes of a new "
        "release start, so that none of them answers “Starting”."
    )

    def handle(self, *args, **options) -> None:
        source = rebuilt_source(current_columns.source)
        self.stdout.write(
            f"Index: {source.path}" if source.path else "No file was written: INDEX_DIR is empty, or the log says why."
        )
