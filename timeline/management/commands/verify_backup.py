import datetime as dt
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.backups import store
from timeline.backups.archive import BackupRefused, file_sha256
from timeline.backups.trial_restore import try_backup


class Command(BaseCommand):
    help = "Restore a backup into a database for a trial: rows and files as promised, every quote found, pages open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="else the newest in BACKUP_DIR")
        parser.add_argument("--identity", type=Path, help="file with the secret key, for an encrypted backup")
        parser.add_argument(
            "--database", default="", help="address of an empty database; else a SQLite file for a moment"
        )

    def handle(self, *, file: Path | None, identity: Path | None, database: str, **options) -> None:
        newest = next(iter(store.stored_backups(Path(settings.BACKUP_DIR))), None)
        if not (path := file or (newest and newest.path)):
            raise CommandError(f"There is no backup in {settings.BACKUP_DIR}.")
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        backup, since = store.StoredBackup(path, dt.datetime.now(dt.UTC)), time.monotonic()
        manifest = backup.manifest()
        if manifest.get("sha256") not in (None, file_sha256(path)):
            raise CommandError(f"{path} is damaged: it is not the file that was written.")
        try:
            self.stdout.write(try_backup(path, identity, database), ending="")
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        if manifest:
            backup.write_manifest(manifest | {"verified_at": dt.datetime.now(dt.UTC).isoformat()})
        self.stdout.write(f"{path} is good; restoring and looking took {time.monotonic() - since:.0f} seconds.")
