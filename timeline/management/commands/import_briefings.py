import sys

from django.core.management.base import BaseCommand, CommandError

from timeline.database.transactions import refresh_after_commit
from timeline.imports.briefings.briefing_import import REFUSED, ImportReport, store_all
from timeline.imports.briefings.document import Refused
from timeline.imports.briefings.document_files import KNOWN, DocumentFiles, find_files
from timeline.imports.briefings.speaker_matching import Speakers, name_stored_speakers
from timeline.imports.briefings.store_documents import CHANGED, NEW, UNCHANGED, DocumentStore

SHOWN_LABELS = 40
SHOWN_NAMES = 10  # the most frequent
INTERRUPTED = 130  # the exit code of a program stopped by Ctrl-C


class Command(BaseCommand):
    help = (
        f"Store documents as sources: files or folders with {', '.join(KNOWN)}. Each document is stored whole or not at "
        "all; documents already stored are left unchanged. Exit code 1 where something was refused."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="A file, or a folder with all in it.")
        parser.add_argument("--dry-run", action="store_true", help="Show what would be stored, and store nothing.")
        parser.add_argument(
            "--publish", action="store_true", help="Show new sources to the public; else they are drafts."
        )
        parser.add_argument(
            "--publisher", default="", metavar="NAME", help="Publisher of all of them: name, alias or slug of an actor."
        )
        parser.add_argument(
            "--name-speakers",
            action="store_true",
            help="Name speakers of all stored sources too, whose actors were added later. PATH may be left out.",
        )
        parser.add_argument(
            "--further-addresses",
            action="store_true",
            help="Where a text is stored already, add the document’s address to those of its source.",
        )
        parser.add_argument(
            "--language", default="", metavar="CODE", help="Language of documents that do not state it, like ru."
        )

    def handle(
        self,
        *,
        paths: list[str],
        dry_run: bool,
        publish: bool,
        publisher: str,
        language: str,
        name_speakers: bool,
        further_addresses: bool,
        **options,
    ) -> None:
        if name_speakers:
            named = name_stored_speakers(Speakers(), self.say, dry_run=dry_run)
            self.stdout.write(f"{_counted(named, 'label')} named.{' Dry run: nothing is stored.' if dry_run else ''}")
        if paths:
            options = {"publisher": publisher, "language": language, "publish": publish, "dry_run": dry_run}
            self.take(paths, options | {"further_addresses": further_addresses})
        elif not name_speakers:
            raise CommandError("Name a file or folder, or --name-speakers.")

    def take(self, paths: list[str], options: dict) -> None:
        """Store what the paths hold, and sum it up."""
        files = find_files(paths)
        try:
            store = DocumentStore(**options)
        except Refused as refused:
            raise CommandError(f"--publisher: {refused}") from None
        for path, reason in files.refused:
            self.say(f"refused    {path}: {reason}")
        report = self.report(files, store)
        report.counts[REFUSED] += len(files.refused)
        self.sum_up(report, store, files, options["dry_run"])
        if report.counts[NEW] and not options["dry_run"]:
            refresh_after_commit()
        if report.counts[REFUSED]:
            raise CommandError(f"{_counted(report.counts[REFUSED], 'document')} refused; see above.", returncode=1)

    def report(self, files: DocumentFiles, store: DocumentStore) -> ImportReport:
        """Return what became of the documents. Ctrl-C keeps what is stored and says so."""
        report, total = ImportReport(), len(files.files)
        try:
            store_all(files.files, store, report, self.say, lambda done: self.progress(done, total))
        except KeyboardInterrupt:
            self.clear()
            counted = _counted(report.counts[NEW], "source")
            raise CommandError(
                f"Interrupted. {counted} stored; run it again to continue.", returncode=INTERRUPTED
            ) from None
        return report

    def sum_up(self, report: ImportReport, store: DocumentStore, files: DocumentFiles, dry_run: bool) -> None:
        self.clear()
        for name in report.new_publishers:
            self.stdout.write(f"New actor: {name}, as publisher.")
        if labels := store.unknown_labels:
            self.stdout.write(_unknown(labels))
        if names := store.unknown_names.most_common(SHOWN_NAMES):
            listed = ", ".join(f"{name} ({count:,})" for name, count in names)
            self.stdout.write(
                f"Names that are not actors yet: {listed}. Add them where a source is worked on at the desk."
            )
        if files.left:
            self.stdout.write(f"Skipped: {_counted(len(files.left), 'file')} of other kinds, links and READMEs.")
        counts = report.counts
        parts = f"{counts[NEW]:,} new, {counts[CHANGED]:,} changed, {counts[UNCHANGED]:,} unchanged, {counts[REFUSED]:,} refused"
        self.stdout.write(f"{parts}. {'Dry run: nothing is stored.' if dry_run else ''}".rstrip())

    def say(self, line: str) -> None:
        self.clear()
        self.stdout.write(line)

    def progress(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,} files", ending="")

    def clear(self) -> None:
        if sys.stderr.isatty():
            self.stderr.write("\r\x1b[K", ending="")


def _unknown(labels: dict[str, int]) -> str:
    """Return a line that lists the labels nobody is behind, the most frequent first."""
    often = sorted(labels.items(), key=lambda label_and_count: (-label_and_count[1], label_and_count[0]))
    listed = ", ".join(f"{label} ({count})" if count > 1 else label for label, count in often[:SHOWN_LABELS])
    more = f" and {len(often) - SHOWN_LABELS:,} more" if len(often) > SHOWN_LABELS else ""
    return f"Speakers not known as actors: {listed}{more}. Name them in the source, or make them actors and use --name-speakers."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
