"""Names speakers of briefings that are stored: labels that nobody stood behind when they came in, and somebody does now."""

from collections.abc import Callable

from django.db import transaction

from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing, BriefingSpeaker

from .speaker_matching import Speakers

LONGEST_LABEL = 100  # characters


def name_stored_speakers(speakers: Speakers, say: Callable[[str], None], *, dry_run: bool = False) -> int:
    """Name what is certain, `say` one line for each briefing, and return how many labels were named. A label that ever
    had a line is left: an editor has named it, or taken the name away. One text at a time is in memory."""
    stored = list(Briefing.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_name(Briefing.objects.with_its_text().get(pk=pk), speakers, say, dry_run) for pk in stored)


@transaction.atomic
def _name(briefing: Briefing, speakers: Speakers, say: Callable[[str], None], dry_run: bool) -> int:
    labels = dict.fromkeys(turn.speaker for turn in briefing.transcript.turns if turn.speaker)
    named_before = set(BriefingSpeaker.history.filter(briefing_id=briefing.pk).values_list("label", flat=True))
    named_before |= set(briefing.speakers.values_list("label", flat=True))
    unnamed = [label for label in labels if len(label) <= LONGEST_LABEL and label not in named_before]
    matches = speakers.of(unnamed, briefing.title, briefing.text)
    if matches:
        say(f"named      {briefing.slug}: {'; '.join(f'{label} is {actor}' for label, actor in matches.items())}")
    if not dry_run:
        with reason_for_change("Named by import_briefings"):
            for label, actor in matches.items():
                BriefingSpeaker(briefing=briefing, label=label, actor=actor).save()
    return len(matches)
