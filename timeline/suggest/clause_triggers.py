"""Which triggers of a sentence report something that happened, is announced, or is done by saying it."""

import re
from dataclasses import replace
from datetime import date

from timeline.dates.reader import find as find_dates
from timeline.text.transcripts import QUESTION

from . import speech_acts, triggers
from .actor_names import KnownActors
from .sentences import FIRST_PERSON, ReadSentence, Span, Speaker, clauses
from .triggers import NOUN, REPORTED, Trigger

_SUPPOSED = re.compile(  # not "May", which is a month
    r"\b(?:may|(?i:if|whether|unless|would|could|might|should|can|cannot|must|hopes?|hoping|hoped|want(?:s|ed)?|in case"
    r"|were to|potential|possible|any|how|why|seek(?:s|ing)?|need(?:s|ed)?|avoid|prevent|deter|ready|prepared|willing|secure"
    r"|failure|in the event|proposals?|options?|efforts? to|expect(?!\s+to)|anticipate(?!\s+to)|aftermath))\b|['’]d\b"
)
# "I'll let the Kenyans speak to that"
_LEFT_TO = re.compile(r"\b(?:let|leave|leaving|defer|refer)\b[^.;]{0,40}\Z", re.IGNORECASE)
_DID_SO = re.compile(r"\b(?:first|only|last|opportunity|chance|pleasure|able|honou?red|pleased)\b[^.;]{0,40}\bto\s+\Z")
_AS_WE = re.compile(r"\b(?:as|while|when|so that|where)\s+\Z", re.IGNORECASE)
_PASSED_ON = re.compile(
    r"(?<!\bI )(?<!\bwe )\b(?:said|told|stated|emphasi[sz]ed|reiterated|underscored|stressed|noted|warned|indicated|affirmed"
    r"|reaffirmed|conveyed|explained|insisted|claimed|made (?:it )?clear)\b[^.;]{0,80}\bthat\b"
)
_SUBJECT = re.compile(
    r"(?:\s*(?:,[^,;]{0,60},)?\s*(?:has|have|had|did|does|also|again|then|today|yesterday|publicly|\w+ly)?){0,3}\s*"
)
_PRONOUN_SUBJECT = re.compile(
    r"\b([Hh]e|[Ss]he|[Tt]hey|[Ww]e|I)(?:\s+(?:has|have|had|did|also|again|then|\w+ly)){0,2}\s+\Z"
)
_OFTEN_SAID = re.compile(r"(?:did )?(?:said|say|mention|told|indicat|note|was|is|made|has)")  # "as I said" is no event
_MARKUP = re.compile(r"\]\([^\s)]*\)|\*\*|[\[\]]|(?<![A-Za-z])[*_](?=\S)|(?<=\S)[*_](?![A-Za-z])")
_NEGATED = re.compile(r"\b(?:not|never|no|nor|without|neither)\b|n['’]t\b", re.IGNORECASE)
_TO = re.compile(r"\bto(?:\s+\w+ly)?\s+\Z")
_INFINITIVE = re.compile(r"[a-z]+(?<!s)(?<!ed)(?<!ing)(?<!ion)(?<!ment)(?<!al)(?<!talks)\b")
_DUTY = re.compile(r"(?:just\s+)?(?:needs?|must|should|has|have|ought)\b", re.IGNORECASE)
_NEEDS_NO_SUBJECT = re.compile(
    r"(?:is|are|was|were)\s.*(?:able|ible|ous|ed|ive|ent|ic|ing|ate|ful)\Z|there\b", re.IGNORECASE
)
_STANDS_ALONE = {"ceasefire", "ceasefire-declared", "ceasefire-ended", "ceasefire-violation", "line-established"}
_VERBAL = {
    "accusation",
    "agreement",
    "agreement-in-principle",
    "appeal",
    "condemnation",
    "mediation",
    "rejection",
    "threat",
}
_WEAK = re.compile(
    r"(?:tweet|statement|comments|joint|op-ed|speech|communiq|put out|released|issued|gave|made|publish)", re.IGNORECASE
)
_BROKEN_OFF = re.compile(r"\s[–—-]{1,2}\s")
_SHORT = 12  # characters between who must and "must"
_STOP = re.compile(r"[,;:–—]")
_BESIDE = 25  # characters between a date and the noun that it dates
_LONGEST_GAP = 100  # characters between who says it and "said"
_LOOK_BACK = 60  # characters before a trigger that may take back what it says


def read_sentence(
    text: str, turn_kind: str, speaker: Speaker | None, actors: KnownActors, said_on: date | None
) -> ReadSentence:
    """Return a sentence with its actors, the triggers that count, and, where there are any, its dates."""
    text = _without_markup(text)
    bare = ReadSentence(text, turn_kind, speaker, actors.find(text), clauses(text))
    if not bare.named and speaker is None:
        return bare
    candidates = [
        trigger
        for trigger in triggers.find_triggers(text, may_say=turn_kind != QUESTION)
        if _has_subject(bare, trigger)
    ]
    if not candidates:
        return bare
    dated = replace(bare, dates=find_dates(text, said_on))
    return replace(
        dated, triggers=_without_weaker(dated, [trigger for trigger in candidates if _counts(dated, trigger)])
    )


def _without_markup(text: str) -> str:
    """Return the text with blanks for the marks of Markdown: what is where does not change."""
    return _MARKUP.sub(lambda match: " " * len(match[0]), text)


