import datetime as dt
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from timeline.backups import store
from timeline.backups.archive import BackupRefused, opened_archive
from timeline.backups.restoring import holds_rows, restore


class Command(BaseCommand):
    help = "Replace the database and its files with a backup, whole or not at all. Stop the site before, and start it afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="set aside what is there, and replace it")
        parser.add_argument("--identity", type=Path, help="file with the secret key, for an encrypted backup")

    def handle(self, *, file: Path, replace: bool, identity: Path | None, **options) -> None:
        try:
            with opened_archive(file, identity) as archive:
                if replace and connection.vendor != "sqlite" and holds_rows():
                    before = store.make_backup(Path(settings.BACKUP_DIR) / "before-restore", dt.datetime.now(dt.UTC))
                    self.stdout.write(f"What was there is now in {before.path}.")
                restore(archive, self.stdout.write, replace)
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Restored. Everybody has to sign in again.")
