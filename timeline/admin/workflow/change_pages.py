"""The pages of changes proposed for public events: to propose one, and to decide on it. A part of the event's admin."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from timeline import history
from timeline.admin.edit_conflicts import changes_since_seen
from timeline.history import pending_changes
from timeline.history.pending_changes import PROPOSABLE, Comparison
from timeline.models import Event, PendingChange
from timeline.models.history_field import ChangeClass
from timeline.models.publication import Status
from timeline.models.review import ChangeState

from .change_forms import CitedWordsForm, DecisionForm, ProposalForm, RefusalForm, change_reason_of

PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN)  # readers see every change at once


class ChangePages:
    """For the admin of events."""

    def get_urls(self):
        pages = {"propose": ("<int:event_id>/propose/", self.propose_view)}
        pages["proposed"] = ("proposed/<int:change_id>/", self.proposed_view)
        urls = [
            path(route, self.admin_site.admin_view(view), name=f"timeline_event_{name}")
            for name, (route, view) in pages.items()
        ]
        return urls + super().get_urls()

    def may_propose(self, request: HttpRequest, event: Event) -> bool:
        """Return whether this person may propose changes of the event, which readers see."""
        return event.status in PUBLIC and request.user.has_perm("timeline.change_event")

    def propose_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        """Show the form of a correction, or keep it for a reviewer. Nothing of the event changes."""
        event = self._event(request, event_id)
        if not request.user.has_perm("timeline.change_event"):
            raise PermissionDenied
        if event.status not in PUBLIC:
            messages.info(request, f"“{event}” is {event.get_status_display().lower()}: change it in its own form.")
            return redirect("admin:timeline_event_change", event.pk)
        now = history.version(event, self.history_parts)
        form = self._proposal_form(request, event, now)
        if form.is_bound and form.is_valid():
            change = pending_changes.propose(
                event,
                request.user,
                form.cleaned_data["version"],
                form.instance,
                reason=form.cleaned_data["change_reason"],
                change_class=form.cleaned_data["change_class"],
                reason_withheld=form.cleaned_data["reason_withheld"],
            )
            messages.success(request, f"Your proposal for “{event}” waits for a reviewer. Readers do not see it.")
            return redirect("admin:timeline_event_proposed", change.pk)
        waiting = PendingChange.objects.waiting().filter(event=event).with_event()
        context = {"title": "Propose a correction", "original": event, "form": form, "media": self.media + form.media}
        return self._review_page(request, "propose", context | {"proposed": pending_changes.compare(waiting)})

    def _proposal_form(self, request: HttpRequest, event: Event, now: str) -> ProposalForm:
        """Return the form; one that is sent in is compared with the version of the event that its page showed."""
        if request.method != "POST":
            return ProposalForm(instance=event, initial={"version": now})
        try:
            seen = pending_changes.seen_state(event, request.POST.get("version", ""))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return ProposalForm(instance=event, initial={"version": now})
        initial = {name: getattr(seen, Event._meta.get_field(name).attname) for name in PROPOSABLE}
        return ProposalForm(request.POST, instance=event, initial=initial)

    @transaction.atomic
    def proposed_view(self, request: HttpRequest, change_id: int) -> HttpResponse:
        """Show a proposed change beside the event as it is now; accept it, refuse it or take it back."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":  # of two who decide at once, the second sees what the first did
            PendingChange.objects.locked(change_id)
        change = PendingChange.objects.with_event().filter(pk=change_id).first()
        if change is None:
            raise Http404("No such proposal.")
        page = _DecisionPage(self, request, change)
        return page.answer() if request.method == "POST" else page.show()


