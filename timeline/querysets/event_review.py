"""Queries of reviewers: the events that wait for them."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from .event_desk import count_of

NOTHING_MISSING = "nothing"  # is missing


class ReviewQuerySet(models.QuerySet):
    def in_review(self):
        return self.filter(status="review")

    def longest_waiting_first(self):
        """Return them by when review was asked for; where that is not known, it was long ago."""
        return self.order_by(F("submitted_at").asc(nulls_first=True), "pk")

    def worked_on_by(self, user: User):
        """Return events that this person entered or asked to have reviewed."""
        return self.filter(Q(author=user) | Q(submitted_by=user))

    def not_worked_on_by(self, user: User):
        return self.exclude(pk__in=self.model.objects.worked_on_by(user).order_by().values("pk"))

    def in_conflict(self, conflict: int | None):
        return self.filter(conflict=conflict)

    def untyped(self):
        """Return events of the type that says no more than that no other fits."""
        return self.filter(event_type__slug="other")

    def publishable(self):
        """Return events that nothing keeps from being published, whoever does it."""
        citations = self.model.citations.rel.related_model.objects.order_by().filter(event=OuterRef("pk"))
        return self.filter(Exists(citations.supporting().public_source().checkable())).exclude(edtf="")

    def for_queue(self):
        """Return events with all that a queue says of them: see `for_confirmation`; author, who asked for review, type, and
        `unverified_count`, how many quotes do not stand in their text, or stand there more than once. One query."""
        citations = self.model.citations.rel.related_model.objects.order_by().filter(event=OuterRef("pk"))
        unverified = citations.filter(state__in=["missing", "ambiguous"])
        rows = self.for_confirmation().select_related("author", "submitted_by", "event_type", "conflict")
        return rows.annotate(unverified_count=count_of(unverified))
