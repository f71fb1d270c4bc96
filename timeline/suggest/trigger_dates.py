"""Which of the dates of a sentence is that of a trigger."""

import re
from dataclasses import dataclass
from datetime import date

from timeline.dates import parse
from timeline.dates.reader import DatePhrase

from .sentences import ReadSentence
from .triggers import NOUN, Trigger

_ELSEWHERE = 100  # characters that a date in another clause seems further away
_BESIDE = 40  # characters within which "next week" belongs to what is told as past
_NEXT_TO = 2  # characters between "yesterday" and "met"
_NEAR = 60  # characters between a verb and its date
_OPENS = re.compile(
    r"\W*(?:(?:And|But|So|Well|Now|Again|Also|Then|First|Second|Third|Finally)\b\W*)*(?:[Oo]n|[Ii]n|[Ee]arlier|[Oo]ver)?\s*"
)
_LEADS_AWAY = re.compile(
    r"[;:–—?]|\b(?:that|which|who|whom|whose|where|when|while|after|before|since|until|following|ahead|because|to|if|as|about|for|of"
    r"|over|said|from|will|by|than|and (?:he|she|they|it))\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:following|since|after)\s+(?:the\s+|that\s+|an?\s+)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TriggerDate:
    words: str
    edtf: str
    note: str
    announced: bool
    span: tuple[int, int] | None  # of the words in the sentence; None: there are none


def date_of_trigger(sentence: ReadSentence, trigger: Trigger, said_on: date | None) -> TriggerDate:
    """Return the date of what a trigger reports; with empty EDTF where the sentence gives none. What comes is no date of who "said"."""
    announced = sentence.is_announced(trigger)
    if trigger.is_performative:
        return _of_the_briefing(said_on)
    phrase = _nearest(sentence, trigger)
    if phrase and not (trigger.event_type == "statement" and not announced and _comes(phrase, said_on)):
        announced = announced and _may_come(phrase, said_on) or phrase.announced or _comes(phrase, said_on)
        return TriggerDate(phrase.words, phrase.edtf, phrase.note, announced, (phrase.start, phrase.end))
    return _after_another(sentence, said_on) or _not_stated(said_on, announced)


def is_certain(sentence: ReadSentence, trigger: Trigger, dated: TriggerDate) -> bool:
    """Return whether the date can be that of the trigger alone: that of what is said; or words at the beginning of the clause,
    or behind the trigger with no other verb or clause between."""
    if dated.span is None:
        return bool(dated.edtf) and trigger.is_performative
    first, last = sentence.clause_of(trigger.start)
    start, end = dated.span
    if (
        not (dated.edtf and first <= start and end <= last)
        or _owner(sentence, _phrase_at(sentence, dated.span)) is not None
    ):
        return False
    if end <= trigger.start:
        return bool(_OPENS.fullmatch(sentence.text, first, start)) or trigger.start - end <= _NEXT_TO
    between = sentence.text[trigger.end : start]
    return len(between) <= _NEAR and not _LEADS_AWAY.search(between)


def _phrase_at(sentence: ReadSentence, span: tuple[int, int]) -> DatePhrase:
    return next(phrase for phrase in sentence.dates if (phrase.start, phrase.end) == span)


def _of_the_briefing(said_on: date | None) -> TriggerDate:
    if said_on is None:
        return TriggerDate("", "", "Said in the source itself, whose day is not known.", False, None)
    return TriggerDate("", said_on.isoformat(), f"Said in the source itself, {_shown(said_on)}.", False, None)


def _not_stated(said_on: date | None, announced: bool) -> TriggerDate:
    side = "after" if announced else "before"
    note = "No day is stated" + (f"; on or {side} that of the source, {_shown(said_on)}." if said_on else ".")
    return TriggerDate("", "", note, announced, None)


def _nearest(sentence: ReadSentence, trigger: Trigger) -> DatePhrase | None:
    phrases = [phrase for phrase in sentence.dates if _owner(sentence, phrase) in (None, trigger)]
    if not sentence.is_announced(trigger):  # "this call took place ahead of talks next week"
        phrases = [
            date_phrase
            for date_phrase in phrases
            if not date_phrase.announced or _distance(sentence, trigger, date_phrase) <= _BESIDE
        ]
    return min(phrases, key=lambda phrase: _distance(sentence, trigger, phrase), default=None)


def _owner(sentence: ReadSentence, phrase: DatePhrase) -> Trigger | None:
    """Return the trigger that a date is in or right before: "the November 2020 ceasefire"."""
    for trigger in sentence.triggers:
        if trigger.start <= phrase.start and phrase.end <= trigger.end:
            return trigger
        if (
            trigger.kind == NOUN
            and phrase.end < trigger.start
            and not sentence.text[phrase.end : trigger.start].strip()
        ):
            return trigger
    return None


def _distance(sentence: ReadSentence, trigger: Trigger, phrase: DatePhrase) -> int:
    gap = max(phrase.start - trigger.end, trigger.start - phrase.end, 0)
    same = sentence.clause_of(trigger.start) == sentence.clause_of(phrase.start)
    return gap if same else gap + _ELSEWHERE


def _after_another(sentence: ReadSentence, said_on: date | None) -> TriggerDate | None:
    """Return "after the ceasefire of November 2020, not after the briefing" for what is said to have followed it."""
    for phrase in sentence.dates:
        owner, after = _owner(sentence, phrase), _AFTER.search(sentence.text[: phrase.start])
        if owner and after and said_on and re.fullmatch("[0-9-]{4,10}", phrase.edtf):
            last = said_on.isoformat()[: len(phrase.edtf)]
            if phrase.edtf < last:
                note = f"Not before {parse(phrase.edtf).display}, not after the source; the text gives no day."
                words = sentence.text[after.start() : owner.end]
                return TriggerDate(
                    words, f"[{phrase.edtf}..{said_on.isoformat()}]", note, False, (after.start(), owner.end)
                )
    return None


def _comes(phrase: DatePhrase, said_on: date | None) -> bool:
    return bool(phrase.edtf and said_on and parse(phrase.edtf).start_earliest > said_on)


def _may_come(phrase: DatePhrase, said_on: date | None) -> bool:
    """Return whether the words can mean a day not before the briefing: "will meet" is not "on Monday" gone by."""
    return not (phrase.edtf and said_on and parse(phrase.edtf).end_latest < said_on)


def _shown(day: date) -> str:
    return parse(day.isoformat()).display
