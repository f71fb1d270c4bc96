"""The initial values of the form for a new event, derived from the selected words and the briefing's day."""

from dataclasses import dataclass

from timeline.dates import reader
from timeline.dates.dateline import spoken_on
from timeline.evidence.axes import Basis
from timeline.models import EventType
from timeline.models.participation import Role
from timeline.suggest import KnownActors, Suggestion, proposals, speech_acts, triggers
from timeline.suggest.actor_names import KnownActor
from timeline.suggest.speech_acts import guess_actuality, guess_basis

from .selected_words import Selection

MOST = 0.6  # share of the selected words


@dataclass(frozen=True, slots=True)
class Proposal:
    """Values of the form; empty where the words do not say."""

    title: str
    event_type: int | None  # primary key
    actuality: str
    date_as_stated: str
    edtf: str
    date_note: str
    act: str
    basis: str
    actors: tuple[tuple[int, str], ...]  # primary key, role

    def event(self) -> dict:
        names = ("title", "event_type", "actuality", "date_as_stated", "edtf", "date_note")
        return {name: getattr(self, name) for name in names}

    def participations(self) -> list[dict]:
        return [{"actor": actor, "role": role, "position": number} for number, (actor, role) in enumerate(self.actors)]


EMPTY = Proposal("", None, "", "", "", "", "", "", ())  # of a form that is sent in


def proposal_from_suggestion(suggestion: Suggestion) -> Proposal:
    """Return what is certain of a suggestion; the rest is for the coder to say. One query."""
    is_certain, is_dated = suggestion.is_certain, suggestion.is_date_certain
    return Proposal(
        title=suggestion.title,
        event_type=_type_and_claim(suggestion.event_type)[0] if is_certain else None,
        actuality=suggestion.actuality if is_certain else "",
        date_as_stated=suggestion.date_as_stated if is_dated else "",
        edtf=suggestion.edtf if is_dated else "",
        date_note=suggestion.date_note if is_dated else "",
        act=suggestion.act,
        basis=suggestion.basis,
        actors=tuple((actor, role) for actor, _, role in suggestion.actors),
    )


def proposal_from_selection(selection: Selection, suggestions: list[Suggestion], actors: KnownActors) -> Proposal:
    """Return what the selected words say. `suggestions` of the same briefing lend type, title and roles where one of them
    mentions what the words mention. One query."""
    like = _closest_suggestion(selection, suggestions)
    named = _named_actors(selection, actors)
    slug, title = (like.event_type, like.title) if like else _guess_type_and_title(selection)
    stated, edtf, note = _date(selection, like)
    event_type, claim = _type_and_claim(slug)
    act, turn_kind = guess_act(selection), _turn_kind(selection)
    is_told = turn_kind == speech_acts.QUESTION or (like and (like.is_certain or like.announced))  # whether it happened
    return Proposal(
        title=title,
        event_type=event_type,
        actuality=guess_actuality(act, turn_kind, claim, bool(like and like.announced)) if claim and is_told else "",
        date_as_stated=stated,
        edtf=edtf,
        date_note=note,
        act=act,
        basis=guess_basis(selection.quote, turn_kind, bool(like and like.basis == Basis.FIRST_HAND)),
        actors=_actors(selection, like, named),
    )


def _guess_type_and_title(selection: Selection) -> tuple[str, str]:
    """Return type and title by the first word that names a type; what is supposed or denied has such words too."""
    match = next(iter(triggers.find_triggers(selection.quote, may_say=False)), None)
    return (match.event_type, proposals.propose_title(match.event_type, [], selection.quote)) if match else ("", "")


def _type_and_claim(slug: str) -> tuple[int | None, str]:
    """Return the primary key of a type and what it claims; None and "" where there is no such type."""
    return EventType.objects.filter(slug=slug).values_list("pk", "claim").first() or (None, "")


def _closest_suggestion(selection: Selection, suggestions: list[Suggestion]) -> Suggestion | None:
    """Return the suggestion that shares most with the words, its trigger among them; where there is none the only one
    that most of the words are in."""
    shared = {
        suggestion: min(suggestion.end, selection.end) - max(suggestion.start, selection.start)
        for suggestion in suggestions
    }
    near = [
        suggestion for suggestion in suggestions if shared[suggestion] > 0 and suggestion.trigger in selection.quote
    ]
    if not near:
        around = [
            suggestion for suggestion in suggestions if shared[suggestion] >= MOST * (selection.end - selection.start)
        ]
        return around[0] if len(around) == 1 else None
    return max(near, key=lambda suggestion: shared[suggestion] / (suggestion.end - suggestion.start))


def _date(selection: Selection, like: Suggestion | None) -> tuple[str, str, str]:
    """Return date as stated, EDTF and how it was understood. Only a date in the selected words counts."""
    flat = " ".join(selection.quote.split())
    if like and like.edtf and like.date_as_stated in flat:
        return like.date_as_stated, like.edtf, like.date_note
    for phrase in reader.find(selection.quote, spoken_on(selection.briefing.text, selection.briefing.published_on)):
        stated = " ".join(phrase.words.split())
        return stated, phrase.edtf or (stated if phrase.readings else ""), phrase.note  # its field offers the readings
    return "", "", ""


def _named_actors(selection: Selection, actors: KnownActors) -> list[KnownActor]:
    """Return the actors that the words name, each once; no state that is only part of the name of an office."""
    mentions = actors.find(selection.quote)
    countries = {mention.actor.country for mention in mentions if not mention.is_adjective}
    return list(
        {
            mention.actor.pk: mention.actor
            for mention in mentions
            if not (mention.is_adjective and mention.actor.country in countries)
        }.values()
    )


def _actors(selection: Selection, like: Suggestion | None, named: list[KnownActor]) -> tuple[tuple[int, str], ...]:
    """Return who took part, with the roles of the suggestion where it has any."""
    named_keys = {actor.pk for actor in named}
    roles = (
        {pk: role for pk, name, role in like.actors if pk in named_keys or _is_named_or_speaks(selection, name)}
        if like
        else {}
    )
    return tuple((roles | {actor.pk: Role.PARTICIPANT.value for actor in named if actor.pk not in roles}).items())


def _is_named_or_speaks(selection: Selection, name: str) -> bool:
    return name in selection.quote or (selection.turn is not None and name == selection.turn.speaker)


def guess_act(selection: Selection) -> str:
    """Return what the speaker seems to do with the words: a value of Act."""
    return speech_acts.guess_act(selection.quote, _turn_kind(selection))


def guess_act_and_basis(selection: Selection) -> dict[str, str]:
    """Return what a citation of these words begins with."""
    return {"act": guess_act(selection), "basis": guess_basis(selection.quote, _turn_kind(selection), False)}


def _turn_kind(selection: Selection) -> str:
    return selection.turn.kind if selection.turn else ""
