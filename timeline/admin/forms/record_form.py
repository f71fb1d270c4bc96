import uuid

from django import forms
from django.core.exceptions import ValidationError
from django_countries import countries

from timeline import history
from timeline.models.validators import plain_text

from .fields import OfferingInput


class RecordForm(forms.ModelForm):
    """A form that asks for a reason, does not overwrite what somebody else saved meanwhile, and adds its row only once."""

    refusal = ""  # what the database refused after the form was found in order
    conflict = None  # what somebody else changed since the form was opened (see `edit_conflicts`)
    parts: tuple[history.Part, ...] = ()  # the rows that stand inside the form

    change_reason = forms.CharField(
        label="Why this change",
        required=False,
        max_length=300,
        validators=[plain_text],
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Stands in the history beside your name.",
    )
    version = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    submission = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = history.version(self.instance, self.parts) if self.instance.pk else ""
        drawn = {"version": self.now, "submission": "" if self.instance.pk else str(uuid.uuid4())}
        for name, value in drawn.items():
            self.fields[name].initial = value
            self.fields[name].has_changed = lambda initial, data: False

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.conflict:
            raise ValidationError(self.conflict.message, code="stale")
        if self.now and self.cleaned_data.get("version") != self.now:
            raise ValidationError(
                "Nothing was saved: this form does not say which state of the row it was opened with. Your text still "
                "stands below. Open the page again in another window, and enter there what is missing.",
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


class CountryForm(RecordForm):
    """A form with a country, which is typed as a code and found by its name."""

    class Meta:
        widgets = {"country": OfferingInput(dict(countries))}
