"""What editors and reviewers say of an event, and what they propose to change of one that is public.

None of it is public, and none of it is a part of the event: it raises no version, is in no history and locks nothing.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from timeline.querysets.review import PendingChangeQuerySet, ReviewNoteQuerySet

from .event import Event
from .history_field import ChangeClass
from .publication import user_foreign_key
from .validators import choice_constraint, clean_constraint, plain_text


class ChangeState(models.TextChoices):
    OPEN = "open", "Waiting for a reviewer"
    ACCEPTED = "accepted", "Accepted"
    AMENDED = "amended", "Accepted with changes"
    REFUSED = "refused", "Refused"
    TAKEN_BACK = "taken_back", "Taken back by its author"


class PendingChange(models.Model):
    """A correction, or a citation, that somebody proposes for an event which readers see.

    Kept as the difference from the version of the event it was made from, by column: what was there, and what is
    proposed. With neither a column nor a citation it is a remark, which a reviewer acts upon by hand.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pending_changes")
    author = user_foreign_key("pending_changes")  # NULL: no account, as of a reader
    written_at = models.DateTimeField(auto_now_add=True)  # UTC
    version = models.CharField(max_length=300, blank=True)  # see history.version; empty: the author saw the public page
    before = models.JSONField(default=dict, blank=True)  # column of Event -> value when it was proposed
    after = models.JSONField(default=dict, blank=True)  # the same columns -> value proposed
    citation = models.JSONField(null=True, blank=True)  # columns of Citation; NULL: none is proposed
    about_citation = models.ForeignKey(
        "timeline.Citation", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )  # quote that a report of a reader is about; NULL: the event, or the quote is gone
    reason = models.CharField(max_length=1000, blank=True, validators=[plain_text])
    change_class = models.CharField(max_length=13, choices=ChangeClass, blank=True)  # empty: left to the reviewer
    reason_withheld = models.BooleanField(default=False)  # readers are not to learn the reason
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.OPEN)
    decided_by = user_foreign_key("decided_changes")
    decided_at = models.DateTimeField(null=True)  # UTC; NULL: it is open
    self_reviewed = models.BooleanField(default=False)  # the site let one person do both

    objects = PendingChangeQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        default_permissions = ()  # those of events and citations say who may propose and who decides
        verbose_name = "proposed change"
        indexes = [models.Index(fields=["state", "written_at"], name="pending_change_waiting")]
        constraints = [
            choice_constraint("state", ChangeState),
            clean_constraint(lines=("reason",)),
            choice_constraint("change_class", ChangeClass, blank=True),
            models.CheckConstraint(
                name="pending_change_decided",
                condition=Q(state=ChangeState.OPEN, decided_at=None)
                | ~Q(state=ChangeState.OPEN) & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pending_change_decided_by_another",
                condition=Q(state__in=[ChangeState.OPEN, ChangeState.TAKEN_BACK])
                | Q(self_reviewed=True)
                | Q(author__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("author")),
                violation_error_message="Somebody else than its author decides on a proposed change.",
            ),
            models.CheckConstraint(
                name="pending_change_says_something",
                condition=~Q(reason="") | ~Q(after={}) | Q(citation__isnull=False),
                violation_error_message="Change a field, or say what is wrong.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} for “{self.event}”"

    @property
    def what(self) -> str:
        """Return what is proposed in two words."""
        if self.citation is not None:
            return "Source and correction" if self.after else "Further source"
        return ("Remark" if self.author_id else "Report") if self.is_remark else "Correction"

    @property
    def is_remark(self) -> bool:
        """Return whether it says in words alone what is wrong."""
        return not self.after and self.citation is None

    @property
    def is_open(self) -> bool:
        return self.state == ChangeState.OPEN

    def is_like(self, other: "PendingChange") -> bool:
        """Return whether both propose the same, in the same words."""
        said = [
            (change.after, change.citation, change.about_citation_id, change.reason, change.change_class)
            for change in (self, other)
        ]
        return said[0] == said[1]

    def can_be_decided_by(self, user) -> bool:
        """Return whether somebody else has proposed it, or the site does without. Permissions are another matter."""
        return settings.SELF_REVIEW or self.author_id != user.pk


class NoteKind(models.TextChoices):
    COMMENT = "comment", "wrote"
    RETURNED = "returned", "returned the event"
    PROPOSED = "proposed", "proposed a change"
    ACCEPTED = "accepted", "accepted the proposed change"
    AMENDED = "amended", "accepted the proposed change in other words"
    REFUSED = "refused", "refused the proposed change"
    TAKEN_BACK = "taken_back", "took back the proposed change"


class ReviewNote(models.Model):
    """A line of the discussion of an event, which stays whatever becomes of the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="review_notes")
    change = models.ForeignKey(PendingChange, null=True, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind, default=NoteKind.COMMENT)
    text = models.CharField(max_length=1000, blank=True, validators=[plain_text])  # empty: the kind says it all
    author = user_foreign_key("review_notes")  # NULL: a command, or no account
    written_at = models.DateTimeField()  # UTC

    objects = ReviewNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        default_permissions = ()
        constraints = [
            choice_constraint("kind", NoteKind),
            clean_constraint(lines=("text",)),
            models.CheckConstraint(
                name="review_note_filled",
                condition=~Q(kind__in=[NoteKind.COMMENT, NoteKind.RETURNED, NoteKind.REFUSED]) | ~Q(text=""),
                violation_error_message="Write a comment.",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()


class ReviewAssignment(models.Model):
    """Who looks after an event: reviews it, and what is proposed for it afterwards."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="assignment")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    assigned_at = models.DateTimeField(auto_now=True)  # UTC

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.event}: {self.reviewer}"
