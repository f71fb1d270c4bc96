"""Find the trigger words of event types in a sentence. Source of the types: the tracker's own list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .trigger_words import DATED_NOUNS, DEEDS, PERFORMATIVE, REPORTING

DEED, NOUN, REPORTED, PERFORMING = "deed", "noun", "telling", "saying"
_BETWEEN = r"(?:\s++[\w$.,'’“”-]++){0,6}?"


@dataclass(frozen=True, slots=True)
class Trigger:
    start: int  # in the sentence
    end: int
    words: str
    event_type: str  # slug
    kind: str  # DEED, NOUN, TELLING or SAYING

    @property
    def is_performative(self) -> bool:
        """Return whether it is done by the speaker, in the briefing itself."""
        return self.kind == PERFORMING


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    words = "|".join(f"(?:{pattern})" for pattern in patterns).replace(" ", r"(?:\s++)").replace("~", _BETWEEN)
    return re.compile(rf"(?<![\w-])(?i:{words})(?!\w)")


_PATTERNS = {
    kind: {slug: _compiled(patterns) for slug, patterns in table.items()}
    for kind, table in ((DEED, DEEDS), (NOUN, DATED_NOUNS), (REPORTED, REPORTING), (PERFORMING, PERFORMATIVE))
}


def find_triggers(sentence: str, *, may_say: bool) -> Iterator[Trigger]:
    """Return the triggers; `may_say`: whether it is not a question."""
    for kind, table in _PATTERNS.items():
        if kind == PERFORMING and not may_say:
            continue
        for slug, pattern in table.items():
            for match in pattern.finditer(sentence):
                yield Trigger(*match.span(), " ".join(match[0].split()), slug, kind)
