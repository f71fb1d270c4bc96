from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from timeline.evidence.choices import VERIFIED_STATES, QuoteState
from timeline.models import Briefing
from timeline.text import source_text


class Command(BaseCommand):
    help = "Check every quote against the stored text of its briefing. One line per citation; exit code 1 if one fails."

    def handle(self, **options) -> None:
        states, altered = Counter(), 0
        for briefing in Briefing.objects.order_by("pk").iterator(chunk_size=20):
            altered += self.report_altered(briefing)
            for citation in briefing.citations.select_related("event").order_by("start", "pk"):
                state = citation.find_in(briefing.text).state if briefing.text else QuoteState.NO_TEXT
                states[state] += 1
                self.stdout.write(f"{state:<9}  {citation.public_id}  {briefing.slug}  {citation}  {citation.event}")
        stand, unchecked = sum(states[state] for state in VERIFIED_STATES), states[QuoteState.NO_TEXT]
        failed = states.total() - stand - unchecked
        if failed or altered:
            counts = f"{_counts(stand, unchecked, failed)}; {altered:,} texts differ from their SHA-256."
            raise CommandError(counts, returncode=1)
        all_stand = 0 < stand == states.total()
        sentence = f"All {stand:,} quotes stand in their briefings" if all_stand else _counts(stand, unchecked, failed)
        self.stdout.write(f"{sentence}.")

    def report_altered(self, briefing: Briefing) -> bool:
        """Say where a text was changed behind the software's back; return whether it was."""
        if not briefing.text or source_text.sha256(briefing.text) == briefing.text_sha256:
            return False
        self.stdout.write(f"altered    {briefing.slug}  the text does not match the SHA-256 stored with it")
        return True


def _counts(stand: int, unchecked: int, failed: int) -> str:
    return (
        f"{stand:,} quotes stand in their briefings, {unchecked:,} could not be checked (no text is stored), "
        f"{failed:,} do not stand there or stand there more than once"
    )
