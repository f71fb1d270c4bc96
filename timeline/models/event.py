import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.urls import reverse

from timeline import dates
from timeline.database.transactions import take_write_lock
from timeline.evidence.axes import AXES, Assertion, Contest, Form, dated_claim, derive_evidence
from timeline.evidence.codebook import CODEBOOK_VERSION
from timeline.evidence.support import Actuality, Support
from timeline.models.validators import EVENT_CONSTRAINTS, Qualifier, follow_merged, refuse_loose_clock, time_zone_name
from timeline.querysets import EventQuerySet
from timeline.querysets.natural_keys import depends_on

from .data_set import DataSet
from .derived_columns import derive_date, derive_event
from .history_field import History
from .place import Place, PlacePrecision
from .publication import Publication, Status
from .taxonomy import Conflict, EventType
from .validators import (
    choice_constraint,
    length_constraint,
    new_public_id,
    one_line,
    plain_text,
    set_columns,
    with_derived,
)

_TIME = ("sort_on", "id", "end_latest")  # columns of indexes
_NEEDS_DATE = "A published event needs a date, be it “on or before” the day it was reported."


class Event(Publication):
    """Something that happened or was said, at a time, with actors, maybe at a place.

    A ceasefire has three dates (declared, in effect, ended). Each is an event of its own, tied to the others by
    relations: each has its own precision, its own sources, and may be disputed on its own.
    """

    has_later_sources = False  # see EventQuerySet.with_later_sources
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)

    title = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="What happened, in the present tense and in neutral words, as far as the sources say.",
    )
    summary = models.TextField(
        blank=True,
        max_length=2000,
        validators=[plain_text],
        help_text="What a reader must know beside the quotes. Say what the sources leave open.",
    )
    event_type = models.ForeignKey(EventType, on_delete=models.PROTECT, related_name="events")
    actuality = models.CharField(
        max_length=13,
        choices=Actuality,
        default=Actuality.OCCURRED,
        help_text="Only what happened counts as certain. Announced: planned, threatened or due when the source spoke.",
    )
    codebook_version = models.CharField(max_length=20, blank=True, editable=False)  # empty: before there was one
    conflict = models.ForeignKey(Conflict, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    data_set = models.ForeignKey(
        DataSet, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="events"
    )  # NULL: entered here
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    place_precision = models.CharField(
        "how precisely the place is known",
        max_length=8,
        blank=True,
        choices=PlacePrecision,
        help_text="As the sources tell it: the middle of a province is no exact place. Leave empty if not stated.",
    )

    date_as_stated = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="The source's own words: “March 21st and 22nd”, “yesterday”. Leave empty if no source states a date.",
    )
    edtf = models.CharField(
        "date",
        max_length=100,
        blank=True,
        help_text=(
            "As precise as the sources allow, never more. 2020-11 or “November 2020”; 2022-03-24; "
            "[2022-03-21,2022-03-22] or “21 or 22 March 2022”; 2020-11-10/.. for ongoing; ~ about, ? uncertain. "
            "Nothing but an upper limit: “on or before 25 March 2022”."
        ),
    )
    date_note = models.CharField(
        "how the date was understood",
        max_length=300,
        blank=True,
        validators=[one_line],
        help_text="How the stated words became this date: “the day before the briefing”.",
    )
    # Derived from `edtf`; plain days, inclusive, in the calendar of the place. date.min / date.max: open.
    start_earliest = models.DateField(editable=False)
    start_latest = models.DateField(editable=False)
    end_earliest = models.DateField(editable=False)
    end_latest = models.DateField(editable=False)
    date_qualifier = models.CharField(max_length=1, blank=True, choices=Qualifier, editable=False)
    sort_on = models.DateField(editable=False)  # start_earliest; date.max where the start is not known, to come last
    known_on = models.GeneratedField(  # the one day on which it happened; NULL: the date is anything else
        expression=Case(When(start_earliest=F("end_latest"), date_qualifier="", then=F("start_earliest"))),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    time_of_day = models.TimeField(
        "clock time",
        null=True,
        blank=True,
        help_text="Only where a source states it; the day above stays the local day.",
    )
    time_zone = models.CharField(
        max_length=40, blank=True, validators=[time_zone_name], help_text="IANA name, like Asia/Yerevan."
    )

    # What a source counts; several counts are what several sources say. Kept out of order as a source has them.
    deaths_low = models.PositiveIntegerField(
        "deaths, at least",
        null=True,
        blank=True,
        help_text="The lowest count; 0 only if a source says nobody died. Leave empty if no source counts.",
    )
    deaths_best = models.PositiveIntegerField(
        "deaths, best estimate", null=True, blank=True, help_text="The source’s best estimate."
    )
    deaths_high = models.PositiveIntegerField("deaths, at most", null=True, blank=True, help_text="The highest count.")
    deaths_out_of_order = models.GeneratedField(  # the lowest above the best, the best above the highest ...
        expression=Case(
            When(
                Q(deaths_low__gt=F("deaths_best"))
                | Q(deaths_best__gt=F("deaths_high"))
                | Q(deaths_low__gt=F("deaths_high")),
                then=True,
            ),
            default=False,
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    value_note = models.CharField(
        "which values it takes",
        max_length=300,
        blank=True,
        validators=[one_line],
        help_text="Where sources differ on date, place or deaths: which value the event takes, and why.",
    )

    recorded_at = models.DateTimeField(auto_now_add=True)  # UTC
    updated_at = models.DateTimeField(auto_now=True)  # UTC

    # Derived, kept by EventQuerySet.refresh_evidence from citations the public can see.
    # By that day; NULL: no dated public briefing cites it.
    first_reported_on = models.DateField(null=True, editable=False)
    supporting_count = models.PositiveIntegerField(default=0, editable=False)
    # How it is known, on axes kept apart (see evidence.axes); the best that one of the public citations reaches.
    support = models.CharField(max_length=11, choices=Support, default=Support.NOTHING, editable=False)
    form = models.CharField(max_length=8, choices=Form, blank=True, editable=False)  # empty: no source
    assertion = models.CharField(max_length=11, choices=Assertion, default=Assertion.NONE, editable=False)
    contest = models.CharField(max_length=8, choices=Contest, default=Contest.NONE, editable=False)
    source_count = models.PositiveIntegerField(default=0, editable=False)  # independent: a report printed twice is one
    country = models.CharField(max_length=2, blank=True, editable=False)  # of the place
    # Set by PublicRevision.bump: the state of the public data in which the public last saw it changed.
    revision = models.BigIntegerField(default=0, editable=False)  # 0: not since this is counted
    revised_at = models.DateTimeField(null=True, editable=False)  # UTC; NULL: as `revision` 0
    search_text = models.TextField(editable=False, default="")  # title and summary, as searched

    is_claim_pending = False  # true while a form has saved citations for what the event is about to claim
    history = History(
        excluded_fields=["search_text", "sort_on", "first_reported_on", "supporting_count", "country", "known_on"]
        + [*AXES, "source_count", "revision", "revised_at", "deaths_out_of_order"],
    )
    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["sort_on", "pk"]
        permissions = [("publish_event", "Can publish and withdraw events")]
        indexes = [
            models.Index(fields=["status", *_TIME, "event_type", "country"], name="event_time"),
            models.Index(fields=["status", "-start_earliest", "-id", "end_latest"], name="event_newest"),
            models.Index(fields=["status", "event_type", *_TIME, "country"], name="event_type_time"),
            models.Index(fields=["status", "country", *_TIME, "event_type"], name="event_country"),
            models.Index(fields=["status", "country", "event_type", *_TIME], name="event_country_type"),
            models.Index(fields=["status", "-first_reported_on", "-id"], name="event_reported"),
            models.Index(
                fields=[
                    *("status", "known_on", "event_type", "sort_on", "start_latest", "end_earliest", "end_latest"),
                    "date_qualifier",
                ],
                name="event_known",
            ),
            models.Index(fields=["status", "-recorded_at", "-id"], name="event_recorded"),
            models.Index(fields=["status", "revised_at", "id"], name="event_revised"),
            models.Index(fields=["place", "status"], name="event_place"),  # places are public by their events
            models.Index(fields=["status", "data_set"], name="event_data_set"),  # an export counts by both
            models.Index(fields=["status", "actuality", "support", "form"], name="event_evidence"),  # the desk counts
        ]
        constraints = [
            *Publication.Meta.constraints,
            length_constraint("title", 200),
            choice_constraint("actuality", Actuality),
            choice_constraint("place_precision", PlacePrecision, blank=True),
            models.CheckConstraint(
                name="event_precision_of_a_place",
                condition=Q(place_precision="") | Q(place__isnull=False),
                violation_error_message="How precisely a place is known needs the place.",
            ),
            models.CheckConstraint(
                name="event_published_with_evidence",
                condition=~Q(status=Status.PUBLISHED) | Q(supporting_count__gte=1, published_at__isnull=False),
                violation_error_message="A published event needs at least one citation that supports it.",
            ),
            models.CheckConstraint(
                name="event_published_with_date",
                condition=~Q(status=Status.PUBLISHED) | ~Q(edtf=""),
                violation_error_message=_NEEDS_DATE,
            ),
            *EVENT_CONSTRAINTS,
        ]

    def __str__(self) -> str:
        return self.title

    @depends_on("timeline.eventtype", "timeline.conflict", "timeline.place")
    def natural_key(self) -> tuple[str]:
        return (self.public_id,)

    def get_absolute_url(self) -> str:
        return reverse("event-detail", args=[self.public_id])

    @property
    def date(self) -> dates.EventDate | None:
        """Return the date as understood; None where none is entered (drafts only)."""
        return dates.parse(self.edtf) if self.edtf else None

    @property
    def date_display(self) -> str:
        """Return the date in words, never more precise than known."""
        return date.display if (date := self.date) else "date not entered"

    @property
    def dated_claim(self) -> str:
        """Return the date in words; of what is not known to have happened that first: "announced for 1 June 2022"."""
        return dated_claim(self.actuality, self.date_display)

    @property
    def has_known_start(self) -> bool:
        return self.start_earliest != dt.date.min

    @property
    def instant(self) -> dt.datetime | None:
        """Return the moment in UTC where a source states day, clock time and zone; else None."""
        if self.time_of_day is None:
            return None
        return dt.datetime.combine(self.start_earliest, self.time_of_day, ZoneInfo(self.time_zone)).astimezone(dt.UTC)

    def clean(self) -> None:
        try:
            set_columns(self, derive_date(self.edtf))
        except ValueError as error:
            raise ValidationError({"edtf": str(error)}) from error
        if self.status == Status.PUBLISHED and not self.edtf:
            raise ValidationError({"edtf": _NEEDS_DATE})
        refuse_loose_clock(self.time_of_day, self.time_zone, self.date)
        if self.place_precision and not self.place_id:
            raise ValidationError({"place_precision": "Choose the place, or leave this empty."})

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        """Save with the derived columns, the evidence counted again: other editors may have added to it meanwhile.

        Raises ValueError where `edtf` is not a date.
        """
        take_write_lock()
        follow_merged(self, "place")
        country = self.place.country if self.place else ""
        derived = derive_event(edtf=self.edtf, title=self.title, summary=self.summary, country=country)
        set_columns(self, derived)
        if is_new := self.pk is None:  # nothing mentions it yet
            set_columns(self, derive_evidence([]) | {"codebook_version": CODEBOOK_VERSION})
        super().save(*args, **with_derived(kwargs, *derived))
        self.is_claim_pending = False
        if not is_new:
            self.citations.refresh_support(self.event_type.claim, self.actuality)
            type(self).objects.refresh_evidence_of([self.pk])

    @property
    def is_redistributable(self) -> bool:
        """Return whether the event may be in what leaves the site, as `redistributable` has it of many."""
        return self.data_set is None or self.data_set.redistributable
