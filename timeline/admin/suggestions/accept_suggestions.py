"""Make drafts of accepted proposals: each on its own, with its exact quote."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from timeline.models import Event, EventType, Participation

from .forms import OfferForm


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
        edtf=cleaned["edtf"],
        date_as_stated=suggestion.date_as_stated,
        date_note=suggestion.date_note if cleaned["edtf"] == suggestion.edtf else "",
        author=by,
    )
    event.full_clean()
    event.save()
    citation = form.offer.words.citation(event=event, act=suggestion.act)
    citation.full_clean()
    citation.save()
    for position, (actor, role) in enumerate(form.taking_part()):
        Participation.objects.create(event=event, actor_id=actor, role=role, position=position)
    return event
