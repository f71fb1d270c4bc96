"""A numbered version of the data that its owner froze: the package as it was, at an address that stays."""

import hashlib

from django.db import models
from django.db.models import Max, Q
from django.urls import reverse

from .event import Event
from .redaction import Redaction
from .validators import clean_constraint, plain_text


class ReleaseQuerySet(models.QuerySet["Release"]):
    def newest_first(self) -> "ReleaseQuerySet":
        return self.select_related("withdrawn_in").order_by("-number")

    def holding(self, event: Event) -> "Release | None":
        """Return the newest release that has the event and can be had; None: none has. One query."""
        return self.filter(events=event, withdrawn_in=None).order_by("-number").first()

    def next_number(self) -> int:
        return (self.aggregate(last=Max("number"))["last"] or 0) + 1


class ReleaseManager(models.Manager.from_queryset(ReleaseQuerySet)):  # type: ignore[misc]
    """Leaves the package in the database until it is asked for."""

    def get_queryset(self) -> ReleaseQuerySet:
        return super().get_queryset().defer("package")


class Release(models.Model):
    number = models.PositiveIntegerField(unique=True)  # from 1, in the order in which they were made
    at = models.DateTimeField()  # UTC
    notes = models.TextField(blank=True, max_length=5000, validators=[plain_text])  # what readers should know of it
    revision = models.BigIntegerField()  # of the public data
    event_count = models.PositiveIntegerField()
    events = models.ManyToManyField(Event, related_name="releases")  # those in the package
    package = models.BinaryField()  # the Data Package, a zip; empty: withdrawn
    sha256 = models.CharField(max_length=64, blank=True)  # hex; of the package; empty: withdrawn
    size = models.PositiveIntegerField()  # bytes
    manifest = models.JSONField(default=dict, blank=True)  # as exports have it; empty: withdrawn
    withdrawn_in = models.ForeignKey(
        Redaction, null=True, editable=False, on_delete=models.PROTECT, related_name="withdrawn_releases"
    )  # the redaction that took words out which the package had; NULL: it can be had

    objects = ReleaseManager()

    class Meta:
        default_permissions = ()  # made by a command of the owner
        ordering = ["-number"]
        constraints = [
            clean_constraint(lines=("notes",)),
            models.CheckConstraint(
                name="release_had_or_withdrawn",
                condition=Q(withdrawn_in=None) & ~Q(sha256="") | Q(withdrawn_in__isnull=False, sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("release", args=[self.number])

    @property
    def is_intact(self) -> bool:
        """Return whether the package is the one that was frozen. Reads it."""
        return hashlib.sha256(self.package).hexdigest() == self.sha256
