import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from timeline.models import Submission


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def sent_before(self, moment: dt.datetime) -> "SubmissionQuerySet":
        return self.filter(sent_at__lt=moment)
