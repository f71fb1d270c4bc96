import datetime as dt

from django.db import models


class SubmissionQuerySet(models.QuerySet):
    def sent_before(self, moment: dt.datetime) -> "SubmissionQuerySet":
        return self.filter(sent_at__lt=moment)
