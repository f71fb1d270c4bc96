"""Find the words of a text that say when, and resolve them against the day on which they were said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from timeline.dates import parse
from timeline.dates.natural_language import to_edtf

from . import relative_days
from .calendar_days import ANY, BARE, BARE_DAY, DATED, completed, on_its_weekday, parts_of
from .spoken_days import A_WEEKDAY, NOT_A_DAY, SPOKEN

_TO = r"(?:\s+(?:to|through|until|till)\s+|\s*[–—-]\s*)"
_LIST = rf"(?:\s*,\s*{ANY}){{0,8}}\s*,?\s+(?:and|or)\s+(?:on\s+)?{ANY}"
_SOME_OF = r"(?:(?i:early|mid|middle|late|beginning|start|end)(?:-|\s+(?:of\s+)?(?:the\s+)?))"
_IN = rf"(?:(?i:back\s+in|in|during|throughout|as\s+of|of|on|this|around|about|approximately|in\s+or\s+around)\s+)(?:the\s+)?{_SOME_OF}?"
_BOUND = r"(?i:(?:beginning|starting)\s+(?:on|in)|since|until|till|up\s+to|before|after|prior\s+to|by)\s+"
_MARK = r"(?:(?i:on\s+or\s+about|on\s+or\s+around|around|about|approximately)\s+)"
_STATED = re.compile(
    "|".join(
        (
            rf"(?i:between)\s+{ANY}\s+and\s+{ANY}",
            rf"(?i:from)\s+{ANY}{_TO}{ANY}",
            rf"(?:(?i:on|in)\s+)?(?:{DATED}{_TO}(?:{DATED}|{BARE_DAY})|{BARE_DAY}{_TO}{DATED})",
            rf"(?:(?i:on|in)\s+)?(?:{DATED}{_LIST}|{BARE_DAY}(?:\s*,\s*{BARE_DAY}){{0,8}}\s*,?\s+(?:and|or)\s+{DATED})",
            rf"(?i:in)\s+{BARE}{_LIST}",
            rf"{_BOUND}(?:{_SOME_OF})?(?:{DATED}|{BARE})",
            rf"{_MARK}{DATED}",
            rf"(?:(?:{_IN})|{_SOME_OF}|(?<![\w-]))(?:{DATED})",
            rf"(?:{_IN}|{_SOME_OF}){BARE}",
        )
    )
)
_WEEK_OF = re.compile(rf"(?:(?i:in|during)\s+)?(?i:the\s+week\s+of)\s+(?P<day>{DATED})")
_ANNOUNCES = re.compile(
    r"\b(?:will|shall|upcoming|scheduled|planned|plans? to|going to|set to|expected to|expects to|looks? forward"
    r"|intends? to|about to|is (?:hosting|travell?ing|meeting|visiting))\b|['’]ll\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z“\"]|\Z)")
NO_DAY = "Depends on the day it was said, which is not known."


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words that say when."""

    start: int  # code points of the text searched
    end: int
    words: str  # as they stand there
    edtf: str  # "" if they do not say enough
    note: str  # what they were taken for; "" if they say it all
    announced: bool  # after the day on which they were said


def find(text: str, reference: date | None) -> list[DatePhrase]:
    """Return the phrases in order; none overlaps another. `reference`: the day on which the words were said.

    Without a reference what depends on it has no EDTF. Never raises, whatever the text is.
    """
    phrases = [
        *_weeks_of(text, reference),
        *_stated(text, reference),
        *_spoken(text, reference),
        *_weekdays(text, reference),
    ]
    phrases.sort(key=lambda phrase: (phrase.start, -phrase.end))
    longest: list[DatePhrase] = []
    for phrase in phrases:
        if not longest or phrase.start >= longest[-1].end:
            longest.append(replace(phrase, note=_dated(phrase.note, reference)))
    return longest


def _dated(note: str, reference: date | None) -> str:
    """Return the note with the day of the briefing, so that it can be read alone."""
    return (
        note.replace("the briefing", f"the briefing of {parse(reference.isoformat()).display}", 1)
        if reference
        else note
    )


def _stated(text: str, reference: date | None) -> Iterator[DatePhrase]:
    for match in _STATED.finditer(text):
        announced = _is_announced(text, match.start())
        try:
            edtf, note, is_after = _resolved(match[0], reference, announced)
        except (ValueError, OverflowError):
            continue  # no such day in the calendar: not a date
        yield DatePhrase(*match.span(), match[0], edtf, note, is_after)


