"""A quote with its place in one version of the text of its source."""

import datetime as dt

from django.db import models

from timeline import quotes
from timeline.evidence.choices import VERIFIED_STATES, QuoteState, TurnKind
from timeline.text.quote_folding import fold_marks
from timeline.text.transcripts import Turn

from .actor import Actor
from .briefing import Briefing, transcript_of
from .derived_columns import derive_citation
from .earlier_text import EarlierText
from .original import Original
from .validators import set_columns

ANCHORED: tuple[str, ...] = ("quote", "prefix", "suffix", "start", "end", "state", "turn_kind", "speaker_id")
# Columns that follow from the text
ANCHORED += ("earlier_text_id", "found_from", "added_on", "locator", "quote_search", "support")


class AnchoredQuote(models.Model):
    """Exact words, and where they are found: in the text that the briefing has now, or in one that it had before.

    Source of the selectors: W3C Web Annotation, TextQuoteSelector and TextPositionSelector; positions are code points.
    """

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="citations", verbose_name="source")
    earlier_text = models.ForeignKey(
        EarlierText, null=True, editable=False, on_delete=models.PROTECT, related_name="citations"
    )  # the version in which the words are found; NULL: the text that the briefing has now
    quote = models.TextField(
        max_length=5000,
        help_text="The exact words of the source. Straight quotation marks and hyphens are matched; one wrong word is not.",
    )
    prefix = models.CharField(max_length=32, blank=True, editable=False)
    suffix = models.CharField(max_length=32, blank=True, editable=False)
    start = models.PositiveIntegerField(null=True, editable=False)  # code point, included; NULL: not in the text
    end = models.PositiveIntegerField(null=True, editable=False)  # code point, excluded
    # Page or time in the original of the version: "p. 4", "0:01:33"; empty: it has neither, or it is not kept
    locator = models.CharField(max_length=60, blank=True, editable=False, default="", db_default="")
    state = models.CharField(max_length=9, choices=QuoteState, default=QuoteState.MISSING, editable=False)
    turn_kind = models.CharField(max_length=9, blank=True, choices=TurnKind, editable=False)  # empty: outside any turn
    # When the first of the consecutive versions that hold the words was stored, UTC. NULL: that is the one it names
    found_from = models.DateTimeField(null=True, editable=False)
    # The day (UTC) on which a later version brought the words. NULL: the first that readers could read has them
    added_on = models.DateField(null=True, editable=False)
    speaker = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="citations",
        help_text="Leave empty to use the speaker of that turn.",
    )

    class Meta:
        abstract = True

    @property
    def version_text(self) -> str:
        """Return the text of the version that it names; empty: none is stored."""
        return self.earlier_text.text if self.earlier_text else self.briefing.text

    @property
    def place_now(self) -> tuple[int, int] | None:
        """Return start and end in the text that the briefing has now; None: the words have no place in it."""
        if self.earlier_text_id is not None or self.start is None or self.end is None:
            return None
        return self.start, self.end

    @property
    def stored_from(self) -> dt.datetime | None:
        """Return since when the words were in the text as stored here, UTC; None: they are in none. The source may have had
        them before."""
        if self.start is None:
            return None
        version = self.earlier_text.recorded_at if self.earlier_text else self.briefing.text_recorded_at
        return self.found_from or version

    @property
    def stored_until(self) -> dt.datetime | None:
        """Return when a text without the words was stored, UTC; None: they are in the text as stored now, or in none."""
        return self.earlier_text.replaced_at if self.earlier_text else None

    def anchor(self) -> None:
        """Set what `derive_citation` says of the quote in its version and, where empty, the speaker. New words that are not
        in an earlier version are those of the text now. Words that stay keep their page where no original tells another.
        Raises as `derive_citation` does. One query for the pages, one for a speaker."""
        self._keep_place_of_same_quote()
        columns, label = self._derive_anchor()
        if self.earlier_text and columns["state"] == QuoteState.MISSING:
            self.earlier_text, self.locator = None, ""
            columns, label = self._derive_anchor()
        set_columns(self, columns)
        if label is not None and self.speaker_id is None:
            named = self.briefing.speakers.filter(label=label).first()
            self.speaker = named.actor if named else None

    def _derive_anchor(self) -> tuple[dict, str | None]:
        version = self.earlier_text or self.briefing
        track = Original.objects.track_of(self.briefing, version.text_sha256)
        quote, prefix, suffix, start, end = self._anchor_before()
        columns, label = derive_citation(self.version_text, quote, prefix, suffix, start, end, track)
        if not track.kind and columns["start"] is not None:
            columns["locator"] = self.locator
        return columns, label

    def find_in(self, text: str) -> quotes.Anchor:
        """Return where the quote is found in this text; nothing is changed. Raises as `anchor` does."""
        quote, *before = self._anchor_before()
        return quotes.anchor(quote, text, *before)

    def is_said_again(self, before: str, text: str) -> bool:
        """Return whether `text`, which replaces `before`, has the words at one place, said by the same. Words that were
        outside any turn may have got a label meanwhile, but not become a question."""
        place = self.find_in(text)
        if place.state not in VERIFIED_STATES or place.start is None:
            return False
        was = transcript_of(before).turn_at(self.start) if self.start is not None else None
        now = transcript_of(text).turn_at(place.start)
        return is_same_turn(was, now)

    def is_kept_with(self, replaced: EarlierText | None) -> bool:
        """Return whether words that a new text has no more stay with the version that it replaced: readers could read it."""
        return replaced is not None and replaced.was_public and self.state in VERIFIED_STATES

    def follow_text(self, replaced: EarlierText | None) -> None:
        """Anchor to the text that the briefing has now, which came in place of `replaced`; None: of no text. Words that it has
        no more, or that another says there, stay with the version that had them. Nothing is saved."""
        if self.earlier_text:
            if self.is_said_again(self.earlier_text.text, self.briefing.text):
                self.earlier_text, self.locator = None, ""
                self.anchor()
                self.date_words()
        elif replaced is None or not self.is_kept_with(replaced):
            self.locator = ""
            self.anchor()
        elif self.is_said_again(replaced.text, self.briefing.text):
            self.found_from, self.locator = self.found_from or replaced.recorded_at, ""
            self.anchor()
        else:
            self.earlier_text, self.state = replaced, QuoteState.VERIFIED

    def date_words(self) -> None:
        """Set since when the words are in the texts that readers could read. One query."""
        self.found_from = self.added_on = None
        versions = list(self._versions_before()) if self.start is not None else []
        first = self.stored_from
        is_consecutive = has_words = True
        for version in versions:
            has_words = self._is_in(version.text)
            is_consecutive = is_consecutive and has_words
            if has_words:
                first = version.recorded_at
            if is_consecutive:
                self.found_from = version.recorded_at
        if versions and not has_words and first:
            self.added_on = first.date()

    def _is_in(self, text: str) -> bool:
        """Return whether an earlier text has the words, said by the same."""
        place = quotes.find(self.quote, text)
        if place is None or self.start is None:
            return False
        return is_same_turn(
            transcript_of(text).turn_at(place.start), transcript_of(self.version_text).turn_at(self.start)
        )

    def _versions_before(self) -> models.QuerySet[EarlierText]:
        """Return the public versions before the one it names, the last first."""
        versions = self.briefing.earlier_texts.once_public().order_by("-number")
        return versions.filter(number__lt=self.earlier_text.number) if self.earlier_text else versions

    def _anchor_before(self) -> tuple:
        """Return quote, prefix, suffix, start and end as they are; no place where it is one of several."""
        place = (None, None) if self.state == QuoteState.AMBIGUOUS else (self.start, self.end)
        return self.quote, self.prefix, self.suffix, *place

    def _keep_place_of_same_quote(self) -> None:
        """Forget the place where the words are new. Words that came back from a form with other marks or line ends
        are not: they keep their characters and their place, which may be one of several."""
        stored = self._stored()
        if stored is None:
            return
        if stored.briefing_id != self.briefing_id:
            self.earlier_text = None
        elif fold_marks(stored.quote) == fold_marks(self.quote):
            self.quote = stored.quote
            return
        self.start = self.end = None
        self.prefix = self.suffix = self.locator = ""

    def _stored(self):
        """Return what the database holds of this row; None: nothing yet."""
        return type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None


def is_same_turn(was: Turn | None, now: Turn | None) -> bool:
    """Return whether two turns, of a text and of the one that replaces it, are of one speaker, and both or neither a question.
    None: outside any turn; that may have got a label meanwhile."""
    if (was is not None and was.kind == TurnKind.QUESTION) != (now is not None and now.kind == TurnKind.QUESTION):
        return False
    return was is None or (now is not None and _letters(was.speaker) == _letters(now.speaker))


def _letters(label: str) -> str:
    """Return a speaker's label as two texts compare it: “MR. PRICE” is “Mr Price”."""
    return "".join(filter(str.isalnum, label.casefold()))
