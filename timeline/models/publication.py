from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Publication:
    """How an event goes from draft to review, to the public, and back: draft -> in review -> published -> withdrawn."""

    def obstacles(self) -> list[str]:
        """Return what keeps the event from being published, in words; empty: nothing does. Two queries."""
        found = []
        if not self.edtf:
            found.append("It has no date. Where no source states one, enter “on or before” the day of the briefing.")
        citations = self.citations.supporting().public_source()
        if not citations.exists():
            found.append("No citation of a published briefing supports it. A denial or dispute does not count.")
        elif not citations.holding().exists():
            found.append("No supporting quote is verified against the text of its briefing.")
        return found

    def submit(self) -> None:
        self._move(Status.REVIEW, {Status.DRAFT})

    def return_to_draft(self) -> None:
        self._move(Status.DRAFT, {Status.REVIEW})

    @transaction.atomic
    def publish(self) -> None:
        """Publish, or raise ValidationError that names every obstacle."""
        if obstacles := self.obstacles():
            raise ValidationError(obstacles)
        type(self).objects.filter(pk=self.pk).refresh_evidence()
        self.refresh_from_db(fields=["supporting_count", "first_reported_on", "published_at"])
        first = self.published_at or timezone.now()
        before = {Status.DRAFT, Status.REVIEW, Status.WITHDRAWN}
        self._move(Status.PUBLISHED, before, published_at=first, withdrawal_reason="")

    def withdraw(self, reason: str) -> None:
        """Take a published event back; its page stays, with the reason."""
        if not reason.strip():
            raise ValidationError("Say why the event is withdrawn; readers of its page will see it.")
        reason = self._meta.get_field("withdrawal_reason").clean(reason.strip(), self)
        self._change_reason = reason
        self._move(Status.WITHDRAWN, {Status.PUBLISHED}, withdrawal_reason=reason)
        self._change_reason = None

    @transaction.atomic
    def _move(self, to: Status, allowed: set[Status], **changes) -> None:
        """Save as `to`, or raise ValidationError. What the event is now is asked of the database, not of this copy."""
        self.refresh_from_db(fields=["status"], from_queryset=type(self).objects.select_for_update())
        if self.status not in allowed:
            raise ValidationError(
                f"“{self.title}” is {self.get_status_display().lower()}: it cannot become {to.label.lower()}."
            )
        for name, value in ({"status": to} | changes).items():
            setattr(self, name, value)
        self.save()
