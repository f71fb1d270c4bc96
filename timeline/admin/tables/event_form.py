from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError

from timeline.admin.duplicate_check import DuplicateCheckForm
from timeline.admin.forms.form_fields import DateWordsField
from timeline.admin.forms.record_form import RecordForm, SeenForm
from timeline.admin.forms.widgets import OfferingInput
from timeline.models import Event
from timeline.models.validators import plain_text

_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/")
TIME_ZONES = {
    name: name.rpartition("/")[2].replace("_", " ")
    for name in sorted(available_timezones())
    if "/" in name and not name.startswith(_NOT_PLACES)
}


class EventForm(DuplicateCheckForm, RecordForm):
    edtf = DateWordsField(required=False, label="Date", help_text=Event._meta.get_field("edtf").help_text)

    class Meta:
        help_texts = {
            "event_type": "Search by name; each type says when to choose it, and when not.",
            "conflict": "The dossier it belongs to. Empty: it stands alone.",
            "place": "Where it happened, no more precisely than the sources say. Empty: none of them says.",
        }
        widgets = {
            "title": forms.TextInput({"class": "vTextField"}),
            "summary": forms.Textarea({"class": "vLargeTextField", "rows": 3}),
            "time_of_day": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "time_zone": OfferingInput(TIME_ZONES),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.published_at:
            reason = self.fields["change_reason"]
            reason.help_text = "Needed, as this event has been public. Readers see it beside the correction."

    def clean_change_reason(self) -> str:
        reason = self.cleaned_data["change_reason"]
        if self.instance.published_at and not reason:
            raise ValidationError("Say why. This event has been public, and readers see the reason of each correction.")
        return reason


class WithdrawalForm(SeenForm):
    reason = forms.CharField(
        label="Why it is withdrawn",
        max_length=500,
        validators=[plain_text],
        widget=forms.Textarea({"class": "vLargeTextField", "rows": 3}),
        help_text="Readers of the event's page will see these words instead of the event.",
        error_messages={"required": "Say why the event is withdrawn; readers of its page will see it."},
    )
