"""

Asks what kind of change it is, wherever readers see the change at once.
"""

import uuid
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django_countries import countries

from timeline import history
from timeline.history.change_reason import is_typo
from timeline.history.corrected_fields import TYPO_FIELDS
from timeline.models.history_field import ChangeClass

from .fields import OfferingInput, ReasonField


class RecordForm(forms.ModelForm):
    """A form that asks for a reason, does not overwrite what somebody else saved meanwhile, and adds its row only once."""

    refusal = ""  # what the database refused after the form was found in order
    conflict = None  # what somebody else changed since the form was opened (see `edit_conflicts`)
    parts: tuple[history.Part, ...] = ()  # the rows that are inside the form
    is_shown_only = False  # true: what was typed is put back; it is checked when it is sent
    unsaved_key = ""  # of what is typed here and not saved yet (see `unsaved`)
    submission_key = ""  # of the row that this form makes; empty: drawn again

    change_reason = ReasonField(required=False)
    version = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    submission = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    unsaved = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = history.version(self.instance, self.parts) if self.instance.pk else ""
        submission = "" if self.instance.pk else self.submission_key or str(uuid.uuid4())
        drawn = {"version": self.now, "submission": submission, "unsaved": self.unsaved_key}
        for name, value in drawn.items():
            self.fields[name].initial = value
            self.fields[name].has_changed = lambda initial, data: False

    def full_clean(self) -> None:
        if not self.is_shown_only:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self) -> bool:
        return not self.is_shown_only and super().is_valid()

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.conflict:
            raise ValidationError(self.conflict.message, code="stale")
        if self.now and self.cleaned_data.get("version") != self.now:
            raise ValidationError(
                "Nothing was saved: this form does not say which version it was opened with. Your text is "
                "still below. Open the page again in another window, and enter what is missing there.",
                code="stale",
            )
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        return cleaned


class SeenForm(forms.Form):
    """A confirmation about a row, valid only for the version of the row that the page showed."""

    version = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, data=None, *, now: str):
        super().__init__(data)
        self.now = now
        self.fields["version"].initial = now

    @property
    def is_stale(self) -> bool:
        """Return whether the row has changed since the page showed it; true also where the form names no version."""
        return self.is_bound and self.data.get("version") != self.now

    def shown_anew(self) -> "SeenForm":
        """Return the form as typed, for the state of now."""
        data = self.data.copy()
        data["version"] = self.now
        again = type(self)(data, now=self.now)
        again.is_valid()
        return again


_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/")
TIME_ZONES = {
    name: name.rpartition("/")[2].replace("_", " ")
    for name in sorted(available_timezones())
    if "/" in name and not name.startswith(_NOT_PLACES)
}


class CountryForm(RecordForm):
    """A form with a country, which is typed as a code and found by its name."""

    class Meta:
        widgets = {"country": OfferingInput(dict(countries)), "time_zone": OfferingInput(TIME_ZONES)}


KINDS = {
    ChangeClass.CORRECTION: "Correction: what was here was wrong",
    ChangeClass.UPDATE: "Update: something new is known",
    ChangeClass.SOURCE: "Source changed: it says something else now",
    ChangeClass.CLARIFICATION: "Clarification: the same, said more clearly",
    ChangeClass.TYPO: "Typographical error: letters alone, not shown to readers",
}
WITHOUT_REASON = (ChangeClass.UPDATE, ChangeClass.TYPO)


def withheld_field() -> forms.BooleanField:
    return forms.BooleanField(
        label="Do not show the reason to readers",
        required=False,
        help_text="Only if it would endanger somebody. Readers see that there is a reason; editors can read it.",
    )


class ChangeForm(forms.Form):
    """Mixin; a form calls `ask_kind` once it knows whether readers see what it changes, or saw it."""

    change_class = forms.ChoiceField(
        label="What kind of change",
        choices=[("", "Choose …"), *KINDS.items()],
        error_messages={"required": "Choose the kind of change. Readers see it beside the change."},
        help_text="Readers see it beside the change.",
    )
    reason_withheld = withheld_field()

    def ask_kind(self, is_public: bool, *without: ChangeClass) -> None:
        """Ask for the kind, `without` some of them; of what no reader sees, ask nothing."""
        if not is_public:
            del self.fields["change_class"], self.fields["reason_withheld"]
            return
        kind = self.fields["change_class"]
        kind.choices = [choice for choice in kind.choices if choice[0] not in without]
        for name in ("change_class", "reason_withheld"):  # no columns: what others changed is not about them
            self.fields[name].has_changed = lambda initial, data: False

    def lacks_reason(self, name: str) -> bool:
        """Return whether this kind of change needs a reason, and this field gives none."""
        kind = self.cleaned_data.get("change_class")
        return bool(kind) and kind not in WITHOUT_REASON and not self.cleaned_data[name]

    def reason_where_needed(self, name: str) -> str:
        """Return the reason in this field. Raises ValidationError where it lacks."""
        if self.lacks_reason(name):
            raise ValidationError("Say why. This has been public, and readers see the reason of each correction.")
        return self.cleaned_data[name]


def refuse_more_than_letters(form: forms.ModelForm) -> None:
    """Raise ValidationError where a form changes more than letters, which a typographical error does not."""
    columns = {field.name for field in form.instance._meta.fields}
    for name in form.changed_data:
        before, after = form.initial.get(name), form.cleaned_data.get(name)
        if name not in columns:
            continue
        if name not in TYPO_FIELDS or not is_typo(str(before or ""), str(after or "")):
            raise ValidationError(
                f"This is not a typographical error: it changes more than the letters of “{form.fields[name].label}”. "
                "Choose another kind of change, which readers see."
            )


def change_options(sent: QueryDict) -> dict:
    """Return the options of `reason_for_change` that a form which is sent in names; a wrong kind is none."""
    kind = sent.get("change_class", "")
    return {"change_class": kind if kind in KINDS else "", "withheld": "reason_withheld" in sent}
