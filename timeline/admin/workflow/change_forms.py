"""The forms of a proposed change: what an editor proposes, and what a reviewer makes of it. A citation of selected words."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import QueryDict

from timeline.admin.forms.fields import BASIS_HELP, CommentField, DateWordsField, OfferingInput, ReasonField
from timeline.admin.forms.record_form import TIME_ZONES, WITHOUT_REASON, ChangeForm, refuse_more_than_letters
from timeline.admin.pickers.widget import Picker, name_selected_rows
from timeline.history.pending_changes import PROPOSABLE
from timeline.models import Actor, Citation, Event
from timeline.models.history_field import ChangeClass

_WIDE = {"class": "vTextField"}


def _picker(model, name: str) -> Picker:
    return Picker(model._meta.get_field(name), admin.site)


class CitedWordsForm(forms.ModelForm):
    """What is said of quoted words beside the words."""

    edtf = DateWordsField(
        required=False, label="Date by this source", help_text=Citation._meta.get_field("edtf").help_text
    )

    class Meta:
        model = Citation
        fields = ("act", "speaker", "basis", "date_as_stated", "edtf", "place")
        fields += ("deaths_low", "deaths_best", "deaths_high", "note")
        help_texts = {"basis": BASIS_HELP}
        widgets = {
            "place": _picker(Citation, "place"),
            "speaker": _picker(Citation, "speaker"),
            "date_as_stated": forms.TextInput(_WIDE),
            "note": forms.TextInput(_WIDE),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = Actor.objects.not_merged()
        name_selected_rows(self)


class EventValuesForm(forms.ModelForm, ChangeForm):
    """Fields of a public event, checked as its own form checks them; nothing is saved. `names`: the fields to show."""

    edtf = DateWordsField(required=False, label="Date", help_text=Event._meta.get_field("edtf").help_text)
    change_reason = ReasonField(
        required=False, help_text="Readers see it beside the change, unless you choose not to show it."
    )

    class Meta:
        model = Event
        fields = PROPOSABLE
        widgets = {
            **{name: _picker(Event, name) for name in ("event_type", "conflict", "place")},
            **{name: forms.TextInput(_WIDE) for name in ("title", "date_as_stated", "date_note", "value_note")},
            "summary": forms.Textarea({"class": "vLargeTextField", "rows": 3}),
            "time_of_day": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "time_zone": OfferingInput(TIME_ZONES),
        }

    def __init__(self, *args, names: Iterable[str] = PROPOSABLE, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(PROPOSABLE) - set(names):
            del self.fields[name]
        name_selected_rows(self)
        self.ask_kind(True)
        self.fields["change_class"].required = False
        self.order_fields([*PROPOSABLE, "change_class", "change_reason", "reason_withheld"])

    def values_changed(self) -> list[str]:
        return [name for name in self.changed_data if name in PROPOSABLE]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("change_class") == ChangeClass.TYPO:
            refuse_more_than_letters(self)
        return cleaned

    def ask_why(self) -> None:
        """Add errors where kind or reason of a change that readers see is missing."""
        if not self.cleaned_data.get("change_class"):
            self.add_error("change_class", self.fields["change_class"].error_messages["required"])
        elif self.lacks_reason("change_reason"):
            self.add_error("change_reason", "Say why. Readers see the reason of each correction.")


class ProposalForm(EventValuesForm):
    """What an editor would have different: other values, or in words what no field says."""

    version = forms.CharField(max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change_reason"].label = "What is wrong, and how you know"
        self.fields[
            "change_reason"
        ].help_text = (
            "Readers see it beside the change if it is accepted. Participants and citations: say here what is wrong."
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.values_changed() and not cleaned.get("change_reason"):
            raise ValidationError("Change a field, or describe what is wrong.")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and self.values_changed():
            self.ask_why()


class DecisionForm(EventValuesForm):
    """What a reviewer takes of a proposal: its fields alone, as proposed, to be changed before they are accepted."""

    version = forms.CharField(max_length=300, widget=forms.HiddenInput)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            self.ask_why()


class AnswerForm(forms.Form):
    """A line for the discussion of an event."""

    text = CommentField(label="Comment", missing="Write a comment.")


class RefusalForm(AnswerForm):
    def __init__(self, data: QueryDict | None = None):
        super().__init__(data)
        self.fields["text"].label = "Reason for refusing"
        self.fields["text"].help_text = "Shown in the discussion of the event. Readers of the site never see it."
        self.fields["text"].error_messages["required"] = "Say why it is refused."


def change_reason_of(form: EventValuesForm) -> dict:
    """Return what `pending_changes.accept` takes of the reason in a valid form."""
    cleaned = form.cleaned_data
    kind = cleaned["change_class"]
    is_withheld = cleaned["reason_withheld"] and kind not in WITHOUT_REASON
    return {"text": cleaned["change_reason"], "change_class": kind, "withheld": is_withheld}
