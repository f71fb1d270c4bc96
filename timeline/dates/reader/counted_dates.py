"""What "two weeks ago", "more than a year ago" and "in recent days" mean, counted from the day on which they are said."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from timeline.dates.points import combined

from .context import Context
from .meanings import Meaning, between, days, from_month, lasting, marked, one_of, shifted, single
from .relative_dates import Unresolved, monday, month_text
from .vocabulary import NUMBERS, UNITS
from .words import Lexicon, Words, remembered

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
_VAGUE_WORDS = Lexicon(
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
        elif (hedge := _ABOUT.at(words.texts, place)) and not _is_some_vague(words, hedge[1]):
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


def _is_some_vague(words: Words, end: int) -> bool:
    """Return whether "some" is before no number: "some weeks ago" does not say how many."""
    return words.word(end - 1) == "some" and words.word(end) in UNITS


def _number_at(words: Words, place: int) -> tuple[dict, int] | None:
    for lexicon in (_HALF, _FEW, _VAGUE_WORDS):
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


_VAGUE = {"couple": (2, 2), "few": (2, 6), "several": (2, 6), "": (0, 6)}
_ONE_DAY = timedelta(days=1)


def counted(context: Context, count: Count, sign: int, anchor: date | None = None) -> Meaning:
    """Return "two weeks ago" (sign -1), "in two weeks" (1), or so far from another day."""
    day = anchor or context.day_needed()
    if not count.number and not count.has_half:
        return _vaguely(context, count, sign, day)
    if count.limit:
        return _limited(context, count, sign, day, is_of_source=anchor is None)
    if count.highest:
        near, far = (_at(replace(count, number=n, highest=0), sign, day, anchor) for n in (count.number, count.highest))
        meaning = _spanning(far, near) if sign < 0 else _spanning(near, far)
    else:
        meaning = _at(count, sign, day, anchor)
    side = "before" if sign < 0 else "after"
    if anchor is None:
        context.note(
            f"Counted {'back' if sign < 0 else 'on'} from {context.source}."
            if count.highest
            else _said(count, side, context)
        )
    for mark in count.marks if count.unit != "hour" else ():  # "about an hour ago" is no less that day
        meaning = marked(meaning, mark)
    return meaning


def _said(count: Count, side: str, context: Context) -> str:
    number = "half a" if not count.number else _COUNTED.get(count.number, str(count.number))
    said = f"{number} {count.unit}{'s' if count.number > 1 else ''}{' and a half' if count.has_half and count.number else ''}"
    if count.unit == "week":
        return f"The week {said} {side} {context.source}."
    return (
        f"{said.capitalize()} {side} {context.source}."
        if count.unit in ("day", "hour")
        else f"About {said} {side} {context.source}."
    )


_COUNTED = dict(
    enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
)


def _spanning(first: Meaning, last: Meaning) -> Meaning:
    if first.form == last.form == "single" and len(first.first) == 10:
        apart = (date.fromisoformat(last.first) - date.fromisoformat(first.first)).days
        return one_of(first.first, last.first) if apart == 1 else between(first.first, last.first)
    return between(first.first, last.last)


def _at(count: Count, sign: int, day: date, anchor: date | None) -> Meaning:
    unit, number = count.unit, count.number
    if count.has_half:
        number, unit = _halved(count, 1)
        if count.unit in ("month", "week"):
            return single(shifted(day, sign * number, unit).isoformat() + "~")
    if unit == "hour":
        if number > 24:
            raise Unresolved("Hours: the day is not said.")
        return one_of(*sorted((day.isoformat(), (day + sign * _ONE_DAY).isoformat())))
    then = shifted(day, sign * number, unit)
    if unit == "day" or (unit == "week" and anchor):
        return single(then.isoformat())
    if unit == "week":
        return days(monday(then), monday(then) + timedelta(days=6))
    return single(then.isoformat()[: 7 if unit == "month" else 4] + "~")


def _halved(count: Count, sign: int) -> tuple[int, str]:
    """Return "two and a half years" as whole months, with the sign."""
    number = count.number
    whole, unit = {"year": (12 * number + 6, "month"), "decade": (10 * number + 5, "year"), "month": (30 * number + 15, "day"),
                   "week": (7 * number + 3, "day"), "day": (24 * number + 12, "hour"), "hour": (number + 1, "hour"),
                   "century": (100 * number + 50, "year")}[count.unit]  # fmt: skip
    return sign * whole, unit


def _limited(context: Context, count: Count, sign: int, day: date, *, is_of_source: bool) -> Meaning:
    """Return "less than two weeks ago": the days that it allows, none beyond the day counted from."""
    if count.unit == "hour":
        raise Unresolved("Hours: the day is not said.")
    far = max(count.number, count.highest) if count.limit in (LESS, AT_MOST) else count.number
    then = shifted(day, sign * far, count.unit)
    if count.limit == MORE:
        then += sign * _ONE_DAY
    if count.limit == LESS:
        then -= sign * _ONE_DAY
    if is_of_source:
        context.note(f"Counted {'back' if sign < 0 else 'on'} from {context.source}.")
    if count.limit in (MORE, AT_LEAST):
        return between("", then.isoformat()) if sign < 0 else between(then.isoformat(), "")
    return days(*sorted((then, day)))


def to_the_day(context: Context, count: Count) -> Meaning:
    """Return "106 years ago today". Raises ValueError for a day that the month or year did not have."""
    day = context.day_needed()
    then = shifted(day, -count.number, count.unit)
    if count.unit in ("month", "year") and then.day != day.day:
        raise ValueError("There was no such day.")
    context.note(f"{count.number} {count.unit}s before {context.source}, to the day.")
    return single(then.isoformat())


def _vaguely(context: Context, count: Count, sign: int, day: date) -> Meaning:
    least, most = _VAGUE[count.vague]
    context.note("The text gives no number; only roughly known.")
    return vague_span(count.unit, sorted((sign * least, sign * most)), day)


def vague_span(unit: str, steps: list[int], day: date) -> Meaning:
    if unit in ("hour", "year", "decade", "century"):
        raise Unresolved("The text gives no number.")
    if unit == "month":
        first, last = month_text(day, steps[0]), month_text(day, steps[1])
    else:
        first, last = (shifted(day, step, unit).isoformat() for step in steps)
    return between(f"{first}~", last) if first < last else single(f"{first}~")


def recent(context: Context, count: Count, *, is_lasting: bool) -> Meaning:
    """Return "in recent weeks", "over the past two weeks": up to the source, the beginning as far back as is said."""
    day = context.day_needed()
    if not count.number:
        context.note(f"The text does not say how many {count.unit}s; only roughly known.")
        return vague_span(count.unit, [-6, 0], day)
    context.note(f"Counted back from {context.source}.")
    if count.unit == "hour" or (count.unit == "day" and count.has_half):
        hours = -_halved(count, -1)[0] if count.has_half else count.number
        return days(day - timedelta(days=(hours + 23) // 24), day)
    number, unit = _halved(count, -1) if count.has_half else (-count.number, count.unit)
    first = shifted(day, number, unit)
    if count.unit in ("day", "week"):
        return between(first.isoformat() + combined(count.marks), day.isoformat())
    if is_lasting and count.unit != "month":
        return lasting(f"{first.year:04}~", day.isoformat())
    return from_month(month_text(first, 0), day)
