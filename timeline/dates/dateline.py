"""The day that a document gives at its head, on a line of its own: "March 25, 2022", "(September 29, 2023)"."""

import datetime as dt
import re

from .english import MONTHS

LINES = 12  # from the first; what stands further down tells of something else
LONGEST = 80  # characters of such a line
NEAR = 7  # days between what is said and its publication

_MONTH_NUMBERS = {name[:length].lower(): number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))}
_MONTH_NUMBERS |= {"sept": 9}
_NAMES = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_DAY = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<us>{_NAMES})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<us_year>\d{{4}})"
    rf"|(?P<gb_day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<gb>{_NAMES})\.?,?\s+(?P<gb_year>\d{{4}})",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:date|dated|released|release|published|posted|issued|updated?)?(?:\s+(?:on|date))?\s*:?\s*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:[,;]?\s+(?:at\s+)?\d{1,2}:\d\d\s?(?:[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?)?\.?", re.IGNORECASE)


def stated_at_head(text: str) -> dt.date | None:
    """Return the first day that one of the first lines consists of; None where none does. Never part of a sentence."""
    lines = [line.strip() for line in text[:4_000].split("\n")]
    for line in [line for line in lines if line][:LINES]:
        if day := whole_line(line):
            return day
    return None


def whole_line(line: str) -> dt.date | None:
    """Return the day that a line states and nothing else; None for any other line and for a day that does not exist."""
    line = line.strip().strip("()[]*_").strip()
    match = _DAY.search(line) if len(line) <= LONGEST else None
    if not match or not _BEFORE.fullmatch(line[: match.start()]) or not _AFTER.fullmatch(line[match.end() :]):
        return None
    return _day(match)


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        month = _MONTH_NUMBERS[(match["us"] or match["gb"]).lower()]
        return dt.date(int(match["us_year"] or match["gb_year"]), month, int(match["us_day"] or match["gb_day"]))
    except ValueError:
        return None


def spoken_on(text: str, published_on: dt.date | None) -> dt.date | None:
    """Return the day on which words of a document were said: what "today" means in it.

    A background call is held on one day and posted on the next, and says so at its head. A day there counts if it is
    that of publication or one of the seven before; else, and where there is none, the day of publication does. None:
    that is not known.
    """
    if published_on is None:
        return None
    stated = stated_at_head(text)
    return stated if stated and 0 <= (published_on - stated).days <= NEAR else published_on
