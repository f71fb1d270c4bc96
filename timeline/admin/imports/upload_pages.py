"""The pages of one upload: send the file, see what it would change, decide."""

import datetime as dt
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from timeline.admin.forms.fields import ReasonField
from timeline.admin.forms.record_form import ChangeForm
from timeline.imports import upload_jobs
from timeline.imports.doubts import KINDS
from timeline.imports.events.formats import FORMATS, our_csv, our_export
from timeline.imports.upload_jobs import LARGEST
from timeline.models import DataSet, ImportUpload
from timeline.models.history_field import ChangeClass
from timeline.models.import_batch import UploadState


class UploadForm(forms.Form):
    """Which file, in which format, of which data set."""

    file = forms.FileField(
        label="File", help_text=f"At most {LARGEST >> 20} MB. Tables and JSON in UTF-8, our own export also as XLSX."
    )
    format = forms.ChoiceField(label="Format", choices=[(module.name, module.label) for module in FORMATS.values()])
    data_set = forms.ModelChoiceField(
        DataSet.objects.order_by("name"),
        label="Data set",
        required=False,
        empty_label="The one the format belongs to",
        help_text="Our CSV and TimelineJS do not name one: choose it, or add it under Data sets first.",
    )
    accept = forms.MultipleChoiceField(
        label="Accept, with a mark",
        required=False,
        choices=[(kind, f"{kind}: {meaning}") for kind, meaning in KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Implausible values are refused unless you accept that kind here; the event is then marked.",
    )
    publish = forms.BooleanField(
        label="Publish at once", required=False, help_text="Events that have a date and an address of their source."
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not (user.has_perm("timeline.publish_event") and settings.SELF_REVIEW):
            del self.fields["publish"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(
                f"The file is {file.size / (1 << 20):,.0f} MB; at most {LARGEST >> 20} can be uploaded. Import larger files with manage.py import_events."
            )
        return file

    def clean(self):
        cleaned = super().clean()
        format = FORMATS.get(cleaned.get("format", ""))
        if format and not cleaned.get("data_set") and not hasattr(format, "terms"):
            self.add_error("data_set", "Choose the data set: this format does not name it.")
        if format and cleaned.get("data_set") and getattr(format, "terms", cleaned) is None:
            self.add_error("data_set", "The events of our own files have their data sets already: leave this empty.")
        if cleaned.get("format") == our_export.name and cleaned.get("publish"):
            self.add_error("publish", "The events of an export are public already.")
        return cleaned


class ReasonForm(ChangeForm):
    """Why the events of a table change, once for all of them."""

    change_reason = ReasonField(
        label="Why the events change",
        help_text="Appears beside each change, in the history and for readers.",
        error_messages={"required": "Say why the events change. Readers see it beside each change."},
    )

    def __init__(self, *args):
        super().__init__(*args)
        self.ask_kind(True, ChangeClass.TYPO)
        del self.fields["reason_withheld"]


class NameOffer(NamedTuple):
    field: str  # of the form
    key: str  # under which the decision is stored, see imports.events.options
    name: str
    kind: str  # of an actor; precision of a place
    near: list[tuple[str, str]]  # slug, name


def offer_names(check: dict, what: str) -> list[NameOffer]:
    """Return the new names of "actors" or "places", those with something near first."""
    listed = [_offer(what, number, entry) for number, entry in enumerate(check.get(what, ()))]
    return sorted(listed, key=lambda offer: not offer.near)


def _offer(what: str, number: int, entry: dict) -> NameOffer:
    name, kind = entry["name"], entry["kind"]
    key = name if what == "actors" else f"{name}, {kind}"  # places of one name may stand for several areas
    return NameOffer(f"{what}-{number}", key, name, kind.replace("_", " "), [tuple(near) for near in entry["near"]])


KEEP_FOR = dt.timedelta(days=7)  # how long a file waits for a decision


class UploadPages:
    """Part of the admin of imports."""

    def upload_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("add/", wrap(self.upload_view), name="timeline_importbatch_add"),
            path("template/<str:name>", wrap(require_safe(self.template_view)), name="timeline_importbatch_template"),
            path("uploads/<int:number>/", wrap(require_safe(self.status_view)), name="timeline_importbatch_upload"),
            path("uploads/<int:number>/write/", wrap(require_POST(self.write_view)), name="timeline_importbatch_write"),
            path("uploads/<int:number>/stop/", wrap(require_POST(self.stop_view)), name="timeline_importbatch_stop"),
            path(
                "uploads/<int:number>/report/", wrap(require_safe(self.report_view)), name="timeline_importbatch_report"
            ),
        ]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file, and begin to look through it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if (
            request.method == "POST"
            and "publish" in request.POST
            and not request.user.has_perm("timeline.publish_event")
        ):
            raise PermissionDenied("Publishing needs the permission to publish.")
        form = UploadForm(request.user, request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._start_upload(request, form.cleaned_data)
        uploads = list(ImportUpload.objects.filter(by=request.user).exclude(state=UploadState.DONE))
        for upload in uploads:
            upload_jobs.fail_if_process_ended(upload)
        return self.page(request, "upload", "Add import", {"form": form, "uploads": uploads})

    def _start_upload(self, request: HttpRequest, fields: dict) -> HttpResponse:
        self._forget_old()
        upload = ImportUpload.objects.create(
            format=fields["format"],
            file_name=fields["file"].name[-255:],
            path=str(upload_jobs.store_file(fields["file"])),
            data_set=fields["data_set"],
            by=request.user,
            options={"publish": bool(fields.get("publish")), "accept": fields["accept"]},
        )
        upload_jobs.start(upload, "check")
        return redirect("admin:timeline_importbatch_upload", upload.pk)

    def _forget_old(self) -> None:
        for upload in ImportUpload.objects.filter(at__lt=timezone.now() - KEEP_FOR):
            upload_jobs.delete_files(upload)
            upload.delete()

    def status_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the progress of the check, or what it found and the decisions to make."""
        upload = self._upload(request, number)
        if upload.state == UploadState.DONE and upload.batch_id:
            return redirect("admin:timeline_importbatch_change", upload.batch_id)
        return self._show_upload(request, upload, ReasonForm() if upload.format == our_export.name else None)

    def _show_upload(self, request: HttpRequest, upload: ImportUpload, reason: ReasonForm | None) -> HttpResponse:
        """Return the page of an upload. `reason`: the form that a table of our own asks for."""
        check = upload.found
        busy = upload.state in upload_jobs.BUSY
        context = {
            "upload": upload,
            "check": check,
            "actors": offer_names(check, "actors"),
            "places": offer_names(check, "places"),
            "busy": busy,
            "progress": upload_jobs.progress_of(upload) if busy else {},
            "may_write": upload.state == UploadState.CHECKED
            and check
            and not check["fatal"]
            and (not reason or check["updated"]),
            "reason": reason,
            "not_read": list(our_export.not_read(check.get("not_read", {}))) if check else [],
            "has_report": upload_jobs.path_beside(upload, ".report.csv").exists() and check.get("problems"),
        }
        return self.page(request, "checked", upload.file_name, context)

    def write_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Write what was looked through, with what was decided of names and conflicts."""
        upload = self._upload(request, number)
        if upload.state != UploadState.CHECKED:
            return redirect("admin:timeline_importbatch_upload", upload.pk)
        if upload.format == our_export.name:
            reason = ReasonForm(request.POST)
            if not reason.is_valid():
                return self._show_upload(request, upload, reason)
            upload.options |= {
                "reason": reason.cleaned_data["change_reason"].strip(),
                "change_class": reason.cleaned_data["change_class"],
            }
        upload.options |= {
            "chosen": self._selected_names(request, upload, "actors"),
            "places": self._selected_names(request, upload, "places"),
        }
        upload.options["skip_refused"] = "skip_refused" in request.POST
        upload.options["overwrite"] = "overwrite" in request.POST
        upload_jobs.start(upload, "write")
        return redirect("admin:timeline_importbatch_upload", upload.pk)

    def _selected_names(self, request: HttpRequest, upload: ImportUpload, what: str) -> dict[str, str]:
        """Return the known rows, of those that were offered, that names of the file stand for."""
        return {
            offer.key: slug
            for offer in offer_names(upload.found, what)
            if (slug := request.POST.get(offer.field, "")) in dict(offer.near)
        }

    def stop_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Stop the work. Delete the file where no work runs, or where an earlier stop had no effect."""
        upload = self._upload(request, number)
        if upload.state in upload_jobs.BUSY and not upload_jobs.path_beside(upload, ".stop").exists():
            upload_jobs.stop(upload)
            return redirect("admin:timeline_importbatch_upload", upload.pk)
        upload_jobs.delete_files(upload)
        upload.delete()
        return redirect("admin:timeline_importbatch_add")

    def report_view(self, request: HttpRequest, number: int) -> HttpResponse:
        report = upload_jobs.path_beside(self._upload(request, number), ".report.csv")
        if not report.exists():
            raise Http404("There is no report.")
        return FileResponse(report.open("rb"), as_attachment=True, filename="problems.csv", content_type="text/csv")

    def template_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Return the empty table, or how it is filled in."""
        files = {"events.csv": (our_csv.template, "text/csv"), "README.md": (our_csv.readme, "text/markdown")}
        if not self.has_add_permission(request):
            raise PermissionDenied
        if name not in files:
            raise Http404("There is no such file.")
        make, kind = files[name]
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(make(), content_type=f"{kind}; charset=utf-8", headers=disposition)

    def _upload(self, request: HttpRequest, number: int) -> ImportUpload:
        """Return an upload of this user."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        upload = ImportUpload.objects.filter(pk=number, by=request.user).first()
        if upload is None:
            raise Http404("There is no such upload of yours.")
        upload_jobs.fail_if_process_ended(upload)
        return upload
