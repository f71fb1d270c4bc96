"""The originals of a briefing's texts, as a part of its admin: how they came, and their bytes for those who may have them."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from timeline.exports.package.to_zip import render_with_originals
from timeline.exports.stream import Stream, TooManyExports
from timeline.models import Briefing, Original
from timeline.models.original import DOWNLOAD_PERMISSION
from timeline.views.export_page import busy, file_name, requested_export

logger = logging.getLogger(__name__)


class OriginalPages:
    """For the admin of briefings."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.original_view))
        package_view = self.admin_site.admin_view(require_safe(self.package_view))
        return [
            path("package/", package_view, name="timeline_briefing_package"),
            path("<int:briefing_id>/originals/<int:original_id>/", view, name="timeline_briefing_original"),
            *super().get_urls(),
        ]

    def package_view(self, request: HttpRequest) -> HttpResponseBase:
        """Send the package of a filter with the originals that are not sealed, as /events.zip takes the filter."""
        if not request.user.has_perm(DOWNLOAD_PERMISSION):
            raise PermissionDenied
        requested = requested_export(request, "zip")
        if isinstance(requested, HttpResponse):
            return requested
        try:
            stream = Stream(render_with_originals(requested[1]))
        except TooManyExports:
            return busy()
        logger.info("package with originals sent to account %s", request.user.pk)
        name = f"originals-{file_name(*requested)}"
        headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
        return StreamingHttpResponse(stream, content_type="application/zip", headers=headers)

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
