from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from timeline.admin.lists.lookup_whitelist import GuardedLists
from timeline.admin.workflow.workflow_buttons import PUBLISH_PERMISSION
from timeline.imports.events import publish_batch
from timeline.imports.events.undo_batch import UndoRefused, undo
from timeline.models import Event, ImportBatch

from .upload_pages import UploadPages


@admin.register(ImportBatch)
class ImportBatchAdmin(UploadPages, GuardedLists, admin.ModelAdmin):
    """The imports so far. An import is not edited: it is undone, or another follows."""

    list_display = ["name", "data_set", "at", "who", "created", "updated", "unchanged", "state"]
    list_select_related = ["data_set", "by"]
    list_display_links = ["name"]
    list_per_page = 50
    actions = None

    def get_urls(self):
        wrap = self.admin_site.admin_view
        urls = [
            *self.upload_urls(),
            path("<int:number>/undo/", wrap(require_POST(self.undo_view)), name="timeline_importbatch_undo"),
            path("<int:number>/publish/", wrap(require_POST(self.publish_view)), name="timeline_importbatch_publish"),
        ]
        return urls + super().get_urls()

    @admin.display(description="file", ordering="pk")
    def name(self, obj: ImportBatch) -> str:
        return f"{obj.pk}: {obj.file_name}"

    @admin.display(description="by")
    def who(self, obj: ImportBatch) -> str:
        return str(obj.by) if obj.by else "a command"

    @admin.display(description="state")
    def state(self, obj: ImportBatch) -> str:
        return "undone" if obj.undone_at else "written"

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        """Return the page of one import."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = self._batch(object_id)
        context = {
            "batch": batch,
            "waiting": publish_batch.publishable_drafts(batch).count(),
            "may_publish": publish_batch.may_publish(batch, request.user),
            "may_undo": self.may_undo(request, batch),
            "public_count": Event.objects.public().filter(imported__batch=batch).count(),
        }
        return self.page(request, "batch", str(batch), context)

    def may_undo(self, request: HttpRequest, batch: ImportBatch) -> bool:
        """Return whether this person may take the import back; public events go only with the permission to publish."""
        allowed = not batch.undone_at and self.has_delete_permission(request, batch)
        return allowed and (request.user.has_perm(PUBLISH_PERMISSION) or not batch.reaches_the_public())

    def undo_view(self, request: HttpRequest, number: int) -> HttpResponse:
        batch = self._batch(number)
        if not self.may_undo(request, batch):
            raise PermissionDenied
        if "sure" not in request.POST:
            messages.error(request, "Nothing was undone: tick “Undo the import” first.")
            return redirect("admin:timeline_importbatch_change", batch.pk)
        try:
            undo(batch, request.user)
        except UndoRefused as error:
            messages.error(request, "Nothing was undone.")
            for reason in error.reasons[:20]:
                messages.warning(request, reason)
        else:
            messages.success(request, f"{batch} is undone. Its events are deleted; the history still has them.")
        return redirect("admin:timeline_importbatch_change", batch.pk)

    def publish_view(self, request: HttpRequest, number: int) -> HttpResponse:
        batch = self._batch(number)
        if not publish_batch.may_publish(batch, request.user):
            raise PermissionDenied
        count = publish_batch.publish(batch, request.user)
        events = "1 event" if count == 1 else f"{count:,} events"
        messages.success(request, f"{events} of {batch} {'is' if count == 1 else 'are'} published.")
        return redirect("admin:timeline_importbatch_change", batch.pk)

    def _batch(self, number) -> ImportBatch:
        batch = ImportBatch.objects.for_list().filter(pk=number).first() if str(number).isdigit() else None
        if batch is None:
            raise Http404("No such import.")
        return batch

    def page(self, request: HttpRequest, name: str, title: str, context: dict) -> HttpResponse:
        """Return one of the pages about imports."""
        shared = {"title": title, "opts": self.opts, "media": self.media}
        context = self.admin_site.each_context(request) | shared | context
        return TemplateResponse(request, f"admin/timeline/importbatch/{name}.html", context)
