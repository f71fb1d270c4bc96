from django.core.management.base import BaseCommand, CommandError

from timeline.extraction.extracted import Refused
from timeline.extraction.readers import Extract
from timeline.extraction.reading_process import ReadingProcess
from timeline.imports.briefings.originals import differences
from timeline.models import Original

SHOWN = 20  # lines of differences of one text


class Command(BaseCommand):
    help = (
        "Make the texts of sources again from their originals, and say of each whether it is equal. Writes nothing. Exit code 1 "
        "where one differs, or is damaged."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "slugs", nargs="*", metavar="SLUG", help="Slugs of sources; without any, all that have an original."
        )

    def handle(self, *, slugs: list[str], **options) -> None:
        originals = Original.objects.select_related("briefing").order_by("briefing__slug", "pk")
        if slugs:
            originals = originals.filter(briefing__slug__in=slugs)
        counts = {"equal": 0, "differs": 0}
        with ReadingProcess() as reading:
            for original in originals.defer(None).iterator(chunk_size=10):
                counts[self.compare(original, reading.extract)] += 1
        self.stdout.write(f"{counts['equal']:,} equal, {counts['differs']:,} differ.")
        if counts["differs"]:
            raise CommandError("Not every text is what its original gives; see above.", returncode=1)

    def compare(self, original: Original, extract: Extract) -> str:
        """Say what became of one text. Return "equal" or "differs"."""
        name = f"{original.briefing.slug} ({original.extractor}, {original.extractor_version})"
        if not original.is_intact:
            self.stdout.write(f"differs  {name}: the stored bytes are not those of SHA-256 {original.sha256}.")
            return "differs"
        try:
            lines = list(differences(original, extract))
        except (Refused, ValueError) as refused:
            self.stdout.write(f"differs  {name}: {refused}")
            return "differs"
        self.stdout.write(f"{'differs' if lines else 'equal  '}  {name}")
        self.stdout.write("\n".join(f"    {line}" for line in lines[:SHOWN]), ending="\n" if lines else "")
        if len(lines) > SHOWN:
            self.stdout.write(f"    and {len(lines) - SHOWN:,} lines more")
        return "differs" if lines else "equal"
