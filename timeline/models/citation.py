from copy import copy

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from timeline import dates, quotes
from timeline.database.transactions import take_write_lock
from timeline.evidence.axes import COUNTED, Basis
from timeline.evidence.choices import Act, Credibility, QuoteState, Reliability, TurnKind
from timeline.evidence.support import TOLD, Actuality, Support, support_of
from timeline.querysets import CitationQuerySet
from timeline.querysets.natural_keys import depends_on
from timeline.text.quote_folding import fold_marks

from .actor import Actor
from .briefing import Briefing
from .derived_columns import derive_citation, words_of_others
from .event import Event
from .history_field import History
from .place import Place
from .source_day import ONE_DAY
from .validators import choice_constraint, follow_merged, new_public_id, one_line, plain_text, with_derived

ANCHORED = ("quote", "prefix", "suffix", "start", "end", "state", "turn_kind", "speaker_id", "quote_search", "support")


class Citation(models.Model):
    """The link from an event to a briefing: who says it, how, and the exact words.

    Source of the selectors: W3C Web Annotation, TextQuoteSelector and TextPositionSelector; positions are code points.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")
    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="citations")
    quote = models.TextField(
        max_length=5000,
        help_text="The exact words of the briefing. Straight quotation marks and hyphens are matched; one wrong word is not.",
    )
    prefix = models.CharField(max_length=32, blank=True, editable=False)
    suffix = models.CharField(max_length=32, blank=True, editable=False)
    start = models.PositiveIntegerField(null=True, editable=False)  # code point, included; NULL: not in the text
    end = models.PositiveIntegerField(null=True, editable=False)  # code point, excluded
    state = models.CharField(max_length=9, choices=QuoteState, default=QuoteState.MISSING, editable=False)
    turn_kind = models.CharField(max_length=9, blank=True, choices=TurnKind, editable=False)  # empty: outside any turn

    act = models.CharField(
        max_length=9,
        choices=Act,
        help_text="What the speaker does. Someone who only passes on what another said “reports”; denying is not support.",
    )
    speaker = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="citations",
        help_text="Empty: taken from the turn in which the quote stands.",
    )
    date_as_stated = models.CharField(
        max_length=200, blank=True, validators=[one_line], help_text="This source's own words for the date."
    )
    edtf = models.CharField(
        "date by this source",
        max_length=100,
        blank=True,
        help_text="Only where this source differs from the event's date, or is the only one to state it.",
    )
    basis = models.CharField(
        "how the speaker knows",
        max_length=10,
        blank=True,
        choices=Basis,
        help_text="Only where the text tells. Empty: it does not.",
    )
    place = models.ForeignKey(
        Place,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="citations",
        verbose_name="place by this source",
        help_text="Only where this source differs from the event's place, or is the only one to state it.",
    )
    # What this source counts. NULL: it gives no count; blank is never 0.
    deaths_low = models.PositiveIntegerField("deaths by this source, at least", null=True, blank=True)
    deaths_best = models.PositiveIntegerField("deaths by this source, best estimate", null=True, blank=True)
    deaths_high = models.PositiveIntegerField("deaths by this source, at most", null=True, blank=True)
    reliability = models.CharField(
        max_length=1, blank=True, choices=Reliability, help_text="Admiralty code. Empty: nobody judged it."
    )
    credibility = models.CharField(
        max_length=1, blank=True, choices=Credibility, help_text="Admiralty code. Empty: nobody judged it."
    )
    note = models.CharField(max_length=500, blank=True, validators=[one_line])
    position = models.PositiveSmallIntegerField(default=0, help_text="Order; the first is shown in lists.")
    quote_search = models.TextField(editable=False, default="")  # the quote, as searched
    support = models.CharField(max_length=11, choices=Support, editable=False, default=Support.NOTHING)  # derived

    history = History(excluded_fields=["quote_search", "support"])
    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["event", "briefing", "speaker", "act", "state"], name="citation_of_event"),
            models.Index(fields=["briefing", "act", "speaker", "state", "event"], name="citation_of_briefing"),
            models.Index(fields=["briefing", "start"], name="citation_in_text"),
        ]
        constraints = [
            choice_constraint("act", Act),
            choice_constraint("state", QuoteState),
            choice_constraint("basis", Basis, blank=True),
            choice_constraint("support", Support),
            choice_constraint("reliability", Reliability, blank=True),
            choice_constraint("credibility", Credibility, blank=True),
            models.CheckConstraint(
                name="citation_quote_filled",
                condition=Q(quote__length__gte=1, quote__length__lte=5000),
                violation_error_message="quote: write 1 to 5000 characters.",
            ),
            models.CheckConstraint(
                name="citation_position_complete",
                condition=Q(state__in=["missing", "no_text"], start__isnull=True, end__isnull=True)
                | Q(
                    state__in=["verified", "moved", "ambiguous"],
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=F("start"),
                ),
            ),
        ]

    def __str__(self) -> str:
        words = " ".join(self.quote.split())
        return f"“{words[:60]}{'…' if len(words) > 60 else ''}”"

    @depends_on("timeline.event", "timeline.briefing", "timeline.actor", "timeline.place")
    def natural_key(self) -> tuple[str]:
        return (self.public_id,)

    def get_absolute_url(self) -> str:
        """Return the address of the exact words in the briefing."""
        return f"{reverse('briefing-detail', args=[self.briefing.slug])}#q-{self.public_id}"

    @property
    def source_url(self) -> str:
        """Return the address of the words at the source, as a text fragment; empty where no address is stored. Of a source that
        a data set lists, whose page need not hold them, the address alone."""
        address = self.briefing.url or self.briefing.archive_url
        if self.briefing.is_listed and not self.briefing.text_sha256:
            return address
        fragment = quotes.text_fragment(self.quote, self.prefix, self.suffix)
        return address + (fragment.removeprefix("#") if "#" in address else fragment) if address else ""

    @property
    def is_public(self) -> bool:
        return self.event.is_public and self.briefing.is_public

    @property
    def supports(self) -> bool:
        """Return whether it does not speak against what the event claims."""
        return self.support != Support.AGAINST

    @property
    def is_dated_before_event(self) -> bool:
        """Return whether a briefing reports what had not yet begun: one of the days is wrong. One is left for time zones."""
        day, is_of_deed = self.briefing.published.latest, self.event.actuality == Actuality.OCCURRED
        return day is not None and is_of_deed and self.act in TOLD and day + ONE_DAY < self.event.start_earliest

    def derive_support(self) -> None:
        """Set what it does for the claim of its event, as the event is here, by the codebook."""
        claim = self.event.event_type.claim
        self.support = support_of(self.act, self.in_question, claim, self.event.actuality)

    @property
    def is_asserted(self) -> bool:
        """Return whether it speaks for its event outside a question."""
        return self.support in COUNTED

    @property
    def in_question(self) -> bool:
        return self.turn_kind == TurnKind.QUESTION

    @property
    def said_by(self) -> str:
        """Return who says the words: never the publisher of a text in which others speak."""
        not_named = "A speaker not named" if self.turn_kind else self.briefing.publisher
        return str(self.speaker or ("A questioner" if self.in_question else not_named))

    @property
    def date_display(self) -> str:
        return dates.parse(self.edtf).display if self.edtf else ""

    @property
    def rating(self) -> str:
        return f"{self.reliability}{self.credibility}"

    def clean(self) -> None:
        if self.edtf:
            try:
                dates.parse(self.edtf)
            except ValueError as error:
                raise ValidationError({"edtf": str(error)}) from error
        if not self.briefing_id or not self.quote:
            return
        tried = copy(self)  # to anchor is for save
        try:
            plain_text(self.quote)
            tried.anchor()
        except (ValidationError, ValueError) as error:
            raise ValidationError({"quote": error if isinstance(error, ValidationError) else str(error)}) from error
        if tried.state == QuoteState.MISSING:
            raise ValidationError({"quote": self.briefing.missing_quote_message(self.quote)})
        if message := words_of_others(self.briefing.text, tried.start, tried.end):
            raise ValidationError({"quote": message})

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save anchored to the briefing's text as it is stored now, and carry the evidence over to the event."""
        take_write_lock()
        self._reload_changed_briefing()
        self.anchor()
        self._save_anchored(*args, **kwargs)

    def _reload_changed_briefing(self) -> None:
        """Exchange a text that was read before somebody replaced it, and a source that became part of another."""
        stored = Briefing.objects.filter(pk=self.briefing_id).values_list("text_sha256", "merged_into").first()
        if stored is not None and stored != (self.briefing.text_sha256, None):
            self.briefing = Briefing.objects.get(pk=stored[1] or self.briefing_id)

    def refresh_anchor(self) -> None:
        """Anchor to a text that has changed, and save what that changed: the history records changes only."""
        before = [getattr(self, name) for name in ANCHORED]
        self.anchor()
        if before != [getattr(self, name) for name in ANCHORED]:
            self._save_anchored()

    @transaction.atomic
    def _save_anchored(self, *args, **kwargs) -> None:
        take_write_lock()
        follow_merged(self, "speaker", "place")
        if not self.event.is_claim_pending:  # it may have been read before somebody changed what it claims
            self.event.refresh_from_db(fields=["event_type", "actuality"])
        self.derive_support()
        stored = self._stored()
        touched = {self.event_id, stored.event_id if stored else self.event_id}
        super().save(*args, **with_derived(kwargs, *ANCHORED))
        Event.objects.refresh_evidence_of(touched)

    def anchor(self) -> None:
        """Set what `derive_citation` says of the quote and, where empty, the speaker. Raises as `derive_citation` does."""
        self._keep_place_of_same_quote()
        columns, label = derive_citation(self.briefing.text, *self._anchor_before())
        for name, value in columns.items():
            setattr(self, name, value)
        if label is not None and self.speaker_id is None:
            named = self.briefing.speakers.filter(label=label).first()
            self.speaker = named.actor if named else None

    def find_in(self, text: str) -> quotes.Anchor:
        """Return where the quote stands in this text; nothing is changed. Raises as `anchor` does."""
        quote, *before = self._anchor_before()
        return quotes.anchor(quote, text, *before)

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
        if stored.briefing_id == self.briefing_id and fold_marks(stored.quote) == fold_marks(self.quote):
            self.quote = stored.quote
        else:
            self.start = self.end = None
            self.prefix = self.suffix = ""

    def _stored(self) -> "Citation | None":
        """Return what the database holds of this citation: event, briefing and quote."""
        rows = type(self).objects.only("event_id", "briefing_id", "quote")
        return rows.filter(pk=self.pk).first() if self.pk else None

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Delete, and take the evidence from the event. Raises IntegrityError where a published event would lose
        its last support."""
        take_write_lock()
        deleted = super().delete(*args, **kwargs)
        Event.objects.refresh_evidence_of([self.event_id])
        return deleted
