import datetime as dt
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.backups import store
from timeline.backups.archive import BackupRefused
from timeline.backups.trial_restore import try_backup


class Command(BaseCommand):
    help = "Write a backup of every row and stored file, whole and on the disk before it has its name, and remove old ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(settings.BACKUP_DIR), help="folder; else BACKUP_DIR")
        parser.add_argument("--keep", default=store.KEEP, help="days, weeks and months of which one is kept: 7d4w12m")
        parser.add_argument(
            "--age-recipient", default=settings.BACKUP_RECIPIENT, help="public key; else BACKUP_RECIPIENT"
        )
        parser.add_argument("--verify", action="store_true", help="restore it for a trial before it is encrypted")
        parser.add_argument("--allow-fewer", action="store_true", help="do not warn of far fewer rows than before")

    def handle(self, *, out: Path, keep: str, age_recipient: str, verify: bool, allow_fewer: bool, **options) -> None:
        try:
            rule = store.read_rule(keep)
            before = next(iter(store.stored_backups(out)), None)
            trial = (lambda path: self.stdout.write(try_backup(path))) if verify else None
            made = store.make_backup(out, dt.datetime.now(dt.UTC), age_recipient, trial)
            if not allow_fewer:
                store.check_size(made, before)
        except (BackupRefused, ValueError) as error:
            raise CommandError(str(error)) from error
        for backup in store.superfluous(store.stored_backups(out), rule):
            store.remove(backup)
            self.stdout.write(f"removed {backup.path.name}")
        self.stdout.write(f"{made.path}, {made.path.stat().st_size:,} bytes")
