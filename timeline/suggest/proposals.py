"""Propose events from the text of a briefing. Nothing is saved: a person accepts, or does not."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from timeline.dates.dateline import spoken_on
from timeline.models import Briefing, EventType
from timeline.text.transcripts import QUESTION, Turn

from . import participant_roles, speech_acts, trigger_dates
from .actor_names import KnownActor, KnownActors
from .clause_triggers import read_sentence
from .participant_roles import Participant
from .sentences import ReadSentence, Span, Speaker, sentences
from .speech_acts import guess_actuality, guess_basis
from .trigger_dates import TriggerDate
from .triggers import Trigger

LONGEST_TITLE = 150

# {by}: who does it; {to}: to whom, or with whom. Without {to} the second is taken. Of other types the clause says it best.
_TITLES = {
    "phone-call": ("{by} speaks with {to}", "{by} speaks by phone"),
    "meeting": ("{by} meets {to}", "{by} holds a meeting"),
    "visit": ("{by} visits {to}", "{by} makes a visit"),
    "appeal": ("{by} calls on {to}", "{by} makes an appeal"),
    "condemnation": ("{by} condemns {to}", "{by} condemns"),
    "accusation": ("{by} accuses {to}", "{by} makes an accusation"),
}


def propose_title(event_type: str, taking_part: list[Participant], words: str) -> str:
    """Return a title, at most 150 characters: from one who certainly did it, else the words themselves."""
    names = [party.actor.name for party in taking_part]
    by = (
        names[:1]
        if event_type in participant_roles.TOGETHER
        else [party.actor.name for party in taking_part if party.role == "initiator"]
    )
    if len(by) != 1 or event_type not in _TITLES:
        return _cut(_sentence_case(" ".join(words.split())))
    to, (both, alone) = names[1:], _TITLES[event_type]
    return _cut(both.format(by=by[0], to=_listed(to)) if to else alone.format(by=by[0]))


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".,;:")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


LONGEST = 5_000  # characters of a quote, and so of a sentence that is read
KEY_LENGTH = 12
_WE_DID = re.compile(r"\b(?:we|I)(?:['’]ve| have| did| just| also| then| \w+ly){0,3}\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An event that a sentence of a briefing may report."""

    quote: str  # text[start:end]
    start: int  # code points of the briefing's text
    end: int
    speaker: str  # label of the turn; "" none
    turn_kind: str
    event_type: str  # slug
    trigger: str  # the words found
    actors: tuple[tuple[int, str, str], ...]  # primary key, name as it appears in the text, role
    date_as_stated: str  # "" if the sentence gives no date
    edtf: str  # "" likewise: the note says what is known then
    date_note: str
    act: str
    actuality: str  # of Actuality; "" where the words support no claim of this type
    basis: str  # of Basis; "" where the text does not tell
    title: str
    why: str
    key: str  # the same for the same words of the same briefing and the same type
    is_certain: (
        bool  # type, actors and actuality follow from the words; else they may be others, and there are no actors
    )
    is_date_certain: bool  # the date is that of this event; else it may be that of something else in the sentence
    announced: bool = False  # said to come, so not known to have happened


class KnownType(NamedTuple):
    name: str
    claim: str  # as in Claim


def suggestions(briefing: Briefing, actors: KnownActors, within: Span | None = None) -> list[Suggestion]:
    """Return what may be events, in the order of the text, each key once. `within`: only of the paragraphs that have some of
    these characters. At most three queries, none for each row."""
    rows = EventType.objects.order_by().values_list("slug", "name", "claim")
    types = {slug: KnownType(name, claim) for slug, name, claim in rows}
    speakers = _speakers(briefing)
    said_on = spoken_on(briefing.text, briefing.published_on)
    named_whole = frozenset(mention.actor.pk for mention in actors.find(briefing.text) if not mention.is_surname)
    by_key: dict[str, Suggestion] = {}
    for turn in briefing.transcript.turns:
        speaker = _speaker(turn, speakers, briefing, actors)
        paragraphs = [span for span in turn.paragraphs if within is None or span[0] < within[1] and within[0] < span[1]]
        for suggestion in _of_paragraphs(briefing, said_on, turn, paragraphs, speaker, actors, types, named_whole):
            by_key.setdefault(suggestion.key, suggestion)
    return sorted(by_key.values(), key=lambda suggestion: (suggestion.start, suggestion.end, suggestion.event_type))


def _speakers(briefing: Briefing) -> dict[str, KnownActor]:
    rows = briefing.speakers.values_list("label", "actor", "actor__name", "actor__kind", "actor__country")
    return {label: KnownActor(*actor) for label, *actor in rows}


def _speaker(turn: Turn, speakers: dict, briefing: Briefing, actors: KnownActors) -> Speaker | None:
    """Return who speaks; in a text without labels who published it, unless it looks like a dialogue all the same. None: nobody
    that is known."""
    if turn.speaker:
        actor = speakers.get(turn.speaker) or actors.by_name(turn.speaker)
        return Speaker(actor, turn.speaker) if actor else None
    if briefing.transcript.is_uncut:
        return None
    publisher = briefing.publisher
    return Speaker(KnownActor(publisher.pk, publisher.name, publisher.kind, publisher.country), "")


