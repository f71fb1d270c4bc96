"""Which of the proposed events are new, and which are entered already.

The form of a proposed event, and the draft that is made of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from timeline.admin.forms.fields import DateWordsField
from timeline.admin.selection.selected_words import Selection, signed_part
from timeline.evidence.support import Actuality
from timeline.models import Briefing, Citation, Event, EventType, Participation
from timeline.models.participation import Role
from timeline.models.validators import one_line
from timeline.suggest import Suggestion, known_actors, suggestions

MOST_NAMED = 5  # events that cite the words proposed, the newest: of the type proposed, and of others

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SuggestionOffer:
    """A proposed event, and the events that cite its words."""

    suggestion: Suggestion
    words: Selection
    coded: tuple[Event, ...]  # of its type, citing some of its words: it is entered already
    near: tuple[Event, ...]  # of other types, citing some of its words

    @property
    def key(self) -> str:
        return self.suggestion.key

    def address(self, user: User) -> str:
        """Return the part of an address that opens it in the form for a new event."""
        return signed_part(self.words, user, self.key)


def offer_suggestions(briefing: Briefing) -> list[SuggestionOffer]:
    """Return what the text proposes, in its order. Seven queries, whatever the number of proposals."""
    proposed = suggestions(briefing, known_actors())
    cited = _by_stretch(briefing.citations.typed_places())
    keys = [
        (_newest(cited, suggestion, is_same=True), _newest(cited, suggestion, is_same=False)) for suggestion in proposed
    ]
    wanted = {key for pair in keys for side in pair for key in side}
    citations = list(briefing.citations.by_key(wanted).in_text().with_event())
    return [
        SuggestionOffer(
            suggestion,
            Selection(briefing, suggestion.start, suggestion.end),
            *(_events(citations, side) for side in pair),
        )
        for suggestion, pair in zip(proposed, keys, strict=True)
    ]


def _by_stretch(places: Iterable[tuple[int, int, int, str]]) -> dict[Span, dict[str, list[int]]]:
    """Return the citations of each stretch of words by the type of their event, the newest first."""
    by_span = defaultdict(lambda: defaultdict(list))
    for pk, start, end, event_type in places:
        by_span[start, end][event_type].append(pk)
    return by_span


def _newest(cited: dict[Span, dict[str, list[int]]], suggestion: Suggestion, *, is_same: bool) -> set[int]:
    """Return the newest citations of some of these words, by events of the type proposed or of others."""
    over = [types for (start, end), types in cited.items() if start < suggestion.end and suggestion.start < end]
    keys = [
        key
        for types in over
        for name, keys in types.items()
        if (name == suggestion.event_type) is is_same
        for key in keys
    ]
    return set(sorted(keys, reverse=True)[:MOST_NAMED])


def _events(citations: list[Citation], keys: set[int]) -> tuple[Event, ...]:
    return tuple(dict.fromkeys(citation.event for citation in citations if citation.pk in keys))


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
