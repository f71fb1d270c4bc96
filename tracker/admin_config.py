"""Django's admin as an app, with an admin site that limits attempts to sign in, and pickers that say what each row is."""

from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.checks import Tags, register
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from .databases import readers_block_writers


class OfferView(AutocompleteJsonView):
    def serialize_result(self, obj, to_field_name):
        """Return {"id", "text"} and what the row's admin says of it: see `RecordAdmin.describe_offer`."""
        describe = getattr(self.model_admin, "describe_offer", lambda row: {})
        return super().serialize_result(obj, to_field_name) | describe(obj)


class DeskSite(AdminSite):
    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return OfferView.as_view(admin_site=self)(request)

    def get_urls(self) -> list:
        from timeline.admin.lists import saved_filters  # the apps are loaded by now
        from timeline.admin.selection import starting_values
        from timeline.admin.unsaved import unsaved_pages

        return [
            path("templates/", include(starting_values.urlpatterns)),
            path("unsaved/", include(unsaved_pages.urlpatterns)),
            path("saved-filters/", include(saved_filters.urlpatterns)),
            *super().get_urls(),
        ]

    def admin_view(self, view, cacheable=False):
        """Return the view for those who may work here. What somebody else sends is stored where a form of ours brings it, and put
        back once he has signed in: his session has ended."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def guard(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method == "POST" and not self.has_permission(request):
                from timeline.admin.unsaved import unsaved_pages  # the apps are loaded by now

                if answer := unsaved_pages.sign_in_again(request):
                    return answer
            return guarded(request, *args, **kwargs)

        return guard

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

    def ready(self) -> None:
        from tracker.logs import account_changes  # the models are loaded only now

        super().ready()
        account_changes.watch()
        register(readers_block_writers, Tags.compatibility)
