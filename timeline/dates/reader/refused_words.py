"""Why typed words are not taken as a date, and what to write: with examples of the source's own year."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from timeline.dates import parse
from timeline.dates.refusals import shown

from . import calendars, spreadsheet_days
from .parts import Part
from .spreadsheet_days import example_year
from .vocabulary import SEASONS


class Refusal(NamedTuple):
    message: str
    dates: tuple[str, ...] = ()  # EDTF, what the words can mean


_UNKNOWN = re.compile(
    r"(?:date )?(?:unknown|not known|unclear|n/?a|none|null|nil|\?+|-+|tbd|tbc|undated|no date|not available|not applicable|various)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?P<first>[0-9]{1,2})(?P<sep>[./-])(?P<second>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})")
_SEASON_MONTHS = {"spring": (3, 9), "summer": (6, 12), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 6)}


def general(text: str, day: date | None) -> str:
    year = example_year(day)
    return (
        f"{shown(text)} is not understood as a date. Write for example 24 March {year}, November {year}, "
        f"21 or 22 March {year}, between 3 and 5 May {year}, before 25 March {year}, or {year}-03-24."
    )


def of_numbers(text: str, day: date | None) -> Refusal | None:
    """Return the refusal of what is written with figures or words that only look like a date, before it is read."""
    for rule in (
        _unknown,
        spreadsheet_days.serial_number,
        _day_of_year,
        _both_orders,
        _years_cut_short,
        _year_and_month,
        _without_end,
        calendars.refusal,
        spreadsheet_days.short_year,
        _hundred,
    ):
        if refusal := rule(text, day):
            return Refusal(*refusal)
    return None


def of_words(text: str, day: date | None) -> Refusal | None:
    for rule in (_season, _clock, _century, _feast, _week, _and_or):
        if refusal := rule(text, day):
            return Refusal(*refusal)
    return None


def of_reference(text: str, edtf: str | None, source: str, lacks_year: bool, day: date | None) -> str:
    if lacks_year:
        return f"{shown(text)} has no year. Say the year, for example {text} {example_year(day)}."
    if edtf:
        return f"{shown(text)} depends on the day it was said. By {source} it is {parse(edtf).display}: write that, or the day meant."
    return (
        f"{shown(text)} depends on the day it was said. Resolve it against the date of the source and write the day, "
        f"for example 24 March {example_year(day)}."
    )


def of_vague(text: str, edtf: str) -> str:
    return f"{shown(text)} does not say which days. Write the first and the last day it can be, for example {parse(edtf).display}."


def of_backwards(text: str) -> str:
    return f"{shown(text)} would run backwards. Say the year of both dates."


def of_weekday(edtf: str, weekday: str, said: str) -> str:
    day = parse(edtf).display
    return f"{day} is a {weekday}, not a {said}. Write {weekday} {day}, or the day meant."


def of_unresolved(text: str, note: str, day: date | None) -> Refusal:
    return _season(text, day) or Refusal(
        f"{shown(text)} does not say which days. {note} Write the first and the last day it can be, "
        f"for example between 1 and 10 March {example_year(day)}."
    )


def _unknown(text: str, day: date | None) -> Refusal | None:
    if not _UNKNOWN.fullmatch(text):
        return None
    return Refusal(f"{shown(text)} says no date. Leave the field empty where the date is not known.")


def _day_of_year(text: str, day: date | None) -> Refusal | None:
    match = re.fullmatch(r"([0-9]{4})-?([0-9]{3})", text)
    if not match or not 1 <= int(match[2]) <= 366 or int(match[1]) == 0:
        return None
    then = date(int(match[1]), 1, 1) + timedelta(days=int(match[2]) - 1)
    message = f"{shown(text)} could be day {int(match[2])} of {match[1]}, which is {parse(then.isoformat()).display}. If that is meant, write {then}."
    return Refusal(message, (then.isoformat(),))


def _both_orders(text: str, day: date | None) -> Refusal | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    days = [
        part for part in dict.fromkeys((Part(year, second, first), Part(year, first, second))) if year and part.exists
    ]
    if len(days) == 1:
        return None
    if not days:
        return Refusal(
            f"{shown(text)} has no day of the calendar. Write year, month and day, for example {example_year(day)}-03-24."
        )
    dates = tuple(part.edtf for part in days)
    words = " or ".join(parse(edtf).display.rpartition(" ")[0] for edtf in dates)
    readings = tuple(edtf for written in dates for edtf in _dates_of(text.replace(match[0], written)))
    return Refusal(f"{shown(match[0])} could be {words}. Write {dates[0]} or {dates[1]}.", readings)


def _years_cut_short(text: str, day: date | None) -> Refusal | None:
    """Refuse 1988-94, which as EDTF would be a month."""
    match = re.fullmatch(r"((?:1[5-9]|20)[0-9]{2})[-/]([0-9]{2})", text)
    if not match or int(match[2]) <= int(match[1][2:]) or int(match[2]) <= 12:
        return None
    dates = f"{match[1]}/{match[1][:2]}{match[2]}"
    return Refusal(
        f"{shown(text)} could be a month or a year. Write {match[1]} to {match[1][:2]}{match[2]} for the years.",
        (dates,),
    )


def _year_and_month(text: str, day: date | None) -> Refusal | None:
    match = re.fullmatch(r"([0-9]{4})/([0-9]{1,2})", text)
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    month = f"{match[1]}-{int(match[2]):02}"
    return Refusal(
        f"{shown(text)} is not year and month with a hyphen. Write {month} for {parse(month).display}.", (month,)
    )


def _without_end(text: str, day: date | None) -> Refusal | None:
    match = re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}){0,2}) ?-", text)
    dates = _dates_of(match[1]) if match else ()
    if not match or not dates:
        return None
    return Refusal(
        f"{shown(text)} does not say until when. Write since {match[1]}, or both dates.", (f"{dates[0]}/..",)
    )


def _week(text: str, day: date | None) -> Refusal | None:
    match = re.fullmatch(
        r"(?:in )?(?:week|wk|kw) ?([0-9]{1,2}),?(?: of| in)? ([0-9]{4})", text.lower()
    ) or re.fullmatch("([0-9]{4})-?w([0-9]{2})", text.lower())
    if not match:
        return None
    week, year = (int(number) for number in sorted(match.groups(), key=len))
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    dates = f"[{first}..{first + timedelta(days=6)}]"
    return Refusal(
        f"{shown(text)} is a week, which is counted in other ways in other places. Write its days, for example {parse(dates).display}.",
        (dates,),
    )


def _and_or(text: str, day: date | None) -> Refusal | None:
    if not re.search(r"\band\b.*\bor\b|\bor\b.*\band\b", text.lower()):
        return None
    return Refusal(
        f"{shown(text)} says “and” and “or”, and not what goes with what. Write what is sure, or the first and the last day: "
        f"between 21 and 23 March {example_year(day)}."
    )


def _dates_of(text: str) -> tuple[str, ...]:
    from .typed import read  # noqa: PLC0415 (reads what is proposed in turn)

    try:
        return (read(text),)
    except ValueError as refused:
        return tuple(reading.edtf for reading in getattr(refused, "readings", ()))


def _hundred(text: str, day: date | None) -> Refusal | None:
    match = re.fullmatch(r"(?:in )?(?:the )?([0-9]{2})00['’]?s", text)
    if not match:
        return None
    ten, hundred = f"{match[1]}0X", f"{match[1]}XX"
    message = (
        f"{shown(text)} could be ten years or a hundred. "
        f"Write for example {ten} ({match[1]}00 to {match[1]}09) or {hundred} ({match[1]}00 to {match[1]}99)."
    )
    return Refusal(message, (ten, hundred))


def _season(text: str, day: date | None) -> Refusal | None:
    match = re.search(rf"\b({'|'.join(SEASONS)})\b", text.lower())
    if not match:
        return None
    year = re.search(r"\b[0-9]{4}\b", text)
    number = int(year[0]) if year and 0 < int(year[0]) < 9999 else example_year(day)
    spans = tuple(_months(number, month) for month in _SEASON_MONTHS[match[1]])
    north, south = (parse(edtf).display for edtf in spans)
    message = (
        f"{shown(text)} is a season, and seasons differ from place to place. Write the months: "
        f"{north} in the north, {south} in the south."
    )
    return Refusal(message, spans)


def _months(year: int, first: int) -> str:
    last = first + 2
    return f"[{year}-{first:02}..{year + last // 13}-{(last - 1) % 12 + 1:02}]"


def _clock(text: str, day: date | None) -> Refusal | None:
    match = re.search(r"(?:,? at|,|T)? ?[0-9]{1,2}:[0-9]{2}.*\Z", text)
    if not match:
        return None
    dates = _dates_of(text[: match.start()])
    example = dates[0] if dates and len(dates[0]) == 10 else f"{example_year(day)}-03-24"
    return Refusal(
        f"{shown(text)} has a clock time. Write the day alone, or for example {example}T18:30:00+04:00.", dates
    )


def _century(text: str, day: date | None) -> Refusal | None:
    match = re.fullmatch(r"(?:in )?(?:the )?([0-9]{1,2})(?:st|nd|rd|th) century", text.lower())
    if not match or not 2 <= int(match[1]) <= 99:
        return None
    first = 100 * (int(match[1]) - 1) + 1
    dates = f"[{first:04}..{first + 99:04}]"
    return Refusal(
        f"{shown(text)} does not say which years. Write the first and the last, for example {parse(dates).display}.",
        (dates,),
    )


def _feast(text: str, day: date | None) -> Refusal | None:
    if not re.search(
        r"\b(?:easter|christmas|ramadan|eid|nowruz|novruz|passover|ashura|new year|thanksgiving|diwali)\b", text.lower()
    ):
        match = re.match(r"FY ?'?([0-9]{2,4})", text)
        if not match:
            return None
        return Refusal(
            f"{shown(text)} is a fiscal year, which begins on other days in other places. Write its first and last day."
        )
    return Refusal(f"{shown(text)} is a feast. Write the day, for example 24 March {example_year(day)}.")
