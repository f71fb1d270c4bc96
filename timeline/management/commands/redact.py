import json
import sys
from pathlib import Path

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from timeline.models.redaction import RedactionAct
from timeline.redaction.apply import redact
from timeline.redaction.redaction_plan import plan_redaction
from timeline.redaction.replay import apply_redactions, export_redactions
from timeline.redaction.wordings import Wordings


class Command(BaseCommand):
    help = (
        "Redact words of every table: restrict (sealed for custodians) or erase (gone). Without --yes it only says where they "
        "are. --export writes the redactions without the words; --apply makes them again in a restored database."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("act", nargs="?", choices=RedactionAct.values)
        parser.add_argument(
            "--words", help="a file with the words, one wording a line; - is standard input", default="-"
        )
        parser.add_argument("--reason", default="", help="why; kept in the list of redactions")
        parser.add_argument("--publish-reason", action="store_true", help="publish the reason")
        parser.add_argument("--by", help="name of the account responsible")
        parser.add_argument(
            "--custodian", action="append", default=[], help="name of an account that may read what is sealed"
        )
        parser.add_argument("--yes", action="store_true", help="do it")
        parser.add_argument("--export", metavar="FILE", help="write the redactions since --since to a file")
        parser.add_argument("--since", help="moment, ISO 8601 with a zone; none: all")
        parser.add_argument("--apply", metavar="FILE", help="make the redactions of a file again")

    def handle(self, **options) -> None:
        try:
            if options["export"]:
                self.export(Path(options["export"]), options["since"])
            elif options["apply"]:
                self.apply(Path(options["apply"]))
            elif options["act"]:
                self.redact(**options)
            else:
                raise CommandError("Say whether to restrict or to erase, or give --export or --apply.")
        except (ValidationError, ValueError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from None

    def redact(self, *, act, words, reason, publish_reason, by, custodian, yes, **options) -> None:
        wordings = (sys.stdin.read() if words == "-" else Path(words).read_text("utf-8")).splitlines()
        plan = plan_redaction(Wordings(wordings, timezone.localdate()))
        for kind, changes in plan.by_kind().items():
            rows = len({change.row for change in changes})
            self.stdout.write(f"{rows:,} {kind}: {', '.join(sorted({change.column for change in changes}))}")
        if not yes:
            self.stdout.write("Nothing was written. Add --yes to remove the words.")
            return
        if not reason:
            raise CommandError("Say why, with --reason.")
        redaction = redact(
            wordings,
            act,
            reason=reason,
            withheld=not publish_reason,
            by=_account(by) if by else None,
            custodians=[_account(name) for name in custodian],
        )
        self.shrink()
        self.stdout.write(
            f"{redaction}: {redaction.get_act_display().lower()}. Backups and copies still contain the words."
        )

    def shrink(self) -> None:
        """Rewrite the database file: SQLite leaves what is deleted in free pages."""
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")

    def export(self, path: Path, since: str | None) -> None:
        moment = parse_datetime(since) if since else None
        if since and (moment is None or moment.tzinfo is None):
            raise CommandError("--since needs a time with its zone, like 2026-11-29T12:00:00Z.")
        exported = export_redactions(moment)
        path.write_text(json.dumps(exported, ensure_ascii=False, indent=1), "utf-8")
        self.stdout.write(f"{len(exported['redactions']):,} redactions are in {path}, without their words.")

    def apply(self, path: Path) -> None:
        replay = apply_redactions(json.loads(path.read_text("utf-8")))
        self.shrink()
        self.stdout.write(
            f"{replay.applied:,} values were redacted again, {replay.done:,} were already, {replay.absent:,} are not there."
        )
        if replay.differing:
            lines = "\n".join(replay.differing)
            raise CommandError(
                f"{len(replay.differing):,} values have changed since they were redacted; check them:\n{lines}"
            )


def _account(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no account {name}.")
    return user
