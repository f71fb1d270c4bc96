from collections import Counter, defaultdict

from django.core.management.base import BaseCommand, CommandError

from timeline.evidence.axes import AXES, Cited, axes_of
from timeline.evidence.choices import VERIFIED_STATES, QuoteState
from timeline.models import Briefing, Citation, EarlierText, Event
from timeline.text import source_text
from timeline.text.running_heads import words_at

COUNTED = ("form", "assertion", "contest")  # axes that readers filter by


class Command(BaseCommand):
    help = (
        "Check every quote against the stored text of its source, and count how public events are known by what was "
        "found. One line per citation; exit code 1 if one fails, or if an event says otherwise of itself."
    )

    def handle(self, **options) -> None:
        self.cited: dict[int, list[Cited]] = defaultdict(list)  # what was found, by public event
        states, altered = Counter(), 0
        for briefing in Briefing.objects.order_by("pk").iterator(chunk_size=20):
            altered += self.report_altered(briefing, briefing.slug)
            for citation in briefing.citations.select_related("event", "earlier_text").order_by("start", "pk"):
                state = citation.find_in(citation.version_text).state if citation.version_text else QuoteState.NO_TEXT
                states[state] += 1
                self._note(citation, briefing, state)
                line = f"{state:<9}  {citation.public_id}  {briefing.slug}{_version(citation.earlier_text)}  {citation}"
                self.stdout.write(f"{line}  {citation.event}")
            for version in briefing.earlier_texts.order_by("number"):
                altered += self.report_altered(version, f"{briefing.slug}{_version(version)}")
                states += self.check_earlier_quotes(version, briefing)
        differing = self.count_events()
        matched, unchecked = sum(states[state] for state in VERIFIED_STATES), states[QuoteState.NO_TEXT]
        failed = states.total() - matched - unchecked
        if failed or altered or differing:
            counts = f"{_counts(matched, unchecked, failed)}; {altered:,} texts differ from their SHA-256"
            differs = f"; {differing:,} events say otherwise of how they are known" if differing else ""
            raise CommandError(f"{counts}{differs}.", returncode=1)
        all_matched = 0 < matched == states.total()
        sentence = (
            f"All {matched:,} quotes are in their sources" if all_matched else _counts(matched, unchecked, failed)
        )
        self.stdout.write(f"{sentence}.")

    def _note(self, citation: Citation, briefing: Briefing, state: str) -> None:
        if citation.event.is_public and briefing.is_public:
            source = briefing.origin_id or briefing.publisher_id
            cited = Cited(citation.act, citation.support, citation.basis, state, briefing.is_listed, source)
            self.cited[citation.event_id].append(cited)

    def count_events(self) -> int:
        """Say how many public events have each value of an axis by what was found, and which say otherwise of themselves;
        return how many do. One query."""
        counts: dict[str, Counter] = {axis: Counter() for axis in COUNTED}
        differing = 0
        columns = [*AXES, "source_count"]
        for pk, public_id, *stored in Event.objects.public().values_list("pk", "public_id", *columns):
            axes = axes_of(self.cited[pk])
            for axis in COUNTED:
                counts[axis][axes[axis]] += 1
            if wrong := [name for name, value in zip(columns, stored, strict=True) if axes[name] != value]:
                differing += 1
                self.stdout.write(f"differs    {public_id}  {', '.join(wrong)}")
        for axis, of_value in counts.items():
            if of_value:
                known = ", ".join(f"{value or 'none'} {number:,}" for value, number in of_value.most_common())
                self.stdout.write(f"Public events by {axis}: {known}.")
        return differing

    def check_earlier_quotes(self, version: EarlierText, briefing: Briefing) -> Counter:
        """Return how many of the words that citations had in this version are found there, and are not; say each."""
        states: Counter = Counter()
        for earlier_quote in version.earlier_quotes.select_related("citation"):
            is_found = words_at(version.text, earlier_quote.start, earlier_quote.end) == earlier_quote.quote
            state = QuoteState.VERIFIED if is_found else QuoteState.MISSING
            states[state] += 1
            line = f"{state:<9}  {earlier_quote.citation.public_id}  {briefing.slug}{_version(version)}"
            self.stdout.write(f"{line}  “{earlier_quote.quote}”, reworded since")
        return states

    def report_altered(self, row: Briefing | EarlierText, name: str) -> bool:
        """Say where a text was changed behind the software's back; return whether it was."""
        if not row.text or source_text.sha256(row.text) == row.text_sha256:
            return False
        self.stdout.write(f"altered    {name}  the text does not match the SHA-256 stored with it")
        return True


def _version(version: EarlierText | None) -> str:
    return f", text {version.number}" if version else ""


def _counts(matched: int, unchecked: int, failed: int) -> str:
    return (
        f"{matched:,} quotes are in their sources, {unchecked:,} could not be checked (no text is stored), "
        f"{failed:,} are not there, or are there more than once"
    )
