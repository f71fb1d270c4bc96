"""How tests use the import page, and the fixtures that its tests share."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from timeline.imports import upload_jobs
from timeline.models import DataSet, ImportUpload

from .import_files import options

ADD = "/admin/timeline/importbatch/add/"


def in_this_process(monkeypatch, settings, tmp_path) -> None:
    """Do the work at once, in this process, whose limits stay as they are."""
    settings.IMPORT_DIR = str(tmp_path / "uploads")

    def spawn(command: list[str], lock: Path) -> None:
        pk, step = command[-2:]
        upload_jobs.run_step(ImportUpload.objects.get(pk=pk), step)

    monkeypatch.setattr(upload_jobs, "spawn", spawn)


def ucdp(db, tmp_path) -> DataSet:
    data_set = options(tmp_path, "").data_set
    data_set.save()
    return data_set


def upload(client: Client, text: str, **changes) -> ImportUpload:
    """Send a file, and return what came of it."""
    file = SimpleUploadedFile("events.csv", text.encode())
    answer = client.post(ADD, {"file": file, "format": "ucdp-ged"} | changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportUpload.objects.latest("pk")


def url(name: str, pk: int) -> str:
    return reverse(f"admin:timeline_importbatch_{name}", args=[pk])
