import logging
import os
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from timeline.exports.export import Export, ExportBroken
from timeline.exports.package.to_zip import render, render_with_originals
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.models.original import DOWNLOAD_PERMISSION

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Write the Data Package of a filter to a file, as /events.zip has it. --with-originals adds the bytes from which the "
        "texts were made; the account responsible must have the right to download originals."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="File to write; it must not exist yet.")
        parser.add_argument(
            "--filter", default="", metavar="QUERY", help="Filter of the timeline: category=call&from=2022."
        )
        parser.add_argument("--with-originals", action="store_true", help="Add the originals that are not sealed.")
        parser.add_argument("--by", metavar="ACCOUNT", help="Name of the account responsible for the originals.")

    def handle(self, *, file: Path, filter: str, with_originals: bool, by: str | None, **options) -> None:
        if with_originals:
            _check_right(by)
        event_filter = EventFilter(QueryDict(filter), Event.objects.public())
        if event_filter.messages:
            wrong = "; ".join(f"{name}: {' '.join(words)}" for name, words in event_filter.messages.items())
            raise CommandError(f"The filter is wrong. {wrong}")
        export = Export.of(event_filter, use_index=False)
        size = _write(file, (render_with_originals if with_originals else render)(export))
        logger.info("package of %d events written, originals: %s, account: %s", export.about.total, with_originals, by)
        self.stdout.write(f"{export.about.total:,} events, {size:,} bytes: {file}")


def _check_right(by: str | None) -> None:
    account = User.objects.filter(username=by, is_active=True).first()
    if account is None:
        raise CommandError("Name the account responsible for the originals, with --by.")
    if not account.has_perm(DOWNLOAD_PERMISSION):
        raise CommandError(f"The account “{by}” may not download originals. Give it the right “view original”.")


def _write(file: Path, parts) -> int:
    """Write the parts to a new file, whole or not at all. Return its size in bytes."""
    unfinished = file.with_name(f"{file.name}.part")
    if file.exists() or unfinished.exists():
        raise CommandError(f"{file} or {unfinished.name} exists already. Delete it, or name another file.")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            for part in parts:
                target.write(part)
        unfinished.rename(file)
    except (ExportBroken, OSError) as error:
        raise CommandError(f"Nothing was written: {error}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return file.stat().st_size
