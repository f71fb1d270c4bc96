"""The site's addresses: the admin, and everything else in the timeline."""

from django.contrib import admin
from django.urls import include, path

from tracker.health import healthz

urlpatterns = [
    path("admin/guide/", include("timeline.admin.guide_pages")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("timeline.urls")),
]

handler500 = "tracker.errors.server_error"
