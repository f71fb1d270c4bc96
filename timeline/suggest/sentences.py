"""Cut a paragraph into sentences, and a sentence into the clauses that have a subject of their own.

A sentence belongs to one briefing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from timeline.dates.reader import DatePhrase, announces

from .actor_names import ActorMention, KnownActor
from .triggers import Trigger

Span = tuple[int, int]  # code points of the text that was cut

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]*_]*\s+(?=[\"“‘'(\[*_]*[^\W_a-z])")
# A full stop after these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Amb|St|Jr|Sr|No|vs|etc|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|\b[ap]\.m)\.\Z"
)
_BEGINS = re.compile(r"(?:The|This|That|These|We|I|It|He|She|They|There|And|But|So|In|On|Our|If|As|You|What|You)\b")
_CLAUSE = re.compile(
    r";\s+|,?\s+[–—-]{1,2}\s+(?=(?:he|she|they|we|I|it)\b)"
    r"|,\s+(?:and|but|so|while|whereas)\s+(?=(?:he|she|they|we|I|it|there|you|today|yesterday)(?:\b|['’]))"
)


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Return the sentences between start and end, without white space around them."""
    first = start
    for mark in _END.finditer(text, start, end):
        if _goes_on(text, first, mark):
            continue
        yield from _trimmed(text, first, mark.end())
        first = mark.end()
    yield from _trimmed(text, first, end)


def _goes_on(text: str, first: int, mark: re.Match) -> bool:
    upto = text[max(first, mark.start() - 8) : mark.start() + 1]
    return bool(_ABBREVIATED.search(upto)) and not (upto.endswith(("S.", "m.")) and _BEGINS.match(text, mark.end()))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    if stripped := words.strip():
        yield start, start + len(stripped)


def clauses(sentence: str) -> list[Span]:
    """Return the spans of a sentence's clauses, without what joins them."""
    marks = list(_CLAUSE.finditer(sentence))
    starts = [0, *(mark.end() for mark in marks)]
    return list(zip(starts, [*(mark.start() for mark in marks), len(sentence)], strict=True))


_BY_THE_SPEAKER = re.compile(
    r"(?:we|I)\b|(?:is|are|was|were)\s|(?:just\s+)?(?:needs?|must|should|has|have|ought)\b", re.IGNORECASE
)
FIRST_PERSON = re.compile(r"\b(?:[Ww]e|I)\b")


@dataclass(frozen=True, slots=True)
class Speaker:
    actor: KnownActor
    label: str  # as it appears in the text; "" where the text has no label


@dataclass(frozen=True)
class ReadSentence:
    text: str  # the sentence
    turn_kind: str
    speaker: Speaker | None  # None: not known
    named: list[ActorMention]
    clauses: list[Span]
    triggers: list[Trigger] = field(default_factory=list)
    dates: list[DatePhrase] = field(default_factory=list)

    def clause_of(self, start: int) -> Span:
        return next((span for span in reversed(self.clauses) if span[0] <= start), self.clauses[0])

    def named_in(self, span: Span) -> list[ActorMention]:
        return [named for named in self.named if span[0] <= named.start < span[1]]

    def before(self, trigger: Trigger) -> str:
        """Return what is before the trigger in its clause."""
        return self.text[self.clause_of(trigger.start)[0] : trigger.start]

    def is_announced(self, trigger: Trigger) -> bool:
        return not trigger.is_performative and announces(f"{self.before(trigger)}{trigger.words.split()[0]}")

    def spoken_subject(self, trigger: Trigger) -> bool:
        """Return whether "we" or "I" does it: at the trigger's beginning, or up to three words before it."""
        nearby = " ".join(self.before(trigger).split()[-4:])
        return bool(FIRST_PERSON.match(trigger.words) or FIRST_PERSON.search(nearby))

    def done_by_speaker(self, trigger: Trigger) -> bool:
        """Return whether the speaker does it by speaking, whoever is named."""
        return trigger.is_performative and bool(_BY_THE_SPEAKER.match(trigger.words))
