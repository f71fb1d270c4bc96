from django.core.management.base import BaseCommand, CommandError

import tracker
from timeline.capture.fetch import MOST_REDIRECTS, SECONDS, fetch
from timeline.capture.warc import warc_of
from timeline.capture.web_address import NotFetched
from timeline.database.transactions import refresh_after_commit
from timeline.extraction.reading_process import ReadingProcess
from timeline.imports.briefings.briefing_import import REFUSED, ImportReport, store_one
from timeline.imports.briefings.document import Document, Received, Refused
from timeline.imports.briefings.document_files import read
from timeline.imports.briefings.store_documents import NEW, DocumentStore
from timeline.models.original import Way

SOFTWARE = f"conflict-event-timeline-tracker/{tracker.__version__}"


class Command(BaseCommand):
    help = (
        "Fetch the page at an address, store it as WARC, and its text as a draft source. No other part of the software makes requests. "
        f"At most {MOST_REDIRECTS} redirects and {SECONDS:g} seconds. Exit code 1 where nothing was fetched, or it was refused."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("url", metavar="URL", help="The address, with http:// or https://.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Fetch it, show what would be stored, and store nothing."
        )
        parser.add_argument(
            "--publisher", default="", metavar="NAME", help="Publisher: name, alias or slug of an actor."
        )
        parser.add_argument(
            "--language", default="", metavar="CODE", help="Language, where the page does not state it, like ru."
        )
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="Also from private networks and this machine; else they are refused.",
        )

    def handle(self, *, url: str, dry_run: bool, publisher: str, language: str, allow_private: bool, **options) -> None:
        try:
            store = DocumentStore(publisher=publisher, language=language, dry_run=dry_run, way=Way.CAPTURED)
        except Refused as refused:
            raise CommandError(f"--publisher: {refused}") from None
        report = ImportReport()
        store_one(self.captured(url, allow_private), store, report, self.stdout.write)
        for name in report.new_publishers:
            self.stdout.write(f"New actor: {name}, as publisher.")
        if report.counts[REFUSED]:
            raise CommandError("Nothing is stored.", returncode=1)
        if dry_run:
            self.stdout.write("Dry run: nothing is stored.")
        elif report.counts[NEW]:
            refresh_after_commit()

    def captured(self, url: str, allow_private: bool) -> Document | Refused:
        """Return the document at the address, with the WARC as what was received; as a value, why there is none."""
        try:
            exchanges = fetch(url, SOFTWARE, allows_private=allow_private)
            received = Received(warc_of(exchanges, SOFTWARE), "warc", address=exchanges[-1].url)
            with ReadingProcess() as reading:
                return read(received, received.address, reading.extract)
        except (NotFetched, Refused) as refused:
            return Refused(str(refused)).at(url)