def _of_paragraphs(
    briefing: Briefing,
    said_on: date | None,
    turn: Turn,
    paragraphs: list[Span],
    speaker: Speaker | None,
    actors: KnownActors,
    types: dict[str, KnownType],
    named_whole: frozenset[int],
) -> Iterator[Suggestion]:
    for first, last in paragraphs:
        for start, end in sentences(briefing.text, first, last):
            if end - start > LONGEST:
                continue
            sentence = read_sentence(briefing.text[start:end], turn.kind, speaker, actors, said_on)
            for trigger in sentence.triggers:
                if trigger.event_type in types:
                    is_quoted = _is_in_quotes(briefing.text[first : start + trigger.start])
                    parties = None if is_quoted else participant_roles.certain_parties(sentence, trigger, named_whole)
                    event_type = types[trigger.event_type]
                    yield _proposed(briefing, said_on, turn, sentence, trigger, start, event_type, parties)


def _is_in_quotes(before: str) -> bool:
    """Return whether what follows these words of a paragraph are another's: a quotation is open."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _proposed(
    briefing: Briefing,
    said_on: date | None,
    turn: Turn,
    sentence: ReadSentence,
    trigger: Trigger,
    at: int,
    event_type: KnownType,
    parties: list[Participant] | None,
) -> Suggestion:
    dated = trigger_dates.date_of_trigger(sentence, trigger, said_on)
    taking_part, is_certain = parties or [], parties is not None
    first, last = _quoted(sentence, trigger, dated)
    start, end = at + first, at + last
    act = _certain_act(sentence, trigger, dated) if is_certain else _act(sentence, first, last, trigger, dated)
    return Suggestion(
        quote=briefing.text[start:end],
        start=start,
        end=end,
        speaker=turn.speaker,
        turn_kind=turn.kind,
        event_type=trigger.event_type,
        trigger=trigger.words,
        actors=tuple((party.actor.pk, party.words, party.role) for party in taking_part),
        date_as_stated=" ".join(dated.words.split()),
        edtf=dated.edtf,
        date_note=dated.note,
        act=act,
        actuality=guess_actuality(act, turn.kind, event_type.claim, dated.announced),
        basis=guess_basis(sentence.text[first:last], turn.kind, _is_done_by_speaker(sentence, trigger, dated)),
        title=propose_title(
            trigger.event_type,
            [] if turn.kind == QUESTION or dated.announced else taking_part,
            briefing.text[start:end],
        ),
        why=_why(sentence, trigger, event_type.name, (first, last), dated),
        key=_key(briefing.slug, start, end, trigger.event_type),
        is_certain=is_certain,
        is_date_certain=is_certain and trigger_dates.is_certain(sentence, trigger, dated),
        announced=dated.announced,
    )


def _is_done_by_speaker(sentence: ReadSentence, trigger: Trigger, dated: TriggerDate) -> bool:
    """Return whether the speaker does it by saying it, or says "we" right before it; nobody has done yet what is announced."""
    if trigger.is_performative:
        return participant_roles.speaker_does_it(sentence, trigger)
    return not dated.announced and bool(_WE_DID.search(sentence.before(trigger)))


def _quoted(sentence: ReadSentence, trigger: Trigger, dated: TriggerDate) -> Span:
    """Return the clause, or the whole sentence where date or actors are outside it."""
    clause = sentence.clause_of(trigger.start)
    is_dated_here = dated.span is None or clause[0] <= dated.span[0] < clause[1]
    is_named_here = bool(sentence.named_in(clause)) or not sentence.named
    is_done_here = trigger.end <= clause[1]
    return clause if is_dated_here and is_named_here and is_done_here else (0, len(sentence.text))


_SAID_BY = {"appeal": "calls_for", "condemnation": "condemns"}


def _certain_act(sentence: ReadSentence, trigger: Trigger, dated: TriggerDate) -> str:
    """Return the value of Act of words that certainly report an event: who speaks does it, announces it, or reports it."""
    if sentence.turn_kind == QUESTION:
        return speech_acts.DEFAULT
    if trigger.is_performative:
        return _SAID_BY.get(trigger.event_type, "announces")
    return "announces" if dated.announced else "reports"


def _act(sentence: ReadSentence, first: int, last: int, trigger: Trigger, dated: TriggerDate) -> str:
    if dated.announced and sentence.turn_kind != QUESTION:
        return "announces"
    guessed = speech_acts.guess_act(sentence.text[first:last], sentence.turn_kind)
    if trigger.is_performative:
        return "announces" if guessed in ("reports", "mentions") else guessed
    if guessed != "announces" or participant_roles.speaker_does_it(sentence, trigger):
        return guessed
    # Somebody else announced it, or something else was announced
    return "reports" if trigger.words.lower().startswith("announc") else speech_acts.DEFAULT


def _why(sentence: ReadSentence, trigger: Trigger, type_name: str, quoted: Span, dated: TriggerDate) -> str:
    reasons = [f"“{trigger.words}” is a trigger of {type_name}"]
    mentions = sentence.named_in(quoted)
    countries = {mention.actor.country for mention in mentions if not mention.is_adjective}
    named = list(
        dict.fromkeys(
            mention.words for mention in mentions if not (mention.is_adjective and mention.actor.country in countries)
        )
    )
    if named:
        reasons.append(f"names {_listed(named)}")
    if sentence.speaker and participant_roles.speaker_does_it(sentence, trigger):
        reasons.append(f"spoken by {sentence.speaker.actor.name}")
    if sentence.turn_kind == QUESTION:
        reasons.append("it is in a question, which confirms nothing")
    if dated.announced:
        reasons.append("it is announced, so it had not happened yet")
    return "; ".join(reasons).removesuffix(".") + "."  # a name may end with one: "U.S."


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _key(slug: str, start: int, end: int, event_type: str) -> str:
    return hashlib.sha256(f"{slug}:{start}:{end}:{event_type}".encode()).hexdigest()[:KEY_LENGTH]