def _weeks_of(text: str, reference: date | None) -> Iterator[DatePhrase]:
    """Find "the week of March 14": the seven days from Monday."""
    for match in _WEEK_OF.finditer(text):
        for day in _stated(match["day"], reference):
            if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day.edtf):
                monday = date.fromisoformat(day.edtf) - timedelta(days=date.fromisoformat(day.edtf).weekday())
                edtf = f"[{monday}..{monday + timedelta(days=6)}]"
                yield DatePhrase(
                    *match.span(),
                    match[0],
                    edtf,
                    f"The week that holds the day named. {day.note}".strip(),
                    day.announced,
                )


def _resolved(words: str, reference: date | None, announced: bool) -> tuple[str, str, bool]:
    """Return EDTF, note and whether it is announced. Raises ValueError for what no calendar has."""
    places = parts_of(words, reference)
    parts = completed([part for _, _, part in places], reference, announced)
    if parts is None:
        return "", NO_DAY if reference is None else "", False
    edtf = to_edtf(_rewritten(words, [place[:2] for place in places], [part.edtf for part in parts]))
    odd = [part for part in parts if not on_its_weekday(part)]
    if odd and len(parts) == 1:
        edtf = parse(f"{edtf}?").edtf
    is_after = reference is not None and parts[0].first > reference
    return edtf, _note(places, parts, odd, is_after), is_after


def _rewritten(words: str, spans: list[tuple[int, int]], dates: list[str]) -> str:
    """Return the phrase with each date in full, in words that `to_edtf` reads."""
    pieces: list[str] = []
    copied_to = 0
    for (start, end), written in zip(spans, dates, strict=True):
        pieces += _connecting(words[copied_to:start]), written
        copied_to = end
    return " ".join("".join(pieces).split())


def _connecting(words: str) -> str:
    words = " ".join(words.split()).casefold()
    words = re.sub(r"\b(?:beginning|starting) (?:on|in)\b", "from", words)
    words = re.sub(
        r"\b(?:early|mid|middle|late|beginning|start|end|back|during|throughout|as|this|of|the)\b-?", " ", words
    )
    words = re.sub(r"\bor (?:about|around)\b", "about", words).replace("prior to", "before").replace("up to", "until")
    words = re.sub(r"\bby\b", "on or before", words).replace("through", "to")
    if words.split() != ["on", "or", "before"]:
        words = re.sub(r"\b(?:on|in)\b", " ", words)
    return f" {' '.join(words.split())} "


def _note(places: list, parts: list, odd: list, is_after: bool) -> str:
    if odd:
        return f"The text says {odd[0].weekday}, which this day is not."
    if any(part.year for _, _, part in places):
        return ""
    kind = "day" if parts[0].day else "month"
    which = "next after" if is_after else "last on or before" if kind == "day" else "last not after"
    return f"The text gives the {kind} without a year; taken for the {which} the briefing."


def _spoken(text: str, reference: date | None) -> Iterator[DatePhrase]:
    for pattern, resolve, announces in SPOKEN:
        for match in pattern.finditer(text):
            edtf, note = _tried(resolve, match, reference)
            is_after = announces or bool(edtf and reference and parse(edtf).start_earliest > reference)
            yield DatePhrase(*match.span(), match[0], edtf, note, is_after)


def _weekdays(text: str, reference: date | None) -> Iterator[DatePhrase]:
    for match in A_WEEKDAY.finditer(text):
        if NOT_A_DAY.search(text, 0, match.start()):
            continue
        announced = _is_announced(text, match.start())
        resolve = relative_days.next_weekday if announced else relative_days.weekday
        edtf, note = _tried(resolve, match, reference)
        yield DatePhrase(*match.span(), match[0], edtf, note, announced)


def _tried(resolve: relative_days.Resolver, match: re.Match, reference: date | None) -> tuple[str, str]:
    if reference is None:
        return "", NO_DAY
    try:
        edtf, note = resolve(match, reference)
        return parse(edtf).edtf if edtf else "", note
    except (ValueError, OverflowError):
        return "", "Outside the calendar of years 1 to 9999."


def announces(words: str) -> bool:
    """Return whether the words speak of what is still to come: "will", "is scheduled to"."""
    return _ANNOUNCES.search(words) is not None


def _is_announced(text: str, at: int) -> bool:
    """Return whether the words before, in the same sentence, speak of what is still to come."""
    before = text[max(0, at - 160) : at]
    ends = [end.end() for end in _SENTENCE_ENDS.finditer(before)]
    return announces(before[ends[-1] if ends else 0 :])
