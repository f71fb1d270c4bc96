from django.core.management.base import BaseCommand, CommandError

from timeline import source_text
from timeline.models import Briefing
from timeline.models.evidence import HOLDING, QuoteState

SOUND = (*HOLDING, QuoteState.NO_TEXT)


class Command(BaseCommand):
    help = "Check every quote against the stored text of its briefing. One line per citation; exit code 1 if one fails."

    def handle(self, **options) -> None:
        total = broken = altered = 0
        for briefing in Briefing.objects.order_by("pk").iterator(chunk_size=20):
            altered += self.report_altered(briefing)
            for citation in briefing.citations.select_related("event").order_by("start", "pk"):
                state = citation.find_in(briefing.text).state if briefing.text else QuoteState.NO_TEXT
                total, broken = total + 1, broken + (state not in SOUND)
                self.stdout.write(f"{state:<9}  {citation.public_id}  {briefing.slug}  {citation}  {citation.event}")
        if broken or altered:
            raise CommandError(
                f"{broken} of {total} quotes do not stand in their briefing, or more than once; "
                f"{altered} texts differ from their SHA-256.",
                returncode=1,
            )
        self.stdout.write(f"All {total} quotes stand in their briefings.")

    def report_altered(self, briefing: Briefing) -> bool:
        """Say where a text was changed behind the software's back; return whether it was."""
        if not briefing.text or source_text.sha256(briefing.text) == briefing.text_sha256:
            return False
        self.stdout.write(f"altered    {briefing.slug}  the text does not match the SHA-256 stored with it")
        return True
