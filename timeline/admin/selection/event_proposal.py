"""What a form for a new event begins with: read from the chosen words and the briefing's day, for a person to mend."""

from dataclasses import dataclass

from timeline.dates.dateline import spoken_on
from timeline.dates.spoken import date_phrases
from timeline.models import EventType
from timeline.models.participation import Role
from timeline.suggest import KnownActors, Suggestion, proposed_titles, speech_acts, triggers
from timeline.suggest.actor_names import KnownActor

from .selected_words import Selection

MOST = 0.6  # share of the chosen words


@dataclass(frozen=True, slots=True)
class Proposal:
    """Values of the form; empty where the words do not say."""

    title: str
    event_type: int | None  # primary key
    date_as_stated: str
    edtf: str
    date_note: str
    act: str
    actors: tuple[tuple[int, str], ...]  # primary key, role

    def event(self) -> dict:
        names = ("title", "event_type", "date_as_stated", "edtf", "date_note")
        return {name: getattr(self, name) for name in names}

    def participations(self) -> list[dict]:
        return [{"actor": actor, "role": role, "position": number} for number, (actor, role) in enumerate(self.actors)]


EMPTY = Proposal("", None, "", "", "", "", ())  # of a form that is sent in


def proposal_from_suggestion(suggestion: Suggestion) -> Proposal:
    """Return what a suggestion says. One query."""
    return Proposal(
        title=suggestion.title,
        event_type=_type(suggestion.event_type),
        date_as_stated=suggestion.date_as_stated,
        edtf=suggestion.edtf,
        date_note=suggestion.date_note,
        act=suggestion.act,
        actors=tuple((actor, role) for actor, _, role in suggestion.actors),
    )


def proposal_from_selection(words: Selection, suggestions: list[Suggestion], actors: KnownActors) -> Proposal:
    """Return what these words say. `suggestions` of the same briefing lend type, title and roles where one of them
    speaks of what the words speak of. One query."""
    like = _likest(words, suggestions)
    named = _named(words, actors)
    slug, title = (like.event_type, like.title) if like else _guessed(words, named)
    stated, edtf, note = _date(words, like)
    return Proposal(
        title=title,
        event_type=_type(slug),
        date_as_stated=stated,
        edtf=edtf,
        date_note=note,
        act=guess_act(words),
        actors=_actors(words, like, named),
    )


def _guessed(words: Selection, named: list[KnownActor]) -> tuple[str, str]:
    """Return type and title by the first word that tells of a type. Who chose the words says that it happened."""
    found = next(triggers.find_triggers(words.quote, may_say=False), None)
    names = [actor.name for actor in named]
    return (
        (found.event_type, proposed_titles.propose_title(found.event_type, names[:1], names[1:])) if found else ("", "")
    )


def _type(slug: str) -> int | None:
    return EventType.objects.filter(slug=slug).values_list("pk", flat=True).first()


def _likest(words: Selection, suggestions: list[Suggestion]) -> Suggestion | None:
    """Return the suggestion that shares most with the words, its trigger among them; where there is none the only one
    that most of the words stand in."""
    shared = {one: min(one.end, words.end) - max(one.start, words.start) for one in suggestions}
    near = [one for one in suggestions if shared[one] > 0 and one.trigger in words.quote]
    if not near:
        around = [one for one in suggestions if shared[one] >= MOST * (words.end - words.start)]
        return around[0] if len(around) == 1 else None
    return max(near, key=lambda one: shared[one] / (one.end - one.start))


def _date(words: Selection, like: Suggestion | None) -> tuple[str, str, str]:
    """Return date as stated, EDTF and how it was understood. Only a date in the chosen words counts."""
    flat = " ".join(words.quote.split())
    if like and like.edtf and like.date_as_stated in flat:
        return like.date_as_stated, like.edtf, like.date_note
    for phrase in date_phrases.find(words.quote, spoken_on(words.briefing.text, words.briefing.published_on)):
        return " ".join(phrase.words.split()), phrase.edtf, phrase.note
    return "", "", ""


def _named(words: Selection, actors: KnownActors) -> list[KnownActor]:
    """Return whom the words name, each once; no state that only stands in the name of its office."""
    found = actors.find(words.quote)
    countries = {one.actor.country for one in found if not one.is_adjective}
    return list(
        {one.actor.pk: one.actor for one in found if not (one.is_adjective and one.actor.country in countries)}.values()
    )


def _actors(words: Selection, like: Suggestion | None, named: list[KnownActor]) -> tuple[tuple[int, str], ...]:
    """Return who took part, with the roles of the suggestion where it has any."""
    own = {actor.pk for actor in named}
    roles = {pk: role for pk, name, role in like.actors if pk in own or _speaks(words, name)} if like else {}
    return tuple((roles | {actor.pk: Role.PARTICIPANT.value for actor in named if actor.pk not in roles}).items())


def _speaks(words: Selection, name: str) -> bool:
    return name in words.quote or (words.turn is not None and name == words.turn.speaker)


def guess_act(words: Selection) -> str:
    """Return what the speaker seems to do with the words: a value of Act."""
    return speech_acts.guess_act(words.quote, words.turn.kind if words.turn else "")
