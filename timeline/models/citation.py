from collections.abc import Callable
from copy import copy

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from timeline import dates, quotes
from timeline.database.transactions import take_write_lock
from timeline.evidence.axes import COUNTED, Basis
from timeline.evidence.choices import Act, Credibility, QuoteState, Reliability, TurnKind, said_by
from timeline.evidence.support import TOLD, Actuality, Support, support_of
from timeline.querysets import CitationQuerySet
from timeline.querysets.natural_keys import depends_on

from .anchored_quote import ANCHORED, AnchoredQuote
from .briefing import Briefing
from .derived_columns import words_of_others
from .earlier_text import EarlierText
from .event import Event
from .history_field import History
from .place import Place
from .source_day import ONE_DAY
from .validators import (
    choice_constraint,
    clean_constraint,
    follow_merged,
    new_public_id,
    one_line,
    with_derived,
    words_of_source,
)


class Citation(AnchoredQuote):
    """The link from an event to a briefing: who says it, how, and the exact words."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")
    act = models.CharField(
        max_length=9,
        choices=Act,
        help_text="What the speaker does. Someone who only passes on what another said “reports”; denying is not support.",
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
        help_text="Only if the source gives a place; leave empty otherwise.",
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
        max_length=1, blank=True, choices=Reliability, help_text="Admiralty code. Leave empty if nobody has judged it."
    )
    credibility = models.CharField(
        max_length=1, blank=True, choices=Credibility, help_text="Admiralty code. Leave empty if nobody has judged it."
    )
    note = models.CharField(max_length=500, blank=True, validators=[one_line])
    position = models.PositiveSmallIntegerField(default=0, help_text="Order; the first is shown in lists.")
    quote_search = models.TextField(editable=False, default="")  # the quote, as searched
    support = models.CharField(max_length=11, choices=Support, editable=False, default=Support.NOTHING)  # derived

    history = History(excluded_fields=["quote_search", "support", "found_from", "added_on", "locator"])
    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["event", "briefing", "speaker", "act", "state"], name="citation_of_event"),
            models.Index(fields=["briefing", "act", "speaker", "state", "event"], name="citation_of_briefing"),
            models.Index(fields=["briefing", "start"], name="citation_in_text"),
            models.Index(fields=["state"], name="citation_state"),
        ]
        constraints = [
            choice_constraint("act", Act),
            clean_constraint("date_as_stated", "note"),
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
        """Return the address of the exact words in the briefing, or in the earlier text that has them."""
        page = reverse("briefing-detail", args=[self.briefing.slug])
        if self.earlier_text:
            page = reverse("briefing-text", args=[self.briefing.slug, self.earlier_text.text_sha256])
        return f"{page}#q-{self.public_id}"

    @property
    def source_url(self) -> str:
        """Return the address of the words at the source, as a text fragment; empty where no address is stored. Of a source that
        a data set lists, or that has the words no more, the address alone."""
        address = self.briefing.url or self.briefing.archive_url
        if self.earlier_text_id or (self.briefing.is_listed and not self.briefing.text_sha256):
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
        return said_by(self.speaker.name if self.speaker else None, self.turn_kind, str(self.briefing.publisher))

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
            words_of_source(self.quote)
            tried.anchor()
        except (ValidationError, ValueError) as error:
            raise ValidationError({"quote": error if isinstance(error, ValidationError) else str(error)}) from error
        if tried.state == QuoteState.MISSING:
            raise ValidationError({"quote": self.briefing.missing_quote_message(self.quote)})
        if message := words_of_others(tried.version_text, tried.start, tried.end):
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

    def refresh_anchor(self, anchor: Callable[[], None]) -> None:
        """Anchor, and save what that changed: the history records changes only."""
        before = {name: getattr(self, name) for name in ANCHORED}
        anchor()
        changed = {name for name in ANCHORED if getattr(self, name) != before[name]}
        if changed and changed <= {"found_from", "added_on", "locator"}:  # which no history has
            type(self).objects.filter(pk=self.pk).update(**{name: getattr(self, name) for name in changed})
        elif changed:
            self._save_anchored()

    @transaction.atomic
    def _save_anchored(self, *args, **kwargs) -> None:
        take_write_lock()
        follow_merged(self, "speaker", "place")
        if not self.event.is_claim_pending:  # it may have been read before somebody changed what it claims
            self.event.refresh_from_db(fields=["event_type", "actuality"])
        self.derive_support()
        stored = self._stored()
        if stored is None or (stored.briefing_id, stored.quote) != (self.briefing_id, self.quote):
            self.date_words()
        touched = {self.event_id, stored.event_id if stored else self.event_id}
        super().save(*args, **with_derived(kwargs, *ANCHORED))
        Event.objects.refresh_evidence_of(touched)

    @transaction.atomic
    def reword(self, replaced: EarlierText | None, start: int, end: int) -> None:
        """Cite these words of the text that the briefing has now in place of those it has no more, which are kept with their
        version, `replaced` where that was the last. Raises ValidationError where they are not one speaker's."""
        take_write_lock()
        self.earlier_text = self.earlier_text or replaced
        self.earlier_quotes.keep(self)
        added_on, self.earlier_text = self.added_on, None
        self.quote, self.start, self.end = self.briefing.text[start:end], start, end
        self.prefix = self.suffix = self.locator = ""
        self.speaker = None
        self.clean()
        self.save()
        type(self).objects.filter(pk=self.pk).update(added_on=added_on)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Delete, and take the evidence from the event. Raises IntegrityError where a published event would lose
        its last support."""
        take_write_lock()
        deleted = super().delete(*args, **kwargs)
        Event.objects.refresh_evidence_of([self.event_id])
        return deleted
