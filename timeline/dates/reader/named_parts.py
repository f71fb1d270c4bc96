"""Days, months and years by name or number: "24 March 2022", "March 24", "10.11.2020", "the 1990s"."""

import re

from timeline.dates.english import MONTHS

from .parts import Part
from .vocabulary import AND, FILLERS, OR, TO
from .words import Token, Words

Parsed = tuple[Part, int]  # and the number of the token behind
_NO_YEAR = re.compile(
    r",[0-9]|%|-(?!20)|'|\s+(?:percent|per cent|people|troops|soldiers|civilians|jobs|[mb]illion|dead|men|women|children)\b"
)
_NO_DAY = re.compile(r",[0-9]{3}|\.[0-9]|[:%]|\s+(?:percent|per cent|people|[mb]illion)\b")
_AFTER_BARE_DAY = re.compile(
    r"\s*(?:[,.;:)–—-]|\Z|(?:and|or|to|in|at|with|for|when|which|that|of|they|we|he|she|it|the|there|but|as|by|from|on|after|before)\b)"
)
_YEAR_STEPS = {"last": -1, "this": 0, "next": 1, "past": -1}


def part_at(words: Words, place: int) -> Parsed | None:
    weekday, place = _weekday(words, words.skip(place, "the"))
    token = words.at(words.skip(place, "the"))
    if not token.kind:
        return None
    place = words.skip(place, "the")
    if token.text == "ad":
        part, end = _year(words, place, Part())
        return (part, end) if part.year else None
    reader = _READERS.get(token.kind)
    parsed = reader(words, place) if reader else None
    if parsed is None:
        return None
    part, end = parsed
    weekday, end = _weekday_behind(words, end, weekday)
    return _with_weekday(part, weekday), end


def _with_weekday(part: Part, weekday: int) -> Part:
    return part if weekday < 0 else part.on_weekday(weekday)


def _weekday(words: Words, place: int) -> tuple[int, int]:
    """Return a weekday that is in front of a day: "Tuesday, 24 March"."""
    token = words.at(place)
    if token.kind != "weekday" or (words.is_text and not token.is_capital):
        return -1, place
    end = words.skip(words.skip(words.skip(place + 1, "."), ","), "the")
    return (token.number, end) if words.kind(end) in ("number", "ordinal", "month", "iso", "numeric") else (-1, place)


def _weekday_behind(words: Words, place: int, weekday: int) -> tuple[int, int]:
    if words.is_text or weekday >= 0:
        return weekday, place
    inside = words.skip(place, "(", ",")
    token = words.at(inside)
    if token.kind != "weekday" or (inside == place and token.is_english):
        return weekday, place
    return token.number, words.skip(words.skip_all(inside + 1, FILLERS), ")")


def _iso(words: Words, place: int) -> Parsed | None:
    year, month, day = map(int, f"{words.word(place)}-0".split("-")[:3])
    part = Part(year, month, day)
    return (part, _after_the_year(words, place + 1)) if part.exists else None


def _numeric(words: Words, place: int) -> Parsed | None:
    """Read 2022/03/24, 24.3.2022 and 10/11/2020, which has two readings."""
    first, second, third = re.split("[./-]", words.word(place))
    if len(first) == 4 and len(third) <= 2:
        days = [Part(int(first), int(second), int(third))]
    elif len(third) == 4 and len(first) <= 2:
        days = [Part(int(third), int(second), int(first)), Part(int(third), int(first), int(second))]
    else:
        return None
    days = [part for part in dict.fromkeys(days) if part.exists]
    if not days or (len(days) > 1 and words.is_text):
        return None
    part = days[0].with_other(days[1]) if len(days) > 1 else days[0]
    return part, _after_the_year(words, place + 1)


def _decade(words: Words, place: int) -> Parsed | None:
    year = words.word(place)[:4]
    if year.endswith("00"):
        return None
    return Part(written=f"{year[:3]}X"), place + 1


def _month(words: Words, place: int) -> Parsed | None:
    token = words.at(place)
    month, place = token.number, _after_month(words, place)
    day = 0
    after_the = words.skip(place, "the")
    if _is_day(words, after_the):
        day, place = words.at(after_the).number, after_the + 1
    part, end = _year(words, place, Part(month=month, day=day))
    return (part, end) if _may_be_month(words, token, part) else None


def _after_month(words: Words, place: int) -> int:
    token = words.at(place)
    end = place + 1
    if words.word(end) == "/" and words.kind(end + 1) == "month" and words.at(end + 1).number == token.number:
        end += 2  # two names of one month
    if words.word(end) == "." and words.touches(end) and not (words.is_text and token.text in _WHOLE_NAMES):
        end += 1
    return end if words.is_text and token.is_english else words.skip_all(end, FILLERS)


