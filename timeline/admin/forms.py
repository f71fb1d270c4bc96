from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone

from timeline.models.rules import plain_text


class RecordForm(forms.ModelForm):
    """A form that asks why, and that does not overwrite what somebody else saved meanwhile."""

    refusal = ""  # what the database refused after the form was found in order

    change_reason = forms.CharField(
        label="Why this change",
        required=False,
        max_length=300,
        validators=[plain_text],
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Stands in the history beside your name.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.last_change = self.instance.history.order_by("-history_id").first() if self.instance.pk else None
        if self.last_change:
            self.initial["version"] = self.last_change.history_id
        self.fields["version"].has_changed = lambda initial, data: False

    def clean(self) -> dict:
        cleaned = super().clean()
        seen = self.cleaned_data.get("version")
        if self.last_change and seen != self.last_change.history_id:  # no version: another saved the first change
            raise ValidationError(self._saved_meanwhile(), code="stale")
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        return cleaned

    def _saved_meanwhile(self) -> str:
        change = self.last_change
        at = formats.date_format(timezone.localtime(change.history_date), "DATETIME_FORMAT")
        return (
            f"Nothing was saved: {change.history_user or 'somebody else'} saved this on {at} while you were editing. "
            "Your text still stands below. Open the page again in another window, and enter there what is missing."
        )
