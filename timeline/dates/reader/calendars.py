"""Days of other calendars: the Julian one ("O.S."), the Hijri and the Solar Hijri one. Recognised, and refused with what to write."""

import re
from datetime import date, timedelta

from timeline.dates import parse
from timeline.dates.refusals import shown

from .names import HIJRI, MONTHS, SOLAR_HIJRI

_OLD_STYLE = re.compile(
    r"[\s,(]*(?:\bO\.? ?S\.?|\bold style\b|\bjulian(?: calendar)?\b|\bст\. ?ст\.?|\bпо старому стилю\b|\bстарого стиля\b|\bза старим стилем\b|\bancien style\b|\bcalendrier julien\b"
    r"|\bv\. ?s\.?)\)?",
    re.IGNORECASE,
)
_DOUBLE_YEAR = re.compile(r"(?P<front>.*[^\W\d_]\D*)(?P<year>1[5-7][0-9]{2})[/-](?P<short>[0-9]{1,2}|1[5-7][0-9]{2})")
_DOUBLE_DAY = re.compile(
    r"(?P<first>[0-9]{1,2}) ?(?P<month>[^\W\d_]+)?(?: (?P<first_year>1[5-9][0-9]{2}))? ?[/(] ?(?P<second>[0-9]{1,2})\)?"
    r" ?(?P<month2>[^\W\d_]+)?\)?,? (?P<year>1[5-9][0-9]{2})(?: ?(?:года|г\.?|року|р\.?|N\.? ?S\.?))?\)?"
)
_HIJRI_YEAR = re.compile(r"(?<![0-9])(1[0-4][0-9]{2})\s*(?:A\.? ?H\.?|H|هـ|ه)(?![^\W\d_])|\bAH\s*(1[0-4][0-9]{2})")
_SOLAR_YEAR = re.compile(
    r"(?<![0-9])(1[2-4][0-9]{2})\s*(?:S\.? ?H\.?|A\.? ?P\.?|ش|هـ\.? ?ش|solar|shamsi)", re.IGNORECASE
)
_A_YEAR = re.compile(r"(?<![0-9])1[0-4][0-9]{2}(?![0-9])")
# Day 1 of the year 1 by the tabular calendar (18 July 622), as proleptic ordinal; days of a year
_HIJRI_EPOCH, _MEAN_YEAR = 227015, 10631 / 30


def refusal(text: str, day: date | None) -> tuple[str, tuple[str, ...]] | None:
    return (
        _old_style(text)
        or _double_day(text)
        or _double_year(text)
        or _solar(text)
        or _hijri(text)
        or _early_figures(text)
    )


def _early_figures(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Refuse 1399/08/20, which is far more often a day of this century in Iran than one of the 14th."""
    match = re.fullmatch(
        r"(1[2-4][0-9]{2})[/.][0-9]{1,2}[/.][0-9]{1,2}|[0-9]{1,2}[/.][0-9]{1,2}[/.](1[2-4][0-9]{2})", text
    )
    if not match:
        return None
    year = int(match[1] or match[2])
    return (
        f"{shown(text)} has a year of the Hijri or the Solar Hijri calendar, or of the Middle Ages. Write the day of the "
        f"Gregorian calendar with hyphens, for example {year + 621}-03-24.",
        (),
    )


def _old_style(text: str) -> tuple[str, tuple[str, ...]] | None:
    mark = _OLD_STYLE.search(text)
    if not mark:
        return None
    dates = tuple(edtf for edtf in (_gregorian(edtf) for edtf in _dates_of(text[: mark.start()])) if edtf)
    written = f", for example {dates[0]}" if dates else ""
    return (
        f"{shown(text)} is a day of the Julian calendar (Old Style). Write the day of the Gregorian calendar{written}.",
        dates,
    )


def _gregorian(edtf: str) -> str:
    """Return the Gregorian day of a Julian one written as if it were Gregorian; "" for what is no day."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", edtf):
        return ""
    year, month, number = map(int, edtf.split("-"))
    return (date(year, month, number) + timedelta(days=difference(year, month))).isoformat()


def difference(year: int, month: int) -> int:
    """Return by how many days the Julian calendar is behind: 13 in the 20th century."""
    century = (year if month > 2 else year - 1) // 100
    return century - century // 4 - 2


def _double_day(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Refuse "25 October (7 November) 1917" and "10/23 March 1911", which give a day in both calendars."""
    match = _DOUBLE_DAY.fullmatch(text)
    if not match or not (match["month"] or match["month2"]):
        return None
    dates = _dates_of(f"{match['first']} {match['month'] or match['month2']} {match['year']}")
    second = _dates_of(f"{match['second']} {match['month2'] or match['month']} {match['year']}")
    if not dates or not second or _gregorian(dates[0]) != second[0]:
        return None
    return (
        f"{shown(text)} gives a day in the Julian and in the Gregorian calendar. Write the Gregorian one: {second[0]}.",
        second,
    )


def _double_year(text: str) -> tuple[str, tuple[str, ...]] | None:
    match = _DOUBLE_YEAR.fullmatch(text)
    if not match:
        return None
    year = int(match["year"]) + 1
    if int(match["short"]) != year % 10 ** len(match["short"]):
        return None
    dates = _dates_of(f"{match['front']}{year}")
    if not dates:
        return None
    return (
        f"{shown(text)} gives two years, as was done where the year began in March. Write the later one: {parse(dates[0]).display}.",
        dates,
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.lower()))


def _solar(text: str) -> tuple[str, tuple[str, ...]] | None:
    year = _SOLAR_YEAR.search(text)
    number = int(year[1]) if year else _year_beside(text, SOLAR_HIJRI)
    if not number:
        return None
    dates = f"[{number + 621}-03-20..{number + 622}-03-21]"
    message = f"{shown(text)} is a date of the Solar Hijri calendar: {number} there is from March {number + 621} to March {number + 622}. "
    return message + f"Write the day of the Gregorian calendar, for example 24 March {number + 621}.", (dates,)


def _hijri(text: str) -> tuple[str, tuple[str, ...]] | None:
    year = _HIJRI_YEAR.search(text)
    number = int(year[1] or year[2]) if year else _year_beside(text, HIJRI)
    if not number:
        return None
    first = date.fromordinal(round(_HIJRI_EPOCH + (number - 1) * _MEAN_YEAR))
    last = date.fromordinal(first.toordinal() + 355)
    dates = f"[{first.isoformat()[:7]}..{last.isoformat()[:7]}]"
    message = f"{shown(text)} is a date of the Hijri calendar: {number} there is {parse(dates).display}, about. "
    return message + f"Write the day of the Gregorian calendar, for example 24 March {last.year}.", (dates,)


def _year_beside(text: str, months: frozenset[str]) -> int:
    """Return a year that is beside the name of a month of that calendar; 0 where none does."""
    words = _words(text)
    year = _A_YEAR.search(text)
    return int(year[0]) if year and words & months and not words & set(MONTHS) else 0


def _dates_of(text: str) -> tuple[str, ...]:
    from .refused_words import _dates_of as dates_of  # noqa: PLC0415 (they read what they propose)

    return dates_of(text)