_WHOLE_NAMES = frozenset(name.lower() for name in MONTHS)  # behind which a full stop ends the sentence


def _may_be_month(words: Words, token: Token, part: Part) -> bool:
    """Return whether it is one in a text: "may" and "march" are other words, names of other languages need a number."""
    if not words.is_text:
        return True
    if token.is_english:
        return token.is_capital or bool(part.day and part.year)
    return bool(part.day or part.year)


def _number(words: Words, place: int) -> Parsed | None:
    token = words.at(place)
    if len(token.text) == 4:
        return _year_first(words, place)
    if not _is_day(words, place):
        return None
    behind = words.skip(words.skip(place + 1, ".", "-", "/"), "of", "de")
    if words.kind(behind) == "month" and (not words.is_text or words.word(place + 1) != "/"):
        return _day_and_month(words, place, behind)
    if place < words.without_month:
        return None
    part, end = _year(words, place + 1, Part(day=token.number))
    if part.year:
        return part, end
    return (Part(day=token.number), place + 1) if _may_be_bare(words, place) else None


def _day_and_month(words: Words, place: int, behind: int) -> Parsed | None:
    month = words.at(behind)
    end = _after_month(words, behind)
    end = (
        words.skip(end, "-", "/")
        if words.touches(end) and words.kind(end + 1) == "number" and _is_year(words, end + 1)
        else end
    )
    part, end = _year(words, end, Part(month=month.number, day=words.at(place).number))
    return (part, end) if _may_be_month(words, month, part) else None


def _may_be_bare(words: Words, place: int) -> bool:
    """Return whether a number alone may be a day of a list: in a text "March 21, 22 people" is none."""
    token = words.at(place)
    return (
        not words.is_text
        or token.kind == "ordinal"
        or words.word(place + 1) == "/"
        or (words.word(place - 1) in ("-", "/") and words.touches(place))
        or bool(_AFTER_BARE_DAY.match(words.text, token.end))
    )


def _year_first(words: Words, place: int) -> Parsed | None:
    """Read a year, and what is behind it: "2022 March 25", "2020 թ. նոյեմբերի 10"."""
    if not _is_year(words, place):
        return None
    year = words.at(place).number
    end = _after_the_year(words, place + 1)
    inner = _after_year(words, end)
    if inner and not inner[0].year:
        return Part(year, inner[0].month, inner[0].day), inner[1]
    return Part(year=year), end


def _after_year(words: Words, place: int) -> Parsed | None:
    if words.kind(place) == "month" and (not words.is_text or not words.at(place).is_english):
        return _month(words, place)
    if words.kind(place) in ("number", "ordinal") and words.kind(place + 1) == "month" and words.is_text is False:
        return _number(words, place)
    if not words.is_text and _is_day(words, place) and _is_joined(words, place + 1):
        return Part(day=words.at(place).number), place + 1  # "2023 წლის 5 და 6 მაისი"
    return None


def _is_joined(words: Words, place: int) -> bool:
    return words.kind(place) in ("word", "mark") and any(lexicon.at(words.texts, place) for lexicon in (OR, AND, TO))


def _year(words: Words, place: int, part: Part) -> Parsed:
    """Return the part with the year that is behind it, if one does."""
    behind = words.skip(place, ",")
    behind = words.skip(behind, "of", "de", "in") if words.word(behind) != "in" else behind
    if words.word(behind) in _YEAR_STEPS and words.word(behind + 1) == "year" and words.word(place) != ",":
        return part.in_year_step(_YEAR_STEPS[words.word(behind)]), behind + 2
    is_ad = words.word(behind) == "ad"
    behind += is_ad
    if words.kind(behind) not in ("number", "ordinal") or not (is_ad or _is_year(words, behind)):
        return part, place
    return part.in_year(words.at(behind).number), _after_the_year(words, behind + 1)


def _after_the_year(words: Words, place: int) -> int:
    """Return the place behind "г." or "թ."; English has no such word."""
    return place if words.word(place).isascii() and words.is_text else words.skip_all(place, FILLERS)


def _is_day(words: Words, place: int) -> bool:
    token = words.at(place)
    if token.kind not in ("number", "ordinal") or not 1 <= token.number <= 31 or len(token.text) > 2:
        return False
    return not (words.is_text and token.kind == "number" and _NO_DAY.match(words.text, token.end))


def _is_year(words: Words, place: int) -> bool:
    token = words.at(place)
    if token is None or len(token.text) != 4 or token.kind not in ("number", "ordinal"):
        return False
    if not words.is_text:
        return token.number > 0
    return 1500 <= token.number < 2100 and not _NO_YEAR.match(words.text, token.end)


_READERS = {
    "iso": _iso,
    "numeric": _numeric,
    "decade": _decade,
    "month": _month,
    "number": _number,
    "ordinal": _number,
}
