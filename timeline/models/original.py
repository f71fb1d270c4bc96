"""The bytes from which a text was taken, as they were received."""

import hashlib
from collections import defaultdict

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q, Value

from timeline.evidence.choices import QuoteState
from timeline.querysets import tables
from timeline.querysets.original import OriginalManager
from timeline.text.track import PAGE, TIME, Track

from .briefing import Briefing
from .derived_columns import derive_locator
from .publication import user_foreign_key
from .redaction import Redaction
from .validators import choice_constraint

DOWNLOAD_PERMISSION = "timeline.view_original"


class Way(models.TextChoices):
    """How the bytes came."""

    PASTED = "pasted", "pasted"
    UPLOADED = "uploaded", "uploaded as a file"
    COMMAND = "command", "imported by a command"
    CAPTURED = "captured", "captured from its address"


MEDIA_TYPES = {  # by format
    "pdf": "application/pdf",
    **dict.fromkeys(("html", "htm"), "text/html"),
    **dict.fromkeys(("md", "markdown"), "text/markdown"),
    **dict.fromkeys(("txt", "text"), "text/plain"),
    "csv": "text/csv",
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "warc": "application/warc",
}


class TrackKind(models.TextChoices):
    PAGES = PAGE, "pages"
    TIMES = TIME, "time codes"


class Original(models.Model):
    """The bytes of one text, with how they came, and what made the text of them. Never changed but by a redaction: the database refuses it.

    A text belongs to the original of its briefing with the same `text_sha256`, be it the present text or an earlier one. A
    text without such a row has no original: it was stored before originals were, or came in a package without them.
    """

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="originals", db_index=False)
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64)  # hex; of the text that was made of the bytes
    sha256 = models.CharField("SHA-256 of the original", max_length=64)  # hex; of the bytes
    size = models.PositiveIntegerField()  # bytes
    way = models.CharField(max_length=8, choices=Way)
    # The ending that names its reader: pdf, html, txt ..., warc; text: words alone
    format = models.CharField(max_length=8)
    file_name = models.CharField(max_length=255, blank=True)  # without folders; empty: it was no file
    # Where it was captured; else as the document names it; empty: not said
    address = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)  # UTC
    received_by = user_foreign_key("received_originals")
    package = models.ForeignKey(
        "ImportBatch", null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the import by which it came from another installation, which had received it; NULL: received here
    extractor = models.CharField(max_length=40)  # what made the text: "PDF, pypdf"
    extractor_version = models.CharField(max_length=80)  # "6.21.4, text rules 2"
    track_kind = models.CharField(max_length=4, choices=TrackKind, blank=True)  # empty: the text has neither
    track = models.JSONField(default=list)  # [[code point of the text, name], ...], see timeline.text.track
    sealed_in = models.ForeignKey(
        Redaction, null=True, editable=False, on_delete=models.PROTECT, related_name="sealed_originals", db_index=False
    )  # the restriction whose custodians alone may have the bytes; NULL: all who may download originals
    content = models.BinaryField()  # left in the database by `objects` until it is asked for

    objects = OriginalManager()

    class Meta:
        default_permissions = ("view",)  # to download the bytes, which are their publisher's
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["briefing", "text_sha256"], name="original_of_text")]
        constraints = [
            choice_constraint("way", Way),
            choice_constraint("track_kind", TrackKind, blank=True),
            models.CheckConstraint(
                name="original_hashed", condition=Q(sha256__length=64) & Q(text_sha256__length=64) & Q(size__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"original of {self.briefing_id}, {self.sha256[:12]}"

    @property
    def pages_and_times(self) -> Track:
        return Track(self.track_kind, tuple(map(tuple, self.track)))

    @property
    def file_ending(self) -> str:
        """Return the ending of a file with these bytes."""
        return {"text": "txt", "warc": "warc.gz"}.get(self.format, self.format)

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(self.format, "application/octet-stream")

    @property
    def path_in_package(self) -> str:
        """Return where the bytes are in a package."""
        return f"originals/{self.sha256}.{self.file_ending}"

    def may_be_had_by(self, user: User) -> bool:
        """Return whether this account may have the bytes: by its right or, where they are sealed, as a custodian. One query for
        sealed ones."""
        if self.sealed_in is None:
            return user.has_perm(DOWNLOAD_PERMISSION)
        return self.sealed_in.custodians.filter(pk=user.pk).exists()

    @property
    def is_intact(self) -> bool:
        """Return whether the bytes are those that were received. Reads them."""
        return hashlib.sha256(self.content).hexdigest() == self.sha256

    def save(self, *args, **kwargs) -> None:
        """Save it once, with size and hash of its bytes. Raises TypeError for one that is stored already."""
        if not self._state.adding:
            raise TypeError("An original is never changed.")
        self.size, self.sha256 = len(self.content), hashlib.sha256(self.content).hexdigest()
        super().save(*args, **kwargs)
        self.locate_quotes()

    def locate_quotes(self) -> None:
        """Give the words that are cited from its text, now or earlier, their pages or times. Nothing without a track; else two
        queries, one more for each page that changes."""
        if not self.track_kind:
            return
        briefing, track = self.briefing.merged_into_id or self.briefing_id, self.pages_and_times
        cited = tables.citations().of_text(briefing, self.text_sha256)
        former = tables.earlier_quotes().of_text(briefing, self.text_sha256)
        for rows, state in ((cited, F("state")), (former, Value(QuoteState.VERIFIED.value))):
            by_locator = defaultdict(list)
            for pk, before, *place in rows.order_by().values_list("pk", "locator", state, "start", "end"):
                if (locator := derive_locator(track, *place)) != before:
                    by_locator[locator].append(pk)
            for locator, keys in by_locator.items():
                rows.model._default_manager.filter(pk__in=keys).update(locator=locator)
