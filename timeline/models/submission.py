from django.conf import settings
from django.db import models

from timeline.querysets import SubmissionQuerySet


class Submission(models.Model):
    """A form that was sent in and made a row: sent twice, it makes one."""

    key = models.UUIDField(primary_key=True)  # drawn when the empty form was shown
    table = models.CharField(max_length=50)  # of the row, as `timeline.event`
    digest = models.CharField(
        max_length=64, default=""
    )  # SHA-256 of what was typed: a form may come again with other words
    row = models.BigIntegerField()  # its primary key
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions")
    sent_at = models.DateTimeField(auto_now_add=True)  # UTC

    objects = SubmissionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
