"""The form of a proposed event, and the draft that is made of it."""

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from timeline.admin.forms.fields import DateWordsField
from timeline.evidence.support import Actuality
from timeline.models import Event, EventType, Participation
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
    actuality = forms.ChoiceField(
        label="Did it happen",
        choices=[("", "Choose …"), *Actuality.choices],
        error_messages={"required": "Say whether it happened."},
    )
    edtf = DateWordsField(required=False, label="Date")
    actors = forms.MultipleChoiceField(label="Who took part", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, offer: SuggestionOffer, types: list[tuple[str, str]], data=None):
        suggestion = offer.suggestion
        actors = [str(pk) for pk, _, _ in suggestion.actors]
        initial = {
            "title": suggestion.title,
            "event_type": suggestion.event_type,
            "actuality": suggestion.actuality,
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


def accept(form: OfferForm, by: User) -> Event:
    """Save the proposal as a draft with its citation and its participants. Raises ValidationError that says in words what
    keeps it from being saved; then nothing of it is."""
    if form.offer.coded:
        raise ValidationError(f"These words are entered already, as “{form.offer.coded[0]}”.")
    if not form.is_valid():
        raise ValidationError([text for texts in form.errors.values() for text in texts])
    try:
        with transaction.atomic():
            return _save(form, by)
    except IntegrityError as error:
        raise ValidationError("An actor or a type it names was changed or deleted meanwhile. Look again.") from error


def _save(form: OfferForm, by: User) -> Event:
    cleaned, suggestion = form.cleaned_data, form.offer.suggestion
    event = Event(
        title=cleaned["title"],
        event_type=EventType.objects.get_by_natural_key(cleaned["event_type"]),
        actuality=cleaned["actuality"],
        edtf=cleaned["edtf"],
        date_as_stated=suggestion.date_as_stated,
        date_note=suggestion.date_note if cleaned["edtf"] == suggestion.edtf else "",
        author=by,
    )
    event.full_clean()
    event.save()
    citation = form.offer.words.citation(event=event, act=suggestion.act, basis=suggestion.basis)
    citation.full_clean()
    citation.save()
    for position, (actor, role) in enumerate(form.taking_part()):
        Participation.objects.create(event=event, actor_id=actor, role=role, position=position)
    return event
