import datetime as dt
import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.backups import store
from timeline.backups.archive import BackupRefused
from timeline.backups.trial_restore import look


def hours(text: str) -> dt.timedelta:
    """Return the time that is written like `26h`. Raises ValueError."""
    if not (written := re.fullmatch(r"(\d+)h", text)):
        raise ValueError("write hours like 26h")
    return dt.timedelta(hours=int(written[1]))


class Command(BaseCommand):
    help = (
        "Show how old the newest backup is that was restored for a trial; exit code 1 where it is too old or missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--max-age", type=hours, default=hours("26h"), help="like 26h")
        parser.add_argument("--look", action="store_true", help="look at the database itself, as a trial does")

    def handle(self, *, max_age: dt.timedelta, look: bool, **options) -> None:
        if look:
            return self.look()
        folder = Path(settings.BACKUP_DIR)
        if not (backup := store.last_verified(folder)):
            raise CommandError(
                f"No backup in {folder} was verified. Run backup --verify, or verify_backup.", returncode=1
            )
        age = dt.datetime.now(dt.UTC) - backup.at
        words = f"The newest verified backup, {backup.path.name}, is {age.total_seconds() / 3600:.1f} hours old."
        if age > max_age:
            raise CommandError(words, returncode=1)
        self.stdout.write(words)

    def look(self) -> None:
        try:
            self.stdout.write(look(), ending="")
        except BackupRefused as error:
            raise CommandError(str(error)) from error
