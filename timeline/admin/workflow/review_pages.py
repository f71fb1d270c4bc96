"""The pages of review, as a part of the event's admin: the queue, the preview, and what a reviewer does there."""

from django import forms
from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from timeline import history
from timeline.admin.edit_conflicts import changes_since_seen
from timeline.admin.tables.event_forms import WithdrawalForm
from timeline.admin.workflow.event_actions import ReturnForm
from timeline.history import pending_changes
from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing, Citation, Event, PendingChange
from timeline.models.event import Status
from timeline.views.event import event_context as public_context

from .review_queue import QueueForm, describe_waiting, event_version

MOST_CHANGES = 30  # proposed changes on one page of the queue, the longest wait first
MOST_DECIDED = 10  # of one's own, the last decided first


class CommentForm(forms.Form):
    """What is to be done before an event can be published."""

    comment = ReturnForm.base_fields["comment"]


PAGE = 50  # events of the queue


class ReviewPages:
    """For the admin of events."""

    def get_urls(self):
        pages = {
            "review": ("review/", self.review_view),
            "preview": ("<int:event_id>/preview/", self.preview_view),
            "publish": ("<int:event_id>/publish/", self.publish_view),
            "return": ("<int:event_id>/return/", self.return_view),
            "withdraw": ("<int:event_id>/withdraw/", self.withdraw_view),
        }
        urls = [
            path(route, self.admin_site.admin_view(view), name=f"timeline_event_{name}")
            for name, (route, view) in pages.items()
        ]
        return urls + super().get_urls()

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """Show what waits for review. The number of queries does not depend on what waits."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = QueueForm(request.GET, request.user)
        if not form.is_valid() or request.GET.keys() - {*form.fields, "page"}:
            raise DisallowedModelAdminLookup("The queue has only the filters shown on its page.")
        events = form.narrow(Event.objects.in_review()).longest_waiting_first().for_queue()
        page = Paginator(events, PAGE).get_page(request.GET.get("page"))
        changes = form.narrow_changes(PendingChange.objects.waiting())
        context = {
            "title": "Review queue",
            "form": form,
            "change_count": changes.count(),
            "comparisons": pending_changes.compare(changes.editors_first().with_event()[:MOST_CHANGES]),
            "decided": self._own_decided(request) if form.cleaned_data["whose"] == "mine" else [],
            "page": page,
            "waiting": describe_waiting(list(page), request.user),
            "is_narrowed": any(form.cleaned_data.values()),
            "may_publish": self.has_publish_permission(request),
        }
        return self._review_page(request, "review", context)

    def _own_decided(self, request: HttpRequest) -> list[PendingChange]:
        return list(PendingChange.objects.proposed_by(request.user).decided().with_event()[:MOST_DECIDED])

    def preview_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Show the public page as it would be if the event were published now."""
        events = Event.objects.filter(pk=event_id).exclude(status=Status.MERGED)
        event = events.for_timeline(Citation.objects.public_source()).first()
        if event is None:
            raise Http404("There is no event to preview here.")
        if not self.has_view_or_change_permission(request, event):
            raise PermissionDenied
        context = public_context(event) | {"desk": self._desk(request, event)}
        response = TemplateResponse(request, "timeline/event_preview.html", context)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _desk(self, request: HttpRequest, event: Event) -> dict:
        """Return what the banner of a preview says and offers."""
        may_publish, is_waiting = self.has_publish_permission(request), event.status in (Status.DRAFT, Status.REVIEW)
        obstacles = event.obstacles(request.user) if event.status != Status.PUBLISHED else []
        return {
            "obstacles": obstacles,
            "draft_sources": Briefing.objects.unpublished_of(event) if obstacles else [],
            "notes": event.review_notes.with_author(),
            "proposed": event.pending_changes.waiting().count(),
            "seen": event_version(event),
            "may_publish": may_publish and is_waiting and not obstacles,
            "may_return": event.status == Status.REVIEW and self.has_change_permission(request, event),
            "may_withdraw": may_publish and event.status == Status.PUBLISHED,
        }

    @transaction.atomic
    def publish_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Publish the version that the preview showed; if the event has changed since, show it again first."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        event = self._event(request, event_id)
        if request.method != "POST":
            return redirect("admin:timeline_event_preview", event.pk)
        if event.status not in (Status.DRAFT, Status.REVIEW):
            messages.error(
                request, f"“{event}” is {event.get_status_display().lower()}. Open its form to see what can be done."
            )
        elif request.POST.get("seen") != event_version(event):
            messages.error(
                request, "Nothing was published: the event has changed since you opened this page. Check it again."
            )
        elif self._publish(request, event):
            return redirect("admin:timeline_event_review")
        return redirect("admin:timeline_event_preview", event.pk)

    def _publish(self, request: HttpRequest, event: Event) -> bool:
        try:
            with transaction.atomic():
                event.publish(request.user)
        except ValidationError as error:
            messages.error(request, f"“{event}” was not published. {' '.join(error.messages)}")
            return False
        self.log_change(request, event, "Published.")
        messages.success(request, f"“{event}” is published.")
        return True

    @transaction.atomic
    def return_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Ask for a comment, and return the event to its author."""
        event = self._event(request, event_id)
        if not self.has_change_permission(request, event):
            raise PermissionDenied
        if event.status != Status.REVIEW:
            messages.error(request, f"“{event}” is not in review, so there is nothing to return.")
            return redirect("admin:timeline_event_change", event.pk)
        form = CommentForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            comment = form.cleaned_data["comment"]
            event.return_to_draft(comment, request.user)
            self.log_change(request, event, f"Returned to draft: {comment}")
            messages.success(request, f"“{event}” is returned. Its author reads your comment in the discussion.")
            return redirect("admin:timeline_event_review")
        authors = dict.fromkeys(str(user) for user in (event.author, event.submitted_by) if user)
        context = {"title": "Return with a comment", "original": event, "form": form}
        context["authors"] = " and ".join(authors) or "anyone: a command entered it"
        return self._review_page(request, "return", context)

    @transaction.atomic
    def withdraw_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Ask for the reason, and withdraw."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        event = self._event(request, event_id)
        form = WithdrawalForm(request.POST or None, now=history.version(event, self.history_parts))
        if event.status != Status.PUBLISHED:
            messages.error(request, f"“{event}” is not published, so there is nothing to withdraw.")
            return redirect("admin:timeline_event_change", event.pk)
        if not form.is_stale and form.is_valid():
            return self._withdraw(request, event, **form.cleaned_data)
        context = self.admin_site.each_context(request) | {
            "title": "Withdraw event",
            "subtitle": str(event),
            "original": event,
            "opts": self.opts,
            "form": form.shown_anew() if form.is_stale else form,
            "since": changes_since_seen(event, self.history_parts, form.data.get("version", ""))
            if form.is_stale
            else None,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/timeline/event/withdraw.html", context)

    def _withdraw(self, request, event: Event, reason: str, reason_withheld: bool, **seen) -> HttpResponse:
        with reason_for_change(reason):
            event.withdraw(reason, withheld=reason_withheld)
        self.log_change(request, event, f"Withdrawn: {reason}")
        shown = "does not show" if reason_withheld else "shows"
        messages.success(request, f"“{event}” is withdrawn. Its page {shown} the reason.")
        return redirect("admin:timeline_event_change", event.pk)

    def _event(self, request: HttpRequest, event_id: int) -> Event:
        event = self.get_object(request, str(event_id))
        if event is None:
            raise Http404("No such event.")
        return event

    def _review_page(self, request: HttpRequest, name: str, context: dict) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/timeline/event/{name}.html", context)
