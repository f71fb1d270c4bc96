"""Numbered releases of the data: their list, the page of each, and its files."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify

from timeline.absolute_urls import absolute_url
from timeline.exports.references import release_reference
from timeline.models import Release


def release_list(request: HttpRequest) -> HttpResponse:
    context = {"releases": Release.objects.newest_first(), "permalink": absolute_url(request.path)}
    return render(request, "timeline/release_list.html", context)


def release_page(request: HttpRequest, number: int) -> HttpResponse:
    release = get_object_or_404(Release.objects.newest_first(), number=number)
    context = {"release": release, "permalink": absolute_url(request.path), "cite": release_reference(release)}
    return render(request, "timeline/release.html", context)


def package(request: HttpRequest, number: int) -> HttpResponse:
    """Send the package as it was frozen; 410 with the page where it was withdrawn."""
    release = get_object_or_404(Release.objects.newest_first(), number=number)
    if release.withdrawn_in:
        return render(request, "timeline/release.html", {"release": release}, status=410)
    name = f"{slugify(settings.SITE_NAME) or 'data'}-release-{number}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(release.package), content_type="application/zip", headers=headers)


def manifest(request: HttpRequest, number: int) -> HttpResponse:
    """Send what proves the package; 410 with the page where it was withdrawn."""
    release = get_object_or_404(Release.objects.newest_first(), number=number)
    if release.withdrawn_in:
        return render(request, "timeline/release.html", {"release": release}, status=410)
    return JsonResponse(release.manifest, json_dumps_params={"ensure_ascii": False, "indent": 1})
