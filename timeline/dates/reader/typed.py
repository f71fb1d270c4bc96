"""Read a date that a person typed, alone: one reading that the words give, or a refusal that shows how to write it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from timeline.dates import parse
from timeline.dates.refusals import DASHES, LONGEST

from . import phrases, refused_words
from .context import Context, NeedsDay, Parsed
from .in_text import Reading
from .names import ENGLISH
from .parts import WrongWeekday
from .relative_dates import Unresolved
from .words import Words, with_plain_digits

EVENT, PERIOD, DAY = "an event's date", "a period", "a source's day"
_EDTF = re.compile(r"[0-9XxTtZz?~%:+,./\[\]{}\s-]+")
_CLOCK = re.compile(
    r"(?:,? at|,|T)? ?(?P<clock>\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)(?: ?[ap]\.?m\.?)?(?: ?(?:hours|hrs|local time|utc|gmt|z))?\Z",
    re.IGNORECASE,
)
_TWELVE = re.compile(r"12:00(?::00)? ?am", re.IGNORECASE)  # midnight


class DateNotRead(ValueError):
    """Words that are not taken as a date. `readings`: what they can mean, to be offered. `lacks_year`: the year alone is
    missing."""

    def __init__(self, message: str, readings: tuple[Reading, ...] = (), *, lacks_year: bool = False):
        super().__init__(message)
        self.readings, self.lacks_year = readings, lacks_year


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, and the day from which "yesterday" and "4 May" are seen."""

    kind: str = EVENT
    day: date | None = None  # None: not known
    source: str = "today"  # whose day it is, in words


def read(text: str, wanted: Wanted = Wanted()) -> str:  # noqa: B008 (it cannot be changed)
    """Return the EDTF of what a person typed; EDTF itself comes back unchanged.

    Raises DateNotRead, a ValueError, with what is wrong and what would be right, for everything that says less than a date.
    """
    if edtf := plain_date(text):
        return edtf
    tidied = _tidied(text)
    for candidate in (text, tidied):
        if _accepts(candidate):
            return candidate
    if not tidied or len(tidied) > LONGEST:
        return parse(tidied).edtf
    if reason := refused_words.of_numbers(tidied, wanted.day):
        raise DateNotRead(reason.message, _edtf_readings(reason.dates))
    return _read_words(tidied, wanted)


def _read_words(text: str, wanted: Wanted) -> str:
    day, clock = split_clock(text)
    bare = text if clock else day
    parsed = _parsed(bare)
    if parsed is None:
        raise _not_understood(text, wanted)
    contexts = [_context(wanted, fine, ahead) for fine in (True, False) for ahead in (False, True)]
    readings = [reading for context in contexts if (reading := _reading(parsed, context, text, wanted))]
    first = contexts[0]
    if not readings:
        message = refused_words.of_reference(text, None, wanted.source, first.lacks_year, wanted.day)
        raise DateNotRead(message, lacks_year=first.lacks_year)
    if _is_sure(first, wanted):
        return readings[0].edtf
    readings = list(dict.fromkeys(readings))
    raise DateNotRead(_message(text, first, readings, wanted), tuple(readings), lacks_year=first.lacks_year)


def _is_sure(context: Context, wanted: Wanted) -> bool:
    if context.is_vague or context.lacks_year or context.is_backwards:
        return False
    return not context.needs_day or (wanted.kind != EVENT and wanted.day is not None)


def _message(text: str, context: Context, readings: list[Reading], wanted: Wanted) -> str:
    if context.is_backwards:
        return refused_words.of_backwards(text)
    if context.needs_day:
        return refused_words.of_reference(text, readings[0].edtf, wanted.source, context.lacks_year, wanted.day)
    return refused_words.of_vague(text, readings[0].edtf)


def _context(wanted: Wanted, fine: bool, ahead: bool) -> Context:
    return Context(wanted.day, source=wanted.source, ahead=ahead, is_fine=fine)


def _reading(parsed: Parsed, context: Context, text: str, wanted: Wanted) -> Reading | None:
    """Return what the words mean in this context; None where that needs a day that is not known."""
    try:
        edtf = parse(parsed.node(context).edtf).edtf
    except NeedsDay:
        return None
    except WrongWeekday as wrong:
        raise DateNotRead(refused_words.of_weekday(*wrong.args)) from None
    except Unresolved as unresolved:
        refusal = refused_words.of_unresolved(text, str(unresolved), wanted.day)
        raise DateNotRead(refusal.message, _edtf_readings(refusal.dates)) from None
    except (ValueError, OverflowError) as error:
        raise refused_words_of(text, error, wanted) from None
    return Reading(edtf, " ".join(context.notes), context.needs_day)


