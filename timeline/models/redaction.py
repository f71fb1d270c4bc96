"""What was taken out of the record for good, and what an audit can know of it."""

from django.conf import settings
from django.db import models

from .publication import user_foreign_key
from .validators import choice_constraint, one_line


class RedactionAct(models.TextChoices):
    RESTRICT = "restrict", "Restricted"  # sealed: the custodians can read it
    ERASE = "erase", "Erased"  # nobody can


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def newest_first(self) -> "RedactionQuerySet":
        return self.select_related("by").order_by("-pk")


class Redaction(models.Model):
    """One act that took words out of every place in which they were. The words are nowhere in it."""

    act = models.CharField(max_length=8, choices=RedactionAct)
    reason = models.CharField(max_length=500, validators=[one_line])
    reason_withheld = models.BooleanField(default=True)  # readers learn that there is a reason, not which
    at = models.DateTimeField()  # UTC
    by = user_foreign_key("redactions")  # NULL: a command
    # Of a restriction; an erasure has none
    custodians = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="redactions_in_custody")
    # Number of texts, quotes, events, other rows and rows of the history that it changed, by kind
    counts = models.JSONField(default=dict)
    # Lets the database change earlier texts; never true after a commit
    is_applying = models.BooleanField(default=False)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [
            ("restrict_words", "Can restrict words: seal them for custodians"),
            ("erase_words", "Can erase words for good"),
        ]
        constraints = [choice_constraint("act", RedactionAct)]

    def __str__(self) -> str:
        return f"Redaction {self.pk}"


class RedactedField(models.Model):
    """One value that a redaction changed: where, and where in it; digests, by which an audit can know what was there."""

    redaction = models.ForeignKey(Redaction, on_delete=models.CASCADE, related_name="fields")
    table = models.CharField(max_length=60)  # as `timeline.historicalevent`
    row = models.BigIntegerField()  # its primary key
    column = models.CharField(max_length=60)
    spans = models.JSONField()  # [[start, end, what is there now], ...], in code points of the value before
    digest = models.CharField(max_length=64)  # SHA-256 of salt and value before, hex
    after_sha256 = models.CharField(max_length=64)  # of the value as it is now: says nothing of what is gone
    salt = models.CharField(max_length=64, blank=True)  # hex; empty: erased, so that no list of names can be tried
    sealed = models.TextField(blank=True)  # the value before; empty: erased

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["redaction", "table", "row", "column"], name="redactedfield_once"),
            models.CheckConstraint(
                name="redactedfield_sealed_with_salt", condition=~models.Q(sealed="") | models.Q(salt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}, {self.column}"
