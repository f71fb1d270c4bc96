"""What a date is read against, what had to be assumed, and whether the words around it mention what is still to come."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from .meanings import Meaning

_ANNOUNCES = (
    r"will|shall|upcoming|scheduled|planned|plans? to|going to|set to|expected to|expects to|looks? forward"
    r"|intends? to|about to|is (?:hosting|travell?ing|meeting|visiting)"
)
_PLANS = re.compile(
    rf"\b(?:{_ANNOUNCES}|won['’]t|plans? (?:to|for|on|is|are)|planning|due(?! to\b)|expect(?:s|ed)?|looking forward|slated|deadline|coming|anticipated?"
    r"|(?:is|are|am) (?:to (?!the\b|be (?:found|seen)\b)\w+|convening|gathering|heading|taking place)|aims? to|hopes? to"
    r"|(?:runs?|lasts?|expires?|ends?|continues?)(?=\s+(?:through|until|on|in)\b)|propos(?:ed|es) to|to be held|to take place)\b|['’]ll\b",
    re.IGNORECASE,
)
_NOUN_IS = re.compile(r"(?<!\btoday )(?<!\bit )\b(?:is|are)\s+\Z", re.IGNORECASE)  # "the summit is on July 16"
_SAYS_IT_COMES = re.compile(rf"\b(?:{_ANNOUNCES})\b|['’]ll\b", re.IGNORECASE)
_DEEDS = re.compile(
    r"\b(?:was|were|had|did|didn['’]t|has|have|been|met|spoke|said|held|took|went|came|began|gave|made|got|saw|heard|felt|kept|put|stood|ran|paid|built|flew|rose|chose|agreed|led|left|sent|told|won"
    r"|lost|fell|broke|became|brought|wrote|struck|hit|shot|(?!need|speed|indeed|hundred|united|bleed|breed)[a-z]{2,20}ed)\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(r"\b(?:will|to|be|shall|would|could|can)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_ENDS = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"]|\Z)|;\s|\n[ \t]*\n")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sept?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Oct|Nov|Dec|U\.S|a\.m|p\.m|No)\.\Z"
)
_BEFORE, _BEHIND = 160, 100  # characters that count


def announces(words: str) -> bool:
    """Return whether the words mention what is still to come: "will", "is scheduled to"."""
    return _SAYS_IT_COMES.search(words) is not None


class Tenses:
    """The words of a text about what is to come and what has been, found once for all its dates."""

    def __init__(self, text: str):
        self.text = text

    @cached_property
    def _plans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _PLANS.finditer(self.text)]

    @cached_property
    def _deeds(self) -> list[tuple[int, int]]:
        """Return where deeds are reported: not "will be held", "to have met"."""
        spans = (match.span() for match in _DEEDS.finditer(self.text))
        return [(start, end) for start, end in spans if not _NO_DEED.search(self.text, max(0, start - 30), start)]

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return [match.span() for match in _ENDS.finditer(self.text) if not self._is_abbreviation(match.start())]

    def _is_abbreviation(self, stop: int) -> bool:
        return _ABBREVIATION.search(self.text, max(0, stop - 8), stop + 1) is not None

    def leans_ahead(self, start: int, end: int) -> bool | None:
        """Return whether the words nearest to a date, in its sentence, are about what is to come; None: none are."""
        first, last = self._clause(start, end)
        plan, deed = self._distances(start, end, first, last)
        if plan is None and deed is None:
            first, last = self._sentence(start, end)
            plan, deed = self._distances(start, end, first, last)
        if _NOUN_IS.search(self.text, max(first, start - 20), start):
            plan = 0
        if plan is None and deed is None:
            return None
        return deed is None or (plan is not None and plan <= deed)

    def _distances(self, start: int, end: int, first: int, last: int) -> tuple[int | None, int | None]:
        return _nearest(self._plans, start, end, first, last), _nearest(self._deeds, start, end, first, last)

    def tells_of_plans(self, start: int, end: int) -> bool:
        """Return whether the sentence of a date is about what is to come, even beside what has been."""
        return _nearest(self._plans, start, end, *self._sentence(start, end)) is not None

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        """Return what is around a date between dashes: "he will go on Thursday — that was planned before"."""
        first, last = self._sentence(start, end)
        before, behind = self.text.rfind("—", first, start), self.text.find("—", end, last)
        return max(first, before), last if behind < 0 else behind

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        before = bisect_right(self._ends, start, key=lambda span: span[1])
        behind = bisect_left(self._ends, end, key=lambda span: span[0])
        first = self._ends[before - 1][1] if before else 0
        last = self._ends[behind][0] if behind < len(self._ends) else len(self.text)
        return max(first, start - _BEFORE), min(last, end + _BEHIND)


class AroundDate:
    """The words around one date, looked at when they are needed."""

    def __init__(self, tenses: Tenses, start: int, end: int):
        self._tenses, self._start, self._end = tenses, start, end

    def leans_ahead(self) -> bool | None:
        return self._tenses.leans_ahead(self._start, self._end)

    def tells_of_plans(self) -> bool:
        return self._tenses.tells_of_plans(self._start, self._end)


def _nearest(spans: list[tuple[int, int]], start: int, end: int, first: int, last: int) -> int | None:
    """Return how far the nearest of these words in the sentence is, in characters; None where there is none."""
    before = bisect_right(spans, start, key=lambda span: span[1]) - 1
    behind = bisect_left(spans, end, key=lambda span: span[0])
    distances = [start - spans[before][1]] if before >= 0 and spans[before][0] >= first else []
    if behind < len(spans) and spans[behind][1] <= last:
        distances.append(spans[behind][0] - end)
    return min(distances, default=None)


class NeedsDay(ValueError):
    """The words depend on the day on which they were said, which is not known."""


@dataclass
class Context:
    said_on: date | None = None
    source: str = "the source"  # whose day that is, in words
    is_text: bool = False  # found in a text; else typed, alone
    ahead: bool | None = None  # True: of what is to come, False: of what has been; None: as the words around say
    around: AroundDate | None = None
    is_fine: bool = False  # "early March" is its first ten days; else the month
    is_limit: bool = False  # "by", "until", "through": the nearest such day is meant
    notes: list[str] = field(default_factory=list)
    needs_day: bool = False  # depends on the day of the source
    lacks_year: bool = False
    is_vague: bool = False  # does not say which days
    is_open: bool = False  # two years are as near, and nothing tells which is meant
    is_backwards: bool = False  # the year of one date was taken from the other, against their order

    @cached_property
    def leans_ahead(self) -> bool | None:
        """Return whether it is a date of what is to come; None: nothing tells."""
        return self.ahead if self.ahead is not None or self.around is None else self.around.leans_ahead()

    @cached_property
    def has_plans(self) -> bool:
        """Return whether the words around mention what is to come, be it beside what has been."""
        return self.around is not None and self.around.tells_of_plans()

    def day_needed(self) -> date:
        """Return the day of the source. Raises NeedsDay where it is not known."""
        self.needs_day = True
        if self.said_on is None:
            raise NeedsDay
        return self.said_on

    def note(self, words: str, *, first: bool = False) -> None:
        if words not in self.notes:
            self.notes.insert(0 if first else len(self.notes), words)


Node = Callable[[Context], Meaning]


class Parsed(NamedTuple):
    node: Node
    end: int  # number of the token behind
    announces: bool = False  # the words alone say that it is still to come
