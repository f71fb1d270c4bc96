from django import forms

from timeline.admin.forms.form_fields import DateWordsField
from timeline.models import Event
from timeline.models.participation import Role
from timeline.models.validators import one_line

from .suggestion_offers import SuggestionOffer


class OfferForm(forms.Form):
    """What an editor can mend of a proposal before accepting it; all else is mended in the draft."""

    title = forms.CharField(
        label="What happened",
        max_length=Event._meta.get_field("title").max_length,
        validators=[one_line],
        widget=forms.TextInput({"class": "vTextField"}),
        error_messages={"required": "Say what happened."},
    )
    event_type = forms.ChoiceField(label="Type")
    edtf = DateWordsField(required=False, label="Date")
    actors = forms.MultipleChoiceField(label="Who took part", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, offer: SuggestionOffer, types: list[tuple[str, str]], data=None):
        suggestion = offer.suggestion
        actors = [str(pk) for pk, _, _ in suggestion.actors]
        initial = {
            "title": suggestion.title,
            "event_type": suggestion.event_type,
            "edtf": suggestion.edtf,
            "actors": actors,
        }
        super().__init__(data, prefix=offer.key, initial=initial)
        self.offer = offer
        self.fields["event_type"].choices = types
        named = [(str(pk), f"{name} ({Role(role).label.lower()})") for pk, name, role in suggestion.actors]
        self.fields["actors"].choices = named

    def taking_part(self) -> list[tuple[int, str]]:
        """Return (primary key, role) of those that were left ticked, in their order."""
        selected = set(self.cleaned_data["actors"])
        return [(pk, role) for pk, _, role in self.offer.suggestion.actors if str(pk) in selected]
