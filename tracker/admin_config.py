"""Django's admin as an app, with an admin site that limits attempts to sign in."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse


class DeskSite(AdminSite):
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Return the page to sign in; 429 where its form says how long to wait."""
        response = super().login(request, extra_context)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if seconds := getattr(form, "seconds_to_wait", 0):
            response.status_code = 429
            response.headers["Retry-After"] = str(seconds)
        return response


class DeskConfig(AdminConfig):
    default_site = "tracker.admin_config.DeskSite"
