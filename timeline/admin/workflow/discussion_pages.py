"""The discussion of an event, and who looks after it. A part of the event's admin."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path

from timeline.models import ReviewAssignment, ReviewNote
from timeline.models.review import NoteKind

from .change_forms import AnswerForm
from .workflow_buttons import PUBLISH_PERMISSION

MAY_DISCUSS = "timeline.change_event"


class AssignmentForm(forms.Form):
    reviewer = forms.ModelChoiceField(User.objects.none(), label="Reviewer", required=False, empty_label="Nobody yet")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        reviewers = User.objects.with_perm(PUBLISH_PERMISSION).filter(is_staff=True)
        self.fields["reviewer"].queryset = reviewers.order_by("username")


class DiscussionPages:
    """For the admin of events."""

    def get_urls(self):
        pages = {"discussion": self.discussion_view, "assign": self.assign_view}
        urls = [
            path(f"<int:event_id>/{name}/", self.admin_site.admin_view(view), name=f"timeline_event_{name}")
            for name, view in pages.items()
        ]
        return urls + super().get_urls()

    def discussion_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Show what was said of the event, the first line first; add a line."""
        event = self._event(request, event_id)
        if not self.has_view_or_change_permission(request, event):
            raise PermissionDenied
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if form.is_bound:
            if not request.user.has_perm(MAY_DISCUSS):
                raise PermissionDenied
            if form.is_valid():
                ReviewNote.objects.write(event, NoteKind.COMMENT, form.cleaned_data["text"], request.user)
                return redirect("admin:timeline_event_discussion", event.pk)
        assignment = ReviewAssignment.objects.filter(event=event).first()
        context = {
            "title": "Discussion",
            "original": event,
            "notes": event.review_notes.with_author(),
            "form": form if request.user.has_perm(MAY_DISCUSS) else None,
            "assignment_form": AssignmentForm(initial={"reviewer": assignment and assignment.reviewer_id}),
        }
        return self._review_page(request, "discussion", context)

    def assign_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Say who looks after the event, and return to the queue or to the discussion."""
        event = self._event(request, event_id)
        if not request.user.has_perm(MAY_DISCUSS):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = AssignmentForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Choose somebody who may publish.")
        elif reviewer := form.cleaned_data["reviewer"]:
            ReviewAssignment.objects.update_or_create(event=event, defaults={"reviewer": reviewer})
            messages.success(request, f"{reviewer.get_full_name() or reviewer} looks after “{event}”.")
        else:
            ReviewAssignment.objects.filter(event=event).delete()
            messages.success(request, f"Nobody is assigned to “{event}” now.")
        page = "review" if "_queue" in request.POST else "discussion"
        return redirect(f"admin:timeline_event_{page}", *([] if page == "review" else [event.pk]))
