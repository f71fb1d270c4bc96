import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from timeline.querysets import ImportBatchQuerySet, ImportedEventQuerySet

from .data_set import DataSet
from .event import Event
from .validators import length_constraint


class ImportBatch(models.Model):
    """One file that was imported, whole or not at all."""

    format = models.CharField(max_length=20)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField("SHA-256 of the file", max_length=64)
    rows = models.PositiveIntegerField()  # of the file, without its header
    # NULL: a package of our own, whose events name their own
    data_set = models.ForeignKey(DataSet, null=True, on_delete=models.PROTECT, related_name="batches")
    # NULL: a command
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="imports")
    at = models.DateTimeField()  # UTC; the moment of every row of the history that it made
    publish = models.BooleanField(default=False)  # whether events with evidence were published at once
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)  # left out because they were wrong, as was asked
    # Of the unchanged: those where the work of editors differed from the file
    kept = models.PositiveIntegerField(default=0)
    # Kind of doubt (imports.doubts.KINDS) -> number of events that came in with its mark
    accepted = models.JSONField(default=dict)
    disappeared = models.PositiveIntegerField(default=0)  # events of the data set that the file no longer has
    made = models.JSONField(default=dict)  # table -> [[first, last], ...]: primary keys of rows made beside the events
    undone_at = models.DateTimeField(null=True)  # UTC
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="undone_imports"
    )

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "import"
        constraints = [length_constraint("file_name", 255), length_constraint("sha256", 64)]

    def __str__(self) -> str:
        return f"Import {self.pk}: {self.file_name}"

    def reaches_the_public(self) -> bool:
        """Return whether it made or changed an event that has been public: to undo it shows at once. One query."""
        by_this_batch = Q(imported__batch=self) | Q(imported__changes__batch=self) | Q(import_edits__batch=self)
        return Event.objects.ever_public().filter(by_this_batch).exists()


class ImportedEvent(models.Model):
    """What a data set said of an event when it was last imported: what differs from it since was done by hand."""

    # NULL: deleted here, and not to be made again
    event = models.OneToOneField(Event, null=True, on_delete=models.SET_NULL, related_name="imported")
    data_set = models.ForeignKey(
        DataSet, null=True, on_delete=models.PROTECT, related_name="imported_events", db_index=False
    )  # NULL: entered at another installation of the tracker; the constraints below are its index
    external_id = models.CharField(max_length=100)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="imported_events")  # that made it
    baseline = models.TextField()  # JSON, see imports.events.stored

    objects = ImportedEventQuerySet.as_manager()

    class Meta:
        constraints = [
            length_constraint("external_id", 100),
            models.UniqueConstraint(fields=["data_set", "external_id"], name="importedevent_once"),
            models.UniqueConstraint(
                fields=["external_id"], condition=Q(data_set=None), name="importedevent_once_of_our_own"
            ),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def recorded_date(self) -> str:
        """Return the date as its data set had it, as EDTF."""
        return json.loads(self.baseline)["edtf"]


class ImportChange(models.Model):
    """What a batch changed in an event that an earlier one had made; undoing it goes back to this."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    imported = models.ForeignKey(ImportedEvent, on_delete=models.CASCADE, related_name="changes")
    before = models.TextField()  # baseline until then
    state = models.TextField()  # the event as it was until then, as a baseline

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "imported"], name="importchange_once")]

    def __str__(self) -> str:
        return f"{self.imported} by {self.batch}"


class ImportEdit(models.Model):
    """What a batch changed in an event by a table of our own; undoing it goes back to `before`."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="edits")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="import_edits")
    before = models.TextField()  # JSON, see imports.events.snapshot
    after = models.TextField()  # likewise: what differs from it since was done by hand

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "event"], name="importedit_once")]

    def __str__(self) -> str:
        return f"{self.event} by {self.batch}"


class UploadState(models.TextChoices):
    CHECKING = "checking", "being checked"
    CHECKED = "checked", "checked, waits for a decision"
    WRITING = "writing", "being written"
    DONE = "done", "written"
    FAILED = "failed", "refused or stopped"


class ImportUpload(models.Model):
    """A file that was sent to the import page and waits, with what its check found. Nothing of it is data yet."""

    format = models.CharField(max_length=20)
    file_name = models.CharField(max_length=255)
    path = models.CharField(max_length=500)  # where it is kept on this machine
    data_set = models.ForeignKey(DataSet, null=True, on_delete=models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    at = models.DateTimeField(auto_now_add=True)  # UTC
    options = models.JSONField(default=dict)  # see imports.events.options
    state = models.CharField(max_length=8, choices=UploadState, default=UploadState.CHECKING)
    found = models.JSONField(default=dict)  # see imports.events.summary
    message = models.TextField(blank=True)  # why it failed
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.SET_NULL, related_name="uploads")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name
