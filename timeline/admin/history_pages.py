"""The history of a row and of all that belongs to it, and the page that restores an earlier state."""

import datetime as dt

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from timeline import history
from timeline.history.revert import Restoration, moment_in_words

from .edit_conflicts import changes_since_seen
from .forms.fields import ReasonField
from .forms.record_form import SeenForm
from .lists.lookup_whitelist import ROW_ID

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"  # of the history, in an address


def parse_moment(text: str) -> dt.datetime:
    """Return the moment that an address names, in UTC. Raises Http404 for any other text."""
    try:
        return dt.datetime.strptime(text, MOMENT).replace(tzinfo=dt.UTC)
    except ValueError:
        raise Http404("The history has no change at this time.") from None


class HistoryPage:
    """Mixin for the admin of every table with a history."""

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


class RestoreForm(SeenForm):
    reason = ReasonField(
        label="Reason",
        required=False,
        max_length=240,
        help_text="Shown in the history with your name, after the moment that is restored.",
        error_messages={"required": "Say why. This has been public, and readers see the reason of each correction."},
    )

    def __init__(self, data=None, *, now: str, is_public: bool = False):
        super().__init__(data, now=now)
        self.is_public = is_public
        if is_public:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = "Needed, as this has been public. Readers see it beside the correction."

    def shown_anew(self) -> "RestoreForm":
        data = self.data.copy()
        data["version"] = self.now
        return type(self)(data, now=self.now, is_public=self.is_public)


class RestorePages:
    """Mixin for the admin of every table with a history."""

    def restore_url(self, request: HttpRequest, row: models.Model) -> str:
        if not self.has_change_permission(request, row):
            return ""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_restore", args=[row.pk])

    def has_been_public(self, row: models.Model) -> bool:
        """Return whether readers see, or saw, what a change of the row changes."""
        return False

    def restore_view(self, request: HttpRequest, row_id: int) -> HttpResponse:
        """Show what will change, or restore. `?at=` names the moment."""
        row = self.get_object(request, str(row_id))
        if row is None:
            raise Http404("No such row.")
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        at = parse_moment(request.GET.get("at", ""))
        restoration = Restoration(row, tuple(self.history_parts), at)
        now = history.version(row, self.history_parts)
        form = RestoreForm(request.POST or None, now=now, is_public=self.has_been_public(row))
        problems = []
        if form.is_bound and not form.is_stale and form.is_valid():
            problems = self._restore(restoration, form.cleaned_data["reason"], now)
            if not problems:
                return self._restored(request, row, at)
        since = changes_since_seen(row, self.history_parts, form.data.get("version", "")) if form.is_stale else None
        return self._restore_page(request, restoration, form.shown_anew() if since else form, problems, since)

    def _restore(self, restoration: Restoration, reason: str, seen: str) -> list[str]:
        """Restore; return in words why that cannot be, nothing where it is done."""

        def confirm() -> None:
            if history.version(restoration.row, self.history_parts) != seen:
                raise ValidationError("Somebody else has just changed it. Check it, then confirm again.")

        try:
            restoration.apply(reason, confirm)
        except ValidationError as error:
            return error.messages
        except IntegrityError as error:
            return [self.broken_rule(error)]
        return []

    def _restored(self, request: HttpRequest, row: models.Model, at) -> HttpResponse:
        self.log_change(request, row, f"Restored the state of {moment_in_words(at)}.")
        messages.success(request, f"“{row}” is restored as it was on {moment_in_words(at)}.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", row.pk)

    def _restore_page(self, request, restoration: Restoration, form, problems, since) -> HttpResponse:
        obstacles = restoration.obstacles()
        changed = [record for _, record in restoration.changes]
        context = self.admin_site.each_context(request) | {
            "title": f"Restore {self.opts.verbose_name}",
            "subtitle": str(restoration.row),
            "original": restoration.row,
            "opts": self.opts,
            "at": restoration.at,
            "at_text": restoration.at.strftime(MOMENT),
            "records": changed,
            "staying": restoration.staying,
            "refusals": [*obstacles, *problems],
            "may_restore": not obstacles and changed,
            "form": form,
            "since": since,
        }
        return TemplateResponse(request, "admin/timeline/restore.html", context)