def _counts(sentence: ReadSentence, trigger: Trigger) -> bool:
    if trigger.kind == NOUN and not _is_dated_beside(sentence, trigger):
        return False
    if trigger.kind == REPORTED and not _is_reported_by_somebody(sentence, trigger):
        return False
    if trigger.is_performative:
        return not _is_of_another(sentence, trigger)
    return _happened(sentence, trigger)


def _is_of_another(sentence: ReadSentence, trigger: Trigger) -> bool:
    """Return whether the words only pass on what another said ("he stressed that"), or only lead to others ("as we")."""
    if _PASSED_ON.search(sentence.text[: trigger.start]):
        return True
    return bool(FIRST_PERSON.match(trigger.words) and _AS_WE.search(sentence.before(trigger)))


def _is_dated_beside(sentence: ReadSentence, trigger: Trigger) -> bool:
    """Return whether a date is beside a noun with nothing but a few words between, and no comma."""
    for phrase in sentence.dates:
        between = sentence.text[min(phrase.end, trigger.end) : max(phrase.start, trigger.start)]
        if len(between) <= _BESIDE and not _STOP.search(between):
            return True
    return False


def _is_reported_by_somebody(sentence: ReadSentence, trigger: Trigger) -> bool:
    """Return whether who is named, or "he", is right before the trigger, or, as in "said President Aliyev", after it."""
    before = sentence.text[: trigger.start]
    if subject := _PRONOUN_SUBJECT.search(before):
        return subject[1] not in ("I", "we", "We") or not _OFTEN_SAID.match(trigger.words)
    if any(_is_subject(before[mention.end :]) for mention in sentence.named if mention.end <= trigger.start):
        return True
    after = (
        sentence.text[trigger.end : mention.start][:_LONGEST_GAP]
        for mention in sentence.named
        if mention.start >= trigger.end
    )
    return trigger.words == "said" and any(re.fullmatch(r"\s+(?:[A-Z][\w.]+\s+){0,3}", words) for words in after)


def _has_subject(sentence: ReadSentence, trigger: Trigger) -> bool:
    named = sentence.named_in(sentence.clause_of(trigger.start)) or sentence.named
    if not trigger.is_performative:
        return bool(named) or (sentence.speaker is not None and _is_spoken_of(sentence, trigger))
    before = [mention for mention in named if mention.end <= trigger.start]
    if _DUTY.match(trigger.words):
        return any(trigger.start - mention.end <= _SHORT for mention in before) and sentence.speaker is not None
    if trigger.event_type == "threat":
        return bool(named)
    if FIRST_PERSON.match(trigger.words) or _NEEDS_NO_SUBJECT.match(trigger.words):
        return sentence.speaker is not None
    return bool(before) or (sentence.speaker is not None and sentence.spoken_subject(trigger))


def _is_subject(between: str) -> bool:
    return len(between) <= _LONGEST_GAP and _SUBJECT.fullmatch(between) is not None


def _is_spoken_of(sentence: ReadSentence, trigger: Trigger) -> bool:
    """Return whether "we" do it, or "we" mention what needs no party to be an event."""
    first_person = bool(FIRST_PERSON.search(sentence.text))
    return first_person and (trigger.event_type in _STANDS_ALONE or sentence.spoken_subject(trigger))


def _happened(sentence: ReadSentence, trigger: Trigger) -> bool:
    """Return whether it is stated as a fact or an announcement: not supposed, not wished, not denied."""
    before = _BROKEN_OFF.split(sentence.before(trigger)[-_LOOK_BACK:])[-1]
    if _LEFT_TO.search(before) and _INFINITIVE.match(trigger.words):
        return False
    if sentence.is_announced(trigger):
        return not _NEGATED.search(before[-30:])
    if _TO.search(before) and _INFINITIVE.match(trigger.words):
        return _DID_SO.search(before) is not None
    if _NEGATED.search(before[-30:]):
        return speech_acts.guess_act(sentence.text, sentence.turn_kind) == "denies"
    return not _SUPPOSED.search(before)


def _without_weaker(sentence: ReadSentence, candidates: list[Trigger]) -> list[Trigger]:
    """Return one trigger for each type in each clause, without those inside another's words."""
    candidates.sort(key=lambda trigger: (trigger.start - trigger.end, trigger.start, not trigger.is_performative))
    strongest: dict[tuple[Span, str], Trigger] = {}
    for trigger in candidates:
        if any(_holds(other, trigger) for other in strongest.values()):
            continue
        key = sentence.clause_of(trigger.start), trigger.event_type
        if key not in strongest or (trigger.is_performative and not strongest[key].is_performative):
            strongest[key] = trigger
    plain = [trigger for (clause, _), trigger in strongest.items() if not _is_outdone(trigger, clause, strongest)]
    return sorted(plain, key=lambda trigger: (trigger.start, trigger.event_type))


def _holds(other: Trigger, trigger: Trigger) -> bool:
    return other.event_type != "statement" and other.start <= trigger.start and trigger.end <= other.end


def _is_outdone(trigger: Trigger, clause: Span, strongest: dict) -> bool:
    """Return whether the clause says more exactly what is done than "announced" or "we support" does."""
    if trigger.event_type != "statement" or _WEAK.match(trigger.words):
        return False
    others = [other for (place, _), other in strongest.items() if place == clause and other is not trigger]
    if trigger.kind == REPORTED:
        return any(other.event_type in _VERBAL for other in others)
    return any(other.is_performative or (not trigger.is_performative and other.kind != NOUN) for other in others)
