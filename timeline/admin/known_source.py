"""While a source is entered: those that are here already, at the same address or with the same text, and what can be done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing

MOST_SHOWN = 5
LOOKED_AT = {"url", "archive_url", "further_urls", "text"}


def known_sources(briefing: Briefing) -> list[Briefing]:
    """Return other stored briefings with one of its addresses, or with its text, the first entered first. One query.

    Of one that is not stored yet, `clean` has set the hash.
    """
    urls = [briefing.url or briefing.archive_url, *briefing.further_urls.splitlines()]
    known = Briefing.objects.same_document(urls, briefing.text_sha256).exclude(pk=briefing.pk)
    return list(known.not_merged().defer("text").order_by("pk")[:MOST_SHOWN])


class KnownSourceForm:
    """Mixin for the briefing's form: a document that is here already is saved again only by who says that it is another."""

    known_sources: tuple[Briefing, ...] | list[Briefing] = ()

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not LOOKED_AT & set(self.changed_data):
            return
        self.known_sources = known_sources(self.instance)
        if self.known_sources and "other_source" not in self.data:
            self.add_error(
                None,
                ValidationError(
                    "Nothing is saved yet: this document is already stored, see below. Open it, add the address to it, or "
                    "confirm that this is a different source.",
                    code="known",
                ),
            )


class KnownSourcePages:
    """For the admin of briefings: adds an address to a source that is stored."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.add_address_view))
        return [
            path("<int:row_id>/add-address/", view, name="timeline_briefing_add_address"),
            *super().get_urls(),
        ]

    def add_address_view(self, request: HttpRequest, row_id: int) -> HttpResponse:
        """Add the address `url` of the form that is sent to this briefing, and go there; nothing else of the form is stored."""
        briefing = self.get_object(request, str(row_id))
        if briefing is None:
            raise Http404("No such source.")
        if not self.has_change_permission(request, briefing):
            raise PermissionDenied
        url = request.POST.get("url", "").strip()
        try:
            with reason_for_change("The same document at a further address"):
                briefing.add_address(url)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            self.log_change(request, briefing, f"Address added: {url}")
            messages.success(request, f"“{briefing}” now has the address {url} too.")
        return redirect("admin:timeline_briefing_change", briefing.pk)