def refused_words_of(text: str, error: Exception, wanted: Wanted) -> DateNotRead:
    message = str(error)
    is_ours = message.startswith('"') or message.startswith("There is nothing beyond")
    return DateNotRead(message) if is_ours else _not_understood(text, wanted)


def _not_understood(text: str, wanted: Wanted) -> DateNotRead:
    if reason := refused_words.of_words(text, wanted.day):
        return DateNotRead(reason.message, _edtf_readings(reason.dates))
    if _EDTF.fullmatch(text):
        try:
            parse(text)
        except ValueError as error:
            return DateNotRead(str(error))
    return DateNotRead(refused_words.general(text, wanted.day))


def _edtf_readings(dates: tuple[str, ...]) -> tuple[Reading, ...]:
    return tuple(Reading(edtf, "") for edtf in dates)


def _parsed(text: str) -> Parsed | None:
    words = Words(text, is_text=False)
    parsed = phrases.phrase_at(words, 0)
    if parsed is None:
        return None
    end = words.skip(parsed.end, ".")
    return parsed if end == len(words) else None


def split_clock(text: str) -> tuple[str, str]:
    """Return the text before a clock time at its end, and that; "" for none, and for zero, which spreadsheets add to days."""
    clock = _CLOCK.search(text)
    if clock is None:
        return text, ""
    is_zero = not clock["clock"].strip("0:.") or _TWELVE.search(clock[0])
    return text[: clock.start()].rstrip(" ,"), "" if is_zero else clock[0].strip(" ,T")


def _accepts(text: str) -> bool:
    try:
        return bool(parse(text))
    except ValueError:
        return False


def _tidied(text: str) -> str:
    text = with_plain_digits(" ".join(text.split())).translate(DASHES)
    if _EDTF.fullmatch(text):
        return re.sub(r" ?(\.\.|[\[\]{},/]) ?", r"\1", text).upper()
    return text


def read_day(text: str, day: date | None = None) -> date:
    """Return the one known day that words state; `day`: today, where "yesterday" may be said. Raises DateNotRead."""
    year = refused_words.example_year(day)
    no_day = DateNotRead(f"“{text[:60]}” is not a known day. Write one, for example 24 March {year} or {year}-03-24.")
    try:
        edtf = read(text, Wanted(DAY, day))
    except DateNotRead as refused:
        raise (refused if refused.readings or "does not exist" in str(refused) else no_day) from None
    stated = parse(edtf)
    if not stated.is_exact_day or "T" in edtf:
        raise no_day
    return stated.start_earliest


def read_source_date(text: str, day: date | None = None) -> str:
    """Return the day, month or year that words state, as EDTF; `day`: today, as in `read_day`. Raises DateNotRead."""
    if (edtf := plain_date(text)) and len(edtf) < len("2022-03-24"):
        return edtf
    return read_day(text, day).isoformat()


_NAMES = "|".join(sorted(ENGLISH, key=len, reverse=True))
_PLAIN = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}}) )?(?P<month>{_NAMES}) (?P<year>[0-9]{{4}})"
    rf"|(?P<month2>{_NAMES}) (?P<day2>[0-9]{{1,2}}),? (?P<year2>[0-9]{{4}})"
    r"|(?P<digits>[12][0-9]{7})"
    r"|(?P<iso_year>[0-9]{4})(?:-(?P<iso_month>[0-9]{2})(?:-(?P<iso_day>[0-9]{2}))?)?",
    re.IGNORECASE,
)


def plain_date(text: str) -> str:
    """Return the EDTF of "24 March 2022", "March 24, 2022", "March 2022", "2022-03-24"; "" for anything else."""
    match = _PLAIN.fullmatch(text)
    if not match:
        return ""
    day, month, year, month2, day2, year2, digits, iso_year, iso_month, iso_day = match.groups()
    if digits:
        text, (iso_year, iso_month, iso_day) = (
            f"{digits[:4]}-{digits[4:6]}-{digits[6:]}",
            (digits[:4], digits[4:6], digits[6:]),
        )
    if iso_year:
        return text if _exists(int(iso_year), int(iso_month or 1), int(iso_day or 1)) else ""
    number, day, year = ENGLISH[(month or month2).lower()], int(day or day2 or 0), year or year2
    if not _exists(int(year), number, day or 1):
        return ""
    return f"{year}-{number:02}-{day:02}" if day else f"{year}-{number:02}"


@lru_cache(maxsize=4096)
def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _exists(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= _length(year, month)
