"""The page that tells the history of a row and of all that belongs to it."""

import datetime as dt

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from timeline import history

from .lists.lookup_whitelist import ROW_ID

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"  # of the history, in an address


def parse_moment(text: str) -> dt.datetime:
    """Return the moment that an address names, in UTC. Raises Http404 for any other text."""
    try:
        return dt.datetime.strptime(text, MOMENT).replace(tzinfo=dt.UTC)
    except ValueError:
        raise Http404("No such moment of the history.") from None


class HistoryPage:
    """For every table whose changes are kept."""

    history_parts: tuple[history.Part, ...] = ()

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Return the history of the row and its parts, deleted rows included. `?before=` names the moment of a page."""
        number = unquote(object_id)
        if not ROW_ID.fullmatch(number):
            raise Http404("No such row.")
        row = self.get_object(request, number)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        before = parse_moment(request.GET["before"]) if "before" in request.GET else None
        parts = [part for part in self.history_parts if _may_view(request.user, part.model)]
        page = history.page(self.model, int(number), parts, before)
        if not page.entries and row is None:
            raise Http404("No such row.")
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {self.opts.verbose_name}",
            "subtitle": str(row or "deleted"),
            "object": row,
            "opts": self.opts,
            "page": page,
            "newest": before is None,
            "restore_url": self.restore_url(request, row) if row else "",
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/timeline/history.html", context)


def _may_view(user, model: type[models.Model]) -> bool:
    name = model._meta.model_name
    return user.has_perm(f"timeline.view_{name}") or user.has_perm(f"timeline.change_{name}")
