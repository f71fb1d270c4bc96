"""Redacting words: the list of redactions, what is sealed, and the form with its preview."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from timeline.models import Redaction
from timeline.models.redaction import RedactionAct
from timeline.redaction.apply import StalePlan, fingerprint, redact
from timeline.redaction.redaction_plan import FieldChange, Plan, plan_redaction
from timeline.redaction.wordings import Wordings

RIGHTS = {RedactionAct.RESTRICT: "timeline.restrict_words", RedactionAct.ERASE: "timeline.erase_words"}
WORDS = {
    RedactionAct.RESTRICT: "Restrict: sealed, only custodians can read the words",
    RedactionAct.ERASE: "Erase: nobody can read the words again",
}
MOST_SHOWN = 20  # places of one kind
AROUND = 60  # characters shown beside what is taken out


def acts_of(user: User) -> list[RedactionAct]:
    """Return what this person may do to words."""
    return [act for act, right in RIGHTS.items() if user.has_perm(right)]


class RedactionForm(forms.Form):
    """Which words, and why. `plan` has their places once the form is valid."""

    wordings = forms.CharField(
        label="Words to redact",
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField", "spellcheck": "false"}),
        max_length=5_000,
        help_text="One wording per line: enter a name in each form in which it is written. Capitals and line breaks are ignored. "
        "Parts of words are not matched.",
    )
    act = forms.ChoiceField(label="What is done", widget=forms.RadioSelect)
    custodians = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True, is_staff=True).order_by("username"),
        required=False,
        help_text="For a restriction: the accounts that can read the sealed words.",
    )
    reason = forms.CharField(
        max_length=500,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Do not repeat the words. The reason is kept in the list of redactions.",
    )
    withheld = forms.BooleanField(
        label="Do not publish the reason", required=False, initial=True, help_text="Readers see that there is one."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, user: User):
        super().__init__(data)
        self.plan = Plan()
        self.fields["act"].choices = [(act, WORDS[act]) for act in acts_of(user)]

    def clean(self) -> dict:
        cleaned = super().clean()
        if (cleaned.get("act") == RedactionAct.RESTRICT) != bool(cleaned.get("custodians")):
            self.add_error("custodians", "Select custodians for a restriction, and none for an erasure.")
        if self.errors:
            return cleaned
        try:
            wordings = Wordings(cleaned["wordings"].splitlines(), timezone.localdate())
            self.plan = plan_redaction(wordings)
        except ValueError as error:
            self.add_error("wordings", str(error))
            return cleaned
        except ValidationError as error:
            self.add_error("wordings", error)
            return cleaned
        if wordings.in_text(cleaned["reason"]):
            self.add_error("reason", "The reason contains words to redact. Write it without them.")
        if not self.plan.changes:
            self.add_error("wordings", "These words were not found.")
        return cleaned


def excerpts(change: FieldChange) -> list[tuple[str, str, str, str]]:
    """Return of each place in a value what is before it, what goes, what is put there, and what is after it."""
    text = change.before
    return [
        (text[max(0, start - AROUND) : start], text[start:end], words, text[end : end + AROUND])
        for start, end, words in change.spans
    ]


@admin.register(Redaction)
class RedactionAdmin(admin.ModelAdmin):
    """Nothing here is edited: a redaction is made, and is for good."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.list_view), name="timeline_redaction_changelist"),
            path("add/", wrap(self.redact_view), name="timeline_redaction_add"),
            path("<int:number>/", wrap(self.redaction_view), name="timeline_redaction_change"),
        ]

    def has_view_permission(self, request, obj=None) -> bool:
        return bool(acts_of(request.user)) or request.user.redactions_in_custody.exists()

    def has_module_permission(self, request) -> bool:
        return bool(acts_of(request.user))  # a custodian without a right is sent the address

    def has_add_permission(self, request) -> bool:
        return bool(acts_of(request.user))

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def list_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {"redactions": Redaction.objects.newest_first(), "may_add": self.has_add_permission(request)}
        return self._page(request, "list", "Redactions", context)

    def redaction_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show where words were, with digests; to a custodian also what is sealed, which the log of the desk records."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        redaction = Redaction.objects.newest_first().filter(pk=number).first()
        if redaction is None:
            raise Http404("There is no such redaction.")
        is_custodian = redaction.custodians.contains(request.user)
        fields = redaction.fields.order_by("table", "row", "column")
        if is_custodian:
            self.log_change(request, redaction, "Read the sealed words.")
        context = {
            "redaction": redaction,
            "fields": fields if is_custodian else fields.defer("sealed", "salt", "spans"),
            "is_custodian": is_custodian,
            "custodians": redaction.custodians.order_by("username"),
        }
        return self._page(request, "detail", str(redaction), context)

    @method_decorator(sensitive_post_parameters())
    def redact_view(self, request: HttpRequest) -> HttpResponse:
        """Take the words; show every place in which they are; take them out where that was confirmed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RedactionForm(request.POST if request.method == "POST" else None, user=request.user)
        is_valid = form.is_valid()
        if is_valid and "_confirm" in request.POST and (response := self._redact(request, form)):
            return response
        context = {"form": form, "media": self.media + form.media, "shown": []}
        if is_valid:
            context |= {
                "seen": fingerprint(form.plan),
                "counts": form.plan.counts(),
                "shown": [
                    (kind, changes[:MOST_SHOWN], len(changes) - MOST_SHOWN)
                    for kind, changes in self._excerpts(form.plan)
                ],
            }
        return self._page(request, "form", "Redact words", context)

    @staticmethod
    def _excerpts(plan: Plan) -> list[tuple[str, list]]:
        return [(kind, [(change, excerpts(change)) for change in changes]) for kind, changes in plan.by_kind().items()]

    def _redact(self, request: HttpRequest, form: RedactionForm) -> HttpResponse | None:
        cleaned = form.cleaned_data
        try:
            with transaction.atomic():
                redaction = redact(
                    cleaned["wordings"].splitlines(),
                    cleaned["act"],
                    reason=cleaned["reason"],
                    withheld=cleaned["withheld"],
                    by=request.user,
                    custodians=cleaned["custodians"],
                    seen=cleaned["seen"],
                )
                self.log_addition(request, redaction, f"{redaction.get_act_display()}: {redaction.reason}")
        except StalePlan:
            messages.error(
                request,
                "Nothing was saved: the words now occur in other places than those shown. Check the places below.",
            )
            return None
        messages.success(
            request,
            "The words were redacted. Backups, downloads and copies made before still contain them: see the guide.",
        )
        return redirect("admin:timeline_redaction_change", redaction.pk)

    def _page(self, request: HttpRequest, name: str, title: str, context: dict) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"title": title, "opts": self.opts} | context
        return TemplateResponse(request, f"admin/timeline/redaction/{name}.html", context)
