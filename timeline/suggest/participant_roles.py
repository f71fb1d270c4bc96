"""Who does what a trigger reports, and to whom, where the words leave no doubt. The values of a role are those of Role.

It is certain where the clause begins with who does it, the verb follows at once, and nothing supposes, denies or passes on. An
object is who is named right behind the verb. All else is for the coder to say: the title is then the clause of the quote.
"""

import re
from dataclasses import dataclass

from timeline.text.transcripts import QUESTION

from .actor_names import NO_NAMES, ActorMention, KnownActor
from .sentences import ReadSentence
from .triggers import Trigger

TOGETHER = {"agreement", "ceasefire-declared", "meeting", "negotiation", "phone-call"}

_FORCES = r"(?:troops|forces|soldiers)"
_SOME = r"(?:\s+[\w$.,%’'-]+){0,4}?\s+"
# Verbs that say what a type means, whoever speaks: of each type of which it can be certain.
_VERBS = {
    "accusation": r"accused|accuses",
    "agreement": rf"signed{_SOME}(?:agreement|treaty|accord|memorandum)",
    "appeal": r"(?:urged|urges|(?:called|calls) (?:up)?on|(?:called|calls) for|appealed (?:to|for)|demanded)",
    "ceasefire-declared": rf"(?:agreed|declared|announced)(?: to| on)?{_SOME}(?:cease-?fire|truce)",
    "clash": r"invaded",
    "condemnation": r"condemned|condemns|denounced|denounces|deplored|deplores",
    "humanitarian-aid": rf"(?:provided|delivered|sent|donated){_SOME}(?:humanitarian (?:aid|assistance)|vaccines|food|medicines?)",
    "meeting": r"(?:met|meets)(?: (?:\w+ly|again|today|yesterday|here))? with|met(?= [A-Z])|(?:will )?meet with",
    "negotiation": r"held(?: \w+){0,2} talks",
    "phone-call": r"(?:spoke|talked) by (?:phone|telephone|video)|(?:had|held) an?(?: \w+)? call with|(?:called|phoned|telephoned)(?= (?:the )?(?:President|Prime|Minister|Chancellor|King|Foreign|Secretary))",
    "prisoner-release": rf"(?:released|freed){_SOME}(?:prisoners|hostages|detainees)",
    "sanctions": rf"(?:imposed|announced){_SOME}(?:sanctions|export controls)|sanctioned",
    "statement": r"(?:said|told|announced|stated|declared|tweeted|reiterated|reaffirmed|emphasi[sz]ed|stressed|underscored|warned|noted|claimed|insisted|acknowledged|confirmed|explained|pledged|vowed|thanked|praised|congratulated|expressed)",
    "strike": rf"(?:shelled|bombed)|(?:carried out|launched|conducted){_SOME}(?:air ?strikes|missiles|drones|rockets)",
    "troop-movement": rf"(?:deployed|moved|massed|sent){_SOME}{_FORCES}",
    "visit": r"visited|visits|(?:will )?visit(?= [A-Z])|travell?ed to|travels to|(?:will )?travel to|arrived in|flew to",
    "withdrawal": rf"(?:withdrew|pulled out|pulled back){_SOME}{_FORCES}",
}
# What "we" and "I" do by saying it
_SAYING = {
    "appeal": r"urge|urging|call (?:up)?on|calling (?:up)?on|call for|calling for|appeal to|demand",
    "condemnation": r"condemn|denounce|deplore",
    "statement": r"welcome|reaffirm|reiterate|commend|applaud|congratulate|regret|mourn|express|extend our|stand with"
    r"|(?:concerned|troubled|alarmed|outraged|saddened|appalled) (?:about|by|at|that)",
}
_BESIDE_VERB = r"(?:(?:has|have|had|will|also|again|then|today|yesterday|publicly|repeatedly|jointly|strongly|recently|immediately|firmly|unequivocally|deeply|just)\s+){0,3}"
_VERB = {slug: re.compile(verbs.replace(" ", r"\s+")) for slug, verbs in _VERBS.items()}
_SAYS = {
    slug: re.compile(
        rf"(?:We|we|I)(?:['’](?:re|m|ve))?\s+(?:are\s+|am\s+)?{_BESIDE_VERB}(?:{verbs})\b".replace(" ", r"\s+")
    )
    for slug, verbs in _SAYING.items()
}
_BETWEEN = re.compile(rf"\s+{_BESIDE_VERB}")
_JOINED = re.compile(r"(?:\s*,)?\s+(?:and|or)\s+(?:the\s+)?(?:[A-Z][\w.]+\s+){0,3}|\s*,\s+(?:[A-Z][\w.]+\s+){0,3}")
_OPENING = (
    r"(?:(?:And|But|So|Well|Now|Again|Also|Look|Obviously|First|Second|Third|Finally|Separately|Then)\b[,\s—–-]*)*"
)
_OFFICE = r"(?:[Tt]he\s+)?(?:(?:[Ff]ormer\s+)?(?:U\.S\.\s+)?(?:[A-Z][\w’'.-]+\s+){0,4})?"
_WHEN = r"(?:(?:Yesterday|Today)\s+|(?:On|In|At|Yesterday|Today|Last|Later|Earlier|This|Over)\b[^,;:—–]{0,40},\s+)?"
_NO_TITLE = rf"(?!(?i:{'|'.join(sorted(NO_NAMES | {'although', 'because', 'how', 'that', 'though', 'which', 'who', 'whatever', 'why'}))})\b)"
_LEAD = re.compile(rf"\W*{_OPENING}{_WHEN}{_NO_TITLE}{_OFFICE}")
_LEAD_OF_SPEAKER = re.compile(rf"\W*{_OPENING}")
_BEFORE_OBJECT = re.compile(r"\s+(?:with\s+)?(?:both\s+)?(?:the\s+)?(?:(?:[A-Z][\w’'.-]+\s+){0,4})")
_BEHIND_OBJECT = re.compile(
    r"\s*(?:[.,;:!?)”\"—–]|\Z|\s(?:and|to|for|on|in|at|about|this|last|today|yesterday|tomorrow|by|from|during|over|of|after|before)\b)"
)
_DONE_TO_IT = re.compile(r"\s+to\s+be\b|\s+being\b")  # "called on it to be expelled": others are called on
_DOUBT = re.compile(
    r"\b(?:if|whether|unless|until|would|could|might|may|should|not|never|no|nor|without|neither|supposed|reportedly|allegedly"
    r"|apparently|perhaps|maybe|possibly|in case|had (?:he|she|they|it)|tr(?:y|ied|ies|ying) to)\b|n['’]t\b|[–—-]{1,2}\s|\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Participant:
    actor: KnownActor
    words: str  # the name as the text has it
    role: str


def certain_parties(sentence: ReadSentence, trigger: Trigger, named_whole: frozenset[int]) -> list[Participant] | None:
    """Return who takes part, who does it first; None: it is not certain who does it, or that it was done.

    `named_whole`: primary keys of the persons whose whole name is in the text; a surname alone may be another's.
    """
    first, last = sentence.clause_of(trigger.start)
    if trigger.is_performative:
        doing, verb_end = _speaking(sentence, trigger, first)
    else:
        doing, verb_end = _subject(sentence, trigger, first, named_whole)
    if not doing or _DOUBT.search(sentence.text, first, last) and not _is_asked(sentence, first, last):
        return None
    together = trigger.event_type in TOGETHER
    done_to = [] if trigger.event_type == "statement" else _objects(sentence, verb_end, last, named_whole)
    known = {party.actor.pk for party in doing}
    parties = [Participant(party.actor, party.words, "participant" if together else "initiator") for party in doing]
    role = "participant" if together else "recipient"
    return parties + [
        Participant(mention.actor, mention.words, role) for mention in done_to if mention.actor.pk not in known
    ]


def _is_asked(sentence: ReadSentence, first: int, last: int) -> bool:
    """Return whether the only doubt is that of a question, which is proposed as unclear."""
    doubts = [doubt[0] for doubt in _DOUBT.finditer(sentence.text, first, last)]
    return sentence.turn_kind == QUESTION and set(doubts) <= {"?"}


def _speaking(sentence: ReadSentence, trigger: Trigger, first: int) -> tuple[list[Participant], int]:
    """Return the speaker, and where the verb ends, where the clause begins with "we" or "I" who do it by saying it."""
    says = _SAYS.get(trigger.event_type)
    lead = _LEAD_OF_SPEAKER.match(sentence.text, first)
    match = says.match(sentence.text, lead.end()) if says and lead else None
    speaker = sentence.speaker  # without a label "we" may be the leaders who put out a statement together
    if not match or not (speaker and speaker.label) or sentence.turn_kind == QUESTION or match.end() < trigger.start:
        return [], 0
    return [Participant(speaker.actor, speaker.label, "")], match.end()


def _subject(
    sentence: ReadSentence, trigger: Trigger, first: int, named_whole: frozenset[int]
) -> tuple[list[Participant], int]:
    """Return who is named at the beginning of the clause and right before the verb, and where the verb ends."""
    verb = _VERB.get(trigger.event_type)
    before = [mention for mention in sentence.named if first <= mention.start and mention.end <= trigger.start]
    if not verb or not before or not _BETWEEN.fullmatch(sentence.text, before[-1].end, trigger.start):
        return [], 0
    joined = _joined_before(sentence, before)
    match = verb.match(sentence.text, trigger.start)
    is_first = _LEAD.fullmatch(sentence.text, first, joined[0].start)
    if not match or not is_first or not all(_is_certain_name(mention, named_whole) for mention in joined):
        return [], 0
    return [Participant(mention.actor, mention.words, "") for mention in joined], match.end()


def _joined_before(sentence: ReadSentence, before: list[ActorMention]) -> list[ActorMention]:
    """Return the last of these names and those that are joined to it."""
    joined = before[-1:]
    for mention in reversed(before[:-1]):
        if not _JOINED.fullmatch(sentence.text, mention.end, joined[0].start):
            break
        joined.insert(0, mention)
    return joined


def _objects(sentence: ReadSentence, verb_end: int, last: int, named_whole: frozenset[int]) -> list[ActorMention]:
    """Return who is named right behind the verb, and who is joined to it."""
    objects: list[ActorMention] = []
    at, between = verb_end, _BEFORE_OBJECT
    for mention in (mention for mention in sentence.named if verb_end <= mention.start < last):
        if not between.fullmatch(sentence.text, at, mention.start) or not _is_certain_name(mention, named_whole):
            break
        objects.append(mention)
        at, between = mention.end, _JOINED
    is_certain = _BEHIND_OBJECT.match(sentence.text, at) and not _DONE_TO_IT.match(sentence.text, at)
    return objects if objects and is_certain else []


def _is_certain_name(mention: ActorMention, named_whole: frozenset[int]) -> bool:
    return not mention.is_adjective and (not mention.is_surname or mention.actor.pk in named_whole)


def speaker_does_it(sentence: ReadSentence, trigger: Trigger) -> bool:
    if sentence.turn_kind == QUESTION:
        return False
    if sentence.done_by_speaker(trigger):
        return True
    clause = sentence.clause_of(trigger.start)
    named_before = any(mention.end <= trigger.start for mention in sentence.named_in(clause))
    return sentence.spoken_subject(trigger) or (trigger.is_performative and not named_before)
