"""The originals of a briefing's texts, as a part of its admin: how they came, and their bytes for those who may have them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from timeline.models import Briefing, Original


class OriginalPages:
    """For the admin of briefings."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.original_view))
        return [
            path("<int:briefing_id>/originals/<int:original_id>/", view, name="timeline_briefing_original"),
            *super().get_urls(),
        ]

    def original_view(self, request: HttpRequest, briefing_id: int, original_id: int) -> HttpResponse:
        """Return the bytes of an original as a file to be stored, never to be shown: they come from elsewhere."""
        briefing = Briefing.objects.filter(pk=briefing_id).first()
        if briefing is not None and not self.has_view_or_change_permission(request, briefing):
            raise PermissionDenied
        original = Original.objects.select_related("sealed_in").filter(briefing=briefing_id, pk=original_id).first()
        if briefing is None or original is None:
            raise Http404("No such original.")
        if not original.may_be_had_by(request.user):
            raise PermissionDenied
        name = f"{briefing.slug}-{original.sha256[:12]}.{original.file_ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(bytes(original.content), content_type="application/octet-stream", headers=headers)
