"""Who takes part in what a trigger reports, and in which role. The values are those of Role.

Where it is not certain who does it, nobody is made the doer or the target: all are participants. Violence and
condemnation are ascribed to nobody from passive or reported speech.
"""

import re
from dataclasses import dataclass, replace

from .actor_names import ActorMention, KnownActor
from .sentences import ReadSentence
from .triggers import Trigger

TOGETHER = {
    "agreement",
    "agreement-in-principle",
    "ceasefire",
    "ceasefire-declared",
    "ceasefire-ended",
    "clash",
    "cooperation",
    "displacement",
    "line-established",
    "meeting",
    "negotiation",
    "phone-call",
}
OF_FORCES = {"ceasefire-violation", "mobilisation", "strike", "troop-movement", "withdrawal"}
GRAVE = {
    *("accusation", "ceasefire-violation", "coercion", "condemnation", "strike", "threat"),
    "violence-against-civilians",
}
_JOINED = re.compile(
    r"(?:\s*,)?\s*(?:(?:and|as well as|with|together with|along with)\s+)?(?:the\s+|both\s+)*(?:[A-Z][\w.]+\s+){0,3}"
)
_BY = re.compile(r"\bby\s+(?:the\s+)?\Z", re.IGNORECASE)
_FROM = re.compile(r"\b(?:by|from)\s+(?:the\s+)?\Z", re.IGNORECASE)  # "another tweet from the State Department"
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|also\s+|again\s+)*\Z", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"\w+(?:ed|en|ck|t|rn|wn|ain|eld|old|ung|ot)\b", re.IGNORECASE
)  # "attacked", "struck", "hit", "shot"
_NO_SUBJECT = re.compile(  # a name behind one of these is a place, a topic or whose something is
    r"\b(?:about|against|at|between|for|from|in|inside|into|near|of|on|over|to|toward|towards|with)\s+(?:the\s+|both\s+)*\Z",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:according to|accus\w+|alleg\w+|blam\w+|claim\w*|report\w*|said|says?|saying|told|tells?)\b", re.IGNORECASE
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:the|a|an|its|their|his|her|where|when|which|whom|that|because|after|while)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:We|we|I)\b")


@dataclass(frozen=True, slots=True)
class Participant:
    actor: KnownActor
    words: str  # the name as it appears in the text
    role: str
    is_adjective: bool = False


def parties_of(sentence: ReadSentence, trigger: Trigger) -> list[Participant]:
    """Return the parties, each actor once, who does it first."""
    participants = _speaking(sentence, trigger) + _named(sentence, trigger)
    if not any(party.role == "initiator" for party in participants):
        participants = [replace(party, role="participant") for party in participants]
    participants.sort(key=lambda party: party.role == "recipient")
    return list({party.actor.pk: party for party in reversed(participants)}.values())[::-1]


def _speaking(sentence: ReadSentence, trigger: Trigger) -> list[Participant]:
    speaker = sentence.speaker
    if speaker is None or not speaker_does_it(sentence, trigger):
        return []
    pronoun = _PRONOUN.search(sentence.text)
    words = speaker.label or (pronoun[0] if pronoun else speaker.actor.name)
    return [Participant(speaker.actor, words, "participant" if trigger.event_type in TOGETHER else "initiator")]


def speaker_does_it(sentence: ReadSentence, trigger: Trigger) -> bool:
    if sentence.turn_kind == "question":
        return False
    if sentence.done_by_speaker(trigger):
        return True
    clause = sentence.clause_of(trigger.start)
    named_before = any(mention.end <= trigger.start for mention in sentence.named_in(clause))
    return sentence.spoken_subject(trigger) or (trigger.is_performative and not named_before)


def _named(sentence: ReadSentence, trigger: Trigger) -> list[Participant]:
    named = sentence.named_in(sentence.clause_of(trigger.start)) or sentence.named
    countries = {mention.actor.country for mention in named if not mention.is_adjective}
    named = [mention for mention in named if not (mention.is_adjective and mention.actor.country in countries)]
    doing = _doing(sentence, trigger, named)
    only_its_forces = doing and trigger.event_type in OF_FORCES and _touches(sentence, doing[-1], trigger)
    roles = [(mention, _role(trigger.event_type, mention in doing, mention is named[0])) for mention in named]
    return [
        Participant(mention.actor, mention.words, role, mention.is_adjective)
        for mention, role in roles
        if not only_its_forces or mention in doing or mention.start >= trigger.start
    ]


def _doing(sentence: ReadSentence, trigger: Trigger, named: list[ActorMention]) -> list[ActorMention]:
    """Return those who do it: after "by"; else whose forces it names; else the first before it and who is joined to it."""
    word = _FROM if trigger.event_type == "statement" else _BY
    if after := [
        mention for mention in named if mention.start >= trigger.end and word.search(sentence.text[: mention.start])
    ]:
        return after
    names_forces = trigger.event_type in OF_FORCES - GRAVE
    last = trigger.end if names_forces else trigger.start + 1
    before = [mention for mention in named if mention.start < last]
    if not before or speaker_does_it(sentence, trigger) or _is_passive(sentence, trigger):
        return []
    if names_forces and _touches(sentence, before[-1], trigger):
        return before[-1:]
    joined = before[:1]
    for mention in before[1:]:
        if not _JOINED.fullmatch(sentence.text[joined[-1].end : mention.start]):
            break
        joined.append(mention)
    return joined if _is_subject(sentence, joined, trigger) else []


def _is_passive(sentence: ReadSentence, trigger: Trigger) -> bool:
    """Return whether it is done to who is named before it: "were massacred"."""
    return bool(_IS.search(sentence.text[: trigger.start]) and _PARTICIPLE.match(trigger.words))


def _is_subject(sentence: ReadSentence, joined: list[ActorMention], trigger: Trigger) -> bool:
    """Return whether these names may be those who do it; of what is grave they must be, in words that report no other's."""
    if trigger.event_type in TOGETHER:
        return True
    if _NO_SUBJECT.search(sentence.text[: joined[0].start]):
        return False
    between = sentence.text[joined[-1].end : trigger.start]
    return trigger.event_type not in GRAVE or not (
        _REPORTED.search(sentence.text[: trigger.start]) or _OTHER_SUBJECT.search(between)
    )


def _touches(sentence: ReadSentence, mention: ActorMention, trigger: Trigger) -> bool:
    """Return whether the name is in or right before the trigger: "Azerbaijan troop movements"."""
    return mention.end > trigger.start or not sentence.text[mention.end : trigger.start].strip(" ’s'")


def _role(event_type: str, is_doing: bool, is_first: bool) -> str:
    if event_type in TOGETHER:
        return "participant"
    if event_type == "mediation":
        return "initiator" if is_doing and is_first else "participant"
    return "initiator" if is_doing else "recipient"
