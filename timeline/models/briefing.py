import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from timeline import dates, quotes
from timeline.database.transactions import take_write_lock
from timeline.querysets import BriefingQuerySet, tables
from timeline.querysets.natural_keys import depends_on
from timeline.text import source_text, transcripts
from timeline.text.source_address import comparable_address, comparable_lines

from .actor import Actor
from .briefing_choices import READ_IN_FULL, BriefingKind, BriefingStatus, merged_is_hidden
from .history_field import History
from .source_day import SourceDate, last_day_within, source_day, source_period
from .validators import (
    choice_constraint,
    clean_constraint,
    follow_merged,
    http_constraint,
    http_url,
    http_urls,
    length_constraint,
    not_self_constraint,
    one_line,
    set_columns,
    with_derived,
)

transcript_of = lru_cache(maxsize=4)(transcripts.parse)  # every citation of a text asks for its turns


def derive(text: str, url: str = "", archive_url: str = "", further_urls: str = "") -> dict[str, str]:
    """Return the columns of a briefing that follow from others: its text normalised, and its hash; its addresses as they
    are compared. No query."""
    text = source_text.normalise(text)
    return {
        "text": text,
        "text_sha256": source_text.sha256(text) if text else "",
        "comparable_url": comparable_address(url or archive_url),
        "comparable_further_urls": comparable_lines(further_urls),
    }


