from django.core.management.base import BaseCommand, CommandError

from timeline import quotes, source_text
from timeline.models import Briefing, Citation
from timeline.models.citation import HOLDING, QuoteState

SOUND = (*HOLDING, QuoteState.NO_TEXT)


class Command(BaseCommand):
    help = "Check every quote against the stored text of its briefing. One line per citation; exit code 1 if one fails."

    def handle(self, **options) -> None:
        total = broken = altered = 0
        for briefing in Briefing.objects.order_by("pk").iterator(chunk_size=20):
            altered += self.report_altered(briefing)
            for citation in briefing.citations.select_related("event").order_by("start", "pk"):
                state = state_now(citation, briefing.text)
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


def state_now(citation: Citation, text: str) -> str:
    """Return the state of the quote in the text as it is stored now; nothing is saved."""
    if not text:
        return QuoteState.NO_TEXT
    if citation.state == QuoteState.AMBIGUOUS:  # the place stored is only the first of several
        return quotes.anchor(citation.quote, text, "", "", None, None).state
    return quotes.anchor(citation.quote, text, citation.prefix, citation.suffix, citation.start, citation.end).state
