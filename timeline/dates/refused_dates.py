"""Why one date is not accepted, and what to write instead.

A spelling is proposed only where it is accepted; else the message shows what dates look like.
"""

import re
from calendar import monthrange

from .english import MONTHS, year
from .points import Point, combined, parse_point

EXAMPLES = "for example 2020-11-10 (a day), 2020-11 (a month) or 2020 (a year)"
LEAVE_EMPTY = "leave the date empty and keep the words of the source"
NO_YEAR = f"Years run from 0001 to 9999: write one of these, for example 1066, or {LEAVE_EMPTY}"


def of_date(text: str) -> str:
    reasons = (rule(text) for rule in _RULES)
    return next(filter(None, reasons), f'"{text}" is not a date in EDTF. Write {EXAMPLES}.')


def of_moment(written: str, day: Point | None) -> str:
    if day is None:
        return of_date(written)
    if not day.day or day.qualifier:
        return f'A clock time needs a day without X or mark, not "{written}". Write 1985-04-12T23:20:30.'
    return (
        "The clock time is not right. Write hour (00 to 23), minute and second with two digits each, then Z, "
        f"an offset or nothing (local time), for example {written}T23:20:30Z or {written}T23:20:30+04:30."
    )


def marks_at_end(text: str) -> str:
    return re.sub(r"[?~%]", "", text) + combined(re.findall(r"[?~%]", text))


def not_year_first(text: str) -> str | None:
    """Return what to write for 24/03/2022, 24.3.2022 or 2022/03/24; None for anything else."""
    if match := re.fullmatch(r"([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})", text):
        proposals = [_iso(match[1], match[3], match[4])]
    elif match := re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", text):
        proposals = [_iso(match[4], match[3], match[1]), _iso(match[4], match[1], match[3])]
    else:
        return None
    days = [point for point in dict.fromkeys(map(parse_point, proposals)) if point]
    return _readings(text, days)


def _readings(text: str, days: list[Point]) -> str:
    if len(days) == 2:
        first, second = (f"{point.day} {MONTHS[point.month - 1]}" for point in days)
        return f'"{text}" could be {first} or {second}. Write {days[0].lower} or {days[1].lower}.'
    proposal = days[0].lower if days else EXAMPLES
    return f'"{text}" is not year, month and day with hyphens. Write {proposal}.'


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{month:0>2}-{day:0>2}"


def _clock(text: str) -> str | None:
    if "T" not in text:
        return None
    day = text.partition("T")[0]
    proposal = day if parse_point(day) else EXAMPLES
    return f'"{text}" has a clock time, which only a date on its own may have. Write {proposal}.'


def of_year(text: str) -> str | None:
    unmarked = text.lstrip("?~%")
    if re.match("-[0-9X]", unmarked):
        return f'"{text}" has a negative year. {NO_YEAR}.'
    if unmarked.startswith("0000"):
        return f'"{text}" has the year 0000. {NO_YEAR}.'
    return None


def _hyphens(text: str) -> str | None:
    match = re.fullmatch(r"([0-9]{4})-?([0-9]{1,2})(?:-?([0-9]{1,2}))?([?~%]?)", text)
    if not match:
        return None
    proposal = "-".join(part.zfill(2) for part in match.groups()[:3] if part) + match[4]
    if proposal == text or not parse_point(proposal):
        return None
    return f'"{text}" needs hyphens, and two digits for month and day. Write {proposal}.'


def _long_year(text: str) -> str | None:
    return f'"{text}" has a year of more than four digits. {NO_YEAR}.' if re.match("[0-9]{5}", text) else None


def _marks(text: str) -> str | None:
    proposal = marks_at_end(text)
    if proposal == text or not parse_point(proposal):
        return None
    if re.search(r"[?~%]{2}$", text):
        return f'"{text}" has more than one mark at the end; % says both ? and ~. Write {proposal}.'
    return f'"{text}" marks a part of the date (EDTF level 2). Mark the whole, at the end: write {proposal}.'


def _unspecified(text: str) -> str | None:
    unmarked = re.sub("[?~%]", "", text)
    if "X" not in text or not re.fullmatch("[0-9X]{4}(?:-[0-9X]{2}){0,2}", unmarked):
        return None
    proposal = _without_odd_x(unmarked)
    return (
        f'"{text}" has X where it may not be: X is for the last one or two digits of a year, '
        f"a whole month or a whole day, with nothing known to its right. {proposal}."
    )


def _without_odd_x(text: str) -> str:
    year, _, rest = text.partition("-")
    if year.startswith("X"):
        return LEAVE_EMPTY.capitalize()
    if "X" in year:
        known = year[: year.index("X")]
        proposal = known.ljust(4, "X")
        span = f"[{max(known.ljust(4, '0'), '0001')}..{known.ljust(4, '9')}]"
        return f"Write {proposal if parse_point(proposal) else span}"
    month = rest.partition("-")[0]
    proposal = f"{year}-XX" if "X" in month else f"{year}-{month}-XX"
    return f"Write {proposal if parse_point(proposal) else EXAMPLES}"


def _part_of_year(text: str) -> str | None:
    match = re.fullmatch(r"([0-9]{4})-(2[1-9]|3[0-9]|4[01])[?~%]?", text)
    if not match:
        return None
    number, code = int(match[1]), int(match[2])
    name, first, months = _months(code)
    later, last = divmod(first + months - 2, 12)
    end = (number + later, last + 1) if number + later <= 9999 else (9999, 12)
    proposal = f"[{match[1]}-{first:02}..{end[0]:04}-{end[1]:02}]"
    if name == "season":
        return (
            f'"{text}" is a season. Seasons are not accepted: their months differ from place to place. '
            f"Write the months meant, for example {proposal}."
        )
    return f'"{text}" is a {name} (EDTF level 2). Write its months: {proposal}.'


def _months(code: int) -> tuple[str, int, int]:
    """Return name, first month and number of months. Source: EDTF, 2019-02-04, sub-year groupings."""
    if code <= 32:
        southern = 6 if code >= 29 else 0
        return "season", (2 + southern + 3 * ((code - 21) % 4)) % 12 + 1, 3
    if code <= 36:
        return "quarter of a year", 1 + 3 * (code - 33), 3
    return ("third of a year", 1 + 4 * (code - 37), 4) if code <= 39 else ("half year", 1 + 6 * (code - 40), 6)


def _month(text: str) -> str | None:
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?[?~%]?", text)
    if not match or 1 <= int(match[2]) <= 12:
        return None
    number = match[1]
    return (
        f'"{text}" has no such month: months run from 01 to 12. '
        f"Write for example {number}-12, or {number} if the month is not known."
    )


def _day(text: str) -> str | None:
    match = re.fullmatch(r"(([0-9]{4})-([0-9]{2}))-[0-9]{2}[?~%]?", text)
    if not match:
        return None
    month, number = int(match[3]), int(match[2])
    last = monthrange(number, month)[1]
    return (
        f'"{text}" does not exist: {MONTHS[month - 1]} {year(number)} has {last} days. '
        f"Write a day from {match[1]}-01 to {match[1]}-{last}, or {match[1]} if the day is not known."
    )


_RULES = (
    _clock,
    not_year_first,
    of_year,
    _hyphens,
    _long_year,
    _marks,
    _unspecified,
    _part_of_year,
    _month,
    _day,
)