class Briefing(models.Model):
    """A source document, with its text as it was when captured."""

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Part of the web address; do not change it after publication."
    )
    status = models.CharField(
        max_length=9,
        choices=BriefingStatus,
        default=BriefingStatus.DRAFT,
        help_text="Until a reviewer publishes it, readers see neither the source nor any citation of it.",
    )
    title = models.CharField(max_length=300, validators=[one_line], help_text="The headline as the source prints it.")
    kind = models.CharField(max_length=14, choices=BriefingKind)
    publisher = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="briefings", help_text="Who put it out."
    )
    origin = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="originated_briefings",
        help_text="Whose report it prints, where it is not the publisher's: a news agency. All that print one report are one source.",
    )
    published_on = models.DateField(
        null=True,
        blank=True,
        validators=[source_day],
        help_text="The day it was put out, not the day it was captured. Leave empty if unknown.",
    )
    published_within = models.CharField(
        "published in",
        max_length=7,
        blank=True,
        validators=[source_period],
        help_text="The month or year it was put out, 2022-03 or 2022, where the day is not known: “known by” counts it from its end.",
    )
    published_until = models.DateField(null=True, editable=False)  # last day of `published_within`; NULL: it is empty
    published_latest = models.GeneratedField(  # last day on which it can have been published; NULL: not known
        expression=Coalesce("published_on", "published_until"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    captured_on = models.DateField(null=True, blank=True, help_text="The day its text was copied.")
    url = models.CharField("address", max_length=500, blank=True, validators=[http_url])
    archive_url = models.CharField("archived copy", max_length=500, blank=True, validators=[http_url])
    further_urls = models.TextField(
        "further addresses",
        max_length=4_000,
        blank=True,
        default="",
        db_default="",
        validators=[http_urls],
        help_text="Where the same document is to be read too, or was before it moved: one address a line.",
    )
    comparable_url = models.CharField(max_length=500, editable=False, default="", db_default="")
    comparable_further_urls = models.TextField(editable=False, default="", db_default="")  # each between line ends
    language = models.CharField(max_length=12, default="en", help_text="BCP 47, like en, hy, az, ru.")
    rights = models.CharField(
        max_length=200, blank=True, validators=[one_line], help_text="“US government work, public domain”."
    )
    read_in_full = models.BooleanField(default=False, db_default=False, help_text=READ_IN_FULL)
    text = models.TextField(
        blank=True,
        help_text=(
            "The whole text, word for word. Speakers' labels (QUESTION:, MS PORTER:) become turns. "
            "Empty: the text may not be stored; then the address is the evidence."
        ),
    )
    # hex; empty: no text
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64, blank=True, editable=False)
    text_stored_at = models.DateTimeField(null=True, editable=False)  # UTC; NULL: with the row, or there is no text

    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_briefings"
    )  # NULL: stands for itself. Else its address leads there, nothing cites it any more, and the public does not see it
    recorded_at = models.DateTimeField(auto_now_add=True)  # UTC
    updated_at = models.DateTimeField(auto_now=True)  # UTC

    # Places in a new text that citations, by primary key, take with the next save in place of words that it has no more
    rewordings: Mapping[int, tuple[int, int]] = {}
    history = History(
        excluded_fields=["published_until", "published_latest", "comparable_url", "comparable_further_urls"]
        + ["text_stored_at"]
    )
    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = "source"
        ordering = ["-published_latest", "title", "pk"]
        indexes = [
            models.Index(fields=["status", "-published_latest", "-id"], name="briefing_newest"),
            models.Index(fields=["status", "kind", "-published_latest", "-id"], name="briefing_kind"),
            models.Index(fields=["comparable_url"], name="briefing_address"),
            models.Index(fields=["text_sha256"], name="briefing_text_hash"),
            models.Index(fields=["id"], name="briefing_further", condition=~Q(comparable_further_urls="")),
            models.Index(fields=["status", "-published_on"], name="briefing_day"),
            models.Index(fields=["published_on"], name="briefing_read", condition=Q(read_in_full=True)),
        ]
        constraints = [
            choice_constraint("status", BriefingStatus),
            choice_constraint("kind", BriefingKind),
            length_constraint("title", 300),
            clean_constraint("title", "rights"),
            *map(http_constraint, ("url", "archive_url")),
            models.CheckConstraint(
                name="briefing_text_or_address",
                condition=~Q(text="") | ~Q(url=""),
                violation_error_message="Give the text, or the address where it can be read.",
            ),
            not_self_constraint("merged_into"),
            merged_is_hidden(),
            models.CheckConstraint(
                name="briefing_day_or_period",
                condition=Q(published_within="", published_until=None)
                | (~Q(published_within="") & Q(published_on=None, published_until__isnull=False)),
                violation_error_message="Give the day, or the month or year, not both.",
            ),
            models.CheckConstraint(
                name="briefing_text_hashed",
                condition=Q(text="", text_sha256="") | (~Q(text="") & Q(text_sha256__length=64)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @depends_on("timeline.actor")
    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("briefing-detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.status == BriefingStatus.PUBLISHED

    @property
    def comparable_addresses(self) -> set[str]:
        """Return its addresses as they are compared, further ones among them; empty: it has none."""
        return {self.comparable_url, *self.comparable_further_urls.split("\n")} - {""}

    def add_address(self, url: str) -> None:
        """Add a further address, the first one where there is none, and save. Raises ValidationError where it is no address."""
        http_url(url)
        if not self.url:
            self.url = url
        elif comparable_address(url) not in self.comparable_addresses:
            self.further_urls = f"{self.further_urls}\n{url}".strip()
        self.clean_fields(exclude={field.name for field in self._meta.fields} - {"url", "further_urls"})
        self.save()

    @property
    def text_recorded_at(self) -> dt.datetime:
        """Return when the text was stored here, UTC."""
        return self.text_stored_at or self.recorded_at

    @property
    def is_listed(self) -> bool:
        """Return whether it is a source that a data set lists: publisher, day and headline are known, and no text."""
        return self.kind == BriefingKind.DATA_RECORD

    @property
    def is_uncompared(self) -> bool:
        """Return whether a text is stored of which nothing states where, or when, it was copied."""
        return bool(self.text_sha256) and not (self.url or self.archive_url or self.captured_on)

    @property
    def published(self) -> SourceDate:
        return SourceDate(self.published_on, self.published_within)

    @property
    def published_words(self) -> str:
        """Return when it was published as readers read it: “25 March 2022”, “March 2022”; empty: not known."""
        return dates.parse(self.published.edtf).display if self.published.edtf else ""

    @property
    def transcript(self) -> transcripts.Transcript:
        """Return the text in turns."""
        return transcript_of(self.text)

    def clean(self) -> None:
        self._derive()
        if self.published_on and self.published_within:
            raise ValidationError({"published_within": "Give the day, or the month or year, not both."})
        if not self.text and not self.url:
            raise ValidationError({"text": "Give the text, or the address where it can be read."})
        if self.pk and self.status != BriefingStatus.PUBLISHED and (alone := self._events_without_other_support()):
            names = "; ".join(f"“{event}”" for event in alone[:5])
            counted = "1 published event rests" if len(alone) == 1 else f"{len(alone)} published events rest"
            raise ValidationError(
                {"status": f"{counted} on this source alone: {names}. Withdraw first what rests on it."}
            )

    def _events_without_other_support(self) -> list:
        """Return published events that rest on this briefing and on no other public one. One query."""
        elsewhere = tables.citations().bearing().public_source().exclude(briefing=self).values("event")
        events = tables.events().public().filter(pk__in=self.citations.bearing().values("event"))
        return list(events.exclude(pk__in=elsewhere))

    def missing_quote_message(self, quote: str) -> str:
        """Return that the text does not hold these words, with the passage that is nearest to them and what to do."""
        return quotes.missing_message(quote, self.text, str(self))

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save with the text normalised. Where the stored text changed, keep it, and anchor every citation again."""
        take_write_lock()
        follow_merged(self, "publisher")
        follow_merged(self, "origin")
        self._derive()
        is_new = self.pk is None
        others = type(self).objects.exclude(text_sha256=self.text_sha256)
        stored = others.filter(pk=self.pk).first() if self.pk else None  # where its text was another
        if stored:
            self.text_stored_at = timezone.now() if self.text else None
        super().save(*args, **with_derived(kwargs, *derive(""), "published_until", "text_stored_at"))
        if is_new:
            return  # nothing cites it yet
        if stored:
            replaced = self.earlier_texts.archive(stored, self) if stored.text else None
            for citation in self._own_citations():
                if citation.pk in self.rewordings:
                    citation.reword(replaced, *self.rewordings[citation.pk])
                else:
                    citation.refresh_anchor(partial(citation.follow_text, replaced))
            self.rewordings = {}
        tables.events().filter(pk__in=self.citations.values("event")).refresh_evidence()

    def _derive(self) -> None:
        set_columns(self, derive(self.text, self.url, self.archive_url, self.further_urls))
        with suppress(ValueError):  # refused by its validator, and by the constraint
            self.published_until = last_day_within(self.published_within)

    def name_speakers(self) -> None:
        """Anchor the citations without a speaker again: their labels may be named now."""
        for citation in self._own_citations().filter(speaker=None):
            citation.refresh_anchor(citation.anchor)

    def _own_citations(self):
        """Return its citations, each with the briefing as it is here."""
        return self.citations.select_related("event", "earlier_text")