class _DecisionPage:
    """The page of one proposed change, made for one request."""

    def __init__(self, table, request: HttpRequest, change: PendingChange):
        self.table, self.request, self.change = table, request, change
        if request.method == "POST":
            change.event = Event.objects.locked(change.event_id)
        [self.comparison] = pending_changes.compare([change])
        self.version = history.version(change.event, table.history_parts)
        self.refusal = RefusalForm()

    @property
    def user(self) -> User:
        return self.request.user

    @property
    def why_not(self) -> str:
        """Return in a sentence why this person does not decide; empty: he or she does."""
        if not self.change.is_open:
            return f"{self.change.get_state_display()}."
        if not self.table.has_publish_permission(self.request):
            return "A reviewer decides on this proposal."
        if not self.change.can_be_decided_by(self.user):
            return "Somebody else has to decide on this proposal: you wrote it."
        if self.change.event.status == Status.MERGED:
            return f"The event became part of “{self.change.event.merged_into}”."
        return ""

    @property
    def may_take_back(self) -> bool:
        return self.change.is_open and self.change.author_id == self.user.pk

    def forms(self, sent=None) -> tuple[DecisionForm, CitedWordsForm | None]:
        """Return the proposed values and the proposed citation, to be changed before they are accepted."""
        names = [Event._meta.get_field(column.removesuffix("_id")).name for column in self.change.after]
        initial = {"version": self.version, "change_class": self.change.change_class}
        initial |= {"change_reason": self.change.reason, "reason_withheld": self.change.reason_withheld}
        proposed = {name: self.change.after[Event._meta.get_field(name).attname] for name in names}
        values = DecisionForm(
            sent, instance=self.change.event, names=names, initial=initial | ({} if sent else proposed)
        )
        if not self.comparison.citation:
            return values, None
        values.ask_kind(True, ChangeClass.TYPO)  # a line more is none
        return values, CitedWordsForm(sent, instance=self.comparison.citation, prefix="cited")

    def answer(self) -> HttpResponse:
        """Do what the button says. Refused with 403 where this person may not."""
        sent = self.request.POST
        if "_take_back" in sent:
            if not self.may_take_back:
                raise PermissionDenied
            return self._close(ChangeState.TAKEN_BACK, "You cancelled your proposal.")
        if not self.table.has_publish_permission(self.request) or not self.change.can_be_decided_by(self.user):
            raise PermissionDenied
        if self.why_not:
            messages.error(self.request, f"Nothing was changed. {self.why_not}")
            return self.show()
        if "_refuse" in sent:
            self.refusal = RefusalForm(sent)
            if not self.refusal.is_valid():
                return self.show()
            return self._close(ChangeState.REFUSED, "The proposal is refused.", self.refusal.cleaned_data["text"])
        if self.change.is_remark:
            return self._close(ChangeState.ACCEPTED, "The remark is marked as settled.")
        return self._accept()

    def _close(self, state: ChangeState, said: str, text: str = "") -> HttpResponse:
        pending_changes.decide(self.change, state, self.user, text)
        messages.success(self.request, said)
        return redirect("admin:timeline_event_review")

    def _accept(self) -> HttpResponse:
        values, cited = self.forms(self.request.POST)
        if values.data.get("version") != self.version:
            data = self.request.POST.copy()
            data["version"] = self.version
            values = DecisionForm(data, instance=self.change.event, names=list(values.fields.keys() & {*PROPOSABLE}))
            since = changes_since_seen(
                self.change.event, self.table.history_parts, self.request.POST.get("version", "")
            )
            return self.show(values, cited, since)
        if not values.is_valid() or (cited and not cited.is_valid()) or self.comparison.is_source_gone:
            return self.show(values, cited)
        columns = pending_changes.stored_columns(values.instance, PROPOSABLE)
        is_amended = bool(cited and cited.changed_data) or any(
            columns[column] != value for column, value in self.change.after.items()
        )
        try:
            with transaction.atomic():
                reason = change_reason_of(values)
                pending_changes.accept(
                    self.change,
                    values.instance,
                    cited and cited.instance,
                    self.user,
                    is_amended=is_amended,
                    **reason,
                )
        except (ValidationError, IntegrityError) as error:
            words = error.messages if isinstance(error, ValidationError) else [self.table.broken_rule(error)]
            messages.error(self.request, f"Nothing was changed. {' '.join(words)}")
            self.change.refresh_from_db()
            return self.show(values, cited)
        self.table.log_change(self.request, self.change.event, f"Accepted: {self.change.what}.")
        messages.success(self.request, f"“{self.change.event}” is changed as proposed, and readers see it.")
        return redirect("admin:timeline_event_review")

    def show(self, values=None, cited=None, since=None) -> HttpResponse:
        if values is None and not self.why_not and not self.change.is_remark:
            values, cited = self.forms()
        comparison: Comparison = self.comparison
        if comparison.is_newer and since is None and self.change.is_open:
            since = changes_since_seen(self.change.event, self.table.history_parts, self.change.version)
        context = {
            "title": self.change.what,
            "original": self.change.event,
            "comparison": comparison,
            "change": self.change,
            "values": values,
            "cited": cited,
            "refusal": self.refusal,
            "why_not": self.why_not,
            "may_take_back": self.may_take_back,
            "since": since,
            "notes": self.change.event.review_notes.with_author(),
            "media": self.table.media + (values.media if values else CitedWordsForm().media),
        }
        return self.table._review_page(self.request, "proposed", context)
