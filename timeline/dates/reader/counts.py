"""How many days, weeks, months or years: "10 days", "more than two weeks", "a year and a half"."""

from dataclasses import dataclass

from .lexicon import Lexicon
from .vocabulary import NUMBERS, UNITS
from .words import Words, remembered

MORE, LESS, AT_LEAST, AT_MOST = "more", "less", "at least", "at most"
_QUANTIFIERS = Lexicon(
    {
        "more than|over|well over|upwards of|much more than|just over|in excess of|a little over|longer than|well more than": MORE,
        "less than|fewer than|under|just under|well under|not even|not quite|a little less than": LESS,
        "at least|no less than|no fewer than|not less than|a minimum of|a good": AT_LEAST,
        "at most|no more than|not more than|up to|as many as|within the|within": AT_MOST,
    }
)
_ABOUT = Lexicon(
    {
        "about|some|around|roughly|approximately|nearly|almost|close to|an estimated|circa|something like|more or less": "~",
        "probably|possibly|perhaps|maybe": "?",
    }
)
_VAGUE = Lexicon(
    {
        "a couple of|couple of|a couple|couple": "couple",
        "a few|few|some|several|many|a number of|numerous|quite a few|the last few": "several",
    }
)
_FEW = Lexicon({"a few|few": "few"})
_HALF = Lexicon({"half a|half an|a half": "half"})
_OR = ("or", "to", "-")


@dataclass(frozen=True, slots=True)
class Count:
    unit: str  # hour, day, week, month, year, decade or century
    number: int = 0  # 0: not said
    highest: int = 0  # of "two or three"; else 0
    has_half: bool = False  # "a year and a half"; with the number 0 "half a year"
    vague: str = ""  # couple, few, several
    limit: str = ""  # more, less, at least or at most
    marks: tuple[str, ...] = ()
    is_range: bool = False  # "two to three" rather than "two or three"


@remembered
def count_at(words: Words, place: int) -> tuple[Count, int] | None:
    """Return "more than two weeks", and the place behind it."""
    marks, limit = [], ""
    for _ in range(3):
        if quantifier := _QUANTIFIERS.at(words.texts, place):
            limit, place = quantifier
        elif (hedge := _ABOUT.at(words.texts, place)) and not _is_some_vague(words, *hedge):
            marks.append(hedge[0])
            place = hedge[1]
        else:
            break
    counted = _number_at(words, place)
    if counted is None:
        return None
    fields, place = counted
    place = words.skip(place, "-")
    if words.word(place) in ("full", "whole", "short", "long"):
        place += 1
    unit = UNITS.get(words.word(place))
    if not unit:
        return None
    place += 1
    if words.word(place) == "and" and words.word(place + 1) == "a" and words.word(place + 2) == "half":
        fields, place = fields | {"has_half": True}, place + 3
    return Count(unit, limit=limit, marks=tuple(marks), **fields), place


def _is_some_vague(words: Words, mark: str, end: int) -> bool:
    """Return whether "some" stands before no number: "some weeks ago" does not say how many."""
    return words.word(end - 1) == "some" and words.word(end) in UNITS


def _number_at(words: Words, place: int) -> tuple[dict, int] | None:
    for lexicon in (_HALF, _FEW, _VAGUE):
        if meaning := lexicon.at(words.texts, place):
            name, end = meaning
            return ({"has_half": True} if name == "half" else {"vague": name}), end
    single = plain_number(words, place)
    if single is None:
        return None
    number, place = single
    if words.word(place) in _OR and (other := plain_number(words, place + 1)) and other[0] > number:
        return {"number": number, "highest": other[0], "is_range": words.word(place) != "or"}, other[1]
    if words.word(place) == "and" and words.word(place + 1) == "a" and words.word(place + 2) == "half":
        return {"number": number, "has_half": True}, place + 3
    return {"number": number}, place


def plain_number(words: Words, place: int) -> tuple[int, int] | None:
    """Return a number in figures or words, "twenty-five" among them, and the place behind it."""
    token = words.at(place)
    if not token.kind:
        return None
    if token.kind == "number" and len(token.text) <= 3:
        return token.number, place + 1
    number = NUMBERS.get(token.text)
    if number is None:
        return None
    if number >= 20 and words.word(place + 1) == "-" and NUMBERS.get(words.word(place + 2), 99) < 10:
        return number + NUMBERS[words.word(place + 2)], place + 3
    return number, place + 1
