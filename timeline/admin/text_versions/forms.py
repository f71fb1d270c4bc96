from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from timeline.admin.forms.fields import SourceTextField
from timeline.admin.tables.event_forms import WithdrawalForm
from timeline.models import Briefing
from timeline.models.validators import plain_text


def text_area(rows: int = 20) -> forms.Textarea:
    attrs = {"class": "vLargeTextField source-words", "rows": rows, "dir": "auto", "spellcheck": "false"}
    return forms.Textarea(attrs)


class CaptureForm(forms.Form):
    """The text as it stands at the source now."""

    text = SourceTextField(
        label="The whole text",
        help_text="Word for word, as it stands at the source now. Nothing is saved before you have seen what it changes.",
        widget=text_area(),
        error_messages={"required": "Paste the whole text."},
    )
    captured_on = forms.DateField(
        label="Captured on",
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="The day you copied it.",
    )
    change_reason = forms.CharField(
        label="Why this change",
        required=False,
        max_length=300,
        validators=[plain_text],
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Stands in the history beside your name: “the source has corrected its transcript”.",
    )

    def __init__(self, data=None, *, briefing: Briefing, **kwargs):
        super().__init__(data, **kwargs)
        self.briefing = briefing
        if briefing.carries_public_events:
            self.fields["change_reason"].required = True
            self.fields["change_reason"].error_messages["required"] = "Say why. Published events rest on this briefing."

    def clean_text(self) -> str:
        """Refuse the text that is stored already: there would be nothing to confirm."""
        text = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(self.fields["text"].error_messages["required"])
        if text == self.briefing.text:
            raise ValidationError("This is the text that is stored already, character by character.")
        return text


class ConfirmForm(CaptureForm):
    """What was compared, sent back to be written."""

    seen = forms.CharField(widget=forms.HiddenInput)
    withdrawal_reason = WithdrawalForm.base_fields["reason"]

    def __init__(self, data=None, *, must_withdraw: bool, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["withdrawal_reason"].required = must_withdraw
