"""How an event goes from draft to review, to the public, and back, and who took it there."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from timeline.database.transactions import take_write_lock
from timeline.evidence.axes import COUNTED
from timeline.evidence.support import Actuality, Support
from timeline.querysets import tables

from .validators import choice_constraint, one_line, set_columns

if TYPE_CHECKING:
    from timeline.querysets import CitationQuerySet

    from .data_set import DataSet
    from .taxonomy import EventType

ONLY_ASKED = f" What only a question asserts is “{Actuality.UNCLEAR.label}”: choose that under “Did it happen”."
REASON_WITHHELD = "The reason is not published."  # is in the place of a reason that endangers somebody


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    MERGED = "merged", "Merged"


def user_foreign_key(related_name: str) -> models.ForeignKey:
    """Return the column of who did it; NULL: a command did, or nobody yet. Accounts with work are closed, not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name=related_name,
        db_index=False,  # asked of a person's page only; an import of many events pays for each index
    )


class Publication(models.Model):
    """draft -> in review -> published -> withdrawn; merged into another event from any of these, for good."""

    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    withdrawal_reason = models.CharField(max_length=500, blank=True, editable=False, validators=[one_line])
    published_at = models.DateTimeField(null=True, editable=False)  # UTC; first publication, NULL = never
    author = user_foreign_key("authored_events")  # who entered it
    submitted_by = user_foreign_key("submitted_events")  # who last asked for review
    submitted_at = models.DateTimeField(null=True, editable=False)  # UTC
    reviewer = user_foreign_key("reviewed_events")  # who last published it
    self_reviewed = models.BooleanField(default=False, editable=False)  # the site let one person do both
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_events"
    )

    if TYPE_CHECKING:  # what is of Event, the one table made of it
        title: models.CharField[str, str]
        data_set: "models.ForeignKey[DataSet | None, DataSet | None]"
        edtf: models.CharField[str, str]
        event_type: "models.ForeignKey[EventType, EventType]"
        actuality: models.CharField[str, str]
        support: models.CharField[str, str]
        citations: CitationQuerySet  # a manager with its methods
        _change_reason: str | None
        _is_withdrawal: bool

    class Meta:
        abstract = True
        constraints = [
            choice_constraint("status", Status),
            models.CheckConstraint(
                name="event_withdrawn_with_reason",
                condition=~Q(status=Status.WITHDRAWN) | ~Q(withdrawal_reason=""),
                violation_error_message="Say why the event is withdrawn.",
            ),
            models.CheckConstraint(
                name="event_reviewed_by_another",
                condition=Q(reviewer__isnull=True)
                | Q(self_reviewed=True)
                | (
                    (Q(author__isnull=True) | ~Q(reviewer=F("author")))
                    & (Q(submitted_by__isnull=True) | ~Q(reviewer=F("submitted_by")))
                ),
                violation_error_message="Somebody else than its author publishes an event.",
            ),
            models.CheckConstraint(
                name="event_merged_into_another",
                condition=Q(status=Status.MERGED, merged_into__isnull=False) & ~Q(merged_into=F("pk"))
                | ~Q(status=Status.MERGED) & Q(merged_into__isnull=True),
                violation_error_message="A merged event names the other event that it became part of.",
            ),
        ]

    def obstacles(self, by: User | None = None) -> list[str]:
        """Return what keeps the event from being published, by this person where one is named, in words; empty: nothing
        does. Two queries; one more where no published source supports it, and one where a data set recorded it."""
        citations = self.citations.substantiating().public_source()
        is_supported = citations.exists()
        awaits_source = not is_supported and self.citations.substantiating().exists()
        return self.obstacles_from(is_supported, citations.checkable().exists(), by, awaits_source=awaits_source)

    def obstacles_from(
        self, is_supported: bool, is_checkable: bool, by: User | None = None, *, awaits_source: bool = False
    ) -> list[str]:
        """Return the obstacles, those for this person included, from what is known of the citations: a list needs those of many
        events at once (see `for_confirmation`). `awaits_source`: a citation supports it whose source, or another, is not
        published. No query."""
        obstacles = []
        if not self.edtf:
            obstacles.append("It has no date. Where no source states one, enter “on or before” the day of the source.")
        if not is_supported and self.data_set and self.data_set.leads_only:
            obstacles.append(
                f"It is a lead of {self.data_set}: cite a document that supports it. The data set's own record does not count."
            )
        elif not is_supported and awaits_source:
            obstacles.append(
                "The source of its supporting citation is still a draft: a reviewer has to publish that first."
            )
        elif not is_supported:
            is_denied = self.actuality == Actuality.DID_NOT_OCCUR
            unsuited = (
                "a question or a mere mention" if is_denied else "a denial, a dispute, a question or a mere appeal"
            )
            obstacles.append(
                f"No citation of a published source supports it by the codebook: {unsuited} does not count."
                f"{'' if self.actuality in (Actuality.DID_NOT_OCCUR, Actuality.UNCLEAR) else ONLY_ASKED}"
            )
        elif not is_checkable:
            obstacles.append("No supporting quote is matched in the text of its source.")
        if self.data_set and (hidden := self.data_set.why_hidden):
            obstacles.append(hidden)
        if by and (reason := self.why_not_publishable_by(by)):
            obstacles.append(reason)
        return obstacles

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED

    def is_borne_by(self, support: str) -> bool:
        """Return whether a citation that does this (Support) for what the event claims is enough for it to stay published: it
        supports it or takes it for granted. Where nothing did so before, or it is unclear, it does not speak against it."""
        is_needed = self.support in COUNTED and self.actuality != Actuality.UNCLEAR
        return support in COUNTED if is_needed else support != Support.AGAINST

    def refuse_lost_support(self) -> None:
        """Count its citations for what it claims now, not yet saved. Raises ValidationError where a public event would claim
        what none of them bears."""
        citations = self.citations.public_source()
        citations.refresh_support(self.event_type.claim, self.actuality)
        if self.is_public and not any(map(self.is_borne_by, citations.values_list("support", flat=True))):
            raise ValidationError(
                f"No citation supports it as “{Actuality(self.actuality).label}”, "
                f"{self.event_type.get_claim_display()}, by the codebook. Keep type and actuality of “{self.title}”."
            )

    def is_work_of(self, user: User) -> bool:
        """Return whether this person entered the event or asked for its review."""
        return user.pk in {self.author_id, self.submitted_by_id}

    def can_be_published_by(self, user: User) -> bool:
        """Return whether four eyes have seen it, or the site does without. Permissions are another matter."""
        return settings.SELF_REVIEW or not self.is_work_of(user)

    def why_not_publishable_by(self, user: User) -> str:
        """Return in a sentence why somebody else than this person publishes the event; empty: this person may."""
        if self.can_be_published_by(user):
            return ""
        act = "entered it" if user.pk == self.author_id else "asked for its review"
        return f"Somebody else has to publish this event: you {act}."

    def submit(self, by: User | None = None) -> None:
        """Ask for review."""
        changes = {"submitted_by": by, "submitted_at": timezone.now()}
        self._change_status(Status.REVIEW, {Status.DRAFT}, **changes)

    @transaction.atomic
    def return_to_draft(self, comment: str = "", by: User | None = None) -> None:
        """Give it back to its author, who reads the comment in its discussion."""
        self._change_status(Status.DRAFT, {Status.REVIEW})
        if comment.strip():
            tables.review_notes().write(self, "returned", comment, by)

    @transaction.atomic
    def publish(self, by: User | None = None) -> None:
        """Publish, or raise ValidationError that names every obstacle. `by` None: a command of the site's owner."""
        take_write_lock()
        people = tables.events().select_for_update(of=("self",), no_key=True)
        self.refresh_from_db(fields=["author", "submitted_by"], from_queryset=people)
        if obstacles := self.obstacles(by):
            raise ValidationError(obstacles)
        tables.events().refresh_evidence_of([self.pk])
        self.refresh_from_db(fields=["supporting_count", "first_reported_on", "published_at"])
        changes: dict[str, object] = {
            "reviewer": by,
            "self_reviewed": by is not None and self.is_work_of(by),
        }
        changes |= {"published_at": self.published_at or timezone.now(), "withdrawal_reason": ""}
        self._change_status(Status.PUBLISHED, {Status.DRAFT, Status.REVIEW, Status.WITHDRAWN}, **changes)

    def withdraw(self, reason: str, *, withheld: bool = False) -> None:
        """Take a published event back; its page stays, with the reason. `withheld`: the page says that the reason is not
        published, and the history alone has it."""
        if not reason.strip():
            raise ValidationError("Say why the event is withdrawn; readers of its page will see it.")
        reason = type(self).withdrawal_reason.field.clean(reason.strip(), self)
        self._change_reason, self._is_withdrawal = reason, True
        shown = REASON_WITHHELD if withheld else reason
        self._change_status(Status.WITHDRAWN, {Status.PUBLISHED}, withdrawal_reason=shown)
        self._change_reason, self._is_withdrawal = None, False

    def merge_into(self, other: "Publication") -> None:
        """End as a part of another event: its address leads there. What belonged to it moves there (see merging)."""
        self._change_status(Status.MERGED, set(Status) - {Status.MERGED}, merged_into=other)

    @transaction.atomic
    def _change_status(self, to: Status, allowed: set[Status], **changes: object) -> None:
        """Save as `to`, or raise ValidationError. The state of the event is read from the database, not from this copy."""
        take_write_lock()
        self.refresh_from_db(fields=["status"], from_queryset=tables.events().select_for_update(no_key=True))
        if self.status not in allowed:
            raise ValidationError(
                f"“{self.title}” is {self.get_status_display().lower()}: it cannot become {to.label.lower()}."
            )
        set_columns(self, {"status": to} | changes)
        self.save()
