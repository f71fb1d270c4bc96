"""Merge two sources that are one document."""

from collections.abc import Iterable

from timeline.evidence.choices import BROKEN_STATES
from timeline.models import Citation, Original
from timeline.models.briefing import BriefingStatus
from timeline.models.derived_columns import derive_citation

from .merge_rows import RowMerge, reassign_all
from .move_references import Group, Move, group_moves, plan_moves

TAKEABLE_BRIEFING_FIELDS = {  # what can be taken over from the duplicate
    "title": ("title",),
    "publisher": ("publisher",),
    "origin": ("origin",),
    "published": ("published_on", "published_within"),
    "captured_on": ("captured_on",),
    "archive_url": ("archive_url",),
    "rights": ("rights",),
}


class BriefingMerge(RowMerge):
    """Citations of `duplicate` cite `target`, and its addresses become further ones. Its text, with those it had before,
    stays with it: editors can read it, and an import knows it again."""

    def obstacles(self) -> list[str]:
        """Return in words why the two cannot be merged; empty: they can. One query where the texts differ."""
        refusals = super().obstacles()
        if refusals:
            return refusals
        if self.duplicate.is_public and not self.target.is_public:
            refusals.append(
                f"“{self.duplicate}” is published and “{self.target}” is not: keep the published one, or publish the "
                "other first."
            )
        if lost := self._lost_quotes():
            counted = "1 quote" if len(lost) == 1 else f"{len(lost)} quotes"
            shown = "; ".join(f"“{quote[:80]}”" for quote in lost[:3])
            refusals.append(
                f"{counted} of “{self.duplicate}” cannot be found in “{self.target}”: {shown}. Keep the other."
            )
        return refusals

    def _lost_quotes(self) -> list[str]:
        """Return quotes that are in the text of the duplicate, or are of none, and not in one place of the target's."""
        text = self.target.text
        if text == self.duplicate.text:
            return []
        citations = self.duplicate.citations.exclude(state__in=BROKEN_STATES).order_by("pk")
        return [citation.quote for citation in citations if not text or _is_lost(citation, text)]

    def groups(self, most: int) -> list[Group]:
        """Return what moves, by kind, of each kind the first."""
        return group_moves([*self.citations(), *self.speakers()], most)

    def citations(self) -> list[Move]:
        cited = self.duplicate.citations.select_related("event", "briefing").order_by("pk")
        return plan_moves(cited, {}, lambda citation: (), lambda citation: f"{citation}, {citation.event}")

    def speakers(self) -> list[Move]:
        """Return what becomes of who is behind each label of the target's text: one that is named there is folded."""
        named = {speaker.label: speaker for speaker in self.target.speakers.select_related("actor")}
        labels = {turn.speaker for turn in self.target.transcript.turns}
        moving = self.duplicate.speakers.select_related("actor").filter(label__in=labels)
        return plan_moves(moving, named, lambda speaker: speaker.label)

    def move_all(self) -> None:
        for move in self.speakers():
            if move.into:
                move.row.delete()
            else:
                reassign_all([move], "briefing", self.target)
        reassign_all(self.citations(), "briefing", self.target)

    def _detach_target(self) -> None:
        """Leave the target as it is: no source lies within another."""

    def _end_duplicate(self) -> None:
        self.duplicate.merged_into, self.duplicate.status = self.target, BriefingStatus.DRAFT
        self.duplicate.save()
        for original in Original.objects.filter(briefing__merged_into=self.target).order_by("received_at", "pk"):
            original.locate_quotes()

    def take_over(self, take: Iterable[str]) -> None:
        """Add the duplicate's addresses, and write what was chosen of its values. Raises ValidationError for what cannot be."""
        for name in (name for choice in take for name in TAKEABLE_BRIEFING_FIELDS[choice]):
            setattr(self.target, name, getattr(self.duplicate, name))
        for url in filter(None, [self.duplicate.url, *self.duplicate.further_urls.splitlines()]):
            self.target.add_address(url)
        self.target.full_clean()
        self.target.save()


def _is_lost(citation: Citation, text: str) -> bool:
    places = (citation.prefix, citation.suffix, citation.start, citation.end)
    return derive_citation(text, citation.quote, *places)[0]["state"] in BROKEN_STATES
