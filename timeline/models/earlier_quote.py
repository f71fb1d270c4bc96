import datetime as dt
from collections.abc import Iterable

from django.db import models

from timeline.evidence.choices import QuoteState

from .citation import Citation
from .earlier_text import EarlierText

WORDS = ("earlier_text", "quote", "prefix", "suffix", "start", "end", "turn_kind", "speaker", "locator", "found_from")


class EarlierQuoteManager(models.Manager["EarlierQuote"]):
    def keep(self, citation: Citation) -> None:
        """Keep the words of a citation that is about to get others, with the version in which they are found."""
        if citation.earlier_text is None or citation.start is None or citation.end is None:
            raise ValueError("Only words that are found in an earlier text are kept beside those of a later one.")
        self.create(citation=citation, **{name: getattr(citation, name) for name in WORDS})

    def give_to(self, citations: Iterable[Citation]) -> None:
        """Give each citation its `former_words`, the first first. One query where one of their texts has changed."""
        by_key = {citation.pk: citation for citation in citations if citation.briefing.text_stored_at}
        rows = self.filter(citation__in=by_key).select_related("earlier_text").defer("earlier_text__text")
        for row in rows.order_by("earlier_text__number") if by_key else ():
            vars(by_key[row.citation_id]).setdefault("former_words", []).append(row)

    def of_citations(
        self, citations: models.QuerySet[Citation], day: dt.date | None = None
    ) -> models.QuerySet["EarlierQuote"]:
        """Return the words that these citations had in texts that readers could read, by citation and text. `day`: those that
        were former words at its end (UTC); None: all."""
        rows = self.filter(citation__in=citations.order_by().values("pk"), earlier_text__was_public=True)
        if day:
            rows = rows.filter(earlier_text__replaced_at__date__lte=day)
        rows = rows.select_related("citation", "earlier_text", "speaker").defer("earlier_text__text")
        return rows.order_by("citation__public_id", "earlier_text__number")

    def of_text(self, briefing: int, text_sha256: str) -> models.QuerySet["EarlierQuote"]:
        """Return the former words that are found in a briefing's earlier text with this SHA-256."""
        return self.filter(earlier_text__briefing=briefing, earlier_text__text_sha256=text_sha256)

    def in_force_on(self, day: dt.date) -> dict[int, "EarlierQuote"]:
        """Return the words of citations as they were in the text in force at the end of that day (UTC), by citation; of days
        before the first text was stored, as in that. Citations that have had no other words then are left out. One query."""
        rows = self.filter(earlier_text__replaced_at__date__gt=day).select_related("earlier_text", "speaker")
        rows = rows.defer("earlier_text__text").order_by("-earlier_text__number")
        return {row.citation_id: row for row in rows}


class EarlierQuote(models.Model):
    """The words of a citation in an earlier text, where the source has reworded them since. Written by `Citation.reword`."""

    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="earlier_quotes")
    earlier_text = models.ForeignKey(EarlierText, on_delete=models.PROTECT, related_name="earlier_quotes")
    quote = models.TextField(max_length=5000)
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    start = models.PositiveIntegerField()  # code point of the earlier text, included
    end = models.PositiveIntegerField()  # excluded
    turn_kind = models.CharField(max_length=9, blank=True)  # a TurnKind; empty: outside any turn
    # NULL: not named
    speaker = models.ForeignKey("Actor", null=True, on_delete=models.PROTECT, related_name="earlier_quotes")
    # As AnchoredQuote.locator, in the earlier text
    locator = models.CharField(max_length=60, blank=True, default="", db_default="")
    found_from = models.DateTimeField(null=True)  # UTC; as AnchoredQuote.found_from

    objects = EarlierQuoteManager()

    class Meta:
        ordering = ["earlier_text__number", "pk"]
        constraints = [
            models.CheckConstraint(name="earlierquote_placed", condition=models.Q(end__gt=models.F("start"))),
        ]

    def __str__(self) -> str:
        return f"{self.quote[:60]}, until {self.earlier_text.replaced_at:%Y-%m-%d}"

    def give_words_to(self, citation: Citation) -> None:
        """Show the citation as it was with these words. It is not to be saved."""
        for name in WORDS:
            setattr(citation, name, getattr(self, name))
        citation.state = QuoteState.VERIFIED

    @property
    def stored_from(self) -> dt.datetime:
        """Return since when the words were in the text as stored here, UTC."""
        return self.found_from or self.earlier_text.recorded_at

    @property
    def stored_until(self) -> dt.datetime:
        """Return when a text without the words was stored, UTC."""
        return self.earlier_text.replaced_at
