"""What waits for review, the longest wait first, and what each event lacks.

The pages of review, as a part of the event's admin.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from timeline.admin.workflow.event_actions import ReturnForm
from timeline.admin.workflow.workflow_buttons import PUBLISH_PERMISSION
from timeline.history import EVENT_PARTS, Part
from timeline.models import Citation, Conflict, Event
from timeline.models.event import Status
from timeline.querysets.editorial import NOTHING_MISSING
from timeline.views.event import event_context as public_context

NAMED = 4  # people named in one line

_LACKS = {
    "": "Anything or nothing",
    NOTHING_MISSING: "Nothing: it can be published",
    "citation": "A citation",
    "verified": "A matched quote",
    "support": "Support by the codebook",
    "type": "A type other than “Other”",
    "date": "A date",
    "actor": "An actor",
    "place": "A place",
}


class QueueForm(forms.Form):
    """What the queue is narrowed by; a value that is not offered is refused."""

    whose = forms.ChoiceField(
        label="Whose work",
        required=False,
        choices=[("", "Everybody’s"), ("others", "That I may publish"), ("mine", "Mine")],
    )
    lacks = forms.ChoiceField(label="What is missing", required=False, choices=list(_LACKS.items()))
    conflict = forms.ChoiceField(label="Conflict", required=False)

    def __init__(self, data, user: User):
        super().__init__(data)
        self.user = user
        named = [(str(pk), name) for pk, name in Conflict.objects.values_list("pk", "name")]
        self.fields["conflict"].choices = [("", "Any or none"), ("none", "None"), *named]

    def narrow(self, events: QuerySet) -> QuerySet:
        choices = self.cleaned_data
        if choices["whose"]:
            events = _whose(events, choices["whose"], self.user)
        if choices["conflict"]:
            events = events.in_conflict(None if choices["conflict"] == "none" else int(choices["conflict"]))
        return _lacking(events, choices["lacks"]) if choices["lacks"] else events


def _whose(events: QuerySet, whose: str, user: User) -> QuerySet:
    return events.worked_on_by(user) if whose == "mine" else events.not_worked_on_by(user)


def _lacking(events: QuerySet, what: str) -> QuerySet:
    if what == NOTHING_MISSING:
        return events.publishable()
    return events.untyped() if what == "type" else events.lacking(what)


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """An event of the queue: in words what it lacks, and who may publish it."""

    event: Event
    lacks: list[str]
    publishers: str  # empty: nobody who may
    is_mine: bool  # entered, or handed in, by who looks
    is_open: bool  # who looks may publish it now


def describe_waiting(events: list[Event], user: User) -> list[WaitingEvent]:
    """Return what the queue says of each. One query, for who may publish."""
    publishers = list(User.objects.with_perm(PUBLISH_PERMISSION).order_by("username"))
    return [_waiting(event, user, publishers) for event in events]


def _waiting(event: Event, user: User, publishers: list[User]) -> WaitingEvent:
    others = [
        _name(publisher) for publisher in publishers if publisher != user and event.can_be_published_by(publisher)
    ]
    may = user in publishers and event.can_be_published_by(user)
    problems = lacks(event)
    is_open = may and not event.obstacles_from(event.is_supported, event.is_checkable, user)
    return WaitingEvent(event, problems, _listed(["you", *others] if may else others), event.is_work_of(user), is_open)


def lacks(event: Event) -> list[str]:
    """Return in words what keeps the event from being published, then what a reviewer should look at. `event` is one of
    `for_queue`. No query."""
    problems = event.obstacles_from(event.is_supported, event.is_checkable)
    if not event.citation_count:
        problems = [problem for problem in problems if not problem.startswith("No citation")] + ["It has no citation."]
    if event.unverified_count and event.is_checkable:
        problems.append(f"{event.unverified_count} of its {event.citation_count} quotes cannot be matched.")
    if event.event_type.slug == "other":
        problems.append("Its type is “Other”: see whether another fits.")
    if not event.participation_count:
        problems.append("Nobody is named as taking part.")
    return problems


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _listed(names: list[str]) -> str:
    if len(names) > NAMED:
        rest = len(names) - NAMED + 1
        names = [*names[: NAMED - 1], f"{rest} others"]
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def event_version(event: Event) -> str:
    """Return what changes with every save of the event or of a row that belongs to it. Four queries."""
    tables = [Part(Event, "id", ()), *EVENT_PARTS]
    last = [part.rows(event.pk).order_by().aggregate(last=Max("history_id"))["last"] or 0 for part in tables]
    return "-".join(map(str, last))


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
        }
        urls = [
            path(route, self.admin_site.admin_view(view), name=f"timeline_event_{name}")
            for name, (route, view) in pages.items()
        ]
        return urls + super().get_urls()

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """Show what waits for review. Four queries, whatever the number of events."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        form = QueueForm(request.GET, request.user)
        if not form.is_valid() or request.GET.keys() - {*form.fields, "page"}:
            raise DisallowedModelAdminLookup("The queue is narrowed by what its page offers.")
        events = form.narrow(Event.objects.in_review()).longest_waiting_first().for_queue()
        page = Paginator(events, PAGE).get_page(request.GET.get("page"))
        context = {
            "title": "Review queue",
            "form": form,
            "page": page,
            "waiting": describe_waiting(list(page), request.user),
            "is_narrowed": any(form.cleaned_data.values()),
            "may_publish": self.has_publish_permission(request),
        }
        return self._review_page(request, "review", context)

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
                request, f"“{event}” is {event.get_status_display().lower()}. Its own form says what can be done."
            )
        elif request.POST.get("seen") != event_version(event):
            messages.error(
                request, "Nothing was published: the event has changed since you opened this page. Look again."
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
            event.return_to_draft(comment)
            self.log_change(request, event, f"Returned to draft: {comment}")
            messages.success(request, f"“{event}” is returned. Your comment stands above its form.")
            return redirect("admin:timeline_event_review")
        authors = dict.fromkeys(str(user) for user in (event.author, event.submitted_by) if user)
        context = {"title": "Return with a comment", "original": event, "form": form}
        context["authors"] = " and ".join(authors) or "whoever opens it: a command entered it"
        return self._review_page(request, "return", context)

    def _event(self, request: HttpRequest, event_id: int) -> Event:
        event = self.get_object(request, str(event_id))
        if event is None:
            raise Http404("No such event.")
        return event

    def _review_page(self, request: HttpRequest, name: str, context: dict) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/timeline/event/{name}.html", context)
