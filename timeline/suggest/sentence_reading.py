"""What stands in one sentence of a briefing."""

import re
from dataclasses import dataclass, field

from timeline.dates.reader import DatePhrase, announces

from .actor_names import ActorMention, KnownActor
from .sentences import Span
from .triggers import Trigger

_BY_THE_SPEAKER = re.compile(
    r"(?:we|I)\b|(?:is|are|was|were)\s|(?:just\s+)?(?:needs?|must|should|has|have|ought)\b", re.IGNORECASE
)
FIRST_PERSON = re.compile(r"\b(?:[Ww]e|I)\b")


@dataclass(frozen=True, slots=True)
class Speaker:
    actor: KnownActor
    label: str  # as it stands in the text; "" where the text has no label


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
        """Return what stands before the trigger in its clause."""
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
