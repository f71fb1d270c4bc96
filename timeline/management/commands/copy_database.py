import datetime as dt
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.backups.archive import BackupRefused, write_archive
from timeline.backups.trial_restore import manage


class Command(BaseCommand):
    help = (
        "Copy every row into an empty database, of SQLite or PostgreSQL, and compare all of them. Stop the site before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="like a DATABASE_URL: postgres://user:password@host:5432/name")

    def handle(self, *, address: str, **options) -> None:
        try:
            with TemporaryDirectory(prefix="tracker-copy-") as folder:
                path = Path(folder) / "copy.zip"
                write_archive(path, dt.datetime.now(dt.UTC))
                self.stdout.write(manage(["restore", str(path)], os.environ | {"DATABASE_URL": address}), ending="")
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Copied. Set DATABASE_URL to the other database, and start the site.")
