"""Days and months as a text names them, often without the year, and the year they are in."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from timeline.dates.english import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}

# Capitals count in months: "may" and "march" are other words.
MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)})\b)"
YEAR = r"(?:\b(?:1[5-9]|20)[0-9]{2}\b(?!,[0-9]|%|-(?!20)|\s+(?i:percent|people|troops|soldiers|civilians|jobs|[mb]illion)))"
RELATIVE_YEAR = r"(?:(?i:of\s+)?(?i:this|last|next)\s+year\b)"
_DAY = r"(?:\b(?:3[01]|[12][0-9]|0?[1-9])(?:(?i:st|nd|rd|th)\b|(?![0-9]|,[0-9]{3}|\.[0-9]|[:%/])\b))"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?{YEAR}|\s+{RELATIVE_YEAR})"
_NAMED_DAY = rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?(?:{MONTH}\s+(?:the\s+)?{_DAY}|{_DAY}\s+(?:of\s+)?{MONTH}){_OF_YEAR}?"
_ISO = r"\b[12][0-9]{3}-[0-9]{2}-[0-9]{2}\b"
DATED = rf"(?:{_ISO}|{_NAMED_DAY}|{MONTH}{_OF_YEAR})"  # stands for a date wherever it stands
BARE = rf"(?:{MONTH}|{YEAR})"  # a date only beside a word that says so
BARE_DAY = (  # "22nd" after "March 21st and"
    rf"(?:(?:the\s+)?{_DAY}(?:,?\s+{YEAR}|(?<=[a-z]))|{_DAY}(?=\s*(?:[,.;:)–—-]|\Z|(?:and|or|to|in|at|with|for|when|which|that|of)\b)))"
)
_ANY = re.compile(
    rf"(?P<iso>{_ISO})|(?:(?P<weekday>{WEEKDAY}),?\s+)?(?:the\s+)?(?:"
    rf"(?P<month>{MONTH})(?:\s+(?:the\s+)?(?P<day>{_DAY}))?(?P<year>{_OF_YEAR})?"
    rf"|(?P<day2>{_DAY})(?:(?:\s+(?:of\s+)?(?P<month2>{MONTH}))?(?P<year2>{_OF_YEAR}))?(?:\s+(?:of\s+)?(?P<month3>{MONTH}))?|(?P<year3>{YEAR}))"
)
ANY = rf"(?:{DATED}|{BARE}|{BARE_DAY})"


@dataclass(frozen=True, slots=True)
class Part:
    """One date of a phrase. 0: not stated."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: str = ""

    @property
    def edtf(self) -> str:
        numbers = (f"{self.year:04}", *(f"{number:02}" for number in (self.month, self.day) if number))
        return "-".join(numbers)

    @property
    def first(self) -> date:
        """Raises ValueError for a day that is not in the calendar."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def parts_of(words: str, reference: date | None) -> list[tuple[int, int, Part]]:
    """Return start, end and date of each date named in a phrase, as far as it is stated."""
    return [(*match.span(), _part(match, reference)) for match in _ANY.finditer(words)]


def _part(match: re.Match, reference: date | None) -> Part:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return Part(year, month, day)
    month = match["month"] or match["month2"] or match["month3"]
    day = match["day"] or match["day2"]
    year = match["year"] or match["year2"] or match["year3"]
    return Part(
        _year(year, reference) if year else 0,
        _NUMBER_OF[month[:3].lower()] if month else 0,
        int(re.findall("[0-9]+", day)[0]) if day else 0,
        match["weekday"] or "",
    )


def _year(words: str, reference: date | None) -> int:
    """Return the year; 0 where it depends on a day that is not known."""
    if stated := re.search("[0-9]{4}", words):
        return int(stated[0])
    steps = {"last": -1, "this": 0, "next": 1}
    return reference.year + steps[words.split()[-2].lower()] if reference else 0


def completed(parts: list[Part], reference: date | None, announced: bool) -> list[Part] | None:
    """Return the parts with month and year; None where the calendar has no such day or nothing tells the year.

    A month or year left out is that of the part beside it. Without any year: the last such days not after the
    reference, or, where they are announced, the next ones not before it; the first of several decides.
    """
    parts = _with_months(parts)
    if not all(part.month or part.year for part in parts):
        return None
    if not any(part.year for part in parts):
        if reference is None:
            return None
        parts[0] = _in_year(parts[0], reference, announced)
    for number in range(len(parts) - 2, -1, -1):
        if parts[number + 1].year and not parts[number].year:
            parts[number] = _in_year(parts[number], parts[number + 1].last, False)
    for number in range(1, len(parts)):
        if not parts[number].year and parts[number - 1].year:
            parts[number] = _in_year(parts[number], parts[number - 1].first, True)
    return parts if all(part.year and part.first for part in parts) else None


def _with_months(parts: list[Part]) -> list[Part]:
    parts = list(parts)
    for number in range(len(parts) - 2, -1, -1):
        if parts[number].day and not parts[number].month:
            parts[number] = replace(parts[number], month=parts[number + 1].month)
    for number in range(1, len(parts)):
        if parts[number].day and not parts[number].month:
            parts[number] = replace(parts[number], month=parts[number - 1].month)
    return parts


def _in_year(part: Part, day: date, onwards: bool) -> Part:
    """Return the part in the last year in which it is not after the day, or the first in which it is not before.

    A weekday that was said must agree where one of the nearest years agrees. Raises ValueError if there is none.
    """
    years = range(day.year, day.year + 9) if onwards else range(day.year, day.year - 9, -1)
    days = [candidate for year in years if (candidate := _exists(replace(part, year=year)))]
    days = [candidate for candidate in days if (candidate.last >= day if onwards else candidate.first <= day)]
    if not days:
        raise ValueError
    agreeing = [candidate for candidate in days[:2] if not part.weekday or on_its_weekday(candidate)]
    return (agreeing or days)[0]


def _exists(part: Part) -> Part | None:
    try:
        return part if part.first else None
    except ValueError:
        return None


def on_its_weekday(part: Part) -> bool:
    return not part.weekday or WEEKDAYS[part.first.weekday()] == part.weekday


def last_day_numbered(number: int, reference: date) -> date:
    """Return the last day of this number on or before the reference. Raises ValueError at the calendar's beginning."""
    month = reference.replace(day=1)
    if number > reference.day:
        month = (month - timedelta(days=1)).replace(day=1)
    while number > monthrange(month.year, month.month)[1]:
        month = (month - timedelta(days=1)).replace(day=1)
    return month.replace(day=number)
