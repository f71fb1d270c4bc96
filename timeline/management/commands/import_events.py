import sys
import time
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from timeline.imports.doubts import KINDS, check_kinds
from timeline.imports.events.data_set_choice import data_set_for
from timeline.imports.events.event_import import ImportRefused, check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.events.import_summary import lines
from timeline.imports.file_bytes import FileRefused
from timeline.models import Actor, Place
from timeline.models.history_field import ChangeClass

TERMS = ("name", "publisher", "url", "licence", "licence_url", "attribution")
CHANGE_CLASSES = (ChangeClass.CORRECTION, ChangeClass.UPDATE, ChangeClass.SOURCE, ChangeClass.CLARIFICATION)
EVERY = 0.2  # seconds between two lines of progress


class Command(BaseCommand):
    help = "Import events from a file: check it, show what would change, ask, and write all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--data-set", default="", metavar="SLUG", help="known, or new with the terms below")
        for name in TERMS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help="of a new data set")
        parser.add_argument(
            "--no-redistribution", action="store_true", help="a new data set that may not be redistributed"
        )
        parser.add_argument("--publish", action="store_true", help="publish events that have a date and an address")
        parser.add_argument("--dry-run", action="store_true", help="check the file, and write nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask before writing")
        parser.add_argument("--overwrite", action="store_true", help="the file wins over what was changed by hand")
        parser.add_argument(
            "--leave-out-refused", action="store_true", help="skip the refused rows and import the rest"
        )
        parser.add_argument(
            "--accept",
            action="append",
            default=[],
            metavar="KIND",
            help=f"accept and mark doubtful values; may be given several times: {', '.join(KINDS)}",
        )
        for option, what in (("--match", "an actor"), ("--match-place", "a place")):
            parser.add_argument(
                option,
                action="append",
                default=[],
                type=_match,
                metavar="NAME=SLUG",
                help=f"{what} known by another name",
            )
        parser.add_argument("--reason", default="", help="why events change, with --format our-export; readers see it")
        parser.add_argument(
            "--change-class",
            default="",
            choices=[kind.value for kind in CHANGE_CLASSES],
            help="what kind of change it is, likewise",
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="all problems as CSV")

    def handle(self, **options) -> None:
        try:
            self._import(options)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was written.", returncode=130) from None
        except FileRefused as error:
            raise CommandError(f"Refused: {error}") from None
        except IntegrityError as error:
            raise CommandError(f"Nothing was written: the database refused a row. {error}") from None

    def _import(self, arguments: dict) -> None:
        options = self._options(arguments)
        summary = check(options, self._progress("Looking"), arguments["report"])
        for line in lines(summary, options):
            self.stdout.write(line)
        if arguments["dry_run"]:
            self.stdout.write("Nothing was written.")
        elif summary.fatal or (summary.refused and not options.skip_refused):
            raise CommandError("Nothing was written. Fix what is listed, or --leave-out-refused writes the other rows.")
        elif self._confirmed(arguments):
            self._write(options, summary)

    def _options(self, arguments: dict) -> Options:
        if not arguments["file"].is_file():
            raise CommandError(f"There is no file {arguments['file']}.")
        format = FORMATS[arguments["format"]]
        terms = {name: arguments[name] for name in TERMS}
        data_set = data_set_for(format, arguments["data_set"], terms)
        if arguments["no_redistribution"] and data_set:
            if data_set.pk:
                raise CommandError(f"“{data_set}” is known already: change its terms in the admin.")
            data_set.redistributable = False
        return Options(
            path=arguments["file"],
            file_name=arguments["file"].name,
            format=format,
            data_set=data_set,
            publish=arguments["publish"],
            overwrite=arguments["overwrite"],
            skip_refused=arguments["leave_out_refused"],
            accept=check_kinds(arguments["accept"]),
            reason=arguments["reason"].strip(),
            change_class=arguments["change_class"],
            actor_matches=_slugs_by_name(Actor, arguments["match"]),
            place_matches=_slugs_by_name(Place, arguments["match_place"]),
        )

    def _confirmed(self, arguments: dict) -> bool:
        if arguments["yes"]:
            return True
        if not sys.stdin.isatty():
            raise CommandError("Nothing was written: --yes writes without asking.")
        if input("Import these events? [y/N] ").strip().lower() in {"y", "yes"}:
            return True
        self.stdout.write("Nothing was written.")
        return False

    def _write(self, options: Options, summary) -> None:
        try:
            batch = run(options, summary, self._progress("Writing"))
        except ImportRefused as error:
            raise CommandError(
                f"Nothing was written: the file or the data has changed in the meantime. {error}"
            ) from None
        self.stdout.write(
            f"{batch}: {batch.created:,} created, {batch.updated:,} updated, {batch.unchanged:,} unchanged, "
            f"{batch.refused:,} refused. Undo with: manage.py undo_import {batch.pk}"
        )

    def _progress(self, doing: str):
        """Return what draws progress with rate and time left, where somebody watches."""
        if not self.stderr.isatty():
            return None
        start, last = time.monotonic(), [0.0]

        def progress(done: int, total: int) -> None:
            now = time.monotonic()
            if now - last[0] < EVERY and done != total:
                return
            last[0] = now
            self.stderr.write(f"\r{doing}  {bar(done, total, now - start)}", ending="\n" if done == total else "")

        return progress


def bar(done: int, total: int, seconds: float) -> str:
    """Return how far it is: rows, rate, and the time left where the end is known."""
    rate = done / seconds if seconds else 0
    if not total:
        return f"{done:,} rows, {rate:,.0f} a second "
    filled = 20 * done // total
    left = (total - done) / rate if rate else 0
    return f"[{'#' * filled}{'.' * (20 - filled)}] {done:,} of {total:,}, {rate:,.0f} a second, {left:,.0f} s left "


def _slugs_by_name(model, matches: list[tuple[str, str]]) -> dict[str, str]:
    """Return name -> slug. Raises CommandError for a slug that nothing has."""
    slugs = dict(matches)
    known = model.objects.filter(slug__in=slugs.values()).values_list("slug", flat=True)
    if unknown := set(slugs.values()) - set(known):
        raise CommandError(f"There is no {model._meta.verbose_name} {', '.join(sorted(unknown))}.")
    return slugs


def _match(text: str) -> tuple[str, str]:
    name, _, slug = text.rpartition("=")
    if not name or not slug:
        raise ArgumentTypeError("Write NAME=SLUG, like “DPR=donetsk-peoples-republic”.")
    return name, slug
