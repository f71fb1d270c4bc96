"""Days as spreadsheets keep and show them, by a number or with a year cut short. Recognised, and refused with what to write."""

import re
from datetime import date, timedelta

from timeline.dates import parse
from timeline.dates.english import MONTHS
from timeline.dates.refusals import shown

from .names import ENGLISH

_SHORT_YEAR = re.compile(
    r"(?P<front>.*[^\W\d_][. /-]*|[0-9]{1,2}([./-])[0-9]{1,2}\2|[^\W\d_]+\.? [0-9]{1,2}, ?)['’]?(?P<year>[0-9]{2})"
)
FIRST = date(1899, 12, 30)  # the day of Excel's number 0, counted back from those after February 1900

Refused = tuple[str, tuple[str, ...]]  # what to write, and what can be meant as EDTF


def example_year(day: date | None) -> int:
    """Return the year of the examples: the source's own, where it is known."""
    return day.year if day else 2022


def serial_number(text: str, day: date | None) -> Refused | None:
    """Refuse 44644, by which Excel says 24 March 2022."""
    if not re.fullmatch(r"[2-6][0-9]{4}(?:\.[0-9]+)?", text):
        return None
    then = (FIRST + timedelta(days=int(text[:5]))).isoformat()
    message = f"{shown(text)} is Excel’s number for {parse(then).display}. If that is meant, write {then}."
    return message, (then,)


def short_year(text: str, day: date | None) -> Refused | None:
    """Refuse 24-Mar-22 and Aug 20, 18; and Mar-22, which can be a day or a year."""
    match = _SHORT_YEAR.fullmatch(text)
    if not match or re.search("[0-9]{4}|'s|AD ", text):
        return None
    now, front = example_year(day), match["front"]
    year = 100 * (now // 100) + int(match["year"])
    year -= 100 if year > now + 5 else 0
    if re.search(r"[0-9]", front):
        dates = _dates_of(f"{front}{year}")
        example = parse(dates[0]).display if len(dates) == 1 else f"24 March {now}"
        return f"{shown(text)} has no year of four digits. Write for example {example}.", dates
    month = ENGLISH.get(front.removesuffix("-").lower()) if front.endswith("-") else None
    if month is None:
        return None
    edtf = f"{year}-{month:02}"
    message = f"{shown(text)} could be {MONTHS[month - 1]} {year}, or a day of a year that is not said."
    return f"{message} Write {edtf} for the month, or the day with its year.", (edtf,)


def _dates_of(text: str) -> tuple[str, ...]:
    from .refused_words import _dates_of as dates_of  # noqa: PLC0415 (reads what is proposed in turn)

    return dates_of(text)
