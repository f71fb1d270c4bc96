"""The plain ways to write a date, of which nearly all are: read at once, without the grammar."""

import re
from calendar import monthrange
from functools import lru_cache

from .month_names import ENGLISH

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
