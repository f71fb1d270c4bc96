"""Find the words of a text that say when, and read them against the day on which they were said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from timeline.dates import parse
from timeline.dates.points import combined

from . import phrases, relative_phrases, vocabulary
from .context import AroundDate, Context, NeedsDay, Parsed, Tenses
from .relative_dates import Unresolved
from .special_phrases import special_at
from .vocabulary import UNITS
from .words import Words

NO_DAY = "Depends on the day it was said, which is not known."
_POSTED = re.compile(
    r"\b(?:tweet(?:ed|s)?|post(?:ed|s)?|wrote|writes|reads?|quote|headline|statement from that day)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"][^“”\"]{1,600}[”\"]")
_MAY_OWN = (
    "week",
    "weekend",
    "month",
    "night",
    "morning",
    "afternoon",
    "evening",
    "summer",
    "spring",
    "fall",
    "winter",
    "autumn",
)
_DOUBTS = ("probably", "possibly", "perhaps", "maybe", "presumably")
_DOUBT_REACH = 5  # tokens
_EDTF_DATE = re.compile(r"[0-9X]{4}(?:-[0-9]{2})*[?~%]?")
_BEHIND_NUMBER = frozenset(("and", "or", "to", "of", "de", "et", "ou", "и", "или", "through", "until", "till"))
_LEAD = 10  # tokens in front of the word that stands for a time
_BEFORE_QUOTE = 80  # characters in which a quote is said to be of a post


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that words can mean."""

    edtf: str
    note: str  # what they were taken for; "" if they say it all
    is_by_source: bool = False  # depends on the day of the source


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words that say when."""

    start: int  # code points of the text searched
    end: int
    words: str  # as they appear there
    edtf: str  # "" if they do not say enough
    note: str  # what they were taken for; "" if they say it all
    announced: bool  # after the day on which they were said
    readings: tuple[Reading, ...] = field(default=(), compare=False)  # where there are several, none of them sure


@dataclass(frozen=True, slots=True)
class _Around:
    """What a phrase is read in."""

    text: str
    reference: date | None
    quoted: list[tuple[int, int]]  # where posts are that are read out
    tenses: Tenses


def find(text: str, reference: date | None) -> list[DatePhrase]:
    """Return the phrases in order; none overlaps another. `reference`: the day on which the words were said.

    Without a reference what depends on it has no EDTF. Never raises, whatever the text is. Linear in its length.
    """
    return list(_find(Words(text, is_text=True), text, reference))


def _find(words: Words, text: str, reference: date | None) -> Iterator[DatePhrase]:
    place, is_near, around = (
        0,
        _dates_ahead(words),
        _Around(text, reference, _quoted_posts(words.text), Tenses(words.text)),
    )
    while place < len(words):
        parsed = phrases.phrase_at(words, place) if is_near[place] and _may_begin(words, place) else None
        phrase = _read(words, place, parsed, around) if parsed else None
        if phrase:
            yield phrase
        place = parsed.end if parsed and not words.is_part_of_word(place) else place + 1


def _dates_ahead(words: Words) -> list[bool]:
    """Return for each token whether one that stands for a time comes within the words in front of a date."""
    ahead, last = [False] * len(words), len(words) + _LEAD
    for place in range(len(words) - 1, -1, -1):
        token = words.tokens[place]
        if token.kind not in ("word", "mark", "gap", "clock") or token.text in _TIMES:
            last = place
        ahead[place] = last - place <= _LEAD
    return ahead


def _may_begin(words: Words, place: int) -> bool:
    token = words.tokens[place]
    if words.touches(place) and words.kind(place - 1) not in ("mark", "gap"):
        return False  # in the middle of a word
    if token.text in ("the", "this") and words.kind(place + 1) in ("month", "word"):
        is_name = token.text == "the" and words.kind(place + 1) == "month"  # "the November 2020 ceasefire"
        return not is_name and (
            token.text == "the" or words.kind(place + 1) == "month" or special_at(words, place) is not None
        )
    if token.kind == "word":
        return token.text in STARTERS
    if token.kind == "number" and len(token.text) < 4:
        return _may_follow_number(words, place)
    return token.kind not in ("mark", "gap", "clock") or token.text == "~"


def _may_follow_number(words: Words, place: int) -> bool:
    """Return whether what is behind a number can make a date or a count of it."""
    behind = words.at(place + 1)
    if behind.kind == "word":
        is_listed = behind.text in _BEHIND_NUMBER and words.is_near_month(place)
        return is_listed or behind.text in UNITS or words.word(place + 3) in UNITS
    return behind.kind == "month" or (behind.kind == "mark" and behind.text in ",-/.&" and words.is_near_month(place))


def _read(words: Words, place: int, parsed: Parsed, around: _Around) -> DatePhrase | None:
    start, end = words.tokens[place].start, words.tokens[parsed.end - 1].end
    doubt = _doubt_before(words, place)
    if _is_part_of_word(words.text, start, end) or _is_set_aside(words, place, parsed.end):
        return None
    reference = around.reference
    context = Context(
        reference, is_text=True, around=AroundDate(around.tenses, start, end), ahead=parsed.announces or None
    )
    try:
        edtf, note = _resolved(_without_document(words, place, parsed), context)
    except ValueError:
        return None  # no such day in the calendar, or no date at all
    if edtf and doubt is not None:
        edtf, start = _doubted(edtf), words.tokens[doubt].start
    if context.needs_day and any(first <= start < last for first, last in around.quoted):
        edtf, note = "", "Stands in words that are quoted, whose day is not that of the source."
    readings = _both(parsed, reference) if edtf and reference and context.is_open else ()
    if readings:
        either = " or ".join(parse(reading.edtf).display for reading in readings)
        edtf, note = "", f"Could be {either}: the text gives no year."
    comes = (
        bool(reference and parse(edtf).start_earliest > reference)
        if edtf
        else context.needs_day and context.leans_ahead
    )
    is_after = parsed.announces or bool(comes)
    return DatePhrase(start, end, around.text[start:end], edtf, _dated(note, reference), is_after, readings)


def _doubt_before(words: Words, place: int) -> int | None:
    """Return the place of the "probably" of "they probably met on April 3"."""
    for number in range(place - 1, max(place - _DOUBT_REACH, -1) - 1, -1):
        token = words.at(number)
        if number < 0 or token.kind != "word" or token.text in ("and", "but", "that", "who", "which", "as", "than"):
            return None
        if token.text in _DOUBTS and words.word(number - 1) not in ("more", "less", "as", "not"):
            return number
    return None


def _doubted(edtf: str) -> str:
    return _EDTF_DATE.sub(
        lambda written: written[0].rstrip("?~%") + combined((*written[0][-1:].strip("0123456789X"), "?")), edtf
    )


def _resolved(parsed: Parsed, context: Context) -> tuple[str, str]:
    """Return EDTF and note. Raises ValueError for what is no date."""
    try:
        edtf = parse(parsed.node(context).edtf).edtf
    except NeedsDay:
        return "", NO_DAY
    except Unresolved as unresolved:
        return "", str(unresolved)
    except OverflowError:
        return "", "Outside the calendar of years 1 to 9999."
    return edtf, " ".join(context.notes)


def _both(parsed: Parsed, reference: date) -> tuple[Reading, ...]:
    contexts = [Context(reference, is_text=True, ahead=ahead) for ahead in (False, True)]
    try:
        resolved = [_resolved(parsed, context) for context in contexts]
    except ValueError:
        return ()  # one of them is no date
    return tuple(Reading(edtf, _dated(note, reference), is_by_source=True) for edtf, note in resolved)


def _without_document(words: Words, place: int, parsed: Parsed) -> Parsed:
    """Return the phrase; "the statement from March 24" is of that day, not from then on: only where "from" begins what is
    said, or "on" follows, it is."""
    if words.word(place) == "from" and place and words.kind(place - 1) == "word":
        inner = phrases.phrase_at(words, place + 1) or phrases.led_at(words, place + 1)
        if inner and inner.end == parsed.end:
            return inner
    return parsed


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Return whether the words are a part of "post-2020" or "March 24-based"."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1].isalnum() or (before[-1] == "-" and before[:-1].isalpha())) or before[-1:] == "$":
        return True
    if behind[:2].lower() in ("'s", "’s") and text[end - 1].isalpha():
        return not text[start:end].casefold().endswith(_MAY_OWN)
    return bool(behind) and (behind[0].isalnum() or (behind[0] == "-" and behind[1:].isalpha()))


def _is_set_aside(words: Words, place: int, end: int) -> bool:
    """Return whether the words only say what it is not: "not on April 3 but on April 4"."""
    before = place - 2 if place and words.word(place - 1) in ("on", "in") else place - 1
    return before >= 0 and words.word(before) == "not" and words.word(end) == "but"


def _quoted_posts(text: str) -> list[tuple[int, int]]:
    """Return where words of a post are that are read out: "today" in them is not the day of the briefing."""
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    return [(first, last) for first, last in quotes if _POSTED.search(text, max(0, first - _BEFORE_QUOTE), first)]


def _dated(note: str, reference: date | None) -> str:
    """Return the note with the day of the briefing, so that it can be read alone."""
    return note.replace("the source", f"the source of {parse(reference.isoformat()).display}", 1) if reference else note


STARTERS = frozenset().union(
    relative_phrases.STARTERS,
    vocabulary.NUMBERS,
    vocabulary.ORDINALS,
    vocabulary.UNITS,
    *(
        lexicon.first_words
        for lexicon in (vocabulary.HEDGES, vocabulary.LIMITS, vocabulary.LEADS, vocabulary.BETWEEN, vocabulary.NIGHT, vocabulary.WEEK_OF, vocabulary.SECTIONS, vocabulary.EVERY)
    ),
    ("the", "more", "less", "fewer", "over", "under", "at", "up", "well", "just", "no", "not", "half", "couple", "few", "several", "many", "some",
     "some", "q", "h", "within", "roughly", "upwards", "this"),
)  # fmt: skip

_TIMES = frozenset().union(
    vocabulary.UNITS, vocabulary.SEASONS, relative_phrases.TIMES, vocabulary.PARTS_OF_DAY, ("weekend",)
)
